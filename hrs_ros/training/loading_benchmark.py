"""How fast one core makes training images: read, augment, encode and join, each timed on its own."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import cv2
import numpy as np
import torch
from tqdm import tqdm

from hrs_ros.data.transforms import augment
from hrs_ros.network.config import ModelConfig
from hrs_ros.network.targets import Targets, collate_targets
from hrs_ros.training.batches import encode
from hrs_ros.training.sources import find_sources, open_source, read_sample

STAGES = ("read", "augment", "encode", "join")
BATCH, STEP_SECONDS, CORES = 60, 0.15, 16  # what has to be fed: the paper's batch, a GPU's step, a server


def measure_loading(
    patterns: Sequence[str], model: ModelConfig, *, side: int, images: int, batch: int = BATCH
) -> dict[str, Any]:
    """Images a second of one core, from the files of ``patterns`` (``ROOT[:split]``) to targets of ``model``.

    Times are processor time of this process on one thread: other programs on the machine do not lengthen
    them. Images are spread over the sources; the operating system may hold their files in memory.
    """
    places = [(source, i) for source in find_sources(patterns) for i in range(len(open_source(source)))]
    if not places:
        raise ValueError(f"no images in {', '.join(patterns)}: expected folders in PIC layout, ROOT[:split]")
    chosen = np.linspace(0, len(places) - 1, images).astype(int).tolist()
    spent = dict.fromkeys(STAGES, 0.0)

    @contextmanager
    def timed(stage: str) -> Iterator[None]:
        start = time.process_time()
        yield
        spent[stage] += time.process_time() - start

    threads = cv2.getNumThreads(), torch.get_num_threads()
    cv2.setNumThreads(0)
    torch.set_num_threads(1)
    try:
        waiting: list[tuple[np.ndarray, Targets]] = []
        for number, place in enumerate(tqdm(chosen, desc="loading", unit="image", disable=None), start=1):
            with timed("read"):
                sample = read_sample(*places[place])
            with timed("augment"):
                view = augment(sample, side, side, np.random.default_rng(number))
            with timed("encode"):
                waiting.append((view.image, encode(view, model)))
            if len(waiting) == batch or number == images:
                with timed("join"):
                    pictures, targets = zip(*waiting, strict=True)
                    np.stack(pictures)
                    collate_targets(targets)
                waiting.clear()
    finally:
        cv2.setNumThreads(threads[0])
        torch.set_num_threads(threads[1])
    rate = images / sum(spent.values())
    needed = batch / STEP_SECONDS
    return {
        "images": images,
        "side": side,
        "model": model.name,
        "milliseconds_an_image": {
            stage: round(1e3 * seconds / images, 2) for stage, seconds in spent.items()
        },
        "images_a_second_a_core": round(rate, 1),
        "needed": {
            "batch": batch,
            "step_seconds": STEP_SECONDS,
            "cores": CORES,
            "images_a_second_a_core": round(needed / CORES, 1),
        },
        "cores_that_feed_it": round(needed / rate, 1),
    }
