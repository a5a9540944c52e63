"""Table of the model configurations: parameters, GFLOPs of backbone, neck and heads, latency on this CPU."""

from __future__ import annotations

import argparse
import json
from typing import Any

from hrs_ros.network.config import ModelConfig, config_names, load_config


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "names", nargs="*", metavar="MODEL", help=f"which ones (all: {', '.join(config_names())})"
    )
    parser.add_argument(
        "--size", type=int, default=None, help="side of a square input in pixels (each model's own)"
    )
    parser.add_argument("--threads", type=int, default=2, help="CPU threads of the latency (2)")
    parser.add_argument("--repeats", type=int, default=5, help="timed frames, 0 = no latency (5)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")


def run(options: argparse.Namespace) -> int:
    names = options.names or config_names()
    size = {} if options.size is None else {"input_height": options.size, "input_width": options.size}
    rows = [_row(load_config(name, **size), options.threads, options.repeats) for name in names]
    print(json.dumps(rows, indent=2) if options.json else _table(rows))
    return 0


def _row(config: ModelConfig, threads: int, repeats: int) -> dict[str, Any]:
    from hrs_ros.network.profile import cpu_latency, profile  # torch: only for those who ask for the table

    counts = profile(config)
    row: dict[str, Any] = {
        "model": config.name,
        "input": [counts.height, counts.width],
        "parameters": counts.parameters | {"total": counts.total_parameters},
        "flops": counts.flops | {"total": counts.total_flops},
        "head_flops": counts.branch_flops,
    }
    if repeats > 0:
        row["latency_ms"] = round(cpu_latency(config, threads=threads, repeats=repeats) * 1000, 1)
        row["threads"] = threads
    return row


def _table(rows: list[dict[str, Any]]) -> str:
    lines = [
        f"{'model':<12}{'input':>10}{'M params':>10}{'GFLOP':>9}{'backbone':>10}{'neck':>8}{'heads':>8}"
        f"{'ms':>9}"
    ]
    for row in rows:
        giga = {name: count / 1e9 for name, count in row["flops"].items()}
        height, width = row["input"]
        latency = f"{row['latency_ms']:.1f}" if "latency_ms" in row else "-"
        lines.append(
            f"{row['model']:<12}{f'{height}x{width}':>10}{row['parameters']['total'] / 1e6:>10.2f}"
            f"{giga['total']:>9.2f}{giga['backbone']:>10.2f}{giga['neck']:>8.2f}{giga['heads']:>8.2f}{latency:>9}"
        )
    lines.append("")
    lines.append(
        "FLOP = 2 x multiply-accumulate. ms: median of one frame with decode, PyTorch on this CPU, random"
    )
    lines.append("weights; the exported graph is faster in ONNX Runtime, `hrs bench` measures it.")
    return "\n".join(lines)
