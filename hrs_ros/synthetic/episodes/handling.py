"""Hands on things and on people: the thing is placed first, then the hand goes to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hrs_ros.synthetic.people import grasp
from hrs_ros.synthetic.people.body import Side
from hrs_ros.synthetic.people.draft import Draft
from hrs_ros.synthetic.rotation import UP, Array, about, unit
from hrs_ros.synthetic.things.model import Handle, Model

CONTACT = 0.3  # dm between palm or fingers and what they hold


@dataclass(frozen=True, slots=True, eq=False)
class Where:
    """A model's place in the world: world = rotation @ point + translation."""

    rotation: Array
    translation: Array

    @classmethod
    def bringing(cls, point: ArrayLike, target: ArrayLike, rotation: Array) -> Where:
        """Moves a model's ``point`` to the world point ``target``."""
        return cls(rotation, np.asarray(target, float) - rotation @ np.asarray(point, float))

    def point(self, local: ArrayLike) -> Array:
        return np.asarray(local, float) @ self.rotation.T + self.translation


def surface_points(model: Model) -> Array:
    """All vertices (N, 3) of a model."""
    return np.concatenate([surface.mesh.vertices for surface in model.surfaces])


def grip(
    draft: Draft, side: Side, handle: Handle, model: Model, where: Where, rng: np.random.Generator
) -> float:
    """Hand on a handle of a model that stays where it is; the distance left in dm."""
    return grasp.hold(
        draft,
        side,
        handle,
        where.point(handle.point),
        where.rotation @ np.asarray(handle.axis, float),
        where.rotation @ np.asarray(handle.out, float),
        where.point(surface_points(model)),
        rng,
    )


def best_grip(
    draft: Draft,
    side: Side,
    model: Model,
    choices: Iterable[tuple[Handle, Where]],
    rng: np.random.Generator,
) -> tuple[float, Handle, Where]:
    """Try handles and places in order; the first within CONTACT wins, else the nearest."""
    before = draft.rotations.copy()
    best: tuple[float, Handle, Where, Array] | None = None
    for handle, where in choices:
        draft.rotations[:] = before
        gap = grip(draft, side, handle, model, where, rng)
        if best is None or gap < best[0]:
            best = (gap, handle, where, draft.rotations.copy())
        if gap < CONTACT:
            break
    if best is None:
        raise ValueError(f"{model.kind} has no handle to hold it by")
    draft.rotations[:] = best[3]
    return best[:3]


def handles_of(model: Model, *predicates: str) -> tuple[Handle, ...]:
    """Handles of the first predicate that the model has."""
    for predicate in predicates:
        if model.handles.get(predicate):
            return tuple(model.handles[predicate])
    return ()


def lay_palm(
    draft: Draft,
    side: Side,
    point: ArrayLike,
    fingers: ArrayLike,
    out: ArrayLike,
    surface: Array | None,
    rng: np.random.Generator,
) -> float:
    """Palm flat on a world point, ``out`` = the outward normal there; the distance left in dm."""
    handle = Handle((0, 0, 0), (0, 0, 1), (0, 1, 0), grasp="flat")
    return grasp.hold(draft, side, handle, np.asarray(point, float), unit(fingers), unit(out), surface, rng)


def upright_turns(model: Model, direction: ArrayLike, count: int = 1, step: float = 0.5) -> list[Array]:
    """Rotations about +Y that turn the model's mouth point towards a world direction, then to its sides."""
    mouth = np.asarray(model.mouth if model.mouth is not None else (0, 0, 1), float)
    own = np.arctan2(mouth[0], mouth[2]) if np.hypot(mouth[0], mouth[2]) > 0.05 else 0.0
    x, _, z = np.asarray(direction, float)
    base = np.arctan2(x, z) - own
    offsets: Sequence[float] = [0.0, *(sign * step * k for k in range(1, count) for sign in (1, -1))]
    return [about(UP, base + offset) for offset in offsets]
