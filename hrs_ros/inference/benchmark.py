"""How fast a Predictor is: time of every stage over many frames."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict
from itertools import cycle, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrs_ros.inference.predictor import Predictor


def benchmark(
    predictor: Predictor, images: Sequence[NDArray[np.uint8]], *, frames: int, warm_up: int
) -> dict[str, Any]:
    """Predict ``frames`` times, over ``images`` again and again, after ``warm_up`` frames that do not count.

    Returns ``frames_per_second`` (of the whole run), ``stages_ms`` (stage -> median, mean, p5, p95, p99) and
    ``entities`` and ``relations`` a frame, which the cost of assembly depends on. "frame" is the whole of
    ``predict``, the other stages are those of ``Timings``.
    """
    if not images or frames < 1 or warm_up < 0:
        raise ValueError(
            f"expected images, frames >= 1 and warm_up >= 0, got {len(images)} images, {frames} and {warm_up}"
        )
    for image in islice(cycle(images), warm_up):
        predictor.predict(image)
    samples: list[dict[str, float]] = []
    entities = relations = 0
    start = time.perf_counter()
    for image in islice(cycle(images), frames):
        before = time.perf_counter()
        scene = predictor.predict(image)
        elapsed = time.perf_counter() - before
        samples.append({**asdict(predictor.timings), "frame": elapsed * 1e3})
        entities += len(scene.entities)
        relations += len(scene.relations)
    total = time.perf_counter() - start
    return {
        "frames": frames,
        "warm_up": warm_up,
        "frames_per_second": round(frames / total, 2),
        "stages_ms": {stage: _statistics([sample[stage] for sample in samples]) for stage in samples[0]},
        "entities": round(entities / frames, 2),
        "relations": round(relations / frames, 2),
    }


def _statistics(values: Sequence[float]) -> dict[str, float]:
    p5, median, p95, p99 = np.percentile(values, [5, 50, 95, 99])
    figures = {"median": median, "mean": np.mean(values), "p5": p5, "p95": p95, "p99": p99}
    return {name: round(float(value), 3) for name, value in figures.items()}
