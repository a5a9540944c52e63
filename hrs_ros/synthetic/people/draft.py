"""A person under construction: shape, pose and place, edited in world coordinates until it is added."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hrs_ros.synthetic.people import posing
from hrs_ros.synthetic.people.body import Figure, Pose, Side, SkinWeights
from hrs_ros.synthetic.people.dress import Look, add_human
from hrs_ros.synthetic.rotation import UP, Array, about
from hrs_ros.synthetic.scene_graph import PlacedHuman, Posture, SceneGraph
from hrs_ros.synthetic.studio import Studio


@dataclass(slots=True, eq=False)
class Draft:
    """Rotations are local as in ``body``; methods take points and directions of the world (decimetres)."""

    figure: Figure
    look: Look
    rotations: Array  # (B, 3, 3), edited in place
    root: Array  # (3,) where the body's origin stands
    yaw: float = 0.0  # radians about +Y; 0 faces +Z
    posture: Posture = "standing"
    footwear: tuple[tuple[Array, SkinWeights], ...] = ()  # rest vertices of the shoes

    @property
    def turn(self) -> Array:
        return about(UP, self.yaw)

    def to_world(self, points: ArrayLike) -> Array:
        return np.asarray(points, float) @ self.turn.T + self.root

    def to_body(self, points: ArrayLike) -> Array:
        return (np.asarray(points, float) - self.root) @ self.turn

    def direction_to_body(self, direction: ArrayLike) -> Array:
        return np.asarray(direction, float) @ self.turn

    def pose(self) -> Pose:
        return self.figure.pose(self.rotations)

    def joint(self, bone: str) -> Array:
        """World position (3,) of a bone's head."""
        return self.to_world(self.pose().position[self.figure.body.bone[bone]])

    def skin(self) -> Array:
        """World positions (V, 3) of the body's vertices."""
        return self.figure.skin(self.figure.vertices, self.figure.body.skin, self._placed())

    def visible_skin(self) -> Array:
        """World positions (N, 3) of the visible ones of the body's vertices."""
        body = self.figure.body
        return self.skin_on(body.visible_vertices, body.visible_skin)

    def skin_on(self, rows: NDArray[np.integer], weights: SkinWeights) -> Array:
        """World positions (N, 3) of some of the body's vertices, whose ``weights`` are given."""
        return self.figure.skin(self.figure.vertices[rows], weights, self._placed())

    def _placed(self) -> Pose:
        return self.pose().placed(self.turn, self.root)

    @property
    def sole(self) -> float:
        """Lowest height of feet or shoes in rest pose, in the body's own coordinates."""
        return min([self.figure.sole, *(float(vertices[:, 1].min()) for vertices, _ in self.footwear)])

    def reach(self, side: Side, wrist: ArrayLike, pole: ArrayLike) -> None:
        """The wrist goes to a point, the elbow bends towards the direction ``pole``."""
        posing.reach(self.figure, self.rotations, side, self.to_body(wrist), self.direction_to_body(pole))

    def orient_hand(self, side: Side, fingers: ArrayLike, palm: ArrayLike) -> None:
        posing.orient_hand(
            self.figure,
            self.rotations,
            side,
            self.direction_to_body(fingers),
            self.direction_to_body(palm),
        )

    def look_at(self, point: ArrayLike) -> None:
        """Turn neck, head and eyes towards a point as far as they go, whatever the trunk does."""
        bone = self.figure.body.bone
        eyes, neck = [bone["eye.L"], bone["eye.R"]], self.figure.body.parent[bone["neck01"]]
        for _ in range(2):  # the eyes move with the head
            pose = self.pose()
            offset = self.to_body(point) - pose.position[eyes].mean(0)
            posing.look_along(self.figure, self.rotations, pose.rotation[neck].T @ offset)
        pose = self.pose()
        ahead = pose.rotation[bone["head"]].T @ (self.to_body(point) - pose.position[eyes].mean(0))
        self.rotations[eyes] = posing.eye_turn(ahead)

    def step_to(self, side: Side, ankle: ArrayLike, pole: ArrayLike) -> None:
        """The ankle goes to a point, the knee bends towards the direction ``pole``."""
        posing.step_to(self.figure, self.rotations, side, self.to_body(ankle), self.direction_to_body(pole))

    def stand_on(self, height: float) -> None:
        """Shift the root so that the lowest skin, or the shoe below it, lies at ``height``."""
        figure, body, pose = self.figure, self.figure.body, self._placed()
        skin = figure.vertices[body.visible_vertices], body.visible_skin
        lowest = min(figure.lowest(vertices, weights, pose) for vertices, weights in (skin, *self.footwear))
        self.root = self.root + (height - lowest) * UP

    def place(self, graph: SceneGraph, studio: Studio, rng: np.random.Generator) -> PlacedHuman:
        """Add the person to the scene; ``rng`` chooses fabrics only."""
        return add_human(
            graph,
            studio,
            rng,
            self.figure,
            self.rotations,
            self.look,
            root=self.root,
            yaw=self.yaw,
            posture=self.posture,
        )
