"""Real photos of people as partially labelled samples: what COCO and V-COCO say, in PIC's vocabulary."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.body_cores import body_cores, visible
from hrs_ros.data.coco import coco_table
from hrs_ros.data.people_annotations import (
    Box,
    Keypoint,
    Person,
    Photo,
    Role,
    box_image,
    box_iou,
    rasterize,
    read_photo,
    read_photos,
)
from hrs_ros.data.sample import PARSING_IGNORE, RelationLabel, Sample
from hrs_ros.vocabulary import vocabulary

MATCH_IOU = 0.5  # a V-COCO role box and a COCO box of the same thing
OUTLINE = 2  # pixels; polygons are drawn by hand, so this close outside a person nothing is labelled
REACH = 0.6  # forearms; a hand reaches this far past its wrist
HAND_RELATIONS = ("hold", "carry")


class PeopleDataset:
    """Photos of ``root`` (with ``annotations.json``) in which at least one person has a mask.

    Only what is labelled becomes a label:

    - people and mapped objects with polygons are entities; without, their boxes are ``ignore``;
    - "human" is complete where every person has a mask; an object class where the photo lists objects at
      all, lists every object its V-COCO actions name, and COCO covers the class (the flag
      ``objects_complete`` alone is set on photos whose list is empty and whose objects are plain to see);
    - parsing: background outside people where "human" is complete, hands and faces where keypoints are
      sure of them (``body_cores``), not labelled elsewhere;
    - V-COCO actions between two entities are relations; no relation class is ever complete.
    """

    def __init__(self, root: Path, split: str | None = None) -> None:
        folder = Path(root) if split is None else Path(root) / split
        self.photos: list[Photo] = [
            photo for photo in read_photos(folder) if any(_has_mask(person) for person in photo.persons)
        ]

    def __len__(self) -> int:
        return len(self.photos)

    def name(self, index: int) -> str:
        """File name of a photo."""
        return self.photos[index].path.name

    def __getitem__(self, index: int) -> Sample:
        photo = self.photos[index]
        image = read_photo(photo.path, height=photo.height, width=photo.width)
        height, width = photo.height, photo.width
        table = coco_table()

        masks: list[NDArray[np.uint8]] = []
        class_ids: list[int] = []
        boxes: list[Box] = []
        persons: dict[int, Person] = {}  # row -> person
        ignore = np.zeros((height, width), np.uint8)
        for person in photo.persons:
            mask = rasterize(person.polygons, height, width) if _has_mask(person) else None
            if mask is not None and mask.any():
                persons[len(masks)] = person
                masks.append(mask)
                class_ids.append(vocabulary().human)
                boxes.append(person.box)
            else:
                ignore |= box_image(person.box, height, width)
        unlabelled_people = ignore.copy()
        for thing in photo.things:
            class_id = table.entities.get(thing.category)
            mask = rasterize(thing.polygons, height, width)
            if class_id is not None and mask.any():
                masks.append(mask)
                class_ids.append(class_id)
                boxes.append(thing.box)
            elif class_id is not None or thing.category in table.ignored:
                ignore |= mask if mask.any() else box_image(thing.box, height, width)

        humans_complete = photo.person_masks_complete and all(
            person.crowd or person.polygons for person in photo.persons
        )
        complete = frozenset({vocabulary().human}) if humans_complete else frozenset()
        if _objects_complete(photo):
            complete |= table.covered
        stacked = np.stack(masks)
        return Sample(
            name=photo.path.name,
            image=image,
            masks=stacked,
            class_ids=np.array(class_ids, np.int64),
            parsing=_parsing(
                persons, stacked, background=humans_complete, unlabelled_people=unlabelled_people
            ),
            relations=_relations(photo.roles, boxes, class_ids, persons, stacked),
            complete_entities=complete,
            complete_relations=frozenset(),
            ignore=ignore,
        )


def _has_mask(person: Person) -> bool:
    return bool(person.polygons) and not person.crowd


def _objects_complete(photo: Photo) -> bool:
    listed = [thing.box for thing in photo.things]
    named = [role.object_box for role in photo.roles if role.category != "person"]
    return photo.objects_complete and bool(listed) and all(_best(box, listed) is not None for box in named)


def _parsing(
    persons: dict[int, Person],
    masks: NDArray[np.uint8],
    *,
    background: bool,
    unlabelled_people: NDArray[np.uint8],
) -> NDArray[np.uint8]:
    anyone = np.zeros(masks.shape[1:], np.uint8)
    several = np.zeros(masks.shape[1:], np.uint8)
    for row in persons:
        several |= anyone & masks[row]
        anyone |= masks[row]
    parsing = np.full(anyone.shape, PARSING_IGNORE, np.uint8)
    if background:
        near = cv2.dilate(anyone, np.ones((2 * OUTLINE + 1, 2 * OUTLINE + 1), np.uint8))
        parsing[(near == 0) & (unlabelled_people == 0)] = 0
    for row, person in persons.items():
        if person.keypoints is not None:
            cores = body_cores(person.keypoints, masks[row], several)
            np.copyto(parsing, cores, where=cores != PARSING_IGNORE)
    return parsing


def _relations(
    roles: tuple[Role, ...],
    boxes: list[Box],
    class_ids: list[int],
    persons: dict[int, Person],
    masks: NDArray[np.uint8],
) -> list[RelationLabel]:
    names, table = vocabulary(), coco_table()
    labels: list[RelationLabel] = []
    for role in roles:
        predicate = table.relations.get((role.action, role.role))
        wanted = names.human if role.category == "person" else table.entities.get(role.category)
        if predicate is None or wanted is None:
            continue
        subject = _best(role.person_box, boxes, [class_id == names.human for class_id in class_ids])
        target = _best(role.object_box, boxes, [class_id == wanted for class_id in class_ids])
        if subject is None or target is None or subject == target:
            continue
        parts = _acting_parts(predicate, persons[subject], masks[target])
        label = RelationLabel(subject=subject, predicate_id=predicate, object=target, parts=parts)
        if label not in labels:  # V-COCO lists a triplet once per role
            labels.append(label)
    return labels


def _acting_parts(predicate: int, person: Person, target: NDArray[np.uint8]) -> tuple[int, ...] | None:
    """Parts that keypoints are sure of; () for a geometric relation, None where nothing is sure."""
    names = vocabulary()
    if not names.is_action(predicate):
        return ()
    keypoints = person.keypoints or {}
    name = names.relations[predicate]
    if name == "look at" and visible(keypoints, "nose") is not None:
        return (names.part_id("face"),)
    if name not in HAND_RELATIONS:
        return None
    # A hand that cannot be seen may hold it too, so both must be visible for one to be "the" one.
    near = [_reaches(keypoints, side, target) for side in ("left", "right")]
    if None in near or sum(map(bool, near)) != 1:
        return None
    return (names.part_id("left arm" if near[0] else "right arm"),)


def _reaches(keypoints: Mapping[str, Keypoint], side: str, target: NDArray[np.uint8]) -> bool | None:
    """Whether a hand lies on or beside the target; None where elbow or wrist is not visible."""
    elbow, wrist = visible(keypoints, f"{side}_elbow"), visible(keypoints, f"{side}_wrist")
    if elbow is None or wrist is None:
        return None
    rows, columns = np.nonzero(target)
    distance = float(np.sqrt(((columns - wrist[0]) ** 2 + (rows - wrist[1]) ** 2).min()))
    return distance <= REACH * math.dist(elbow, wrist)


def _best(box: Box, boxes: list[Box], allowed: list[bool] | None = None) -> int | None:
    """Row of the allowed box with the largest IoU of at least ``MATCH_IOU``."""
    ious = [
        box_iou(box, other) if allowed is None or allowed[row] else 0.0 for row, other in enumerate(boxes)
    ]
    best = max(range(len(ious)), key=ious.__getitem__, default=None)
    return best if best is not None and ious[best] >= MATCH_IOU else None
