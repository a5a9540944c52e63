"""Which relation classes are rare: those with few instances in the data a model was trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hrs_ros.data.pic_categories import read_list, read_relations
from hrs_ros.data.pic_folders import find_folders
from hrs_ros.vocabulary import vocabulary

RARE_BELOW = 800  # instances (paper section 5.4)


@dataclass(frozen=True, slots=True)
class Rarity:
    """Predicate ids by their number of training instances; a class that never occurs is rare."""

    rare: frozenset[int]
    non_rare: frozenset[int]


def split_by_rarity(counts: Mapping[int, int], *, below: int = RARE_BELOW) -> Rarity:
    """``counts``: predicate id -> instances in the training set."""
    predicates = frozenset(range(1, len(vocabulary().relations)))
    rare = frozenset(predicate for predicate in predicates if counts.get(predicate, 0) < below)
    return Rarity(rare, predicates - rare)


def count_relations(folders: Iterable[tuple[Path, str]]) -> Counter[int]:
    """Predicate id -> listed relations over (root, split) folders in PIC layout; reads no picture."""
    counts: Counter[int] = Counter()
    for root, split in folders:
        files = find_folders(root, split)
        ids = read_relations(files.relation_list).ids
        for row in read_list(files.listing, required=("relations",)):
            for relation in row["relations"]:
                predicate = ids.get(int(relation["relation"]))
                if predicate is not None:
                    counts[predicate] += 1
    return counts
