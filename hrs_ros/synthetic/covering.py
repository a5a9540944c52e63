"""Clothes over an acting limb: which visible part shows that limb when its own skin or shoe is not seen."""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.renderer import Picture
from hrs_ros.synthetic.rotation import Array
from hrs_ros.synthetic.scene_graph import PlacedHuman
from hrs_ros.vocabulary import vocabulary

HAND = 1.0  # dm that a hand reaches beyond the wrist, a foot beyond the ankle
SLEEVE, TROUSERS = 1.1, 2.2  # dm from the bones that cloth around an arm, around a leg may lie


@dataclass(frozen=True, slots=True)
class Limb:
    """A limb by keypoint names, and what may cover it, first come first served."""

    joints: tuple[str, ...]
    covers: tuple[tuple[str, ...], ...]  # of a group the part with most pixels counts
    radius: float


def _limb(part: str) -> Limb | None:
    side, _, kind = part.partition(" ")
    if kind == "arm":
        return Limb(
            (f"{side} elbow", f"{side} wrist"), (("gloves",), ("coat", "uppercloth", "dress")), SLEEVE
        )
    below = ("pants", "skirt", "dress", "coat", "socks")
    if kind == "leg":
        joints = (f"{side} hip", f"{side} knee", f"{side} ankle")
        return Limb(joints, (below, (f"{side} shoe",)), TROUSERS)
    if kind == "shoe":
        return Limb((f"{side} knee", f"{side} ankle"), ((f"{side} leg", "socks"), below), TROUSERS)
    return None


@functools.cache
def limbs() -> dict[int, Limb]:
    """By part id."""
    found = {part: _limb(name) for part, name in enumerate(vocabulary().parts)}
    return {part: limb for part, limb in found.items() if limb is not None}


def cover(
    part: int,
    shown: NDArray[np.bool_],
    picture: Picture,
    human: PlacedHuman | None,
    camera: Camera,
    enough: float,
) -> int | None:
    """The part that shows a limb instead of ``part``, or None.

    ``shown`` (H, W) = the person's pixels, ``enough`` = fewest pixels. Only cloth around this limb counts,
    not that around the other one; without ``human`` wherever it is.
    """
    limb = limbs().get(part)
    if limb is None:
        return None
    words = vocabulary()
    for group in limb.covers:
        ids = [words.part_id(name) for name in group]
        rows, columns = np.nonzero(shown & np.isin(picture.part, ids))
        if human is not None and len(rows):
            around = _around(part, limb, unproject(picture, camera, rows, columns), human)
            rows, columns = rows[around], columns[around]
        area = np.bincount(picture.part[rows, columns], minlength=len(words.parts))
        best = max(ids, key=lambda id_: int(area[id_]))
        if area[best] >= enough:
            return best
    return None


def unproject(picture: Picture, camera: Camera, rows: NDArray, columns: NDArray) -> Array:
    """World points (N, 3) that pixels show."""
    height, width = picture.depth.shape
    centres = np.stack([columns, rows], 1) + 0.5
    return camera.unproject(centres, picture.depth[rows, columns], width, height)


def _around(part: int, limb: Limb, points: Array, human: PlacedHuman) -> NDArray[np.bool_]:
    """(N,) whether points lie around the limb, and nearer to it than to its mirror image."""
    own = _distance(limb, points, human)
    mirrored = limbs()[vocabulary().part_mirror[part]]
    return (own <= limb.radius) & (own <= _distance(mirrored, points, human))


def _distance(limb: Limb, points: Array, human: PlacedHuman) -> Array:
    """(N,) to the lines between the joints; the last one goes on over the hand or the foot."""
    rows = [vocabulary().keypoints.index(name) - 1 for name in limb.joints]
    joints = human.keypoints[rows].astype(float)
    last = joints[-1] - joints[-2]
    joints[-1] += last * (HAND / max(float(np.linalg.norm(last)), 1e-9))
    result = np.full(len(points), np.inf)
    for start, end in itertools.pairwise(joints):
        line = end - start
        share = np.clip((points - start) @ line / max(float(line @ line), 1e-12), 0, 1)
        result = np.minimum(result, np.linalg.norm(points - start - share[:, None] * line, axis=1))
    return result
