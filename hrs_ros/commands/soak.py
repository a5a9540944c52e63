"""Run the perception node for a long time under load, and judge whether its memory stays flat.

Two cameras, queries, and listeners to relations, annotated images, latencies and diagnostics. The second half
of the run is judged: buffers grow in steps to the busiest moment so far and then stay, a leak goes on. Exit
status 1 if the memory at its end exceeds that at its begin by more than --tolerance.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import shlex
import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from hrs_ros.data.frames import open_frames
from hrs_ros.inference.machine import machine, versions
from hrs_ros.inference.models import default_model

RESULTS = Path("benchmarks/results")
CLIP = Path(__file__).resolve().parent.parent / "clips" / "two_people" / "clip.mp4"
KEPT_IMAGES = 50  # decoded frames held in memory and shown in turn


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", type=Path, metavar="ONNX", help="model (default: the one shipped)")
    parser.add_argument("--minutes", type=float, default=10.0, metavar="N", help="length (default 10)")
    parser.add_argument(
        "--every", type=float, default=10.0, metavar="S", help="seconds from look to look (default 10)"
    )
    parser.add_argument(
        "--warm-up",
        type=float,
        default=180.0,
        metavar="S",
        help="seconds under load before, until buffers and caches have their size (default 180)",
    )
    parser.add_argument("--rate", type=float, default=30.0, metavar="HZ", help="of each camera (default 30)")
    parser.add_argument(
        "--threads", type=int, default=1, metavar="N", help="CPU threads of the model (default 1)"
    )
    parser.add_argument(
        "--source", type=Path, default=CLIP, metavar="PATH", help="video or folder (default: a bundled clip)"
    )
    parser.add_argument(
        "--tolerance", type=float, default=0.01, metavar="X", help="growth that passes (default 0.01 = 1 %%)"
    )
    parser.add_argument("--out", type=Path, default=RESULTS / "soak.json", metavar="JSON")


def run(args: argparse.Namespace) -> int:
    # ROS only when the run begins: the help works without it.
    from hrs_ros.nodes.soak import Load, growth, soak

    before = machine()
    images = [frame.image for frame in islice(open_frames(args.source), KEPT_IMAGES)]
    if not images:
        raise ValueError(f"{args.source}: no readable image in it")
    load = Load(image_rate=args.rate)
    samples = soak(
        args.model or default_model(),
        images,
        seconds=args.minutes * 60,
        every=args.every,
        warm_up=args.warm_up,
        load=load,
        threads=args.threads,
    )
    memory, second_half = growth(samples), growth(samples[len(samples) // 2 :])
    heap = [sample for sample in samples if sample.heap_in_use_mb is not None]
    flat = second_half["ratio"] <= 1 + args.tolerance
    result = {
        "benchmark": "soak",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": shlex.join(["hrs", *sys.argv[1:]]),
        "machine": before,
        "versions": versions(),
        "load": dataclasses.asdict(load),
        "image": list(images[0].shape[:2]),
        "minutes": args.minutes,
        "warm_up_seconds": args.warm_up,
        "scenes": sum(sample.scenes for sample in samples),
        "answers": sum(sample.answers for sample in samples),
        "memory": memory,
        "memory_second_half": second_half,
        # Not judged, but it tells a leak of C or C++ code from a heap that grows to the busiest moment.
        "heap_in_use": growth(heap, "heap_in_use_mb") if len(heap) >= 5 else None,
        "flat": flat,
        "samples": [dataclasses.asdict(sample) for sample in samples],
    }
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(
        f"{result['scenes']} scenes and {result['answers']} answers in {args.minutes:g} minutes; memory "
        f"{memory['first_mb']} -> {memory['last_mb']} MB, in the second half {second_half['first_mb']} -> "
        f"{second_half['last_mb']} MB ({second_half['mb_per_hour']:+.1f} MB an hour): "
        f"{'flat' if flat else 'it grows'}\nwritten: {args.out}"
    )
    return 0 if flat else 1
