"""Every mask head, part classifier and pair order exports with its decode inside, and computes the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="export needs PyTorch")
pytest.importorskip("onnx")

from hrs_ros.inference.compare import Tolerance  # noqa: E402
from hrs_ros.inference.export import check_export, export_onnx  # noqa: E402
from hrs_ros.inference.session import GraphSession  # noqa: E402
from hrs_ros.network.config import load_config  # noqa: E402
from hrs_ros.network.untrained import untrained  # noqa: E402

pytestmark = [pytest.mark.torch, pytest.mark.heavy]

SMALL = {
    "input_height": 96,
    "input_width": 128,
    "subjects": 4,
    "objects": 6,
    "relations": 8,
    "kernel_grid": 8,
}


@pytest.mark.parametrize(
    "choices",
    [
        {"mask_head": "solo", "displacement": "subject", "part_classifier": "most_frequent"},
        {"mask_head": "decoupled_solo", "directed_pairs": True, "part_classifier": "sample"},
        {"mask_head": "polar", "displacement": "subject", "part_classifier": "nearest"},
        {"mask_head": "dynamic", "directed_pairs": True, "part_classifier": "nearest"},
    ],
    ids=lambda choices: "-".join(str(value) for value in choices.values()),
)
def test_graph_agrees_with_pytorch_and_with_the_reference(choices: dict[str, Any], tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    images = [rng.integers(0, 256, (96, 128, 3), np.uint8) for _ in range(2)]
    model = untrained(load_config("sms_lite", **SMALL, **choices), images[0])
    if "part_frequency" in model.tables:
        table = torch.rand(23, 25, generator=torch.Generator().manual_seed(0))
        model.part_frequency.copy_(table / table.sum(dim=1, keepdim=True))
    path = tmp_path / "model.onnx"
    export_onnx(model, path, static_size=(96, 128))
    assert GraphSession(path, providers="cpu").metadata.config == model.config
    comparisons = check_export(model, path, images, tolerance=Tolerance(score=1e-5))
    assert [(title, line) for title, lines in comparisons.items() for line in lines if not line.ok] == []
