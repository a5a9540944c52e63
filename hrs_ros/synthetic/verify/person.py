"""Where the hands, feet, hips, mouth and eyes of a placed person are: points of the skin, posed."""

from __future__ import annotations

import functools
import re

import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic.people.body import Body, Side, SkinWeights
from hrs_ros.synthetic.rotation import UP, Array, unit
from hrs_ros.synthetic.scene_graph import PlacedHuman
from hrs_ros.synthetic.verify.surfaces import Surface, thinned
from hrs_ros.vocabulary import vocabulary

SIDES: tuple[Side, ...] = ("L", "R")
# Bones whose skin makes up a region; {} is the side.
REGIONS = {
    "palm": r"(wrist|metacarpal\d)\.{}",
    "thumb": r"finger1-\d\.{}",
    "fingers": r"finger[2-5]-\d\.{}",
    "forearm": r"lowerarm0\d\.{}",
    "leg": r"(upperleg0\d|lowerleg0\d)\.{}",
    "shin": r"lowerleg0\d\.{}",
    "foot": r"(foot|toe\d-\d)\.{}",
}
HIPS = r"root|pelvis\.[LR]|spine05|upperleg01\.[LR]"
TRUNK = r"root|pelvis\.[LR]|spine0\d|breast\.[LR]|upperleg0\d\.[LR]"
POINTS = 350  # of a region
SOLE = 0.3  # dm: what lies this little above a foot's lowest point is its sole


@functools.lru_cache(maxsize=256)
def rows_of(body: Body, bones: str) -> tuple[NDArray[np.integer], SkinWeights]:
    """Rows of visible vertices that are moved most by the bones whose names match, thinned; their weights."""
    named = [row for name, row in body.bone.items() if re.fullmatch(bones, name)]
    rows = body.visible_vertices[np.isin(body.owner[body.visible_vertices], named)]
    rows = thinned(rows, POINTS)
    return rows, body.skin.at(rows)


class Person:
    """A placed human with the surface it was drawn with; world coordinates, decimetres."""

    def __init__(self, human: PlacedHuman, surface: Surface) -> None:
        self.human, self.surface = human, surface
        self.instance, self.posture = human.instance, human.posture
        self._placed = human.pose.placed(human.turn, human.root)
        self._cache: dict[str, Array] = {}

    def skin(self, bones: str) -> Array:
        """Points (N, 3) of the skin on the bones whose names match."""
        if bones not in self._cache:
            figure = self.human.figure
            rows, weights = rows_of(figure.body, bones)
            self._cache[bones] = figure.skin(figure.vertices[rows], weights, self._placed)
        return self._cache[bones]

    def region(self, name: str, side: Side) -> Array:
        """Points (N, 3) of one of REGIONS."""
        return self.skin(REGIONS[name].format(side))

    def hand(self, side: Side) -> Array:
        return np.concatenate([self.region(name, side) for name in ("palm", "thumb", "fingers")])

    def foot(self, side: Side) -> Array:
        """Skin of the foot, and the shoe."""
        words = vocabulary()
        shoe = self.surface.part(words.part_id("left shoe" if side == "L" else "right shoe"))
        return np.concatenate([self.region("foot", side), thinned(shoe, POINTS)])

    def sole(self, side: Side) -> Array:
        foot = self.foot(side)
        return foot[foot[:, 1] < foot[:, 1].min() + SOLE]

    def joint(self, bone: str) -> Array:
        """World position (3,) of a bone's head."""
        return self.human.to_world(self.human.pose.position[self.human.figure.body.bone[bone]])

    def middle(self, first: str, second: str) -> Array:
        return (self.joint(first) + self.joint(second)) / 2

    @property
    def pelvis(self) -> Array:
        """Middle between the hip joints."""
        return self.middle("upperleg01.L", "upperleg01.R")

    @property
    def mouth(self) -> Array:
        """Between the lips, on their outside."""
        return self._on_head((self.human.figure.joint("oris05") + self.human.figure.joint("oris01")) / 2)

    @property
    def ears(self) -> Array:
        """(2, 3) on the skin at the height of the eyes, where the head is widest."""
        figure = self.human.figure
        rest = figure.vertices[rows_of(figure.body, "head")[0]]
        level = rest[np.abs(rest[:, 1] - figure.joint("eye.L")[1]) < 0.4]
        sides = (level[level[:, 0].argmax()], level[level[:, 0].argmin()])
        return np.array([self._on_head(point) for point in sides])

    def _on_head(self, rest: Array) -> Array:
        pose, bone = self.human.pose, self.human.figure.body.bone["head"]
        offset = rest - self.human.figure.heads[bone]
        return self.human.to_world(pose.position[bone] + pose.rotation[bone] @ offset)

    @property
    def gaze(self) -> tuple[Array, Array]:
        """Point (3,) between the eyes, and the unit direction (3,) they look in."""
        bone = self.human.figure.body.bone
        forward = self.human.pose.rotation[[bone["eye.L"], bone["eye.R"]]].mean(0)[:, 2]
        return self.middle("eye.L", "eye.R"), unit(self.human.turn @ forward)

    @property
    def face(self) -> Array:
        """Unit direction (3,) the head points in."""
        return self.human.turn @ self.human.pose.rotation[self.human.figure.body.bone["head"]][:, 2]

    @property
    def forward(self) -> Array:
        """Level unit direction (3,) of the chest."""
        chest = self.human.turn @ self.human.pose.rotation[self.human.figure.body.bone["spine01"]][:, 2]
        return unit(chest * (1, 0, 1))

    def lean_towards(self, point: Array) -> float:
        """Angle in radians by which the trunk leans towards a point, beyond how the body stands at rest."""
        figure = self.human.figure
        rest = figure.joint("neck01") - (figure.joint("upperleg01.L") + figure.joint("upperleg01.R")) / 2
        towards = unit((point - self.pelvis) * (1, 0, 1))
        trunk = unit(self.joint("neck01") - self.pelvis)
        natural = np.arctan2(rest[2], rest[1]) * float(self.forward @ towards)
        return float(np.arctan2(trunk @ towards, trunk @ UP) - natural)
