"""The hand as grasping needs it: its frame, the palm's skin, and fingers as chains of rigid segments."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.people.body import SIGN, Body, Figure, Side
from hrs_ros.synthetic.people.posing import palm_frame
from hrs_ros.synthetic.rotation import Array, cross

THUMB, FINGERS = 1, (2, 3, 4, 5)
POINTS_PER_SEGMENT = 14  # skin samples that are tested for contact


@dataclass(frozen=True, slots=True, eq=False)
class Finger:
    """Three segments at rest, in axes parallel to the body's, relative to the wrist joint."""

    bones: tuple[int, int, int]
    joints: Array  # (3, 3) heads
    points: tuple[Array, Array, Array]  # skin samples (N, 3) of each segment

    @property
    def starts(self) -> list[int]:
        """Where the samples of each segment begin among all of them."""
        first, second, _ = (len(points) for points in self.points)
        return [0, first, first + second]

    def posed(self, turns: Array) -> Array:
        """Samples (K, N, 3) of all segments for K local rotations ``turns`` (K, 3, 3, 3)."""
        placed = []
        base, turn = self.joints[0], turns[:, 0]  # base: (3,), then (K, 1, 3)
        for k in range(3):
            placed.append((self.points[k] - self.joints[k]) @ turn.swapaxes(1, 2) + base)
            if k < 2:
                base = base + (self.joints[k + 1] - self.joints[k])[None] @ turn.swapaxes(1, 2)
                turn = turn @ turns[:, k + 1]
        return np.concatenate(placed, axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Hand:
    """One hand of a figure at rest, in axes parallel to the body's, relative to the wrist joint."""

    side: Side
    along: Array  # unit, towards the fingers
    normal: Array  # unit, out of the palm
    across: Array  # unit, towards the thumb
    length: float  # wrist to knuckles
    pad: float  # height of the palm's skin over the plane of the joints, along ``normal``
    palm: Array  # (N, 3) skin samples of the palm's inner side
    fingers: dict[int, Finger]  # 1 thumb .. 5 little finger

    def basis(self) -> Array:
        """Columns along, normal, across: right-handed for the left hand only."""
        return np.stack([self.along, self.normal, self.across], axis=1)


def hand_of(figure: Figure, side: Side) -> Hand:
    body, wrist = figure.body, figure.joint(f"wrist.{side}")
    along, normal, length = palm_frame(figure, side)

    def skin_of(*bones: str) -> Array:
        """Samples of the inner side."""
        rows = _skin_rows(body, tuple(body.bone[f"{bone}.{side}"] for bone in bones))
        points = np.asarray(figure.vertices[rows] - wrist, float)
        height = points @ normal
        points = points[height >= np.median(height)]
        return points[:: max(1, len(points) // POINTS_PER_SEGMENT)]

    fingers = {}
    for finger in (THUMB, *FINGERS):
        names = [f"finger{finger}-{joint}" for joint in (1, 2, 3)]
        bones = [body.bone[f"{name}.{side}"] for name in names]
        first, second, third = (skin_of(name) for name in names)
        fingers[finger] = Finger(
            (bones[0], bones[1], bones[2]), figure.heads[bones] - wrist, (first, second, third)
        )
    palm = skin_of(*(f"metacarpal{k}" for k in range(1, 5)))
    return Hand(
        side,
        along,
        normal,
        cross(normal, along) * SIGN[side],
        length,
        float(np.quantile(palm @ normal, 0.6)),
        palm,
        fingers,
    )


@lru_cache(maxsize=64)
def _skin_rows(body: Body, bones: tuple[int, ...]) -> NDArray[np.integer]:
    """Visible vertices that are moved most by one of the bones."""
    return body.visible_vertices[np.isin(body.owner[body.visible_vertices], bones)]


def metacarpals(figure: Figure, side: Side) -> NDArray[np.integer]:
    """Bones between the wrist and the knuckles."""
    return np.array([figure.body.bone[f"metacarpal{k}.{side}"] for k in range(1, 5)])


def turns_about(axis: Array, angles: Array) -> Array:
    """Rotations (..., 3, 3) about one unit axis by ``angles`` (...) in radians."""
    x, y, z = axis
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    sine, versine = np.sin(angles)[..., None, None], 1 - np.cos(angles)[..., None, None]
    return np.eye(3) + sine * cross + versine * (cross @ cross)


def frames(first: Array, second: Array) -> Array:
    """``rotation.frame`` for many pairs of directions (..., 3): bases (..., 3, 3), axes as columns."""
    x = first / np.linalg.norm(first, axis=-1, keepdims=True)
    y = second - x * (x * second).sum(-1, keepdims=True)
    y = y / np.maximum(1e-9, np.linalg.norm(y, axis=-1, keepdims=True))
    return np.stack([x, y, cross(x, y)], axis=-1)


def twists_about(turns: Array, axes: Array) -> Array:
    """Angles (...,) in (-pi, pi] by which rotations (..., 3, 3) turn about unit axes (..., 3)."""
    parts = [turns[..., 2, 1] - turns[..., 1, 2], turns[..., 0, 2] - turns[..., 2, 0]]
    vector = np.stack([*parts, turns[..., 1, 0] - turns[..., 0, 1]], axis=-1)
    twist = 2 * np.arctan2((vector * axes).sum(-1), 1 + np.trace(turns, axis1=-2, axis2=-1))
    return (twist + np.pi) % (2 * np.pi) - np.pi
