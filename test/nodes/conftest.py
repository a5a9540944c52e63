"""A model that always sees the same scene, and nodes as real processes on a ROS domain of their own."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from hrs_ros.inference.graph import INPUT_NAME, OUTPUT_NAMES, make_metadata, write_metadata
from hrs_ros.network.config import load_config
from hrs_ros.vocabulary import vocabulary

DISCOVERY = 20.0  # seconds; discovery takes up to 3 on an idle machine
SIDE = 64  # network input of the constant model


def constant_outputs() -> dict[str, np.ndarray]:
    """One human with a plate in each arm, in a square image; the person's left is at the image's right.

    On the 16 x 16 map: the human covers columns 4-11 and rows 2-13, his right arm columns 4-5, his left arm
    columns 10-11; plate A (left arm) rows 6-8 of columns 10-14, plate B (right arm) the same of columns 1-5.
    """
    words = vocabulary()
    human, plate, hold = words.human, words.entity_id("plate"), words.relation_id("hold")
    left, right = words.part_id("left arm"), words.part_id("right arm")
    cells = SIDE // 4

    def box(rows: slice, columns: slice) -> np.ndarray:
        mask = np.full((cells, cells), -10, np.float32)
        mask[rows, columns] = 10
        return mask

    nothing = np.full((cells, cells), -10, np.float32)
    body = box(slice(2, 14), slice(4, 12))
    plate_a, plate_b = box(slice(6, 9), slice(10, 15)), box(slice(6, 9), slice(1, 6))
    parsing = np.zeros((cells, cells), np.int64)
    parsing[2:14, 4:12] = words.part_id("uppercloth")
    parsing[2:14, 4:6], parsing[2:14, 10:12] = right, left
    parts = np.zeros((3, len(words.parts) - 1), np.float32)
    parts[0, left - 1], parts[1, right - 1] = 0.9, 0.8
    # Slots 0-1 are subjects, 2-5 objects; the human fills one of each, as he does in a real graph.
    return {
        "entity_class": np.array([human, human, human, plate, plate, plate], np.int64),
        "entity_score": np.array([0.95, 0.01, 0.95, 0.9, 0.85, 0.01], np.float32),
        "entity_centre": np.array([[8, 8], [0, 0], [8, 8], [12, 7], [3, 7], [0, 0]], np.float32),
        "entity_mask": np.stack([body, nothing, body, plate_a, plate_b, nothing]),
        "relation_class": np.array([hold, hold, hold], np.int64),
        "relation_score": np.array([0.8, 0.7, 0.0], np.float32),
        "relation_subject": np.array([0, 0, 1], np.int64),
        "relation_object": np.array([3, 4, 5], np.int64),
        "relation_part": parts,
        "parsing": parsing,
    }


@pytest.fixture(scope="session")
def constant_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An ONNX file of the graph contract that answers every image with ``constant_outputs``."""
    outputs = constant_outputs()
    # The batch is the input's: shape (B, H, W, 3) -> [B] + the shape of one image's output.
    nodes = [helper.make_node("Shape", [INPUT_NAME], ["batch"], start=0, end=1)]
    for name in OUTPUT_NAMES:
        value = outputs[name][None]
        shape = np.array(value.shape[1:], np.int64)
        nodes += [
            helper.make_node("Constant", [], [f"{name}_one"], value=numpy_helper.from_array(value)),
            helper.make_node("Constant", [], [f"{name}_shape"], value=numpy_helper.from_array(shape)),
            helper.make_node("Concat", ["batch", f"{name}_shape"], [f"{name}_target"], axis=0),
            helper.make_node("Expand", [f"{name}_one", f"{name}_target"], [name]),
        ]
    graph = helper.make_graph(
        nodes,
        "constant",
        [helper.make_tensor_value_info(INPUT_NAME, TensorProto.UINT8, ["batch", SIDE, SIDE, 3])],
        [
            helper.make_tensor_value_info(
                name, helper.np_dtype_to_tensor_dtype(outputs[name].dtype), ["batch", *outputs[name].shape]
            )
            for name in OUTPUT_NAMES
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    config = load_config("sms_lite", input_height=SIDE, input_width=SIDE, subjects=2, objects=4, relations=3)
    metadata = make_metadata(config, opset=18, precision="float32", weights_sha256="0" * 64, training_step=0)
    helper.set_model_props(model, write_metadata(metadata))
    onnx.checker.check_model(model)
    path = tmp_path_factory.mktemp("model") / "constant.onnx"
    onnx.save(model, path)
    return path


class NodeProcess:
    """A node as a process; what it prints is kept."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._lines: queue.Queue[str] = queue.Queue()
        self.output = ""
        self._process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def said(self, text: str) -> bool:
        """Whether ``text`` has been printed so far."""
        while not self._lines.empty():
            self.output += self._lines.get()
        return text in self.output

    def wait_for(self, text: str, timeout: float = 60.0) -> None:
        """Until ``text`` has been printed."""
        end = time.monotonic() + timeout
        while not self.said(text):
            assert self.running or self.said(text), (
                f"ended with {self._process.returncode}, never printed {text!r}:\n{self.output}"
            )
            assert time.monotonic() < end, f"{text!r} not printed within {timeout} s:\n{self.output}"
            with contextlib.suppress(queue.Empty):
                self.output += self._lines.get(timeout=0.2)

    def wait(self, timeout: float = 60.0) -> int:
        """Exit status; ``output`` is complete after it."""
        status = self._process.wait(timeout)
        self._reader.join()
        self.said("")
        return status

    def interrupt(self, timeout: float = 30.0) -> int:
        """SIGINT, then the exit status."""
        self._process.send_signal(signal.SIGINT)
        return self.wait(timeout)

    def kill(self) -> None:
        """The end without a goodbye."""
        self._process.kill()
        self.wait()

    def stop(self) -> None:
        if self.running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.interrupt()
        if self.running:
            self._process.kill()
            self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)


StartProcess = Callable[[list[str], dict[str, str]], NodeProcess]
StartNode = Callable[..., NodeProcess]


@pytest.fixture(scope="module")
def ros_environment() -> Iterator[dict[str, str]]:
    """Variables of a ROS domain of this test run's own; set in this process too."""
    pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
    pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")
    from hrs_ros.nodes.process import transport_environment

    mine = {
        **transport_environment(),  # without it most images of 1280 x 720 are lost
        "ROS_DOMAIN_ID": str(1 + os.getpid() % 99),
        "ROS_AUTOMATIC_DISCOVERY_RANGE": "LOCALHOST",
        "OMP_NUM_THREADS": "1",
    }
    before = {name: os.environ.get(name) for name in mine}
    os.environ.update(mine)
    yield dict(os.environ)
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture(scope="module")
def start_process() -> Iterator[StartProcess]:
    """start_process(command, environment) -> NodeProcess; ended after the module."""
    started: list[NodeProcess] = []

    def start(command: list[str], environment: dict[str, str]) -> NodeProcess:
        started.append(NodeProcess(command, environment))
        return started[-1]

    yield start
    for process in started:
        process.stop()


@pytest.fixture(scope="module")
def start_node(ros_environment: dict[str, str], start_process: StartProcess) -> StartNode:
    """start_node("perception", "-r", "a:=b", model=..., threads=1) -> NodeProcess"""

    def start(module: str, *ros_arguments: str, **parameters: Any) -> NodeProcess:
        words = [word for name, value in parameters.items() for word in ("-p", f"{name}:={_yaml(value)}")]
        command = [sys.executable, "-m", f"hrs_ros.nodes.{module}", "--ros-args", *words, *ros_arguments]
        return start_process(command, ros_environment)

    return start


def _yaml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class Peer:
    """A ROS node of the tests' own process."""

    def __init__(self) -> None:
        import rclpy
        from rclpy.executors import SingleThreadedExecutor

        self.context = rclpy.Context()
        rclpy.init(context=self.context)
        self.node = rclpy.create_node("tester", namespace="hrs", context=self.context)
        self._executor = SingleThreadedExecutor(context=self.context)
        self._executor.add_node(self.node)

    def spin_until(self, condition: Callable[[], Any], *, timeout: float = DISCOVERY, what: str = "") -> None:
        end = time.monotonic() + timeout
        while not condition():
            assert time.monotonic() < end, f"not within {timeout} s: {what or condition}"
            self._executor.spin_once(timeout_sec=0.05)

    def call(self, client: Any, request: Any, *, timeout: float = 10.0) -> Any:
        future = client.call_async(request)
        self.spin_until(future.done, timeout=timeout, what=f"answer of {client.srv_name}")
        return future.result()

    def ask_until(self, status: int, client: Any, request: Any) -> Any:
        """Ask again and again, until an answer has ``status``: how old a frame is depends on the machine."""
        last: list[Any] = []

        def answered() -> bool:
            last[:] = [self.call(client, request)]
            return bool(last[0].status == status)

        self.spin_until(answered, timeout=30, what=f"an answer of {client.srv_name} with status {status}")
        return last[0]

    def close(self) -> None:
        self._executor.shutdown()
        self.node.destroy_node()
        self.context.try_shutdown()


@pytest.fixture(scope="module")
def peer(ros_environment: dict[str, str]) -> Iterator[Peer]:
    peer = Peer()
    yield peer
    peer.close()
