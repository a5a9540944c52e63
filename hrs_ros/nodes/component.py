"""What plugs into the perception node: a component sees every frame of one camera."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from hrs_ros.nodes.image_message import RGBImage
from hrs_ros.nodes.latency import Latency
from hrs_ros.nodes.memory import Seen


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One image, what was seen in it, and what it took."""

    seen: Seen
    image: RGBImage  # (H, W, 3) uint8 of the source image, never written to
    latency: Latency
    dropped: int
    """Images of this camera that were given up for newer ones since the node was configured."""


class Component(Protocol):
    """Made by ``perception.components`` when the node is configured, closed when it is cleaned up.

    A component creates its publishers, services and timers in its constructor and gets frames only while
    the node is active. What takes long belongs into a timer of its own, not into ``see``.
    """

    def see(self, frame: Frame) -> None:
        """Called on the inference thread for every frame, in order. Quick: the next frame waits."""

    def close(self) -> None:
        """Destroy what the constructor created. Called on the executor's thread, after the last ``see``."""
