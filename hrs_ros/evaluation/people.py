"""Figures on labelled photos: are people found, and does a wrist lie in the arm mask of its own side?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from hrs_ros.data.people_annotations import Keypoint, Person, Photo, box_image, polygon_mask
from hrs_ros.evaluation.instances import Pair, average_precision, match_instances
from hrs_ros.evaluation.share import share
from hrs_ros.scene import Entity, Mask, Scene
from hrs_ros.vocabulary import vocabulary

# COCO's spread of wrist labels, in units of the square root of the person's area: how far two careful people
# put the same wrist apart.
WRIST_SPREAD = 0.062
MATCH_IOU = 0.5
AP_IOUS = tuple(round(0.5 + 0.05 * step, 2) for step in range(10))  # COCO's AP is the mean over these
IGNORED_SHARE = 0.5  # a prediction with this share of its pixels on unlabelled people is no false positive


@dataclass(frozen=True, slots=True)
class Wrist:
    """One visible wrist of a person that was found, and the distance (pixels) to the predicted arm masks."""

    x: float  # where it is labelled
    y: float
    own: float  # arm of the wrist's side; inf when no such mask was predicted
    other: float  # arm of the other side
    tolerance: float  # radius within which a wrist counts as lying in a mask

    @property
    def in_an_arm(self) -> bool:
        return min(self.own, self.other) <= self.tolerance

    @property
    def in_own_arm(self) -> bool:
        """Lies in the arm mask of its own side and nearer to it than to the other one."""
        return self.own <= self.tolerance and self.own < self.other


@dataclass(frozen=True, slots=True, eq=False)
class PhotoResult:
    """Outcome of one photo."""

    persons: int  # people with a labelled mask
    ious: tuple[float, ...]  # of those that were found
    scores: tuple[float, ...]  # of predicted people that count (not lying on unlabelled ones)
    true: tuple[tuple[bool, ...], ...]  # one per AP_IOUS: one per score, whether it found a labelled person
    wrists_labelled: int  # visible wrists of people with a labelled mask
    wrists: tuple[Wrist, ...]  # of people that were found
    arms: tuple[bool, ...]  # of found people with two wrists to tell apart: holds its own and not the other


@dataclass(frozen=True, slots=True)
class PeopleFigures:
    """Figures over a set of photos; rates are NaN where nothing was there to count."""

    photos: int
    persons: int
    found: int
    person_recall: float  # found / persons, mask IoU >= 0.5
    person_mean_iou: float  # over found people
    person_ap50: float
    person_ap: float  # mean over AP_IOUS
    wrists_labelled: int
    wrists_of_found: int
    wrists_in_an_arm: int
    wrists_in_own_arm: int
    wrist_in_own_arm_rate: float  # of found people's visible wrists
    wrist_in_own_arm_rate_all: float  # of all labelled visible wrists: missed people count as misses
    side_accuracy: float  # own side among wrists that lie in any arm mask
    arms: int  # of found people with two wrists to tell apart
    arms_with_own_wrist_only: int
    arm_rate: float


def evaluate_photo(photo: Photo, predicted: Scene, *, ranked: Scene | None = None) -> PhotoResult:
    """Compare the predicted scene of one photo, same resolution, with its labels.

    ``ranked`` is the scene with fainter people, too, for average precision (default: ``predicted``).
    """
    if (predicted.height, predicted.width) != (photo.height, photo.width):
        raise ValueError(
            f"{photo.path.name}: the scene is {predicted.width}x{predicted.height}, "
            f"the labels are {photo.width}x{photo.height}; give the photo unscaled"
        )
    labelled = [person for person in photo.persons if person.polygons and not person.crowd]
    masks = [polygon_mask(person.polygons, photo.height, photo.width) for person in labelled]
    humans = predicted.humans()
    pairs = _match(masks, humans)
    candidates = (ranked or predicted).humans()
    hits = [
        {pair.predicted for pair in _match(masks, candidates, threshold).values()} for threshold in AP_IOUS
    ]
    counted = _counted(photo, candidates, hits[0])
    wrists = [
        tuple(_wrists(labelled[row], masks[row], humans[pair.predicted])) for row, pair in pairs.items()
    ]
    return PhotoResult(
        persons=len(labelled),
        ious=tuple(pair.iou for pair in pairs.values()),
        scores=tuple(candidates[i].score for i in counted),
        true=tuple(tuple(i in found for i in counted) for found in hits),
        wrists_labelled=sum(len(list(_visible_wrists(person))) for person in labelled),
        wrists=tuple(wrist for pair in wrists for wrist in pair),
        arms=tuple(arm for pair in wrists for arm in _arms(pair)),
    )


def summarise(results: Iterable[PhotoResult]) -> PeopleFigures:
    """Figures over all photos; AP ranks the predictions of the whole set together."""
    rows = list(results)
    ious = [iou for row in rows for iou in row.ious]
    wrists = [wrist for row in rows for wrist in row.wrists]
    persons = sum(row.persons for row in rows)
    labelled = sum(row.wrists_labelled for row in rows)
    in_an_arm = sum(wrist.in_an_arm for wrist in wrists)
    in_own_arm = sum(wrist.in_own_arm for wrist in wrists)
    arms = [arm for row in rows for arm in row.arms]
    scores = [score for row in rows for score in row.scores]
    precisions = [
        average_precision(scores, [hit for row in rows for hit in row.true[level]], persons)
        for level in range(len(AP_IOUS))
    ]
    return PeopleFigures(
        photos=len(rows),
        persons=persons,
        found=len(ious),
        person_recall=share(len(ious), persons),
        person_mean_iou=share(sum(ious), len(ious)),
        person_ap50=precisions[0],
        person_ap=sum(precisions) / len(precisions),
        wrists_labelled=labelled,
        wrists_of_found=len(wrists),
        wrists_in_an_arm=in_an_arm,
        wrists_in_own_arm=in_own_arm,
        wrist_in_own_arm_rate=share(in_own_arm, len(wrists)),
        wrist_in_own_arm_rate_all=share(in_own_arm, labelled),
        side_accuracy=share(in_own_arm, in_an_arm),
        arms=len(arms),
        arms_with_own_wrist_only=sum(arms),
        arm_rate=share(sum(arms), len(arms)),
    )


def distance(mask: Mask, x: float, y: float) -> float:
    """Pixels from the point to the nearest pixel square of the mask: 0 inside, inf for an empty mask."""
    rows, columns = np.nonzero(mask.bits)
    if rows.size == 0:
        return float("inf")
    left, top = columns + mask.x, rows + mask.y
    dx = np.maximum(np.maximum(left - x, x - (left + 1)), 0)
    dy = np.maximum(np.maximum(top - y, y - (top + 1)), 0)
    return float(np.hypot(dx, dy).min())


def _match(masks: list[Mask], humans: tuple[Entity, ...], threshold: float = MATCH_IOU) -> dict[int, Pair]:
    return match_instances(
        masks, [human.mask for human in humans], scores=[human.score for human in humans], threshold=threshold
    )


def _counted(photo: Photo, humans: tuple[Entity, ...], hits: set[int]) -> list[int]:
    """Predictions that are right or wrong; one that lies on a crowd or an unlabelled person is neither."""
    unlabelled = np.zeros((photo.height, photo.width), np.uint8)
    for person in photo.persons:
        if person.crowd or not person.polygons:
            unlabelled |= box_image(person.box, photo.height, photo.width)
    area = Mask.from_full(unlabelled)
    return [
        i
        for i, human in enumerate(humans)
        if i in hits or human.mask.intersection(area) < IGNORED_SHARE * human.mask.area or not human.mask.area
    ]


def _visible_wrists(person: Person) -> Iterator[tuple[str, Keypoint]]:
    for side in ("left", "right"):
        point = (person.keypoints or {}).get(f"{side}_wrist")
        if point is not None and point.visible:
            yield side, point


def _wrists(person: Person, mask: Mask, human: Entity) -> Iterator[Wrist]:
    words = vocabulary()
    for side, point in _visible_wrists(person):
        arm = words.part_id(f"{side} arm")
        own, other = (human.parts.get(part, Mask.empty()) for part in (arm, words.part_mirror[arm]))
        yield Wrist(
            x=point.x,
            y=point.y,
            own=distance(own, point.x, point.y),
            other=distance(other, point.x, point.y),
            tolerance=WRIST_SPREAD * mask.area**0.5,
        )


def _arms(wrists: tuple[Wrist, ...]) -> Iterator[bool]:
    """For each arm of a person whose two wrists are visible and apart: own wrist inside, the other outside.

    Wrists that two careful people could confuse, as of clasped hands, say nothing about sides.
    """
    if len(wrists) < 2:
        return
    first, second = wrists
    if math.hypot(first.x - second.x, first.y - second.y) <= first.tolerance + second.tolerance:
        return
    for own, other in ((first, second), (second, first)):
        yield own.own <= own.tolerance < other.other
