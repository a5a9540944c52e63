"""Short clips with true scenes: people with plates who move arms, body and head before a moving camera.

Clips use the test split: outfits, hair, skins and surfaces that no training scene shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.scene import Scene
from hrs_ros.scene_json import write_scenes
from hrs_ros.synthetic import textures
from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.body import SIGN, Figure, Side, other
from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.dress import Look, add_human, choose_look
from hrs_ros.synthetic.generate import TEXTURE_SIZE
from hrs_ros.synthetic.posing import look_along, relax_arm, stand
from hrs_ros.synthetic.recipes.holding import Grip, put_in_hand, raise_arm
from hrs_ros.synthetic.recipes.shot import Shot
from hrs_ros.synthetic.recipes.surroundings import china, random_shape, room
from hrs_ros.synthetic.renderer import Renderer
from hrs_ros.synthetic.rotation import UP, X_AXIS, about
from hrs_ros.synthetic.scene_graph import SceneGraph
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.truth import to_scene
from hrs_ros.vocabulary import vocabulary

WIDTH, HEIGHT, RATE, SECONDS = 640, 480, 15, 5.6
SUPERSAMPLE = 2
STANDING_Z = -4.0
FRAME_ID = "camera"
AIM_BELOW_SHOULDERS = 1.0  # decimetres


@dataclass(frozen=True, slots=True)
class Role:
    """One person of a clip."""

    sides: tuple[Side, ...]  # arms that hold a plate
    x: float
    female: bool
    phase: float  # radians; keeps people from moving in step


@dataclass(frozen=True, slots=True)
class ClipScript:
    """What happens in a clip. ``seed`` fixes people, clothes, room and light."""

    seed: int
    roles: tuple[Role, ...]
    span: float  # decimetres of height in view


SCRIPTS = {
    "two_plates": ClipScript(seed=12, roles=(Role(("L", "R"), 0.0, True, 0.0),), span=15.0),
    "two_people": ClipScript(
        seed=1,
        roles=(Role(("R",), -3.5, False, 0.0), Role(("L",), 3.5, True, 2.0)),
        span=14.5,
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class _Actor:
    role: Role
    figure: Figure
    look: Look


def render_clip(name: str, out: Path, *, assets: Path, cache: Path | None = None) -> int:
    """Write clip.mp4 and truth.jsonl (see scene_json) into ``out``; returns the number of frames.

    Raises ValueError for an unknown name.
    """
    if name not in SCRIPTS:
        raise ValueError(f"unknown clip {name!r}: expected one of {sorted(SCRIPTS)}")
    out.mkdir(parents=True, exist_ok=True)
    pack = AssetPack(assets)
    array = textures.build(pack, cache or textures.default_cache(), size=TEXTURE_SIZE)
    studio = Studio(pack, array.layer, "test")
    renderer = Renderer(array, width=WIDTH, height=HEIGHT, supersample=SUPERSAMPLE)
    path = out / "clip.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), RATE, (WIDTH, HEIGHT))
    if not writer.isOpened():
        raise OSError(f"could not open {path} for writing as MPEG-4 video")

    def scenes() -> Iterator[Scene]:
        for image, scene in frames(SCRIPTS[name], studio, renderer):
            writer.write(image[..., ::-1])
            yield scene

    try:
        return write_scenes(out / "truth.jsonl", scenes())
    finally:
        writer.release()


def frames(
    script: ClipScript, studio: Studio, renderer: Renderer
) -> Iterator[tuple[NDArray[np.uint8], Scene]]:
    """RGB pictures (HEIGHT, WIDTH, 3) with their true scenes.

    Raises ValueError if a plate or the arm that holds it is hidden: the script must be changed then.
    """
    casting = np.random.default_rng([script.seed, 0])
    actors = []
    for role in script.roles:
        figure = studio.body.shaped(random_shape(casting, female=role.female))
        actors.append(_Actor(role, figure, choose_look(studio, casting, female=role.female)))
    expected = sum(len(role.sides) for role in script.roles)
    hold = vocabulary().relation_id("hold")
    for number in range(round(SECONDS * RATE)):
        time = number / RATE
        shot = _shot(script, actors, studio, time)
        picture = renderer.render(shot.graph, shot.camera, shot.light)
        scene = to_scene(shot.graph, picture, stamp_ns=round(time * 1e9), frame_id=FRAME_ID)
        held = sum(relation.predicate_id == hold for relation in scene.relations)
        if held != expected:
            raise ValueError(f"frame {number}: expected {expected} visible holds, got {held}")
        yield picture.rgb, scene


def _shot(script: ClipScript, actors: list[_Actor], studio: Studio, time: float) -> Shot:
    """The scene at ``time`` seconds. Random streams start anew, so only what depends on time changes."""
    rng = np.random.default_rng([script.seed, 1])
    graph = SceneGraph()
    floor = room(graph, studio, rng)
    light = studio.light(rng, np.array([0, 9, STANDING_Z]))
    plates = china(graph, studio, rng)
    people = [
        _add_actor(graph, studio, np.random.default_rng([script.seed, 2, row]), actor, plates, floor, time)
        for row, actor in enumerate(actors)
    ]
    if len(people) == 2:
        graph.relate(people[0], "next to", people[1])
        graph.relate(people[1], "next to", people[0])
    fov = np.deg2rad(40)
    distance = script.span / (2 * np.tan(fov / 2))
    azimuth, elevation = 0.16 * np.sin(2 * np.pi * time / 6.5), 0.16 + 0.05 * np.sin(2 * np.pi * time / 5)
    direction = (np.sin(azimuth) * np.cos(elevation), np.sin(elevation), np.cos(azimuth) * np.cos(elevation))
    shoulders = [actor.figure.joint("upperarm01.L")[1] - actor.figure.sole for actor in actors]
    aim = np.array([0.0, float(np.mean(shoulders)) - AIM_BELOW_SHOULDERS, STANDING_Z])
    camera = Camera.looking_at(aim + distance * np.array(direction), aim, fov, WIDTH / HEIGHT)
    return Shot(graph, camera, light)


def _add_actor(
    graph: SceneGraph,
    studio: Studio,
    rng: np.random.Generator,
    actor: _Actor,
    plates: int,
    floor: int,
    time: float,
) -> int:
    """Pose and add one person with the plates; returns the instance."""
    role, figure = actor.role, actor.figure
    wave = _waves(role.phase, time)
    rotations = figure.body.rest()
    stand(figure, rotations, rng)
    bone = figure.body.bone
    rotations[bone["spine03"]] = about(UP, 0.06 * wave(4.1)) @ about(X_AXIS, 0.03 * wave(3.3))
    grips = [_moving_grip(figure, side, wave) for side in role.sides]
    for grip in grips:
        raise_arm(figure, rotations, grip)
    if len(grips) == 1:
        relax_arm(figure, rotations, other(grips[0].side), rng)
    look_along(figure, rotations, (0.3 * wave(4.7), -0.12 + 0.1 * wave(3.7), 1))
    root = (role.x, -figure.sole, STANDING_Z)
    yaw = 0.38 * wave(5.6) - 0.04 * role.x
    human = add_human(graph, studio, rng, figure, rotations, actor.look, root=root, yaw=yaw)
    for grip in grips:
        put_in_hand(graph, studio, rng, human, grip, plates)
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
    return Grip(side, "plate", wrist, inward=0.45, tilt=0.45 + 0.12 * wave(3.9), rim=True, radius=1.15)
