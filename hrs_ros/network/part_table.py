"""How often each part acts in each relation, for the part classifiers that know nothing else (Table 11)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.sample import RelationLabel
from hrs_ros.vocabulary import Vocabulary, vocabulary

# A draw that every runtime makes alike: cell and class hashed to a whole number below a prime, the largest
# below 2^24, so that float32 holds every such number exactly.
HASH_X, HASH_Y, HASH_CLASS, HASH_PRIME = 73_856_093, 19_349_663, 83_492_791, 16_777_213


def part_frequency(
    relations: Iterable[RelationLabel], words: Vocabulary | None = None
) -> NDArray[np.float32]:
    """(23, 25) share of each part among the parts that act in a relation; a row sums to 1.

    A relation without a labelled acting part, and every geometric one, has 0 throughout.
    """
    words = words or vocabulary()
    counts = np.zeros((words.relation_count, words.part_count), np.float32)
    for relation in relations:
        for part in relation.parts or ():
            counts[relation.predicate_id - 1, part - 1] += 1
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
