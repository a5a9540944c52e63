"""The node's state of health in words and numbers: diagnostic_msgs from plain facts. No node, no clock."""

from __future__ import annotations

from collections.abc import Mapping

from diagnostic_msgs.msg import DiagnosticStatus, KeyValue

from hrs_ros.nodes.camera import Camera
from hrs_ros.nodes.engine import Engine
from hrs_ros.nodes.heap import Heap
from hrs_ros.nodes.statistics import FrameStatistics

HEAP_IN_USE, HEAP_KEPT = "heap in use [MB]", "heap kept for reuse [MB]"
_MB = 1 << 20


def node_status(
    node: str, *, state: str, reason: str, engine: Engine | None, heap: Heap | None = None
) -> DiagnosticStatus:
    """``state``: the lifecycle's; ``reason``: why the last transition failed, or empty."""
    level, message = DiagnosticStatus.OK, state
    if reason:
        level, message = DiagnosticStatus.ERROR, f"{state}: {reason}"
    elif engine is not None and engine.fallback:
        level, message = DiagnosticStatus.WARN, f"{state}, on the CPU: {engine.fallback}"
    values = {"state": state}
    if engine is not None:
        metadata = engine.predictor.metadata
        values |= {
            "model": str(engine.file.path),
            "model sha256": engine.file.sha256,
            "model name": metadata.config.name,
            "training step": str(metadata.training_step),
            "provider": engine.provider,
        }
    if heap is not None:
        values |= {HEAP_IN_USE: f"{heap.in_use / _MB:.1f}", HEAP_KEPT: f"{heap.kept / _MB:.1f}"}
    return _status(f"{node}: model", level, message, hardware=node, values=values)


def camera_status(
    node: str, camera: Camera, statistics: FrameStatistics, *, active: bool, problem: str
) -> DiagnosticStatus:
    """``problem``: why no images come, or empty. Rates and latencies are those of the last 10 s."""
    received, answered = statistics.rates()
    latencies = statistics.latencies()
    refused = statistics.refused()
    level, message = DiagnosticStatus.OK, f"{answered:.1f} Hz"
    if not active:
        message = "not active"
    elif problem:
        level, message = DiagnosticStatus.ERROR, problem
    elif received and not answered and refused:
        level, message = DiagnosticStatus.ERROR, f"no image could be used: {_counts(refused)}"
    values = {
        "images received": str(statistics.received),
        "scenes published": str(statistics.answered),
        "dropped for newer": str(statistics.dropped),
        "lost on the way": str(statistics.lost),
        "refused": _counts(refused) or "0",
        "image rate [Hz]": f"{received:.1f}",
        "scene rate [Hz]": f"{answered:.1f}",
    }
    for part, (median, p95) in latencies.items():
        values[f"{part}, median [ms]"] = f"{median * 1e3:.1f}"
        values[f"{part}, 95 % [ms]"] = f"{p95 * 1e3:.1f}"
    return _status(f"{node}: {camera}", level, message, hardware=node, values=values)


def _counts(refused: Mapping[str, int]) -> str:
    return ", ".join(f"{problem} {count}" for problem, count in sorted(refused.items()))


def _status(
    name: str, level: bytes, message: str, *, hardware: str, values: Mapping[str, str]
) -> DiagnosticStatus:
    return DiagnosticStatus(
        level=level,
        name=name,
        message=message,
        hardware_id=hardware,
        values=[KeyValue(key=key, value=value) for key, value in values.items()],
    )
