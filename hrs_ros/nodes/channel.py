"""Everything of one camera, and the way of its frames through the components."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from hrs_ros.nodes.camera import Camera
from hrs_ros.nodes.complaints import Complaints
from hrs_ros.nodes.component import Component, Frame
from hrs_ros.nodes.statistics import FrameStatistics
from hrs_ros.scene import Scene


@dataclass(slots=True, eq=False)
class Channel:
    """Lives from configure to cleanup."""

    camera: Camera
    components: Sequence[Component]
    complaints: Complaints
    statistics: FrameStatistics = field(default_factory=FrameStatistics)
    follow: Callable[[Scene], Scene] | None = None
    """Gives what is seen an identity over time; called once a frame, in order."""

    def see(self, frame: Frame) -> None:
        """Give a frame to every component; one that fails does not keep it from the others."""
        if self.follow is not None:
            frame = replace(frame, seen=replace(frame.seen, scene=self.follow(frame.seen.scene)))
        for component in self.components:
            try:
                component.see(frame)
            except Exception as error:
                name = type(component).__name__
                self.complain(f"{name} {type(error).__name__}", f"{name} failed, {error!r}")
        self.statistics.answer(frame.latency)

    def complain(self, problem: str, text: str) -> None:
        self.complaints.complain(f"{self.camera} {problem}", f"{self.camera}: {text}")

    def close(self) -> None:
        for component in self.components:
            component.close()
