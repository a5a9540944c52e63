"""What people look at: shown in a timer of its own, from the newest frame, and only while somebody looks."""

from __future__ import annotations

from abc import ABC, abstractmethod

from hrs_ros.nodes.component import Frame
from hrs_ros.nodes.process import HRSNode


class Display(ABC):
    """Component. Costs the inference thread nothing, and queries at most one picture's time."""

    def __init__(self, node: HRSNode) -> None:
        self._node = node
        self._newest: Frame | None = None
        self._shown: Frame | None = None
        self._timer = node.create_steady_timer(1 / node.value("annotated_rate"), self._tick)

    @abstractmethod
    def wanted(self) -> bool:
        """Whether somebody looks."""

    @abstractmethod
    def show(self, frame: Frame) -> None:
        """Draw and publish; called on the executor's thread, once a frame."""

    def see(self, frame: Frame) -> None:
        self._newest = frame

    def close(self) -> None:
        self._node.destroy_timer(self._timer)

    def _tick(self) -> None:
        frame = self._newest
        if frame is not None and frame is not self._shown and self.wanted():
            self._shown = frame
            self.show(frame)
