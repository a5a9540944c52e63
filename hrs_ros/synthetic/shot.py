"""A finished scene as it is drawn: what is there, who looks at it, and what lights it."""

from __future__ import annotations

from dataclasses import dataclass

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.light import Light
from hrs_ros.synthetic.scene_graph import SceneGraph, TrueRelation
from hrs_ros.synthetic.stage import Cast
from hrs_ros.synthetic.things.model import PlacedThing
from hrs_ros.synthetic.verify import Judge


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """A finished scene with its camera and light, and what is true of it."""

    graph: SceneGraph
    camera: Camera
    light: Light
    relations: tuple[TrueRelation, ...] = ()  # filled by ``scene.make_scene``
    # What another camera needs to know of a composed scene.
    casts: tuple[Cast, ...] = ()  # the first is what the scene is about
    feet: bool = False  # see ``framing.frame_cast``
    occluder: PlacedThing | None = None  # what was stood before the first camera
    judge: Judge | None = None
