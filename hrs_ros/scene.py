"""Scene, Entity, Relation, Mask: the one thing that crosses rooms.

All coordinates are source-image pixels, x to the right, y down, origin at the top-left pixel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from hrs_ros.vocabulary import VocabularyName, vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class Mask:
    """A binary mask kept as the crop of its bounding box."""

    x: int  # column of the crop's left edge in the image
    y: int  # row of the crop's top edge
    bits: NDArray[np.bool_]  # (h, w); h = w = 0 for an empty mask

    @classmethod
    def from_full(cls, full: NDArray) -> Mask:
        """Crop a full-image mask (H, W), any dtype, non-zero = inside."""
        full = np.asarray(full) != 0
        rows, columns = np.flatnonzero(full.any(axis=1)), np.flatnonzero(full.any(axis=0))
        if rows.size == 0:
            return cls.empty()
        y, x = int(rows[0]), int(columns[0])
        return cls(x=x, y=y, bits=full[y : rows[-1] + 1, x : columns[-1] + 1].copy())

    @classmethod
    def empty(cls) -> Mask:
        return cls(x=0, y=0, bits=np.zeros((0, 0), bool))

    @property
    def width(self) -> int:
        return self.bits.shape[1]

    @property
    def height(self) -> int:
        return self.bits.shape[0]

    @property
    def area(self) -> int:
        """Number of pixels inside."""
        return int(np.count_nonzero(self.bits))

    @property
    def centroid(self) -> tuple[float, float]:
        """(x, y) centre of mass of the pixels; (nan, nan) for an empty mask."""
        # Sums of rows and columns, not np.nonzero: ten times faster, and trackers ask every frame.
        per_row, per_column = np.count_nonzero(self.bits, axis=1), np.count_nonzero(self.bits, axis=0)
        area = int(per_row.sum())
        if area == 0:
            return float("nan"), float("nan")
        row, column = per_row @ np.arange(self.height) / area, per_column @ np.arange(self.width) / area
        return self.x + float(column), self.y + float(row)

    def full(self, height: int, width: int) -> NDArray[np.bool_]:
        """The mask as an (height, width) bool image; what lies outside that image is cut off."""
        image = np.zeros((height, width), bool)
        x0, y0 = max(self.x, 0), max(self.y, 0)
        x1, y1 = min(self.x + self.width, width), min(self.y + self.height, height)
        if x0 < x1 and y0 < y1:
            image[y0:y1, x0:x1] = self.bits[y0 - self.y : y1 - self.y, x0 - self.x : x1 - self.x]
        return image

    def contains(self, x: float, y: float) -> bool:
        """Whether the pixel that holds the point (x, y) is inside."""
        column, row = int(np.floor(x)) - self.x, int(np.floor(y)) - self.y
        return 0 <= row < self.height and 0 <= column < self.width and bool(self.bits[row, column])

    def intersection(self, other: Mask) -> int:
        """Number of pixels inside both."""
        x0, y0 = max(self.x, other.x), max(self.y, other.y)
        x1 = min(self.x + self.width, other.x + other.width)
        y1 = min(self.y + self.height, other.y + other.height)
        if x0 >= x1 or y0 >= y1:
            return 0
        mine = self.bits[y0 - self.y : y1 - self.y, x0 - self.x : x1 - self.x]
        theirs = other.bits[y0 - other.y : y1 - other.y, x0 - other.x : x1 - other.x]
        return int(np.count_nonzero(mine & theirs))

    def iou(self, other: Mask) -> float:
        """Intersection over union in [0, 1]; 0 when both are empty."""
        shared = self.intersection(other)
        union = self.area + other.area - shared
        return shared / union if union else 0.0

    def union(self, other: Mask) -> Mask:
        """Pixels inside either."""
        if not self.bits.size:
            return other
        if not other.bits.size:
            return self
        x0, y0 = min(self.x, other.x), min(self.y, other.y)
        x1 = max(self.x + self.width, other.x + other.width)
        y1 = max(self.y + self.height, other.y + other.height)
        bits = np.zeros((y1 - y0, x1 - x0), bool)
        for mask in (self, other):
            bits[mask.y - y0 : mask.y - y0 + mask.height, mask.x - x0 : mask.x - x0 + mask.width] |= mask.bits
        return Mask(x=x0, y=y0, bits=bits)


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """One thing in the image. ``parts`` is filled for humans only: part id -> mask, each inside ``mask``."""

    id: int  # 1-based, unique within its scene
    class_id: int  # entity id of ``vocabulary``
    score: float
    mask: Mask
    parts: Mapping[int, Mask] = field(default_factory=dict)
    vocabulary: VocabularyName = "pic"
    track_id: int = 0  # the same thing keeps it from frame to frame; 0: not followed
    number: int = 0  # tells twins apart in labels, "plate 2"; 0: the rank among its class by id

    @property
    def name(self) -> str:
        return vocabulary(self.vocabulary).entities[self.class_id]

    @property
    def is_human(self) -> bool:
        return self.class_id == vocabulary(self.vocabulary).human


@dataclass(frozen=True, slots=True)
class Relation:
    """<subject [parts], predicate, object>; ``part_ids`` is empty for geometric relations."""

    subject_id: int
    predicate_id: int
    object_id: int
    score: float
    part_ids: tuple[int, ...] = ()
    part_scores: tuple[float, ...] = ()  # one per part id
    vocabulary: VocabularyName = "pic"
    since_ns: int = 0  # time stamp of the image in which it began; 0: not followed

    @property
    def predicate(self) -> str:
        return vocabulary(self.vocabulary).relations[self.predicate_id]

    @property
    def is_action(self) -> bool:
        return vocabulary(self.vocabulary).is_action(self.predicate_id)

    @property
    def part_names(self) -> tuple[str, ...]:
        return tuple(vocabulary(self.vocabulary).parts[part] for part in self.part_ids)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything known about one frame."""

    height: int
    width: int
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()  # best score first
    stamp_ns: int = 0  # the image's time stamp
    frame_id: str = ""

    def entity(self, entity_id: int) -> Entity:
        for entity in self.entities:
            if entity.id == entity_id:
                return entity
        raise KeyError(f"no entity with id {entity_id} in this scene of {len(self.entities)} entities")

    def humans(self) -> tuple[Entity, ...]:
        return tuple(entity for entity in self.entities if entity.is_human)

    def label(self, entity_id: int) -> str:
        """Readable name that tells twins apart: "plate 2" has the number 2, or is the second plate by id."""
        entity = self.entity(entity_id)
        if entity.number:
            return f"{entity.name} {entity.number}"
        rank = sum(
            1 for other in self.entities if other.class_id == entity.class_id and other.id <= entity.id
        )
        return f"{entity.name} {rank}"

    def subject_mask(self, relation: Relation) -> Mask:
        """The acting parts' pixels for an action (spec 5.5), the whole human for a geometric relation."""
        subject = self.entity(relation.subject_id)
        if not relation.part_ids:
            return subject.mask
        return union(subject.parts[part] for part in relation.part_ids if part in subject.parts)

    def sentence(self, relation: Relation) -> str:
        """<human 1 [left arm], hold, plate 2>"""
        parts = f" [{', '.join(relation.part_names)}]" if relation.part_ids else ""
        subject, target = self.label(relation.subject_id), self.label(relation.object_id)
        return f"<{subject}{parts}, {relation.predicate}, {target}>"


def union(masks: Iterable[Mask]) -> Mask:
    """Pixels inside any of the masks; the empty mask for none."""
    return reduce(Mask.union, masks, Mask.empty())
