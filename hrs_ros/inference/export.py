"""SMS in PyTorch -> one ONNX graph with normalisation and decode inside. This room's one file with torch."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.export import Dim

from hrs_ros.inference.compare import Difference, Tolerance, compare_outputs, worst_of
from hrs_ros.inference.graph import (
    INPUT_NAME,
    OUTPUT_NAMES,
    RAW_PREFIX,
    make_metadata,
    raw_names,
    write_metadata,
)
from hrs_ros.inference.reference import decode_image
from hrs_ros.inference.session import (
    CPU,
    GraphSession,
    Providers,
    import_onnxruntime,
    session_options,
)
from hrs_ros.network.checkpoint import weights_digest
from hrs_ros.network.decode import SMSDeploy, decode
from hrs_ros.network.sms import SMS

OPSET = 20
LARGEST_SIDE = 4096
LARGEST_BATCH = 256


def export_onnx(
    model: SMS,
    path: Path,
    *,
    training_step: int = 0,
    static_size: tuple[int, int] | None = None,
    half: bool = False,
) -> None:
    """Write the deployed graph (graph.INPUT_NAME -> graph.OUTPUT_NAMES) with its metadata to ``path``.

    By default batch, H and W (multiples of 32) are free. ``static_size`` (H, W) fixes batch 1 and the size,
    which CUDA graphs and TensorRT want. ``half`` runs the network in float16 and the decode in float32, for
    GPUs. The model is not changed. Takes half a minute.
    """
    if static_size is not None and any(side <= 0 or side % 32 for side in static_size):
        raise ValueError(f"expected a static size of positive multiples of 32, got {static_size}")
    metadata = make_metadata(
        model.config,
        opset=OPSET,
        precision="float16" if half else "float32",
        weights_sha256=weights_digest(model.state_dict()),
        training_step=training_step,
    )
    model = copy.deepcopy(model).eval()
    graph = _trace(SMSDeploy(model.half() if half else model), static_size)
    # The raw maps were outputs only to get their names.
    del graph.graph.output[len(OUTPUT_NAMES) :]
    _forget_origin(graph)
    onnx.helper.set_model_props(graph, write_metadata(metadata))
    onnx.checker.check_model(graph, full_check=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    onnx.save(graph, part)
    part.replace(path)


def run_torch(
    model: SMS, image: NDArray[np.uint8]
) -> tuple[dict[str, NDArray[Any]], dict[str, NDArray[Any]]]:
    """(raw maps, outputs) of PyTorch for one letterboxed (H, W, 3) uint8 image, without the batch axis."""
    deploy = SMSDeploy(model).eval()
    with torch.inference_mode():
        batch = torch.from_numpy(image)[None]
        raw = deploy.raw(batch)
        outputs = decode(raw, model.config)
    return (
        {name: raw[name][0].numpy() for name in raw_names(model.config)},
        {name: tensor[0].numpy() for name, tensor in zip(OUTPUT_NAMES, outputs, strict=True)},
    )


def check_export(
    model: SMS,
    path: Path,
    images: Sequence[NDArray[np.uint8]],
    *,
    tolerance: Tolerance,
    providers: Providers = "cpu",
) -> dict[str, list[Difference]]:
    """Compare the graph at ``path`` with what it was made from, on letterboxed (H, W, 3) uint8 images.

    Returns the worst differences over the images of three comparisons: the graph's raw maps with PyTorch's,
    its outputs with PyTorch's, and its outputs with the numpy reference decode of its own raw maps. Decodes
    are compared tie-tolerantly, see ``compare_outputs``. ``providers`` is what the graph runs on, see
    ``GraphSession``; its raw maps are read on the CPU.
    """
    graph = GraphSession(path, providers=providers)
    names = raw_names(model.config)
    with_raw = _open_with_raw_maps(path, names)
    # From one run: a half-precision graph rounds elsewhere when other tensors are asked for.
    wanted = [*(RAW_PREFIX + name for name in names), *OUTPUT_NAMES]
    tables = {name: table.detach().numpy() for name, table in model.tables.items()}
    heads: list[list[Difference]] = []
    torch_decode: list[list[Difference]] = []
    reference_decode: list[list[Difference]] = []
    for image in images:
        expected_raw, expected = run_torch(model, image)
        values = [value[0] for value in with_raw.run(wanted, {INPUT_NAME: image[None]})]
        raw = {name: value.astype(np.float32) for name, value in zip(names, values, strict=False)}
        decoded = dict(zip(OUTPUT_NAMES, values[len(names) :], strict=True))
        reference = decode_image({**raw, **tables}, model.config)
        outputs = graph.run(image)
        subjects = model.config.subjects
        heads.append(
            [_difference(name, raw[name], expected_raw[name], limit=tolerance.raw) for name in names]
        )
        torch_decode.append(compare_outputs(outputs, expected, subjects=subjects, tolerance=tolerance))
        reference_decode.append(compare_outputs(decoded, reference, subjects=subjects, tolerance=tolerance))
    return {
        "raw maps, ONNX Runtime - PyTorch": worst_of(heads),
        "decoded, ONNX Runtime - PyTorch": worst_of(torch_decode),
        "decoded, ONNX Runtime - numpy reference": worst_of(reference_decode),
    }


class _WithRawMaps(nn.Module):
    """Outputs and raw maps together, so that the exporter names both."""

    def __init__(self, deploy: SMSDeploy) -> None:
        super().__init__()
        self.deploy = deploy

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        raw = self.deploy.raw(image)
        config = self.deploy.model.config
        return *decode(raw, config), *(raw[name] for name in raw_names(config))


def _trace(deploy: SMSDeploy, static_size: tuple[int, int] | None) -> onnx.ModelProto:
    # An example of unequal sides and two images, so that no free size is taken for a constant.
    height, width = static_size or (96, 128)
    example = torch.zeros((1 if static_size else 2, height, width, 3), dtype=torch.uint8)
    free = {
        0: Dim("batch", min=1, max=LARGEST_BATCH),
        1: 32 * Dim("rows", min=1, max=LARGEST_SIDE // 32),
        2: 32 * Dim("columns", min=1, max=LARGEST_SIDE // 32),
    }
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # of the exporter about itself
        program = torch.onnx.export(
            _WithRawMaps(deploy).eval(),
            (example,),
            dynamo=True,
            opset_version=OPSET,
            input_names=[INPUT_NAME],
            output_names=[*OUTPUT_NAMES, *(RAW_PREFIX + name for name in raw_names(deploy.model.config))],
            dynamic_shapes=None if static_size else (free,),
            verbose=False,
        )
    assert program is not None  # None only for the old exporter
    return program.model_proto


def _open_with_raw_maps(path: Path, names: Sequence[str]) -> Any:
    """A session on the same graph whose raw maps are outputs again."""
    model = onnx.load(path)
    for name in names:
        model.graph.output.append(onnx.ValueInfoProto(name=RAW_PREFIX + name))
    return import_onnxruntime().InferenceSession(
        model.SerializeToString(), session_options(threads=0), providers=[CPU]
    )


def _difference(name: str, first: NDArray[Any], second: NDArray[Any], *, limit: float) -> Difference:
    """The largest difference, over the map's own largest value where that is above 1."""
    scale = max(1.0, float(np.abs(second).max()))
    return Difference(name, float(np.abs(first - second).max()) / scale, limit)


def _forget_origin(model: onnx.ModelProto) -> None:
    """Drop the exporter's stack traces: a tenth of a small file, and they name folders of this machine."""
    graph = model.graph
    for item in (*graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        item.ClearField("metadata_props")
        item.ClearField("doc_string")
    graph.ClearField("metadata_props")
