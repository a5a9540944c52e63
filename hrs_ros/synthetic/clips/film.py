"""Rendering of clips, frame by frame, and the files they are kept in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from hrs_ros.scene import Scene
from hrs_ros.scene_json import write_scenes
from hrs_ros.synthetic import textures
from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.clips.acting import Actor, add_actor, cast
from hrs_ros.synthetic.clips.rgbd import write_camera_info, write_depth
from hrs_ros.synthetic.clips.scripts import SCRIPTS, STANDING_Z, ClipScript
from hrs_ros.synthetic.clips.sets import china, room
from hrs_ros.synthetic.generate import TEXTURE_SIZE
from hrs_ros.synthetic.renderer import Picture, Renderer
from hrs_ros.synthetic.scene_graph import SceneGraph
from hrs_ros.synthetic.shot import Shot
from hrs_ros.synthetic.splits import CLIP_SPLIT, Split
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.truth import to_scene
from hrs_ros.vocabulary import vocabulary

WIDTH, HEIGHT, RATE, SECONDS = 640, 480, 15, 5.6
SUPERSAMPLE = 2
FRAME_ID = "camera"
FOV = np.deg2rad(40)  # vertical
AIM_BELOW_SHOULDERS = 1.0  # decimetres
PLACE = np.array([0, 9, STANDING_Z])  # what light and camera are centred on


@dataclass(frozen=True, slots=True, eq=False)
class ClipFrame:
    """One frame: what a colour and depth camera would give, and what is true."""

    picture: Picture  # colours, ids and exact depth
    camera: Camera
    scene: Scene  # ids last over the clip


def render_clip(
    name: str,
    out: Path,
    *,
    assets: Path,
    cache: Path | None = None,
    depth: bool = False,
    split: Split = CLIP_SPLIT,
    seed: int | None = None,
) -> int:
    """Write clip.mp4 and truth.jsonl (see scene_json) into ``out``; returns the number of frames.

    ``depth`` adds a depth image a frame and camera_info.yaml, see ``rgbd``. ``split`` and ``seed`` choose
    other people, clothes, room and light than the bundled clip's. Raises ValueError for an unknown name and
    where this seed hides what the script says is always seen, OSError when the video cannot be written.
    """
    if name not in SCRIPTS:
        raise ValueError(f"unknown clip {name!r}: expected one of {sorted(SCRIPTS)}")
    script = SCRIPTS[name] if seed is None else replace(SCRIPTS[name], seed=seed)
    out.mkdir(parents=True, exist_ok=True)
    pack = AssetPack(assets)
    array = textures.build(pack, cache or textures.default_cache(), size=TEXTURE_SIZE)
    studio = Studio(pack, array.layer, split)
    renderer = Renderer(array, width=WIDTH, height=HEIGHT, supersample=SUPERSAMPLE)
    path = out / "clip.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), RATE, (WIDTH, HEIGHT))
    if not writer.isOpened():
        raise OSError(f"could not open {path} for writing as MPEG-4 video")

    def scenes() -> Iterator[Scene]:
        film = tqdm(frames(script, studio, renderer), desc=name, total=frame_count(), unit="frame")
        for number, frame in enumerate(film):
            writer.write(frame.picture.rgb[..., ::-1])
            if depth:
                write_depth(out, number, frame.picture)
                if number == 0:
                    write_camera_info(out, frame.camera, width=WIDTH, height=HEIGHT)
            yield frame.scene

    try:
        return write_scenes(out / "truth.jsonl", scenes())
    finally:
        writer.release()
        renderer.close()


def frame_count() -> int:
    """Frames of every clip."""
    return round(SECONDS * RATE)


def frames(script: ClipScript, studio: Studio, renderer: Renderer) -> Iterator[ClipFrame]:
    """The clip, frame by frame, at the renderer's size.

    Raises ValueError if a plate or the arm that holds it is hidden and the script does not allow it: the
    script must be changed then, or the seed.
    """
    actors = cast(script, studio)
    expected = sum(len(role.sides) for role in script.roles)
    hold = vocabulary().relation_id("hold")
    for number in range(frame_count()):
        time = number / RATE
        shot = _shot(script, actors, studio, time)
        picture = renderer.render(shot.graph, shot.camera, shot.light)
        scene = to_scene(
            shot.graph,
            picture,
            shot.camera,
            relations=shot.graph.relations,  # what the script says, no more
            stamp_ns=round(time * 1e9),
            frame_id=FRAME_ID,
        )
        held = sum(relation.predicate_id == hold for relation in scene.relations)
        if held != expected and not script.occlusions:
            raise ValueError(f"frame {number}: expected {expected} visible holds, got {held}")
        yield ClipFrame(picture, shot.camera, scene)


def _shot(script: ClipScript, actors: list[Actor], studio: Studio, time: float) -> Shot:
    """The scene at ``time`` seconds. Random streams start anew, so only what depends on time changes."""
    rng = np.random.default_rng([script.seed, 1])
    graph = SceneGraph()
    floor = room(graph, studio, rng)
    light = studio.light(rng, PLACE)
    plates = china(graph, studio, rng)
    people = [
        add_actor(
            graph,
            studio,
            np.random.default_rng([script.seed, 2, row]),
            actor,
            plates=plates,
            floor=floor,
            time=time,
            share=time / SECONDS,
        )
        for row, actor in enumerate(actors)
    ]
    if len(people) == 2:
        graph.relate(people[0], "next to", people[1])
        graph.relate(people[1], "next to", people[0])
    distance = script.span / (2 * np.tan(FOV / 2))
    azimuth, elevation = 0.16 * np.sin(2 * np.pi * time / 6.5), 0.16 + 0.05 * np.sin(2 * np.pi * time / 5)
    direction = (np.sin(azimuth) * np.cos(elevation), np.sin(elevation), np.cos(azimuth) * np.cos(elevation))
    shoulders = [actor.figure.joint("upperarm01.L")[1] - actor.figure.sole for actor in actors]
    aim = np.array([0.0, float(np.mean(shoulders)) - AIM_BELOW_SHOULDERS, STANDING_Z])
    camera = Camera.looking_at(aim + distance * np.array(direction), aim, FOV, WIDTH / HEIGHT)
    return Shot(graph, camera, light)
