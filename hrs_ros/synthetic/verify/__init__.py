"""Which relations are true of a finished scene.

What a scene claims (``graph.relations``) is checked on the triangles; geometric relations are found whether
claimed or not. ``docs/synthetic.md`` defines every relation, ``limits`` holds the thresholds.
"""

from __future__ import annotations

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.scene_graph import SceneGraph, TrueRelation
from hrs_ros.synthetic.verify.judge import judge


def true_relations(graph: SceneGraph, camera: Camera) -> list[TrueRelation]:
    """Claimed actions that hold, with the parts that act, and all true geometric relations; none twice."""
    return judge(graph, camera)[0]


def rejected_claims(graph: SceneGraph, camera: Camera) -> list[tuple[TrueRelation, str]]:
    """Claims that do not hold and why; of an action that some parts do, those that do not."""
    return judge(graph, camera)[1]


__all__ = ["rejected_claims", "true_relations"]
