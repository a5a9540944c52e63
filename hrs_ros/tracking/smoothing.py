"""Relations between tracks, smoothed over time: what flickers for a frame stays, what flashes up does not."""

from __future__ import annotations

import math

from hrs_ros.scene import Relation, Scene
from hrs_ros.tracking.evidence import Evidence
from hrs_ros.tracking.options import TrackingOptions

_Key = tuple[int, int, int]  # track of the subject, predicate, track of the object


class RelationSmoother:
    """Keeps the evidence of every relation whose two ends are still followed."""

    def __init__(self, options: TrackingOptions) -> None:
        self._options = options
        self._evidence: dict[_Key, Evidence] = {}
        self._fresh = True

    def clear(self) -> None:
        """Forget everything; the next frame is taken as it is."""
        self._evidence = {}
        self._fresh = True

    def update(self, scene: Scene, *, living: frozenset[int], elapsed: float) -> tuple[Relation, ...]:
        """The relations that hold now, best first. ``scene`` has track ids; ``living`` includes the unseen.

        A relation whose ends are not both in the frame is neither confirmed nor denied: it waits.
        """
        weight = self._weight(elapsed)
        here = {entity.track_id: entity.id for entity in scene.entities}
        tracks = {entity.id: entity.track_id for entity in scene.entities}
        detected = {
            (tracks[relation.subject_id], relation.predicate_id, tracks[relation.object_id]): relation
            for relation in reversed(scene.relations)  # of two alike the best one counts
        }
        self._evidence = {
            key: evidence
            for key, evidence in self._evidence.items()
            if key[0] in living and key[2] in living and (evidence.shown or evidence.level > _NOTHING)
        }
        for key, relation in detected.items():
            evidence = self._evidence.setdefault(key, Evidence())
            evidence.seen(relation, weight=weight, stamp_ns=scene.stamp_ns, options=self._options)
        for key, evidence in self._evidence.items():
            if key not in detected and key[0] in here and key[2] in here:
                evidence.unseen(weight=weight, options=self._options)
        shown = [
            _relation(here[subject], predicate, here[target], evidence)
            for (subject, predicate, target), evidence in self._evidence.items()
            if evidence.shown and subject in here and target in here
        ]
        return tuple(sorted(shown, key=lambda relation: -relation.score))

    def _weight(self, elapsed: float) -> float:
        """Of the present frame against all before it."""
        fresh, self._fresh = self._fresh, False
        if fresh or self._options.smoothing == 0:
            return 1.0
        return 1 - math.exp(-elapsed / self._options.smoothing)


_NOTHING = 1e-3  # evidence that cannot matter again


def _relation(subject_id: int, predicate_id: int, object_id: int, evidence: Evidence) -> Relation:
    parts = evidence.acting()
    return Relation(
        subject_id=subject_id,
        predicate_id=predicate_id,
        object_id=object_id,
        score=evidence.score,
        part_ids=tuple(parts),
        part_scores=tuple(parts.values()),
        since_ns=evidence.since_ns,
    )
