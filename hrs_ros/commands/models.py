"""Table of the model family: parameters, GFLOPs of every branch, latency of the exported graphs."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from hrs_ros.evaluation.table import table
from hrs_ros.inference.machine import machine, versions
from hrs_ros.network.config import ModelConfig, config_names, load_config

RECORD = Path("benchmarks/results/models.json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "names", nargs="*", metavar="MODEL", help=f"which ones (all: {', '.join(config_names())})"
    )
    parser.add_argument(
        "--size", type=int, default=None, help="side of a square input in pixels (each model's own)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of the tables")
    parser.add_argument(
        "--record",
        type=Path,
        default=RECORD,
        metavar="JSON",
        help=f"measurements to show, and where --measure writes them (default {RECORD})",
    )
    measure = parser.add_argument_group("measurement")
    measure.add_argument(
        "--measure",
        action="store_true",
        help="export with random weights, compare the graph with PyTorch, time it in ONNX Runtime",
    )
    measure.add_argument("--threads", type=int, default=2, metavar="N", help="of ONNX Runtime (default 2)")
    measure.add_argument("--repeats", type=int, default=10, metavar="N", help="timed frames (default 10)")


def run(options: argparse.Namespace) -> int:
    if options.measure and min(options.threads, options.repeats) < 1:
        raise ValueError(f"expected at least 1 thread and 1 frame, got {options.threads}, {options.repeats}")
    names = options.names or config_names()
    size = {} if options.size is None else {"input_height": options.size, "input_width": options.size}
    configs = [load_config(name, **size) for name in names]
    if options.measure:
        record = _measured(configs, threads=options.threads, repeats=options.repeats)
        options.record.parent.mkdir(parents=True, exist_ok=True)
        options.record.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    else:
        record = {"models": [_counts(config) for config in configs]}
        _add_recorded(record, options.record)
    print(json.dumps(record, indent=2) if options.json else report(record))
    if options.measure and not options.json:
        print(f"\nwritten: {options.record}")
    return 0


def report(record: dict[str, Any]) -> str:
    """The record as tables for the terminal."""
    header = ("model", "input", "M params", "GFLOP", "backbone", "neck", "heads", "ms", "frames/s")
    rows = []
    for row in record["models"]:
        height, width = row["input"]
        milliseconds = row.get("latency_ms", {}).get("median")
        rows.append(
            (
                row["model"],
                f"{height}x{width}",
                f"{row['parameters']['total'] / 1e6:.2f}",
                *(_giga(row["flops"][room]) for room in ("total", "backbone", "neck", "heads")),
                *(
                    ("-", "-")
                    if milliseconds is None
                    else (f"{milliseconds:.0f}", f"{1e3 / milliseconds:.1f}")
                ),
            )
        )
    branches = [
        f"{row['model']}: " + ", ".join(f"{name} {_giga(count)}" for name, count in row["head_flops"].items())
        for row in record["models"]
    ]
    notes = ["FLOP = 2 x multiply-accumulate of one image."]
    if "machine" in record:
        facts = record["machine"]
        notes.append(
            f"ms: median of one frame with decode, ONNX Runtime {record['versions'].get('onnxruntime', '')}, "
            f"{record['threads']} threads, {facts['cpu']}, load {facts['load_average']} before the start."
        )
    else:
        notes.append("`hrs models --measure` exports the models and times them on this machine.")
    return "\n".join([table(header, rows), "", "GFLOP of the heads:", *branches, "", *notes])


def _counts(config: ModelConfig) -> dict[str, Any]:
    from hrs_ros.network.profile import profile  # torch: only for those who ask for the table

    counts = profile(config)
    return {
        "model": config.name,
        "input": [counts.height, counts.width],
        "parameters": counts.parameters | {"total": counts.total_parameters},
        "flops": counts.flops | {"total": counts.total_flops},
        "head_flops": counts.branch_flops,
    }


def _measured(configs: list[ModelConfig], *, threads: int, repeats: int) -> dict[str, Any]:
    """A record of the counts and of what `_export_and_time` finds, with the machine it was found on."""
    before = machine()  # the load that others put on it, not ours
    bar = tqdm(configs, unit="model")
    rows = []
    for config in bar:
        bar.set_description(config.name)
        rows.append(_counts(config) | _export_and_time(config, threads=threads, repeats=repeats))
    return {
        "benchmark": "models",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": shlex.join(["hrs", *sys.argv[1:]]),
        "machine": before,
        "versions": versions(),
        "threads": threads,
        "repeats": repeats,
        "models": rows,
    }


def _export_and_time(config: ModelConfig, *, threads: int, repeats: int) -> dict[str, Any]:
    """Size of the graph of fixed size, its worst differences from PyTorch and its latency on the CPU."""
    from hrs_ros.inference.compare import Tolerance
    from hrs_ros.inference.export import check_export, export_onnx
    from hrs_ros.inference.session import GraphSession
    from hrs_ros.network.untrained import untrained

    size = (config.input_height, config.input_width)
    image = np.random.default_rng(0).integers(0, 256, (*size, 3), np.uint8)
    model = untrained(config, image)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        export_onnx(model, path, static_size=size)
        megabytes = path.stat().st_size / 1e6
        comparisons = check_export(model, path, [image], tolerance=Tolerance())
        del model
        session = GraphSession(path, providers="cpu", threads=threads)
    session.run(image)  # the first one allocates
    milliseconds, processor = [], []
    for _ in range(repeats):
        start, used = time.perf_counter(), time.process_time()
        session.run(image)
        milliseconds.append(1e3 * (time.perf_counter() - start))
        processor.append(1e3 * (time.process_time() - used))
    return {
        "graph_mb": round(megabytes, 1),
        "worst_difference": {
            title: {line.name: float(f"{line.value:.2g}") for line in lines}
            for title, lines in comparisons.items()
        },
        "agrees": all(line.ok for lines in comparisons.values() for line in lines),
        "latency_ms": {
            "median": round(float(np.median(milliseconds)), 1),
            "minimum": round(min(milliseconds), 1),
            # Of all threads: hardly changes where others use the machine, too.
            "processor": round(float(np.median(processor)), 1),
        },
    }


def _add_recorded(record: dict[str, Any], path: Path) -> None:
    """Take over the measurements of a record for the models of the same name and input size."""
    if not path.is_file():
        return
    recorded = json.loads(path.read_text(encoding="utf-8"))
    rows = {(row["model"], *row["input"]): row for row in recorded["models"]}
    known = [rows.get((row["model"], *row["input"])) for row in record["models"]]
    for row, measured in zip(record["models"], known, strict=True):
        if measured is not None:
            row |= {key: measured[key] for key in ("graph_mb", "worst_difference", "agrees", "latency_ms")}
    if any(measured is not None for measured in known):
        record |= {key: recorded[key] for key in ("created", "machine", "versions", "threads", "repeats")}


def _giga(count: int) -> str:
    """Three digits that mean something, whatever the size."""
    return f"{count / 1e9:.0f}" if count >= 100e9 else f"{count / 1e9:.3g}"
