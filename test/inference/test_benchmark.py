from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hrs_ros.inference.benchmark import benchmark
from hrs_ros.inference.machine import machine, versions
from hrs_ros.inference.predictor import Predictor


@pytest.fixture()
def predictor(write_model: Callable[..., Path], outputs: dict[str, Any]) -> Predictor:
    outputs["entity_score"][2] = 0.6
    outputs["entity_mask"][2, 2:4, 4:8] = 1
    return Predictor(write_model(outputs), providers="cpu", threads=1)


def test_counts_and_ordered_figures(predictor: Predictor) -> None:
    result = benchmark(predictor, [np.zeros((48, 64, 3), np.uint8)], frames=7, warm_up=2)
    assert (result["frames"], result["warm_up"], result["entities"], result["relations"]) == (7, 2, 1.0, 0.0)
    assert set(result["stages_ms"]) == {"letterbox", "network", "assemble", "frame"}
    for figures in result["stages_ms"].values():
        assert 0 <= figures["p5"] <= figures["median"] <= figures["p95"] <= figures["p99"]
    assert result["frames_per_second"] > 0


def test_images_take_turns(predictor: Predictor, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    real = predictor.predict

    def predict(image: np.ndarray) -> Any:
        seen.append(image.shape[0])
        return real(image)

    monkeypatch.setattr(predictor, "predict", predict)
    benchmark(predictor, [np.zeros((side, 8, 3), np.uint8) for side in (4, 5, 6)], frames=4, warm_up=1)
    assert seen == [4, 4, 5, 6, 4]


@pytest.mark.parametrize(("images", "frames", "warm_up"), [(0, 1, 0), (1, 0, 0), (1, 1, -1)])
def test_nothing_to_measure_is_refused(predictor: Predictor, images: int, frames: int, warm_up: int) -> None:
    with pytest.raises(ValueError, match="expected images"):
        benchmark(predictor, [np.zeros((8, 8, 3), np.uint8)] * images, frames=frames, warm_up=warm_up)


def test_machine_and_versions_are_known() -> None:
    facts = machine()
    assert facts["cpu"] and facts["cores"] >= 1 and facts["memory_gb"] > 0
    assert {"python", "hrs_ros", "numpy"} <= set(versions())
