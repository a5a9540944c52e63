"""What the network should output for one labelled image (spec section 3), and batches of it.

Cells are stride-4 coordinates: cell c covers the pixels 4c to 4c + 3, so a point at the continuous pixel
coordinate x (a pixel's centre is its index + 0.5) lies in cell floor(x / 4).
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from hrs_ros.data.sample import Sample
from hrs_ros.network.config import RAYS, STRIDE
from hrs_ros.network.gaussian import draw_gaussian, gaussian_radius
from hrs_ros.network.rays import measure_rays
from hrs_ros.vocabulary import vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """Targets of one image; h, w = input size / 4; R relations, N entities, C = 141, P = 23 classes.

    Heatmaps are kept for the classes that occur only. Whole ones are ten megabytes an image, nearly all of it
    zeros, and carrying them from the reading processes to the device would cost more than all other work on
    the image.

    With directed pairs (spec section 6) P doubles: relation channel p + 23 d is class p in the direction d.
    In direction 0 the first end is the subject, in direction 1 the object. A pair of people stands in the
    order of their centres (x, then y), whoever is the subject; the first end of any other pair is the human.
    """

    entity_maps: NDArray[np.float32]  # (E, h, w) heatmaps of classes that occur; 1 exactly at entity centres
    entity_map_class: NDArray[np.int64]  # (E,) 0-based, ascending
    entity_weight: NDArray[np.float32]  # (C,) 1 where every instance of the class is labelled
    relation_maps: NDArray[np.float32]  # (Q, h, w); 1 exactly at relation points
    relation_map_class: NDArray[np.int64]  # (Q,)
    relation_weight: NDArray[np.float32]  # (P,)
    ignore: NDArray[np.float32]  # (h, w) 1 where nothing may count as a negative
    relation_index: NDArray[np.int64]  # (R, 2) row, column of the relation point
    relation_class: NDArray[np.int64]  # (R,) 0-based
    relation_direction: NDArray[np.int64]  # (R,) 1 where the first end is the object, see above; else 0
    displacement: NDArray[np.float32]  # (R, 4) first end's dx, dy, second end's: centre minus relation point
    parts: NDArray[np.float32]  # (R, 25) 0 or 1
    parts_known: NDArray[np.bool_]  # (R,) an action whose acting parts are labelled
    centre_index: NDArray[np.int64]  # (N, 2) row, column of the entity's centre
    rays: NDArray[np.float32]  # (N, 36) cells, see ``measure_rays``; (N, 0) unless asked for
    mask_index: NDArray[np.int64]  # (N, 2) row, column of the kernel grid
    masks: NDArray[np.float32]  # (N, h, w) in [0, 1], see ``shrink_mask``
    parsing: NDArray[np.int64]  # (h, w) 0 background, 1-25 part, 255 not labelled

    @property
    def entity_heatmap(self) -> NDArray[np.float32]:
        """(C, h, w) with the classes that do not occur."""
        return _whole(self.entity_maps, self.entity_map_class, len(self.entity_weight))

    @property
    def relation_heatmap(self) -> NDArray[np.float32]:
        """(P, h, w) with the classes that do not occur."""
        return _whole(self.relation_maps, self.relation_map_class, len(self.relation_weight))


@dataclass(frozen=True, slots=True, eq=False)
class TargetBatch:
    """``Targets`` of B images as tensors: maps stacked, lists joined with the batch index put first."""

    entity_maps: Tensor  # (E, h, w)
    entity_map_index: Tensor  # (E, 2) batch, class
    entity_weight: Tensor  # (B, C)
    relation_maps: Tensor  # (Q, h, w)
    relation_map_index: Tensor  # (Q, 2) batch, class
    relation_weight: Tensor  # (B, P)
    ignore: Tensor  # (B, h, w)
    relation_index: Tensor  # (R, 3) batch, row, column
    relation_class: Tensor  # (R,)
    relation_direction: Tensor  # (R,)
    displacement: Tensor  # (R, 4)
    parts: Tensor  # (R, 25)
    parts_known: Tensor  # (R,)
    centre_index: Tensor  # (N, 3) batch, row, column; batch indices ascend
    rays: Tensor  # (N, 36) or (N, 0)
    mask_index: Tensor  # (N, 3) batch, row, column
    masks: Tensor  # (N, h, w)
    parsing: Tensor  # (B, h, w)

    @property
    def entity_heatmap(self) -> Tensor:
        """(B, C, h, w), built where the targets are: 1 exactly at entity centres."""
        return _whole_batch(self.entity_maps, self.entity_map_index, self.entity_weight)

    @property
    def relation_heatmap(self) -> Tensor:
        """(B, P, h, w), built where the targets are: 1 exactly at relation points."""
        return _whole_batch(self.relation_maps, self.relation_map_index, self.relation_weight)

    def to(self, device: torch.device | str, *, non_blocking: bool = False) -> TargetBatch:
        """The same batch on another device."""
        return self._map(lambda tensor: tensor.to(device, non_blocking=non_blocking))

    def pin_memory(self) -> TargetBatch:
        """The same batch in page-locked memory; PyTorch's DataLoader calls this by name."""
        return self._map(lambda tensor: tensor.pin_memory())

    def _map(self, function) -> TargetBatch:  # type: ignore[no-untyped-def]
        return TargetBatch(
            **{field.name: function(getattr(self, field.name)) for field in dataclasses.fields(self)}
        )


def encode_targets(sample: Sample, *, grid: int, rays: bool = False, directed: bool = False) -> Targets:
    """Targets of a sample that already has the network's input size.

    ``grid`` is S, the side of the kernel grid; ``rays`` measures what PolarMask learns; ``directed`` gives
    every order of a pair its own relation channel, see ``Targets``. Raises ValueError for sizes that are no
    multiple of the stride, empty masks and relations that name missing rows or a subject that is no human.
    """
    names = vocabulary(sample.vocabulary)
    height, width = sample.image.shape[:2]
    if height % STRIDE or width % STRIDE:
        raise ValueError(f"{sample.name}: input sides must be multiples of {STRIDE}, got {height} x {width}")
    h, w = height // STRIDE, width // STRIDE

    entity_spots: list[_Spot] = []
    centres: list[tuple[int, int]] = []
    masks = np.zeros((len(sample.masks), h, w), np.float32)
    lengths = np.zeros((len(sample.masks), RAYS if rays else 0), np.float32)
    for row, (mask, class_id) in enumerate(zip(sample.masks, sample.class_ids, strict=True)):
        x, y, box_height, box_width = _centre_and_box(mask, f"{sample.name}: mask {row}")
        radius = int(gaussian_radius(math.ceil(box_height / STRIDE), math.ceil(box_width / STRIDE)))
        entity_spots.append((int(class_id) - 1, x, y, radius))
        centres.append((x, y))
        masks[row] = shrink_mask(mask)
        if rays:
            lengths[row] = measure_rays(mask, x, y)

    relation_spots: list[_Spot] = []
    count = len(sample.relations)
    relation_index = np.zeros((count, 2), np.int64)
    relation_class = np.zeros(count, np.int64)
    relation_direction = np.zeros(count, np.int64)
    displacement = np.zeros((count, 4), np.float32)
    parts = np.zeros((count, len(names.parts) - 1), np.float32)
    parts_known = np.zeros(count, bool)
    for row, relation in enumerate(sample.relations):
        _check_relation(sample, relation.subject, relation.object)
        first, second = centres[relation.subject], centres[relation.object]
        between_people = sample.class_ids[relation.object] == names.human
        if directed and between_people and second < first:
            first, second = second, first
            relation_direction[row] = 1
        x, y = (first[0] + second[0]) // 2, (first[1] + second[1]) // 2
        radius = int(gaussian_radius(abs(first[1] - second[1]), abs(first[0] - second[0])))
        relation_class[row] = relation.predicate_id - 1
        channel = relation_class[row] + relation_direction[row] * names.relation_count
        relation_spots.append((int(channel), x, y, radius))
        relation_index[row] = y, x
        displacement[row] = first[0] - x, first[1] - y, second[0] - x, second[1] - y
        if names.is_action(relation.predicate_id) and relation.parts is not None:
            parts[row, [part - 1 for part in relation.parts]] = 1
            parts_known[row] = True

    # The decoder reads the kernel at the integer centre, so training does too.
    centre_index = np.array([(y, x) for x, y in centres], np.int64).reshape(-1, 2)
    mask_index = centre_index * grid // (h, w)
    relation_weight = _class_weights(sample.complete_relations, names.relation_count)
    entity_maps, entity_map_class = _draw_maps(entity_spots, h, w)
    relation_maps, relation_map_class = _draw_maps(relation_spots, h, w)
    return Targets(
        entity_maps=entity_maps,
        entity_map_class=entity_map_class,
        entity_weight=_class_weights(sample.complete_entities, len(names.entities) - 1),
        relation_maps=relation_maps,
        relation_map_class=relation_map_class,
        relation_weight=np.tile(relation_weight, 2) if directed else relation_weight,
        ignore=_shrink_ignore(sample.ignore, h, w),
        relation_index=relation_index,
        relation_class=relation_class,
        relation_direction=relation_direction,
        displacement=displacement,
        parts=parts,
        parts_known=parts_known,
        centre_index=centre_index,
        rays=lengths,
        mask_index=mask_index,
        masks=masks,
        parsing=sample.parsing[STRIDE // 2 :: STRIDE, STRIDE // 2 :: STRIDE].astype(np.int64),
    )


def collate_targets(targets: Sequence[Targets]) -> TargetBatch:
    """Join the targets of images of one size; list rows get the batch index as their first column."""
    stacked = ("entity_weight", "relation_weight", "ignore", "parsing")
    joined = (
        "entity_maps",
        "relation_maps",
        "relation_class",
        "relation_direction",
        "displacement",
        "parts",
        "parts_known",
        "rays",
        "masks",
    )
    indexed = {
        "entity_map_index": "entity_map_class",
        "relation_map_index": "relation_map_class",
        "relation_index": "relation_index",
        "centre_index": "centre_index",
        "mask_index": "mask_index",
    }
    tensors = {name: torch.from_numpy(np.stack([getattr(t, name) for t in targets])) for name in stacked}
    for name in joined:
        tensors[name] = torch.from_numpy(np.concatenate([getattr(t, name) for t in targets]))
    for name, source in indexed.items():
        # column_stack takes a list of classes for one column.
        rows = [
            np.column_stack([np.full(len(getattr(t, source)), batch), getattr(t, source)])
            for batch, t in enumerate(targets)
        ]
        tensors[name] = torch.from_numpy(np.concatenate(rows, axis=0))
    return TargetBatch(**tensors)


def shrink_mask(mask: NDArray[np.uint8]) -> NDArray[np.float32]:
    """A mask (H, W) of 0 or 1 as the stride-4 target (h, w) in [0, 1].

    Each cell holds the covered fraction c of its pixels, divided by the square root of the largest c
    among its 3 x 3 neighbours. Next to a solid interior that largest value is 1 and the target is plain
    area averaging. A thin thing, such as a plate seen from the side, never fills a cell: cut at c > 0.5 it
    would vanish here, and with the target c it would vanish in decoding (bilinear x4, > 0.5). The root
    lifts its ridge above 0.5 from one pixel of thickness on, without making it wider.
    """
    coverage = cv2.resize(
        mask * np.uint8(255), None, fx=1 / STRIDE, fy=1 / STRIDE, interpolation=cv2.INTER_AREA
    )
    fraction = coverage.astype(np.float32) / 255
    largest = cv2.dilate(fraction, np.ones((3, 3), np.uint8))
    return np.divide(fraction, np.sqrt(np.maximum(largest, 1e-6)), dtype=np.float32)


_Spot = tuple[int, int, int, int]  # 0-based class, x, y and radius in cells


def _draw_maps(spots: list[_Spot], h: int, w: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """(M, h, w) heatmaps of the M classes that have a spot, and their classes, ascending."""
    classes = sorted({spot[0] for spot in spots})
    row = {number: position for position, number in enumerate(classes)}
    maps = np.zeros((len(classes), h, w), np.float32)
    for number, x, y, radius in spots:
        draw_gaussian(maps[row[number]], x, y, radius)
    return maps, np.array(classes, np.int64)


def _whole(maps: NDArray[np.float32], classes: NDArray[np.int64], count: int) -> NDArray[np.float32]:
    heatmap = np.zeros((count, *maps.shape[1:]), np.float32)
    heatmap[classes] = maps
    return heatmap


def _whole_batch(maps: Tensor, index: Tensor, weight: Tensor) -> Tensor:
    """(B, C, h, w) with the classes of a cell side by side, the memory layout of the network's outputs."""
    B, C = weight.shape
    heatmap = maps.new_zeros((B, *maps.shape[1:], C)).permute(0, 3, 1, 2)
    heatmap[index[:, 0], index[:, 1]] = maps
    return heatmap


def _centre_and_box(mask: NDArray[np.uint8], label: str) -> tuple[int, int, int, int]:
    """Cell (x, y) of the centre of mass; height and width of the bounding box in pixels."""
    left, top, width, height = cv2.boundingRect(mask)
    if width == 0:
        raise ValueError(f"{label} is empty: drop entities without pixels before encoding")
    moments = cv2.moments(mask[top : top + height, left : left + width], binaryImage=True)
    x = left + moments["m10"] / moments["m00"] + 0.5
    y = top + moments["m01"] / moments["m00"] + 0.5
    return int(x // STRIDE), int(y // STRIDE), height, width


def _check_relation(sample: Sample, subject: int, target: int) -> None:
    count = len(sample.masks)
    if not (0 <= subject < count and 0 <= target < count) or subject == target:
        raise ValueError(
            f"{sample.name}: a relation joins two of the rows 0 to {count - 1}, got {subject} and {target}"
        )
    names = vocabulary(sample.vocabulary)
    if sample.class_ids[subject] != names.human:
        name = names.entities[int(sample.class_ids[subject])]
        raise ValueError(
            f"{sample.name}: the subject of a relation must be a human, row {subject} is {name!r}"
        )


def _class_weights(complete: frozenset[int], count: int) -> NDArray[np.float32]:
    weights = np.zeros(count, np.float32)
    weights[[class_id - 1 for class_id in complete]] = 1
    return weights


def _shrink_ignore(ignore: NDArray[np.uint8] | None, h: int, w: int) -> NDArray[np.float32]:
    """A cell is ignored as soon as one of its pixels is."""
    if ignore is None:
        return np.zeros((h, w), np.float32)
    return (ignore.reshape(h, STRIDE, w, STRIDE).max(axis=(1, 3)) != 0).astype(np.float32)
