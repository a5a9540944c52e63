"""How fast labelled pictures are made and written, and how much memory a process takes."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tqdm import tqdm

from hrs_ros.synthetic import textures
from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.generate import SINGLE_THREAD, GenerateConfig, SceneMaker, by_scene

MEGABYTE = 1024  # of getrusage's kilobytes


@dataclass(frozen=True, slots=True)
class Pace:
    """Of one number of processes."""

    processes: int
    views: int  # pictures of a scene
    pictures: int
    frames_per_second: float
    processor_seconds_per_frame: float  # of the workers, which depends little on what else runs
    peak_memory_mb: float  # resident, of the largest worker; texture pages that all share count in each


def paces(config: GenerateConfig, *, processes: Sequence[int]) -> list[Pace]:
    """``config.count`` pictures by each number of processes, written into a folder that is deleted."""
    textures.build(AssetPack(config.assets), config.cache, size=config.texture_size)
    os.environ.update(SINGLE_THREAD)
    return [_pace(config, count) for count in processes]


def _pace(config: GenerateConfig, processes: int) -> Pace:
    with TemporaryDirectory() as folder:
        config = replace(config, out=Path(folder), processes=processes)
        context = multiprocessing.get_context("spawn")
        with context.Pool(processes, _start, (config,)) as pool:
            # Every worker is warm before the clock starts.
            end = config.start + config.count
            pool.map(_make, [[end + k * config.views] for k in range(4 * processes)], chunksize=1)
            scenes = by_scene(range(config.start, end), config.views)
            begin = time.perf_counter()
            made = pool.imap_unordered(_make, scenes)
            rows = list(tqdm(made, total=len(scenes), desc=f"{processes} process(es)", unit="scene"))
            seconds = time.perf_counter() - begin
    return Pace(
        processes=processes,
        views=config.views,
        pictures=config.count,
        frames_per_second=config.count / seconds,
        processor_seconds_per_frame=sum(row[0] for row in rows) / config.count,
        peak_memory_mb=max(row[1] for row in rows),
    )


_maker: SceneMaker | None = None  # of a worker process


def _start(config: GenerateConfig) -> None:
    global _maker
    _maker = SceneMaker(config)


def _make(numbers: Sequence[int]) -> tuple[float, float]:
    """Processor seconds of a scene's pictures, and the peak memory of this process so far in megabytes."""
    assert _maker is not None, "worker not started"
    begin = time.process_time()
    _maker.make(numbers)
    seconds = time.process_time() - begin
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def parts(config: GenerateConfig) -> dict[str, Any]:
    """Mean processor milliseconds of the steps of a picture, and the OpenGL driver.

    In a process of its own: a second OpenGL context would take the place of one that the caller draws with.
    """
    os.environ.update(SINGLE_THREAD)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_parts, (config,))


def _parts(config: GenerateConfig) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        maker = SceneMaker(replace(config, out=Path(folder)))
        maker.make([config.start])  # shaders are compiled, targets read
        times: dict[str, float] = {}
        last = time.process_time()

        def mark(step: str) -> None:
            nonlocal last
            now = time.process_time()
            times[step] = times.get(step, 0.0) + 1e3 * (now - last) / config.count
            last = now

        scenes = by_scene(range(config.start, config.start + config.count), config.views)
        for numbers in tqdm(scenes, desc="parts", unit="scene"):
            last = time.process_time()
            maker.make(numbers, mark)
    return {"driver": maker.renderer.driver} | times
