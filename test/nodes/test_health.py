"""Diagnostics from facts: levels, words and numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")

from diagnostic_msgs.msg import DiagnosticStatus

from hrs_ros.inference.predictor import Predictor
from hrs_ros.nodes.camera import Camera
from hrs_ros.nodes.engine import Engine, check_model_file
from hrs_ros.nodes.health import camera_status, node_status
from hrs_ros.nodes.heap import Heap
from hrs_ros.nodes.latency import Latency
from hrs_ros.nodes.statistics import FrameStatistics

NODE = "/hrs/hrs_perception"


def values(status: DiagnosticStatus) -> dict[str, str]:
    return {pair.key: pair.value for pair in status.values}


def test_node_without_a_model_says_why() -> None:
    well = node_status(NODE, state="unconfigured", reason="", engine=None)
    assert (well.level, well.message, values(well)) == (
        DiagnosticStatus.OK,
        "unconfigured",
        {"state": "unconfigured"},
    )
    ill = node_status(NODE, state="unconfigured", reason="no model file at /x", engine=None)
    assert (ill.level, ill.message) == (DiagnosticStatus.ERROR, "unconfigured: no model file at /x")


def test_model_and_provider_are_named(constant_model: Path) -> None:
    file = check_model_file(constant_model, sha256="")
    engine = Engine(
        file, lambda path, _: Predictor(path, providers="cpu", threads=1), provider="auto", warn=print
    )
    status = node_status(NODE, state="active", reason="", engine=engine)
    assert (status.name, status.hardware_id, status.level) == (f"{NODE}: model", NODE, DiagnosticStatus.OK)
    assert values(status) == {
        "state": "active",
        "model": str(constant_model),
        "model sha256": file.sha256,
        "model name": "sms_lite",
        "training step": "0",
        "provider": "CPUExecutionProvider",
    }
    engine.fallback = "CUDAExecutionProvider failed: gone"
    warned = node_status(NODE, state="active", reason="", engine=engine)
    assert (warned.level, warned.message) == (
        DiagnosticStatus.WARN,
        "active, on the CPU: CUDAExecutionProvider failed: gone",
    )


def test_memory_is_told_where_it_is_known() -> None:
    heap = Heap(in_use=150 << 20, kept=3 << 19)
    told = values(node_status(NODE, state="active", reason="", engine=None, heap=heap))
    assert told == {"state": "active", "heap in use [MB]": "150.0", "heap kept for reuse [MB]": "1.5"}


def test_camera_with_images_shows_rates_drops_and_latencies() -> None:
    now = [0.0]
    statistics = FrameStatistics(lambda: now[0])
    for _ in range(10):
        now[0] += 0.1
        statistics.receive()
        statistics.answer(Latency(wait=0, convert=0, letterbox=0, network=0.02, assemble=0, total=0.03))
    statistics.drop()
    statistics.refuse("size")
    status = camera_status(NODE, Camera("front"), statistics, active=True, problem="")
    assert (status.level, status.name, status.message) == (
        DiagnosticStatus.OK,
        f"{NODE}: camera front",
        "10.0 Hz",
    )
    shown = values(status)
    assert (shown["images received"], shown["scenes published"], shown["dropped for newer"]) == (
        "10",
        "10",
        "1",
    )
    assert (shown["refused"], shown["lost on the way"]) == ("size 1", "0")
    assert (shown["network, median [ms]"], shown["total, 95 % [ms]"]) == ("20.0", "30.0")


def test_camera_in_trouble_is_an_error_with_its_reason() -> None:
    statistics = FrameStatistics()
    silent = camera_status(NODE, Camera(""), statistics, active=True, problem="no image for 3 s")
    assert (silent.level, silent.message) == (DiagnosticStatus.ERROR, "no image for 3 s")
    idle = camera_status(NODE, Camera(""), statistics, active=False, problem="")
    assert (idle.level, idle.message) == (DiagnosticStatus.OK, "not active")
    statistics.receive()
    statistics.refuse("encoding")
    useless = camera_status(NODE, Camera(""), statistics, active=True, problem="")
    assert (useless.level, useless.message) == (
        DiagnosticStatus.ERROR,
        "no image could be used: encoding 1",
    )
