"""Where the milliseconds of a frame went."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from an image's arrival in the node to its scene, part by part and in the order of work."""

    wait: float  # in the mailbox, until the inference thread was free
    convert: float  # message to RGB array
    letterbox: float
    network: float  # the graph, for the whole batch that the frame was part of
    assemble: float  # graph outputs to Scene
    total: float  # from arrival to the finished scene; more than the sum where frames were batched

    def parts(self) -> dict[str, float]:
        """Name -> seconds, the total last."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
