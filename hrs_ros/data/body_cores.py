"""Pixels that surely belong to a hand or a face, from COCO keypoints alone.

Keypoints say nothing about clothes, and PIC's parts do: a sleeve is "coat", not "left arm". So only the
hand's end of a forearm and the middle of a face are labelled; the rest of a person stays not labelled.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.people_annotations import Keypoint
from hrs_ros.data.sample import PARSING_IGNORE
from hrs_ros.vocabulary import vocabulary

# In units of the forearm: from just above the wrist to the middle of the hand, half a wrist wide.
HAND_START, HAND_END, HAND_RADIUS = 0.8, 1.2, 0.12
MIN_FOREARM = 8.0  # pixels; a shorter one is too small or points at the camera: its direction says nothing
FACE_RADIUS = 0.4  # of the distance between the eyes, about the nose: below eyes (glasses), above the chin
MIN_EYES = 5.0  # pixels
MIN_RADIUS = 2.0  # pixels


def body_cores(
    keypoints: Mapping[str, Keypoint], mask: NDArray[np.uint8], crowded: NDArray[np.uint8] | None = None
) -> NDArray[np.uint8]:
    """Parsing of one person: (H, W), a part id at core pixels, 255 elsewhere.

    ``mask`` (H, W) of 0 or 1 is the person; cores never leave it. Where two cores meet, e.g. hands that
    hold each other, nothing is labelled. ``crowded`` pixels (other people's) are not labelled either.
    """
    names = vocabulary()
    count = np.zeros(mask.shape, np.uint8)
    parsing = np.full(mask.shape, PARSING_IGNORE, np.uint8)
    cores = [(names.part_id("face"), _face(keypoints, mask.shape))]
    cores += [
        (names.part_id(f"{side} arm"), _hand(keypoints, side, mask.shape)) for side in ("left", "right")
    ]
    for part, core in cores:
        if core is not None:
            parsing[core != 0] = part
            count += core
    outside = (count != 1) | (mask == 0)
    if crowded is not None:
        outside |= crowded != 0
    parsing[outside] = PARSING_IGNORE
    return parsing


def visible(keypoints: Mapping[str, Keypoint], name: str) -> tuple[float, float] | None:
    """(x, y) of a keypoint that is labelled and visible."""
    point = keypoints.get(name)
    return (point.x, point.y) if point is not None and point.visible else None


def _hand(keypoints: Mapping[str, Keypoint], side: str, shape: tuple[int, ...]) -> NDArray[np.uint8] | None:
    """A capsule from above the wrist into the hand, where elbow and wrist are visible."""
    elbow, wrist = visible(keypoints, f"{side}_elbow"), visible(keypoints, f"{side}_wrist")
    if elbow is None or wrist is None:
        return None
    length = math.dist(elbow, wrist)
    if length < MIN_FOREARM:
        return None
    ends = [
        (elbow[0] + t * (wrist[0] - elbow[0]), elbow[1] + t * (wrist[1] - elbow[1]))
        for t in (HAND_START, HAND_END)
    ]
    return _capsule(ends[0], ends[1], max(MIN_RADIUS, HAND_RADIUS * length), shape)


def _face(keypoints: Mapping[str, Keypoint], shape: tuple[int, ...]) -> NDArray[np.uint8] | None:
    """A disc about the nose, where nose and both eyes are visible."""
    nose = visible(keypoints, "nose")
    eyes = visible(keypoints, "left_eye"), visible(keypoints, "right_eye")
    if nose is None or eyes[0] is None or eyes[1] is None:
        return None
    distance = math.dist(eyes[0], eyes[1])
    if distance < MIN_EYES:
        return None
    return _capsule(nose, nose, max(MIN_RADIUS, FACE_RADIUS * distance), shape)


def _capsule(
    start: tuple[float, float], end: tuple[float, float], radius: float, shape: tuple[int, ...]
) -> NDArray[np.uint8]:
    """Pixels within ``radius`` of a segment, (H, W) of 0 or 1."""
    image = np.zeros(shape, np.uint8)
    ends = [(round(x), round(y)) for x, y in (start, end)]
    cv2.line(image, ends[0], ends[1], color=1, thickness=max(1, round(2 * radius)))
    for centre in ends:
        cv2.circle(image, centre, round(radius), color=1, thickness=cv2.FILLED)
    return image
