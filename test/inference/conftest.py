"""A tiny HRS graph of constants: what the runtime meets, without a network behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from hrs_ros.inference.graph import INPUT_NAME, OUTPUT_NAMES, make_metadata, write_metadata
from hrs_ros.network.config import ModelConfig, load_config

SUBJECTS, OBJECTS, RELATIONS = 2, 3, 4
SIDE = 64  # network input; h = w = 16


@pytest.fixture(scope="session")
def config() -> ModelConfig:
    """A small model: 64 x 64 input, 2 subjects, 3 objects, 4 relations."""
    return load_config(
        "sms_lite",
        input_height=SIDE,
        input_width=SIDE,
        subjects=SUBJECTS,
        objects=OBJECTS,
        relations=RELATIONS,
        kernel_grid=8,
    )


def empty_outputs() -> dict[str, NDArray[Any]]:
    """Outputs of one image in which nothing scores and no mask has a pixel."""
    slots, cells = SUBJECTS + OBJECTS, SIDE // 4
    return {
        "entity_class": np.ones(slots, np.int64),
        "entity_score": np.zeros(slots, np.float32),
        # Every slot its own cell, so that nothing is merged by accident.
        "entity_centre": np.stack([np.arange(slots), np.arange(slots)], axis=1).astype(np.float32),
        "entity_mask": np.full((slots, cells, cells), -1, np.float32),
        "relation_class": np.ones(RELATIONS, np.int64),
        "relation_score": np.zeros(RELATIONS, np.float32),
        "relation_subject": np.zeros(RELATIONS, np.int64),
        "relation_object": np.full(RELATIONS, SUBJECTS, np.int64),
        "relation_part": np.zeros((RELATIONS, 25), np.float32),
        "parsing": np.zeros((cells, cells), np.int64),
    }


@pytest.fixture()
def outputs() -> dict[str, NDArray[Any]]:
    return empty_outputs()


@pytest.fixture()
def write_model(tmp_path: Path, config: ModelConfig) -> Callable[..., Path]:
    """Write an ONNX file that answers every image with the given outputs (one image, no batch axis)."""

    def write(
        outputs: Mapping[str, NDArray[Any]] | None = None,
        *,
        properties: Mapping[str, str] | None = None,
        names: tuple[str, ...] = OUTPUT_NAMES,
        static: bool = False,
    ) -> Path:
        outputs = empty_outputs() if outputs is None else outputs
        nodes, infos = [], []
        for name, kept in zip(names, OUTPUT_NAMES, strict=True):
            value = outputs[kept][None]
            nodes.append(helper.make_node("Constant", [], [name], value=numpy_helper.from_array(value)))
            infos.append(
                helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(value.dtype), value.shape)
            )
        shape: list[Any] = [1, SIDE, 2 * SIDE, 3] if static else ["batch", "height", "width", 3]
        image = helper.make_tensor_value_info(INPUT_NAME, TensorProto.UINT8, shape)
        model = helper.make_model(
            helper.make_graph(nodes, "fake", [image], infos),
            opset_imports=[helper.make_opsetid("", 20)],
            ir_version=10,
        )
        if properties is None:
            metadata = make_metadata(
                config, opset=20, precision="float32", weights_sha256="0" * 64, training_step=7
            )
            properties = write_metadata(metadata)
        helper.set_model_props(model, dict(properties))
        path = tmp_path / "model.onnx"
        onnx.save(model, path)
        return path

    return write
