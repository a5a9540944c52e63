"""Plates in the hands of people who act in clips: held at the rim, leaning towards the camera."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hrs_ros.synthetic.mesh import Mesh, lathe
from hrs_ros.synthetic.people.body import ARM, SIGN, Figure, Side
from hrs_ros.synthetic.people.posing import curl, orient_hand, reach
from hrs_ros.synthetic.rotation import UP, X_AXIS, Array, about
from hrs_ros.synthetic.scene_graph import PlacedHuman, SceneGraph

FLAT_HAND = -0.25  # finger bend under plates: stretched, or the tips would come through
FINGER = 0.22  # dm from the middle of the fingers to what lies on them
ELBOW = (0.7, -1.0, -0.6)  # where the left elbow points


@dataclass(frozen=True, slots=True)
class Grip:
    """One plate in one hand. Angles in radians, lengths in decimetres, relative to the body."""

    side: Side
    wrist: tuple[float, float, float]  # target of the wrist joint, body coordinates
    inward: float  # fingers turn from straight ahead towards the other arm
    tilt: float  # palm and plate lean towards what is before the person
    radius: float  # of the plate


def raise_arm(figure: Figure, rotations: Array, grip: Grip) -> None:
    """Pose arm, hand and fingers for a grip (in place)."""
    sign, side = SIGN[grip.side], grip.side
    reach(figure, rotations, side, grip.wrist, np.array(ELBOW) * (sign, 1, 1))
    lean = about(X_AXIS, grip.tilt)
    fingers = lean @ np.array([-sign * np.sin(grip.inward), 0, np.cos(grip.inward)])
    orient_hand(figure, rotations, side, fingers, lean @ UP)
    curl(figure, rotations, side, FLAT_HAND)


def put_in_hand(
    graph: SceneGraph, rng: np.random.Generator, human: PlacedHuman, grip: Grip, material: int
) -> int:
    """Add the plate of a grip to the scene with its hold relation; returns its instance."""
    wobble = about(rng.normal(size=3), rng.normal(0, 0.04))
    lean = human.turn @ about(X_AXIS, grip.tilt)
    mesh = plate(grip.radius).moved(lean @ wobble, _plate_centre(human, grip))
    instance = graph.add_object(mesh, "plate", material)
    graph.relate(human.instance, "hold", instance, (ARM[grip.side],))
    return instance


def _plate_centre(human: PlacedHuman, grip: Grip) -> Array:
    """World point of the underside's middle: thumb on the rim, fingers under it."""
    knuckles = human.palm_point(grip.side, 1.0, 0.0) - human.palm_point(grip.side, 0.0, 0.0)
    length = float(np.linalg.norm(knuckles))
    return human.palm_point(grip.side, 0.75 + 0.72 * grip.radius / length, FINGER)


def plate(radius: float = 1.2) -> Mesh:
    r = radius
    outside = [(0, 0), (0.55 * r, 0), (0.6 * r, 0.03), (0.7 * r, 0.06), (r, 0.2), (1.01 * r, 0.22)]
    inside = [(0.99 * r, 0.24), (0.7 * r, 0.11), (0.6 * r, 0.07), (0, 0.06)]
    return lathe(outside + inside, 48)
