"""Who does what to which COCO instance: V-COCO's own files, and the HOI form that later works made of them.

V-COCO's form (``vcoco_train.json``) is a list of actions. Each has ``image_id``, ``ann_id`` and ``label`` of
N people, and ``role_object_id``: K x N instance ids, role by role, 0 where a role has no visible object.

The HOI form (``trainval_vcoco.json`` of PPDM, QPIC and their heirs) is a list of images with ``annotations``
(corner boxes) and ``hoi_annotation``: rows of them as subject and object (-1: none), and a verb of ``VERBS``.
It does not say which people were asked about, so all people of a listed image count as asked.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrs_ros.data.coco_instances import CocoImage
from hrs_ros.data.people_annotations import box_iou

# The verbs of the HOI form by number: actions and roles in the order of V-COCO's files.
VERBS = (
    *("hold_obj", "stand", "sit_instr", "ride_instr", "walk", "look_obj", "hit_instr", "hit_obj", "eat_obj"),
    *("eat_instr", "jump_instr", "lay_instr", "talk_on_phone_instr", "carry_obj", "throw_obj", "catch_obj"),
    *("cut_instr", "cut_obj", "run", "work_on_computer_instr", "ski_instr", "surf_instr"),
    *("skateboard_instr", "smile", "drink_instr", "kick_obj", "point_instr", "read_obj", "snowboard_instr"),
)
SAME_BOX = 0.95  # IoU; the boxes are copies, apart from rounding


@dataclass(frozen=True, slots=True)
class Act:
    """A person does something in one role; ids are COCO instance ids."""

    person: int
    verb: str  # action and role, "hold_obj", or the action alone where it has no role
    object: int | None  # None: it cannot be seen


@dataclass(frozen=True, slots=True)
class Acts:
    """All that is said about one image."""

    asked: frozenset[int]  # people whose actions are labelled; of others nothing is known
    acts: tuple[Act, ...]


def read_acts(path: Path, images: Mapping[int, CocoImage]) -> dict[int, Acts]:
    """Image id -> its acts, from a file of either form; raises ValueError for anything else."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return _from_hoi(rows, images) if "hoi_annotation" in rows[0] else _from_actions(rows, images)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ValueError(
            f"{path}: not usable as V-COCO roles ({error}); expected V-COCO's list of actions or the HOI "
            "form's list of images, made for the COCO instances beside it"
        ) from error


def _from_actions(actions: Iterable[Mapping[str, Any]], images: Mapping[int, CocoImage]) -> dict[int, Acts]:
    asked: dict[int, set[int]] = defaultdict(set)
    acts: dict[int, list[Act]] = defaultdict(list)
    for action in actions:
        name, roles, count = action["action_name"], action["role_name"], len(action["ann_id"])
        flat = action["role_object_id"]
        if len(flat) != count * len(roles):
            raise ValueError(
                f"{name}: {len(flat)} role objects, expected {count} people x {len(roles)} roles {roles}"
            )
        for row, (image, person, label) in enumerate(
            zip(action["image_id"], action["ann_id"], action["label"], strict=True)
        ):
            asked[image].add(person)
            if not label:
                continue
            if len(roles) == 1:
                acts[image].append(Act(person, name, None))
            for number, role in enumerate(roles[1:], start=1):
                target = flat[number * count + row]
                acts[image].append(Act(person, f"{name}_{role}", target or None))
    result = {image: Acts(frozenset(people), tuple(acts[image])) for image, people in asked.items()}
    for image, one in result.items():
        _check_ids(image, one, images)
    return result


def _check_ids(image: int, acts: Acts, images: Mapping[int, CocoImage]) -> None:
    if image not in images:
        raise ValueError(f"image {image} is not among the COCO instances")
    known = {instance.id for instance in images[image].instances}
    named = acts.asked | {act.object for act in acts.acts if act.object is not None}
    if not named <= known:
        raise ValueError(f"image {image}: instances {sorted(named - known)} are not among COCO's")


def _from_hoi(rows: Iterable[Mapping[str, Any]], images: Mapping[int, CocoImage]) -> dict[int, Acts]:
    by_name = {image.file_name: image for image in images.values()}
    result: dict[int, Acts] = {}
    for row in rows:
        if row["file_name"] not in by_name:
            raise ValueError(f"{row['file_name']} is not among the COCO instances")
        image = by_name[row["file_name"]]
        boxes = row["annotations"]
        acts = (
            Act(
                _instance(image, boxes[int(hoi["subject_id"])]["bbox"]),
                VERBS[int(hoi["category_id"])],
                _instance(image, boxes[int(hoi["object_id"])]["bbox"])
                if int(hoi["object_id"]) >= 0
                else None,
            )
            for hoi in row["hoi_annotation"]
        )
        people = (
            instance.id
            for instance in image.instances
            if instance.category == "person" and not instance.crowd
        )
        result[image.id] = Acts(frozenset(people), tuple(dict.fromkeys(acts)))
    return result


def _instance(image: CocoImage, corners: Iterable[float]) -> int:
    """Id of the instance with this box (x0, y0, x1, y1)."""
    x0, y0, x1, y1 = corners
    box = (x0, y0, x1 - x0, y1 - y0)
    best = max(image.instances, key=lambda instance: box_iou(box, instance.box), default=None)
    if best is None or box_iou(box, best.box) < SAME_BOX:
        raise ValueError(f"{image.file_name}: no COCO instance has the box {box}")
    return best.id
