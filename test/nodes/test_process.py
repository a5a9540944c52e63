"""What a process sets for itself, and what it leaves to its caller."""

from __future__ import annotations

import signal
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")

from hrs_ros.nodes import process

VARIABLES = ("FASTRTPS_DEFAULT_PROFILES_FILE", "FASTDDS_DEFAULT_PROFILES_FILE", "FASTDDS_BUILTIN_TRANSPORTS")


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.setenv(name, "")  # so that monkeypatch restores what the code under test sets
        monkeypatch.delenv(name)


def free_shared_memory(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(process.shutil, "disk_usage", lambda _: SimpleNamespace(free=size))


def test_profile_is_used_where_shared_memory_is_ample(
    monkeypatch: pytest.MonkeyPatch, repository: Path
) -> None:
    free_shared_memory(monkeypatch, 8 << 30)
    assert process.transport_environment() == {
        "FASTRTPS_DEFAULT_PROFILES_FILE": str(repository / "config" / "fastdds.xml")
    }


def test_containers_with_little_shared_memory_get_bigger_sockets_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    free_shared_memory(monkeypatch, 64 << 20)  # Docker's default
    assert list(process.transport_environment()) == ["FASTDDS_BUILTIN_TRANSPORTS"]


def test_the_callers_own_transport_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTDDS_BUILTIN_TRANSPORTS", "UDPv4")
    process.prepare_process()
    assert process.os.environ["FASTDDS_BUILTIN_TRANSPORTS"] == "UDPv4"
    assert "FASTRTPS_DEFAULT_PROFILES_FILE" not in process.os.environ


def test_without_a_home_logs_go_to_the_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "ROS_HOME", "ROS_LOG_DIR"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    process.prepare_process()
    assert process.os.environ["ROS_LOG_DIR"].endswith("ros_log")


def test_profile_has_the_segment_that_the_code_counts_with(repository: Path) -> None:
    root = ElementTree.parse(repository / "config" / "fastdds.xml").getroot()
    sizes = [element.text for element in root.iter() if element.tag.endswith("segment_size")]
    assert sizes == [str(process._SEGMENT)]


class Ticking(process.HRSNode):
    """Ends after 50 ticks, and notes how many callbacks hang on its future meanwhile."""

    def __init__(self) -> None:
        super().__init__("ticking")
        self.hanging: list[int] = []

    def configure(self) -> None:
        self.create_steady_timer(0.002, self._tick)

    def activate(self) -> None:
        """Nothing to start."""

    def deactivate(self) -> None:
        """Nothing to stop."""

    def _tick(self) -> None:
        self.hanging.append(len(self.finished._callbacks))
        if len(self.hanging) == 50:
            self.finished.set_result(None)


@pytest.mark.ros
def test_spinning_leaves_nothing_behind(ros_environment: dict[str, str]) -> None:
    """rclpy's spin_until_future_complete hangs one more callback on the future with every turn."""
    nodes: list[Ticking] = []

    def make() -> Ticking:
        nodes.append(Ticking())
        return nodes[-1]

    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        assert process.run_node(make, name="ticking") == 0
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert len(nodes[0].hanging) == 50 and set(nodes[0].hanging) == {1}
