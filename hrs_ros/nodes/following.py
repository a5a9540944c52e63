"""A camera's scenes followed over time, as the parameters say at each frame."""

from __future__ import annotations

from hrs_ros.nodes.process import HRSNode
from hrs_ros.scene import Scene
from hrs_ros.tracking import Tracker, TrackingOptions


class Following:
    """Of one camera. Changed options begin anew; with ``tracking`` off scenes pass through as they are."""

    def __init__(self, node: HRSNode) -> None:
        self._node = node
        self._options = self._wanted()
        self._tracker = Tracker(self._options)

    def __call__(self, scene: Scene) -> Scene:
        if not self._node.value("tracking"):
            self._tracker.reset()
            return scene
        if (wanted := self._wanted()) != self._options:
            self._options, self._tracker = wanted, Tracker(wanted)
        return self._tracker.update(scene)

    def _wanted(self) -> TrackingOptions:
        return TrackingOptions(
            patience=self._node.value("track_patience"), smoothing=self._node.value("relation_smoothing")
        )
