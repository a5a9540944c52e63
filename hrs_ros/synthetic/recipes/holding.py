"""Objects in hands: how an arm is raised for an object, and where the object then is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hrs_ros.synthetic import props
from hrs_ros.synthetic.body import ARM, SIGN, Figure, Side
from hrs_ros.synthetic.mesh import Mesh
from hrs_ros.synthetic.posing import curl, orient_hand, reach
from hrs_ros.synthetic.recipes.surroundings import ENTITY, china
from hrs_ros.synthetic.rotation import UP, X_AXIS, Array, about
from hrs_ros.synthetic.scene_graph import Material, PlacedHuman, SceneGraph
from hrs_ros.synthetic.studio import Studio

KINDS = tuple(ENTITY)
ON_PALM = ("plate", "bowl", "book")  # carried on an upturned palm; other kinds are gripped from the side
FLAT_HAND = -0.25  # finger bend under plates and books: stretched, or the tips would come through
FINGER = 0.22  # dm from the middle of the fingers to what lies on them
TORSO_HALF_WIDTH, TORSO_DEPTH = (
    1.8,
    1.4,
)  # dm: half-width, and how far the chest stands before the shoulder joint


@dataclass(frozen=True, slots=True)
class Grip:
    """One object in one hand. Angles in radians, lengths in decimetres, relative to the body."""

    side: Side
    kind: str
    wrist: tuple[float, float, float]  # target of the wrist joint, body coordinates
    inward: float  # fingers turn from straight ahead towards the other arm
    tilt: float  # palm and object lean towards what is before the person
    rim: bool  # a plate held at its rim rather than on the palm
    radius: float  # of a plate
    elbow: tuple[float, float, float] = (0.7, -1.0, -0.6)  # pole, for the left arm

    @property
    def size(self) -> float:
        """Largest distance of the object's points from its centre, roughly."""
        sizes = {"bowl": 0.9, "book": 1.1, "cup": 0.5, "bottle": 0.6, "phone": 0.7, "ball": 0.9}
        return self.radius if self.kind == "plate" else sizes[self.kind]

    def centre(self) -> Array:
        """Rough centre of the object in body coordinates, before the arm is solved."""
        along = 0.7 + 0.72 * self.radius if self.kind == "plate" and self.rim else 0.95
        sign = SIGN[self.side]
        return np.array(self.wrist) + along * np.array([-sign * np.sin(self.inward), 0, np.cos(self.inward)])


def random_grip(figure: Figure, side: Side, kind: str, rng: np.random.Generator) -> Grip:
    """A comfortable random grip: from hip height in front up to beside the head like a waiter."""
    sign, shoulder = SIGN[side], figure.joint(f"upperarm01.{side}")
    style = rng.random()
    if style < 0.62:  # in front, hip to chest
        wrist = (
            shoulder[0] * rng.uniform(0.5, 1.5),
            shoulder[1] - rng.uniform(1.4, 3.4),
            shoulder[2] + rng.uniform(2.0, 3.3),
        )
    elif style < 0.86:  # out to the side
        outward = sign * rng.uniform(0.8, 2.4)
        wrist = (
            shoulder[0] + outward,
            shoulder[1] - rng.uniform(0.6, 3.0),
            shoulder[2] + rng.uniform(1.2, 2.8),
        )
    else:  # raised beside the head
        outward = sign * rng.uniform(1.0, 2.0)
        wrist = (
            shoulder[0] + outward,
            shoulder[1] + rng.uniform(0.0, 1.2),
            shoulder[2] + rng.uniform(0.8, 2.0),
        )
    tilted = rng.random() < 0.35
    return Grip(
        side=side,
        kind=kind,
        wrist=(float(wrist[0]), float(wrist[1]), float(wrist[2])),
        inward=rng.uniform(0.3, 1.2) if tilted else rng.uniform(-0.3, 0.8),
        tilt=rng.uniform(0.15, 0.7) if tilted else rng.normal(0, 0.06),
        rim=bool(rng.random() < 0.5),
        radius=rng.uniform(0.95, 1.35),
    )


def is_free(grip: Grip, figure: Figure, others: tuple[Grip, ...] = ()) -> bool:
    """Whether the object clears the torso, the head and the other objects, by their rough sizes."""
    centre = grip.centre()
    shoulder, head = figure.joint(f"upperarm01.{grip.side}"), figure.joint("head")
    before_torso = centre[2] - grip.size > shoulder[2] + TORSO_DEPTH
    beside_torso = abs(centre[0]) - grip.size > TORSO_HALF_WIDTH
    below_chin = centre[1] < head[1] - 1.0
    clear_of_head = below_chin or np.linalg.norm((centre - head)[[0, 2]]) > 1.2 + grip.size
    apart = all(
        np.linalg.norm(centre - other.centre()) > 1.1 * (grip.size + other.size) + 0.2 for other in others
    )
    return bool((before_torso or beside_torso) and clear_of_head and apart)


def free_grips(
    figure: Figure, kinds: dict[Side, str], rng: np.random.Generator, *, radius: float | None = None
) -> list[Grip]:
    """One grip per side whose objects clear the body and each other; ``radius`` makes plates alike.

    After 60 tries the last ones are pulled apart to the sides.
    """
    for _ in range(60):
        grips: list[Grip] = []
        for side, kind in kinds.items():
            grip = random_grip(figure, side, kind, rng)
            if radius is not None:
                grip = _with_radius(grip, radius)
            if not is_free(grip, figure, tuple(grips)):
                break
            grips.append(grip)
        else:
            return grips
    return [fallback_grip(figure, side, kind, radius or 1.1) for side, kind in kinds.items()]


def fallback_grip(figure: Figure, side: Side, kind: str, radius: float) -> Grip:
    """In front of the own shoulder at elbow height: always free."""
    shoulder = figure.joint(f"upperarm01.{side}")
    wrist = (shoulder[0] * 1.5, shoulder[1] - 2.4, shoulder[2] + 2.9)
    return Grip(side, kind, (float(wrist[0]), float(wrist[1]), float(wrist[2])), 0.0, 0.0, True, radius)


def _with_radius(grip: Grip, radius: float) -> Grip:
    return Grip(grip.side, grip.kind, grip.wrist, grip.inward, grip.tilt, grip.rim, radius, grip.elbow)


def raise_arm(figure: Figure, rotations: Array, grip: Grip) -> None:
    """Pose arm, hand and fingers for a grip (in place)."""
    sign, side = SIGN[grip.side], grip.side
    reach(figure, rotations, side, grip.wrist, np.array(grip.elbow) * (sign, 1, 1))
    if grip.kind in ON_PALM:
        lean = about(X_AXIS, grip.tilt)
        fingers = lean @ np.array([-sign * np.sin(grip.inward), 0, np.cos(grip.inward)])
        orient_hand(figure, rotations, side, fingers, lean @ UP)
        curl(figure, rotations, side, 0.12 if grip.kind == "bowl" else FLAT_HAND)
    else:
        orient_hand(figure, rotations, side, (-sign * 0.5, 0, 1), (-sign * 1.0, 0, -0.4))
        curl(figure, rotations, side, 0.75, 0.5)


def put_in_hand(
    graph: SceneGraph, studio: Studio, rng: np.random.Generator, human: PlacedHuman, grip: Grip, material: int
) -> int:
    """Add the object of a grip to the scene with its hold relation; returns its instance."""
    mesh = _place(human, grip, rng)
    instance = graph.add_object(mesh, ENTITY[grip.kind], material)
    graph.relate(human.instance, "hold", instance, (ARM[grip.side],))
    if grip.kind == "plate" and grip.tilt < 0.3 and rng.random() < 0.3:
        _serve(graph, studio, rng, human, grip)
    return instance


def _plate_centre(human: PlacedHuman, grip: Grip) -> Array:
    """World point of the underside's middle."""
    if grip.rim:  # thumb on the rim, fingers under it
        knuckles = human.palm_point(grip.side, 1.0, 0.0) - human.palm_point(grip.side, 0.0, 0.0)
        length = float(np.linalg.norm(knuckles))
        return human.palm_point(grip.side, 0.75 + 0.72 * grip.radius / length, FINGER)
    return human.palm_point(grip.side, 1.05, FINGER + 0.05)


def _lean(human: PlacedHuman, grip: Grip) -> Array:
    return human.turn @ about(X_AXIS, grip.tilt)


def _place(human: PlacedHuman, grip: Grip, rng: np.random.Generator) -> Mesh:
    """The object's mesh in the world, in contact with the posed hand."""
    at = human.palm_point
    side = grip.side
    if grip.kind == "plate":
        wobble = about(rng.normal(size=3), rng.normal(0, 0.04))
        return props.plate(grip.radius).moved(_lean(human, grip) @ wobble, _plate_centre(human, grip))
    if grip.kind == "bowl":
        return props.bowl(rng.uniform(0.7, 0.9)).moved(_lean(human, grip), at(side, 0.9, 0.2))
    if grip.kind == "book":
        return props.book().moved(_lean(human, grip), at(side, 0.9, FINGER + 0.05))
    if grip.kind == "cup":
        return props.cup(0.38).moved(about(UP, rng.uniform(0, 6)), at(side, 0.95, 0.5) - 0.5 * UP)
    if grip.kind == "bottle":
        return props.bottle(0.3).moved(translation=at(side, 0.95, 0.45) - 1.1 * UP)
    if grip.kind == "phone":
        return props.phone().moved(human.turn @ about(X_AXIS, 0.9), at(side, 0.95, 0.3))
    return props.ball(0.85).moved(translation=at(side, 0.9, 1.0) - 0.85 * UP)


def _serve(
    graph: SceneGraph, studio: Studio, rng: np.random.Generator, human: PlacedHuman, grip: Grip
) -> None:
    """Food on a held plate."""
    lean = _lean(human, grip)
    layer = studio.surface(rng, "carpet", "marble", "brick")
    red, green, blue = rng.uniform(0.1, 1.0, 3)
    material = graph.material(Material(layer, (red, green, blue), roughness=0.6, triplanar=True, scale=0.5))
    mesh = props.meal(0.6 * grip.radius, rng).moved(lean, _plate_centre(human, grip) + lean @ (0.1 * UP))
    graph.add_object(mesh, "food", material)


def matching_china(
    graph: SceneGraph, studio: Studio, rng: np.random.Generator, kinds: tuple[str, ...]
) -> list[int]:
    """Materials of objects in order; two of the same kind are alike three times out of four."""
    first = china(graph, studio, rng)
    alike = len(set(kinds)) == 1 and rng.random() < 0.75
    return [first if alike or k == 0 else china(graph, studio, rng) for k in range(len(kinds))]
