"""A thing in one hand: how it is turned, where the hand is, that it clears the body and other things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.episodes.acting import Act, ahead_of, heading, left_of, outward
from hrs_ros.synthetic.episodes.clearance import Skin, arms_of, gap_between, samples, trunk_of
from hrs_ros.synthetic.episodes.gestures import arm_length
from hrs_ros.synthetic.episodes.handling import CONTACT, Where, grip
from hrs_ros.synthetic.people import grasp
from hrs_ros.synthetic.people.body import Side
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.people.posing import palm_frame
from hrs_ros.synthetic.rotation import UP, Array, about, frame, unit
from hrs_ros.synthetic.things.model import Handle, Model, PlacedThing
from hrs_ros.synthetic.things.placing import put

# Where a hand may be: before the trunk, out to the side, beside the head, overhead, hanging.
Zone = Literal["front", "aside", "raised", "overhead", "hanging"]
ZONES: tuple[Zone, ...] = ("front", "aside", "raised", "overhead", "hanging")
# How a thing is turned: it stays upright, is read, points somewhere, hangs from a handle, shows its front.
Stance = Literal["upright", "read", "pointed", "hung", "shown"]
READ = frozenset({"phone", "book", "document", "electronics", "remote control"})
CLOTH = 0.2  # dm of clothes on the skin that things keep clear of
FOREARM = 0.05  # dm between a thing and the arm that holds it
APART = 0.15  # dm between two things
BENT = 1.25  # radians between hand and forearm beyond which a wrist looks broken
GOOD = 0.1  # cost of a hold that may stay
DRAWS, GRIPS = 40, 5  # places that are drawn for a thing, and how many of them a hand tries


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A thing that hands hold: its place in the world, its samples there, the hands on it."""

    model: Model
    where: Where
    points: Array  # (N, 3)
    hands: tuple[tuple[Side, Handle], ...]
    cost: float  # 0 = nothing wrong

    @property
    def middle(self) -> Array:
        """World point (3,) in the middle of the thing's box."""
        low, high = self.model.bounds
        return self.where.point((low + high) / 2)


@dataclass(slots=True, eq=False)
class Holder:
    """A person whose hands are to be filled. The posture is set before, the arms are set here."""

    draft: Draft
    rng: np.random.Generator
    held: list[Held] = field(default_factory=list)
    trunk: Skin = field(init=False)  # all but the arms
    around: list[Array] = field(default_factory=list)  # samples of things that stand there

    def __post_init__(self) -> None:
        self.trunk = trunk_of(self.draft)

    def take(
        self,
        side: Side,
        model: Model,
        handles: Sequence[Handle],
        *,
        zones: Sequence[Zone] = ("front",),
        near: Array | None = None,
        stance: Stance | None = None,
    ) -> Held:
        """Hold a thing in one hand, somewhere in one of the zones, or near a world point.

        The best of several places that clear the body; ``cost`` tells what is wrong with it.
        """
        rng, draft = self.rng, self.draft
        local = samples(model)
        before = draft.rotations.copy()
        best: tuple[Held, Array] | None = None
        tried = 0
        for _ in range(DRAWS):
            handle = handles[int(rng.integers(len(handles)))]
            zone = zones[int(rng.integers(len(zones)))]
            point = place_in(draft, side, zone, rng) if near is None else near + rng.normal(0, 0.25, 3)
            rotation = turned(draft, side, model, handle, stance or stance_of(model, handle), zone, rng)
            where = Where.bringing(handle.point, point, rotation)
            points = where.point(local)
            inside = self.blocked(points)
            if inside > 0 and best is not None:
                continue
            tried += inside == 0
            draft.rotations[:] = before
            gap = grip(draft, side, handle, model, where, rng)
            cost = inside + self.awkward(side, gap, points)
            held = Held(model, where, points, ((side, handle),), cost)
            if best is None or cost < best[0].cost:
                best = held, draft.rotations.copy()
            if cost < GOOD or tried == GRIPS:
                break
        assert best is not None
        draft.rotations[:] = best[1]
        self.held.append(best[0])
        return best[0]

    def blocked(self, points: Array) -> float:
        """How far, in dm, something reaches into the trunk, the ground or what the person holds already."""
        wrong = max(0.0, CLOTH - self.trunk.clearance(points)) + max(0.0, 0.02 - float(points[:, 1].min()))
        others = [*(held.points for held in self.held), *self.around]
        return wrong + sum(max(0.0, APART - gap_between(cloud, points)) for cloud in others)

    def keep_clear(self, where: Where, model: Model) -> None:
        """Hold nothing that would pass through a thing that stands there."""
        self.around.append(where.point(samples(model)))

    def awkward(self, side: Side, gap: float, points: Array) -> float:
        """What is wrong with a hand on a thing: missed, a broken wrist, the thing in an arm, in dm."""
        draft = self.draft
        cost = max(0.0, gap - 0.6 * CONTACT) * 3 + max(0.0, wrist_bend(draft, side) - BENT)
        return cost + max(0.0, FOREARM - arms_of(draft).clearance(points))


def lay(act: Act, held: Held, like: PlacedThing | None = None) -> PlacedThing:
    """Put a held thing into the scene; ``like`` shares its looks where the design is the same."""
    where, stage = held.where, act.stage
    thing = put(stage.graph, stage.studio, act.rng, held.model, where.rotation, where.translation, like=like)
    act.cast.things.append(thing)
    return thing


def wrist_bend(draft: Draft, side: Side) -> float:
    """Radians between the forearm and the hand."""
    pose, bone = draft.pose(), draft.figure.body.bone
    fingers, _, _ = palm_frame(draft.figure, side)
    hand = pose.rotation[bone[f"wrist.{side}"]] @ fingers
    forearm = pose.position[bone[f"wrist.{side}"]] - pose.position[bone[f"lowerarm01.{side}"]]
    return float(np.arccos(np.clip(hand @ unit(forearm), -1, 1)))


def place_in(draft: Draft, side: Side, zone: Zone, rng: np.random.Generator) -> Array:
    """World point (3,) for a hand; distances grow with the arm."""
    ranges = {  # outward, up, ahead of the shoulder joint, in arm lengths
        "front": ((-0.25, 0.15), (-0.72, -0.15), (0.5, 0.85)),
        "aside": ((0.2, 0.6), (-0.65, -0.05), (0.3, 0.65)),
        "raised": ((0.2, 0.5), (0.0, 0.35), (0.3, 0.65)),
        "overhead": ((0.0, 0.35), (0.6, 0.95), (0.1, 0.5)),
        "hanging": ((0.2, 0.35), (-1.08, -0.98), (-0.05, 0.25)),
    }[zone]
    out, up, ahead = (rng.uniform(*limits) for limits in ranges)
    offset = out * outward(draft, side) + up * UP + ahead * ahead_of(draft)
    return draft.joint(f"upperarm01.{side}") + arm_length(draft, side) * offset


def stance_of(model: Model, handle: Handle) -> Stance:
    """The natural way to hold a thing by a handle."""
    axis, out = np.abs(handle.axis), np.asarray(handle.out)
    if model.entity in READ:
        return "read"
    if handle.grasp == "bar" and axis[1] < 0.7:
        top = model.bounds[1][1]
        if out[1] > 0.7 and top > 1.2 and handle.point[1] > 0.75 * top:
            return "hung"
        return "upright" if out[1] < -0.7 else "pointed"
    return "shown" if handle.grasp == "rim" and abs(out[2]) > 0.7 else "upright"


def turned(
    draft: Draft,
    side: Side,
    model: Model,
    handle: Handle,
    stance: Stance,
    zone: Zone,
    rng: np.random.Generator,
) -> Array:
    """Rotation (3, 3) of a thing in a hand."""
    forward, out = ahead_of(draft), outward(draft, side)
    inward = rng.uniform(-0.2, 0.9)  # fingers turn from straight ahead towards the other arm
    fingers = np.cos(inward) * forward - np.sin(inward) * out
    wobble = about(unit(rng.normal(size=3)), rng.normal(0, 0.05))
    if stance == "read":
        slope = rng.uniform(0.25, 1.15)
        return about(left_of(draft), -slope) @ about(UP, rng.normal(0, 0.2)) @ facing(draft, model)
    if stance == "shown":
        return about(left_of(draft), rng.uniform(-0.3, 0.2)) @ facing(draft, model) @ wobble
    if stance == "hung":
        way = forward if rng.random() < 0.7 or zone == "hanging" else fingers
        return about(UP, heading(way) - heading(handle.axis) + np.pi * rng.integers(2)) @ wobble
    if stance == "pointed":
        return _pointed(draft, side, handle, zone, rng)
    if handle.grasp == "bar" and abs(handle.axis[1]) > 0.7:
        palm = out + rng.uniform(-0.5, 0.4) * forward
        return wobble @ about(UP, heading(palm) - heading(handle.out))
    lean = about(left_of(draft), rng.uniform(0.1, 0.5) if rng.random() < 0.2 else rng.normal(0, 0.05))
    return lean @ wobble @ about(UP, heading(fingers) - heading(handle.axis))


def _pointed(draft: Draft, side: Side, handle: Handle, zone: Zone, rng: np.random.Generator) -> Array:
    """A rod in the fist: mostly up and ahead; down or ahead from a hanging hand."""
    forward, out = ahead_of(draft), outward(draft, side)
    if zone == "hanging":
        way = forward + rng.uniform(-0.9, 0.3) * UP + rng.uniform(-0.1, 0.3) * out
    else:
        way = rng.uniform(0.2, 1.0) * forward + rng.uniform(0.3, 1.2) * UP + rng.uniform(-0.5, 0.3) * out
    palm = out + rng.uniform(-0.4, 0.2) * forward
    return frame(way, palm) @ frame(handle.axis, handle.out).T


def facing(draft: Draft, model: Model) -> Array:
    """The rotation about +Y that makes the model's user look where the person looks."""
    return about(UP, draft.yaw - heading(model.user))


def sees(draft: Draft, point: ArrayLike, limit: float = 0.2) -> bool:
    """Whether the gaze meets a world point within ``limit`` radians."""
    eyes, direction = grasp.gaze(draft)
    return bool(np.arccos(np.clip(unit(np.asarray(point) - eyes) @ direction, -1, 1)) < limit)
