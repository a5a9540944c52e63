"""Which relations are true of a finished scene.

What a scene claims (``graph.relations``) is checked on the triangles; geometric relations are found whether
claimed or not. ``docs/synthetic.md`` defines every relation, ``limits`` holds the thresholds.
"""

from __future__ import annotations

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.scene_graph import SceneGraph, TrueRelation
from hrs_ros.synthetic.verify.judge import Judge, Rejected


def true_relations(graph: SceneGraph, camera: Camera) -> list[TrueRelation]:
    """See ``Judge.relations``."""
    return Judge(graph).relations(camera)


def rejected_claims(graph: SceneGraph, camera: Camera) -> list[Rejected]:
    """See ``Judge.rejected``."""
    return Judge(graph).rejected(camera)


__all__ = ["Judge", "rejected_claims", "true_relations"]
