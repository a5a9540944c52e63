"""How fast labelled scenes are made and written, and how much memory a process takes."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from tqdm import tqdm

from hrs_ros.synthetic import scene, textures
from hrs_ros.synthetic.annotate import visible_relations
from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.generate import SINGLE_THREAD, GenerateConfig, SceneMaker

MEGABYTE = 1024  # of getrusage's kilobytes


@dataclass(frozen=True, slots=True)
class Pace:
    """Of one number of processes."""

    processes: int
    scenes: int
    frames_per_second: float
    processor_seconds_per_frame: float  # of the workers, which depends little on what else runs
    peak_memory_mb: float  # resident, of the largest worker; texture pages that all share count in each


def paces(config: GenerateConfig, *, processes: Sequence[int]) -> list[Pace]:
    """``config.count`` scenes made and written by each number of processes, into a folder that is deleted."""
    textures.build(AssetPack(config.assets), config.cache, size=config.texture_size)
    os.environ.update(SINGLE_THREAD)
    return [_pace(config, count) for count in processes]


def _pace(config: GenerateConfig, processes: int) -> Pace:
    with TemporaryDirectory() as folder:
        config = replace(config, out=Path(folder), processes=processes)
        context = multiprocessing.get_context("spawn")
        with context.Pool(processes, _start, (config,)) as pool:
            # Every worker is warm before the clock starts.
            pool.map(_make, range(config.count, config.count + 4 * processes), chunksize=1)
            begin = time.perf_counter()
            made = pool.imap_unordered(_make, range(config.start, config.start + config.count))
            rows = list(tqdm(made, total=config.count, desc=f"{processes} process(es)", unit="scene"))
            seconds = time.perf_counter() - begin
    return Pace(
        processes=processes,
        scenes=config.count,
        frames_per_second=config.count / seconds,
        processor_seconds_per_frame=sum(row[0] for row in rows) / config.count,
        peak_memory_mb=max(row[1] for row in rows),
    )


_maker: SceneMaker | None = None  # of a worker process


def _start(config: GenerateConfig) -> None:
    global _maker
    _maker = SceneMaker(config)


def _make(seed: int) -> tuple[float, float]:
    """Processor seconds of a scene, and the peak memory of this process so far in megabytes."""
    assert _maker is not None, "worker not started"
    begin = time.process_time()
    _maker.make(seed)
    seconds = time.process_time() - begin
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def parts(config: GenerateConfig) -> dict[str, Any]:
    """Median processor milliseconds of the steps of a scene, and the OpenGL driver.

    In a process of its own: a second OpenGL context would take the place of one that the caller draws with.
    """
    os.environ.update(SINGLE_THREAD)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_parts, (config,))


def _parts(config: GenerateConfig) -> dict[str, Any]:
    maker = SceneMaker(config)
    times: dict[str, list[float]] = {"compose": [], "draw": [], "relations": []}
    for seed in tqdm(range(config.start, config.start + config.count), desc="parts", unit="scene"):
        marks = [time.process_time()]
        shot = scene.make_scene(maker.studio, seed)
        marks.append(time.process_time())
        picture = maker.renderer.render(shot.graph, shot.camera, shot.light)
        marks.append(time.process_time())
        visible_relations(shot.graph, picture, shot.camera)
        marks.append(time.process_time())
        for name, first, last in zip(times, marks, marks[1:], strict=False):
            times[name].append(1e3 * (last - first))
    return {"driver": maker.renderer.driver} | {name: median(row) for name, row in times.items()}
