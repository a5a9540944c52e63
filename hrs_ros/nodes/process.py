"""What every HRS process does around its node: memory and DDS settings, start, spin, stop, exit status."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rclpy
from rclpy.clock import Clock, ClockType
from rclpy.exceptions import ParameterException
from rclpy.executors import ExternalShutdownException, SingleThreadedExecutor
from rclpy.logging import get_logger
from rclpy.node import Node
from rclpy.task import Future
from rclpy.timer import Timer

UNUSABLE = 2
"""Exit status for a model, parameter or source that cannot be used. 0 is a wanted end, SIGINT included."""

USER_ERRORS = (ValueError, OSError, ImportError, ParameterException)
"""Errors that say what was expected, what came and what to do; a traceback would bury that."""

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # of mallopt(3)
_SEGMENT = 64 << 20  # bytes of shared memory a participant takes, as config/fastdds.xml says
_TRANSPORT_VARIABLES = (
    "FASTRTPS_DEFAULT_PROFILES_FILE",
    "FASTDDS_DEFAULT_PROFILES_FILE",
    "FASTDDS_BUILTIN_TRANSPORTS",
)


class HRSNode(Node, ABC):
    """A node in three steps; nodes.lifecycle has its managed twin."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(name, namespace="hrs", **options)
        self.finished = Future()
        """Done when the node has nothing left to do; an exception in it ends the process with UNUSABLE."""

    @abstractmethod
    def configure(self) -> None:
        """Load what is costly. Raises ValueError, OSError or ImportError for what cannot be used."""

    @abstractmethod
    def activate(self) -> None:
        """Start to work; quick."""

    @abstractmethod
    def deactivate(self) -> None:
        """Stop to work; returns when all threads have ended."""

    def start(self) -> None:
        """What a process does first. Raises what ``configure`` and ``activate`` raise."""
        self.configure()
        self.activate()

    def stop(self) -> None:
        """What a process does last."""
        self.deactivate()

    def value(self, name: str) -> Any:
        """Present value of a parameter."""
        return self.get_parameter(name).value

    def create_steady_timer(self, period: float, callback: Callable[[], None]) -> Timer:
        """A timer of ``period`` seconds that neither simulated time nor a set clock can stop or hurry."""
        return self.create_timer(period, callback, clock=Clock(clock_type=ClockType.STEADY_TIME))


def run_node(make: Callable[[], HRSNode], *, name: str, arguments: list[str] | None = None) -> int:
    """Build a node, spin it until SIGINT, SIGTERM or its end, and return the exit status."""
    prepare_process()
    # rclpy's own handlers end spin and then give way to these: a second Ctrl-C must not break the shutdown.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        rclpy.init(args=arguments)
    except (
        Exception
    ) as error:  # wrong ROS arguments, unreadable parameter files, no domain: each its own class
        print(f"{name}: ROS 2 cannot start: {error}", file=sys.stderr)
        return UNUSABLE
    # Single-threaded: a multi-threaded executor costs ten times the latency. Work has its own threads.
    # Made before the model is loaded: a signal meanwhile would make its constructor fail untidily.
    executor = SingleThreadedExecutor()
    node: HRSNode | None = None
    try:
        node = make()
        executor.add_node(node)
        node.start()
        _spin(executor, node)
        if node.finished.done() and (reason := node.finished.exception()) is not None:
            raise reason
    except (KeyboardInterrupt, ExternalShutdownException):
        pass
    except Exception as error:
        # A signal may strike while rclpy is between two calls; what these raise then has nothing to say.
        if rclpy.ok():
            if not isinstance(error, USER_ERRORS):
                raise
            get_logger(name).fatal(str(error))
            return UNUSABLE
    finally:
        if node is not None:
            node.stop()
            node.destroy_node()
        executor.shutdown()
        rclpy.try_shutdown()
    return 0


def _spin(executor: SingleThreadedExecutor, node: HRSNode) -> None:
    """Until the node has finished.

    rclpy's own ``spin_until_future_complete`` adds a callback to the future with every turn and never removes
    one: 260 bytes a message, 100 MB an hour with two cameras.
    """
    node.finished.add_done_callback(lambda _: executor.wake())
    while not node.finished.done():
        executor.spin_once()


def prepare_process() -> None:
    """Settings that keep images flowing; what the caller has set himself stays."""
    _keep_image_buffers()
    os.environ.update(transport_environment())
    if not any(name in os.environ for name in ("HOME", "ROS_HOME", "ROS_LOG_DIR")):
        os.environ["ROS_LOG_DIR"] = str(Path(tempfile.gettempdir(), "ros_log"))


def transport_environment() -> dict[str, str]:
    """Variables that give Fast DDS room for images: with its defaults two of three 720p images are lost.

    The profile of config/ where it is found and shared memory is ample, else the bigger socket buffers alone.
    Empty where the caller has made a choice of his own.
    """
    if any(name in os.environ for name in _TRANSPORT_VARIABLES):
        return {}
    profile = find_config("fastdds.xml")
    shared_memory = Path("/dev/shm")
    if profile and shared_memory.is_dir() and shutil.disk_usage(shared_memory).free > 8 * _SEGMENT:
        return {"FASTRTPS_DEFAULT_PROFILES_FILE": str(profile)}
    return {"FASTDDS_BUILTIN_TRANSPORTS": "DEFAULT?max_msg_size=60KB&sockets_size=4MB"}


def find_config(name: str) -> Path | None:
    """A file of config/: in the source tree, or where pip and colcon put it."""
    package = Path(__file__).resolve().parents[1]
    folders = [package.parent / "config", Path(sys.prefix, "share", "hrs_ros", "config")]
    folders += [
        Path(prefix, "share", "hrs_ros", "config")
        for prefix in os.environ.get("AMENT_PREFIX_PATH", "").split(os.pathsep)
        if prefix
    ]
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def _keep_image_buffers() -> None:
    """Let malloc keep freed image buffers, instead of 2,000 page faults for each new frame."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        if hasattr(libc, "mallopt"):
            libc.mallopt(_M_MMAP_THRESHOLD, 32 << 20)
            libc.mallopt(_M_TRIM_THRESHOLD, 512 << 20)
