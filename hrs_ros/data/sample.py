"""One labelled image as training sees it. Partial labels: what is not labelled is never a negative."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hrs_ros.vocabulary import VocabularyName

PARSING_IGNORE = 255


@dataclass(frozen=True, slots=True)
class RelationLabel:
    """A triplet between rows of ``Sample.masks``; ``parts`` None = the acting parts are not labelled."""

    subject: int  # row index of a human
    predicate_id: int
    object: int  # row index
    parts: tuple[int, ...] | None = ()


@dataclass(slots=True, eq=False)
class Sample:
    """Arrays share one height and width; ids are ids of ``vocabulary`` (1-based)."""

    name: str
    image: NDArray[np.uint8]  # (H, W, 3) RGB
    masks: NDArray[np.uint8]  # (N, H, W) of 0 or 1, one row per entity; rows may overlap
    class_ids: NDArray[np.int64]  # (N,)
    parsing: NDArray[np.uint8]  # (H, W): 0 background, 1-25 part, 255 not labelled
    relations: list[RelationLabel] = field(default_factory=list)
    # Classes for which every instance is labelled: only there an empty heatmap cell is a negative.
    complete_entities: frozenset[int] = frozenset()
    complete_relations: frozenset[int] = frozenset()
    # (H, W) of 0 or 1: pixels of unlabelled things (crowds, people without a mask); no negatives there.
    ignore: NDArray[np.uint8] | None = None
    vocabulary: VocabularyName = "pic"
