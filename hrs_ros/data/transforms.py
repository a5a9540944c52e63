"""Bring a sample to the network's input size: plainly (letterbox) or at random (augment)."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.colour import degrade, jitter
from hrs_ros.data.sample import PARSING_IGNORE, RelationLabel, Sample
from hrs_ros.inference.letterbox import FILL, Letterbox
from hrs_ros.vocabulary import vocabulary

MIN_AREA = 16  # network pixels; what is left of a smaller entity cannot be told from noise
MIN_PART_AREA = 4  # network pixels of an acting part
SCALE = (0.7, 1.3)  # of the letterbox fit


@dataclass(frozen=True, slots=True)
class _Placement:
    """A window of the source, resized onto a window of the network's input; the rest is padding.

    ``flip`` mirrors the content within its target window.
    """

    source_x: slice
    source_y: slice
    target_x: slice
    target_y: slice
    height: int
    width: int
    flip: bool = False

    def content(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The window of an RGB image at its target size, not mirrored."""
        window = image[self.source_y, self.source_x]
        size = self._target_size
        # Area averaging when shrinking: plain bilinear would skip pixels and alias.
        shrinks = size[0] < window.shape[1] or size[1] < window.shape[0]
        content = cv2.resize(window, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
        return np.asarray(content, np.uint8)

    def paste(self, content: NDArray[np.uint8], *, fill: tuple[int, int, int]) -> NDArray[np.uint8]:
        """The network's input image (height, width, 3) around ``content``."""
        return np.asarray(
            cv2.copyMakeBorder(
                cv2.flip(content, 1) if self.flip else content,
                self.target_y.start,
                self.height - self.target_y.stop,
                self.target_x.start,
                self.width - self.target_x.stop,
                cv2.BORDER_CONSTANT,
                value=fill,
            ),
            np.uint8,
        )

    def labels(self, labels: NDArray[np.uint8], *, fill: int = 0) -> NDArray[np.uint8]:
        """Nearest neighbour; padding is ``fill``."""
        canvas = np.full((self.height, self.width), fill, np.uint8)
        window = labels[self.source_y, self.source_x]
        content = cv2.resize(window, self._target_size, interpolation=cv2.INTER_NEAREST_EXACT)
        canvas[self.target_y, self.target_x] = content[:, ::-1] if self.flip else content
        return canvas

    @property
    def _target_size(self) -> tuple[int, int]:
        return self.target_x.stop - self.target_x.start, self.target_y.stop - self.target_y.start


def letterbox(sample: Sample, height: int, width: int) -> Sample:
    """The whole picture, aspect kept, placed and padded exactly as for inference."""
    source_height, source_width = sample.image.shape[:2]
    fit = Letterbox.fit(source_height=source_height, source_width=source_width, height=height, width=width)
    placement = _Placement(
        source_x=slice(0, source_width),
        source_y=slice(0, source_height),
        target_x=slice(0, fit.content_width),
        target_y=slice(0, fit.content_height),
        height=height,
        width=width,
    )
    return _place(sample, placement, image=fit.apply(np.ascontiguousarray(sample.image)))


def augment(
    sample: Sample,
    height: int,
    width: int,
    rng: np.random.Generator,
    *,
    scale: tuple[float, float] = SCALE,
    flip: float = 0.5,
    colour: float = 0.4,
    lighting: float = 0.1,
    quality: float = 0.15,
) -> Sample:
    """A random view at the network's input size (spec section 4).

    The picture is scaled by a factor within ``scale`` of its letterbox fit and put at a random place; what
    sticks out is cut off, what stays empty is padding, labelled background. ``flip`` is the probability of
    a mirror image, in which left and right parts change names. ``colour`` and ``lighting``: see
    ``colour.jitter``; ``quality``: probability of each of ``colour.degrade``'s effects.

    Masks are cut first; entities with less than ``MIN_AREA`` pixels left and their relations go. An acting
    part that was visible and no longer is goes too, and with its last part an action.
    """
    placement = _random_placement(sample.image.shape[:2], height, width, rng, scale=scale, flip=flip)
    # Inference pads with FILL; other colours keep the network from reading the padding as a label.
    fill = FILL if rng.random() < 0.6 else _random_colour(rng)
    content = jitter(placement.content(sample.image), rng, colour=colour, lighting=lighting)
    content = degrade(content, rng, probability=quality)
    return _place(sample, placement, image=placement.paste(content, fill=fill))


def _random_colour(rng: np.random.Generator) -> tuple[int, int, int]:
    red, green, blue = (int(value) for value in rng.integers(0, 256, 3))
    return red, green, blue


def _random_placement(
    source: tuple[int, ...],
    height: int,
    width: int,
    rng: np.random.Generator,
    *,
    scale: tuple[float, float],
    flip: float,
) -> _Placement:
    factor = min(height / source[0], width / source[1]) * rng.uniform(*scale)
    source_y, target_y = _random_windows(source[0], height, factor, rng)
    source_x, target_x = _random_windows(source[1], width, factor, rng)
    return _Placement(
        source_x=source_x,
        source_y=source_y,
        target_x=target_x,
        target_y=target_y,
        height=height,
        width=width,
        flip=bool(rng.random() < flip),
    )


def _random_windows(source: int, target: int, factor: float, rng: np.random.Generator) -> tuple[slice, slice]:
    """Along one axis: the window of the source, and where it goes."""
    scaled = max(1, round(source * factor))
    if scaled <= target:
        start = int(rng.integers(0, target - scaled + 1))
        return slice(0, source), slice(start, start + scaled)
    shown = min(source, max(1, round(target / factor)))
    start = int(rng.integers(0, source - shown + 1))
    return slice(start, start + shown), slice(0, target)


def _place(sample: Sample, placement: _Placement, *, image: NDArray[np.uint8]) -> Sample:
    """The sample with ``image`` (already placed) and labels placed, mirrored and cleaned up."""
    names = vocabulary(sample.vocabulary)
    masks = [placement.labels(mask) for mask in sample.masks]
    kept = [row for row, mask in enumerate(masks) if cv2.countNonZero(mask) >= MIN_AREA]
    new_row = {row: position for position, row in enumerate(kept)}
    # Where nothing teaches parts, a labelled padding would teach that there are none.
    parsing = placement.labels(sample.parsing, fill=0 if names.has_acting_parts else PARSING_IGNORE)
    relations = []
    for relation in sample.relations:
        if relation.subject not in new_row or relation.object not in new_row:
            continue
        parts = relation.parts
        if parts:
            parts = tuple(
                part
                for part in parts
                if not _has_part(sample.parsing, sample.masks[relation.subject], part, 1)
                or _has_part(parsing, masks[relation.subject], part, MIN_PART_AREA)
            )
            if not parts:
                continue
            if placement.flip:
                parts = tuple(sorted(names.part_mirror[part] for part in parts))
        relations.append(
            RelationLabel(
                subject=new_row[relation.subject],
                predicate_id=relation.predicate_id,
                object=new_row[relation.object],
                parts=parts,
            )
        )
    if placement.flip:
        parsing = np.asarray(cv2.LUT(parsing, _mirror_table()), np.uint8)
    return dataclasses.replace(
        sample,
        image=image,
        masks=np.stack([masks[row] for row in kept])
        if kept
        else np.zeros((0, placement.height, placement.width), np.uint8),
        class_ids=sample.class_ids[kept],
        parsing=parsing,
        relations=relations,
        ignore=None if sample.ignore is None else placement.labels(sample.ignore),
    )


def _has_part(parsing: NDArray[np.uint8], mask: NDArray[np.uint8], part: int, least: int) -> bool:
    return int(np.count_nonzero((parsing == part) & (mask != 0))) >= least


@functools.cache
def _mirror_table() -> NDArray[np.uint8]:
    """(256,) parsing value -> its value in the mirror image; "not labelled" stays."""
    table = np.arange(256, dtype=np.uint8)
    table[: len(vocabulary().parts)] = vocabulary().part_mirror
    return table
