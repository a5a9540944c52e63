from __future__ import annotations

import builtins
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest

from hrs_ros.inference import session as session_module
from hrs_ros.inference.graph import OUTPUT_NAMES, ModelError
from hrs_ros.inference.session import GraphSession
from hrs_ros.network.config import ModelConfig

IMAGE = np.zeros((64, 64, 3), np.uint8)
WriteModel = Callable[..., Path]


def test_runs_and_names_the_outputs(write_model: WriteModel, outputs: dict[str, Any]) -> None:
    outputs["entity_score"][1] = 0.25
    found = GraphSession(write_model(outputs), providers="cpu", threads=1).run(IMAGE)
    assert tuple(found) == OUTPUT_NAMES
    for name, value in outputs.items():
        assert found[name].dtype == value.dtype and (found[name] == value).all(), name


def test_metadata_comes_with_the_session(write_model: WriteModel, config: ModelConfig) -> None:
    metadata = GraphSession(write_model(), providers="cpu").metadata
    assert metadata.config == config and metadata.training_step == 7


def test_dynamic_graph_runs_at_its_configured_size(write_model: WriteModel) -> None:
    session = GraphSession(write_model(), providers="cpu")
    assert (session.input_height, session.input_width) == (64, 64)


def test_static_graph_dictates_its_size(write_model: WriteModel) -> None:
    session = GraphSession(write_model(static=True), providers="cpu")
    assert (session.input_height, session.input_width) == (64, 128)


def test_weights_are_no_graph_and_how_to_make_one_is_told(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.touch()
    with pytest.raises(
        ModelError, match=r"holds weights, expected a graph: `hrs export --checkpoint .*onnx`"
    ):
        GraphSession(weights, providers="cpu")


def test_provider_is_what_the_runtime_gave(write_model: WriteModel) -> None:
    assert GraphSession(write_model(), providers="cpu").provider == "CPUExecutionProvider"


def test_auto_without_cuda_runs_on_the_cpu(write_model: WriteModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["CPUExecutionProvider"])
    assert GraphSession(write_model(), providers="auto").provider == "CPUExecutionProvider"


def test_cuda_listed_but_not_given_is_told(write_model: WriteModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """A GPU build lists CUDA even where its libraries cannot be loaded; only the session knows."""
    built = onnxruntime.InferenceSession
    asked: list[Any] = []

    def without_cuda(path: str, options: Any, providers: list[Any]) -> Any:
        asked.extend(providers)
        return built(path, options, providers=["CPUExecutionProvider"])

    listed = ["CUDAExecutionProvider", "CPUExecutionProvider"]
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: listed)
    monkeypatch.setattr(onnxruntime, "InferenceSession", without_cuda)
    path = write_model()
    assert GraphSession(path, providers="auto").provider == "CPUExecutionProvider"
    assert asked[0][0] == "CUDAExecutionProvider"
    with pytest.raises(
        ModelError, match=r"expected CUDAExecutionProvider.*CPUExecutionProvider.*`gpu` extra"
    ):
        GraphSession(path, providers="cuda")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"providers": "tpu"}, "'auto', 'cpu' or 'cuda', got 'tpu'"),
        ({"threads": -1}, "0 .automatic. or positive"),
    ],
)
def test_wrong_options_are_refused(write_model: WriteModel, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        GraphSession(write_model(), **options)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no model file at .*nowhere\.onnx.*check the path"):
        GraphSession(tmp_path / "nowhere.onnx")


@pytest.mark.parametrize("content", [b"", b"not an onnx file at all", b"\x08\x0a\x12" + bytes(200)])
def test_garbage_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"model\.onnx: expected a readable ONNX model"):
        GraphSession(path, providers="cpu")


def test_an_operator_that_the_runtime_lacks_is_told_from_damage(tmp_path: Path) -> None:
    """GraphSession must not send people to copy a file again that only needs a newer ONNX Runtime."""
    tensor = onnx.helper.make_tensor_value_info("x", onnx.TensorProto.DOUBLE, [1, 1, 4, 4])
    # In the standard, and not in ONNX Runtime for this type.
    node = onnx.helper.make_node("LpPool", ["x"], ["y"], kernel_shape=[2, 2], strides=[2, 2])
    pooled = onnx.helper.make_tensor_value_info("y", onnx.TensorProto.DOUBLE, [1, 1, 2, 2])
    graph = onnx.helper.make_graph([node], "pool", [tensor], [pooled])
    path = tmp_path / "model.onnx"
    opsets = [onnx.helper.make_opsetid("", 20)]
    onnx.save(onnx.helper.make_model(graph, opset_imports=opsets, ir_version=10), path)
    with pytest.raises(ModelError, match=r"every operator of the graph.*LpPool.*upgrade onnxruntime"):
        GraphSession(path, providers="cpu")


def test_truncated_file_is_refused(write_model: WriteModel) -> None:
    path = write_model()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(ModelError, match=r"expected a readable ONNX model|not an HRS model"):
        GraphSession(path, providers="cpu")


def test_foreign_onnx_is_refused(write_model: WriteModel) -> None:
    with pytest.raises(ModelError, match="not an HRS model"):
        GraphSession(write_model(properties={"made": "elsewhere"}), providers="cpu")


def test_newer_graph_is_refused(write_model: WriteModel) -> None:
    properties = {"hrs_graph_version": json.dumps(99), "hrs_version": json.dumps("7.0.0")}
    with pytest.raises(ModelError, match=r"got version 99.*upgrade"):
        GraphSession(write_model(properties=properties), providers="cpu")


def test_other_tensors_are_refused(write_model: WriteModel) -> None:
    names = (*OUTPUT_NAMES[:-1], "something_else")
    with pytest.raises(ModelError, match=r"expected one input 'image'.*something_else"):
        GraphSession(write_model(names=names), providers="cpu")


def test_absent_onnxruntime_names_the_extras(monkeypatch: pytest.MonkeyPatch) -> None:
    real_import = builtins.__import__

    def without_runtime(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "onnxruntime":
            raise ModuleNotFoundError("No module named 'onnxruntime'")
        return real_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_runtime)
    with pytest.raises(ImportError, match=r"hrs_ros\[cpu\].*hrs_ros\[gpu\]"):
        session_module.import_onnxruntime()
