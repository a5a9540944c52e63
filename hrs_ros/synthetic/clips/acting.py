"""How the people of a clip are posed at one moment; a smooth function of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hrs_ros.synthetic.clips.plates import Grip, put_in_hand, raise_arm
from hrs_ros.synthetic.clips.scripts import ClipScript, Role
from hrs_ros.synthetic.clips.sets import random_shape
from hrs_ros.synthetic.people.body import SIGN, Figure, Side, other
from hrs_ros.synthetic.people.dress import Look, add_human, choose_look
from hrs_ros.synthetic.people.posing import look_along, relax_arm, stand
from hrs_ros.synthetic.rotation import UP, X_AXIS, Array, about
from hrs_ros.synthetic.scene_graph import SceneGraph
from hrs_ros.synthetic.studio import Studio

STEP = 6.5  # dm from footfall to footfall
STRIDE_SWING = 0.42  # radians of the thigh to either side of the vertical
KNEE_BEND = 0.75  # radians of the knee of the leg that swings forward


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """One person of a clip, the same in all frames."""

    role: Role
    figure: Figure
    look: Look


def cast(script: ClipScript, studio: Studio) -> list[Actor]:
    """The people of a script, in the order of its roles."""
    rng = np.random.default_rng([script.seed, 0])
    actors = []
    for role in script.roles:
        figure = studio.body.shaped(random_shape(rng, female=role.female))
        actors.append(Actor(role, figure, choose_look(studio, rng, female=role.female)))
    return actors


def add_actor(
    graph: SceneGraph,
    studio: Studio,
    rng: np.random.Generator,
    actor: Actor,
    *,
    plates: int,
    floor: int,
    time: float,
    share: float,
) -> int:
    """Pose and add one person with the plates; returns the instance.

    ``plates`` is their material, ``time`` in seconds, ``share`` of the clip that has passed.
    """
    role, figure = actor.role, actor.figure
    wave = _waves(role.phase, time)
    rotations = figure.body.rest()
    stand(figure, rotations, rng)
    bone = figure.body.bone
    rotations[bone["spine03"]] = about(UP, 0.06 * wave(4.1)) @ about(X_AXIS, 0.03 * wave(3.3))
    if role.walk is not None:
        _stride(figure, rotations, role.walk.length * share / STEP * np.pi + role.phase)
    grips = [_moving_grip(figure, side, wave) for side in role.sides]
    for grip in grips:
        raise_arm(figure, rotations, grip)
    if len(grips) == 1:
        relax_arm(figure, rotations, other(grips[0].side), rng)
    look_along(figure, rotations, (0.3 * wave(4.7), -0.12 + 0.1 * wave(3.7), 1))
    if role.walk is None:
        root = np.array([role.x, -figure.sole, role.z])
        yaw = 0.38 * wave(5.6) - 0.04 * role.x
    else:
        root = role.walk.at(share) - _lowest(figure, rotations) * UP
        # Half turned to the camera: a plate on the far side would be hidden behind its bearer.
        yaw = 0.55 * role.walk.yaw + 0.1 * wave(5.6)
    human = add_human(graph, studio, rng, figure, rotations, actor.look, root=root, yaw=yaw)
    for grip in grips:
        put_in_hand(graph, rng, human, grip, plates)
    graph.relate(human.instance, "stand on", floor)
    return human.instance


def _waves(phase: float, time: float) -> Callable[[float], float]:
    """sin of ``time`` for a period in seconds."""
    return lambda period: float(np.sin(2 * np.pi * time / period + phase))


def _moving_grip(figure: Figure, side: Side, wave: Callable[[float], float]) -> Grip:
    """A plate held at its rim, leaning towards the camera, that rises and sinks; arms are out of step."""
    sign, shoulder = SIGN[side], figure.joint(f"upperarm01.{side}")
    lift = wave(3.6) if side == "L" else wave(2.9)
    outward = shoulder[0] + sign * (0.75 + 0.3 * wave(4.3))
    wrist = (
        float(outward),
        float(shoulder[1] - 2.1 + 0.5 * lift),
        float(shoulder[2] + 2.5 + 0.2 * wave(3.1)),
    )
    return Grip(side, wrist, inward=0.45, tilt=0.45 + 0.12 * wave(3.9), radius=1.15)


def _stride(figure: Figure, rotations: Array, phase: float) -> None:
    """Legs of someone who walks; a full cycle of two steps is 2 pi of ``phase``."""
    bone = figure.body.bone
    for side, offset in (("L", 0.0), ("R", np.pi)):
        swing = np.sin(phase + offset)
        forward = np.cos(phase + offset)  # > 0 while the leg travels forward, off the ground
        rotations[bone[f"upperleg01.{side}"]] = about(X_AXIS, -STRIDE_SWING * swing)
        rotations[bone[f"lowerleg01.{side}"]] = about(X_AXIS, 0.08 + KNEE_BEND * max(0.0, forward) ** 2)


def _lowest(figure: Figure, rotations: Array) -> float:
    """Height of the lowest skin of a posed figure, body coordinates."""
    body = figure.body
    return figure.lowest(figure.vertices[body.visible_vertices], body.visible_skin, figure.pose(rotations))
