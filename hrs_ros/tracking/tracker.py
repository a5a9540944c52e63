"""Tracker: scenes of a stream, in order -> the same scenes with identities and steady relations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hrs_ros.scene import Scene
from hrs_ros.tracking.identities import Identities
from hrs_ros.tracking.options import DEFAULT_OPTIONS, TrackingOptions
from hrs_ros.tracking.smoothing import RelationSmoother

UNSTAMPED_PERIOD = 1 / 30  # seconds between frames of a camera whose stamps stand still


class Tracker:
    """Of one camera. Masks and entities are those of the present frame: nothing is shown that is not seen."""

    def __init__(self, options: TrackingOptions = DEFAULT_OPTIONS) -> None:
        self._identities = Identities(options)
        self._smoother = RelationSmoother(options)
        self._stamp_ns: int | None = None
        self._size = (0, 0)

    def reset(self) -> None:
        """Forget what was followed. Identities go on: none is given twice."""
        self._identities.clear()
        self._smoother.clear()
        self._stamp_ns = None

    def update(self, scene: Scene) -> Scene:
        """The scene with ``track_id`` and ``number`` on every entity, and the relations that hold now.

        A time stamp that goes back (a clip that starts again, a clock that was set) and another image size
        begin anew.
        """
        back = self._stamp_ns is not None and scene.stamp_ns < self._stamp_ns
        if back or (scene.height, scene.width) != self._size:
            self.reset()
            self._size = scene.height, scene.width
        elapsed = 0.0
        if self._stamp_ns is not None:
            elapsed = (scene.stamp_ns - self._stamp_ns) / 1e9 or UNSTAMPED_PERIOD
        self._stamp_ns = scene.stamp_ns
        tracks = self._identities.update(scene.entities, elapsed=elapsed, width=scene.width)
        followed = replace(
            scene,
            entities=tuple(
                replace(entity, track_id=track.id, number=track.number)
                for entity, track in zip(scene.entities, tracks, strict=True)
            ),
        )
        relations = self._smoother.update(followed, living=self._identities.living, elapsed=elapsed)
        return replace(followed, relations=relations)


def track(scenes: Iterable[Scene], options: TrackingOptions = DEFAULT_OPTIONS) -> list[Scene]:
    """The scenes of one stream, in order, through a tracker of their own."""
    tracker = Tracker(options)
    return [tracker.update(scene) for scene in scenes]
