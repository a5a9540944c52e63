"""Measure and write down as JSON: the frame rate of the bare engine and of the ROS 2 node around it.

With --data instead how fast labelled images are made ready for training, with --recall the evaluation.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from hrs_ros.data.frames import open_frames
from hrs_ros.evaluation.benchmark import measure_recall
from hrs_ros.evaluation.mean_recall import LIMITS
from hrs_ros.evaluation.table import table
from hrs_ros.inference.benchmark import benchmark
from hrs_ros.inference.machine import machine, versions
from hrs_ros.inference.models import default_model
from hrs_ros.inference.options import add_model_options, open_predictor
from hrs_ros.inference.predictor import Predictor

RESULTS = Path("benchmarks/results")
KEPT_IMAGES = 50  # decoded frames held in memory and shown in turn


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_model_options(parser)
    parser.add_argument(
        "--source", type=Path, metavar="PATH", help="video, folder or picture (default: one random image)"
    )
    parser.add_argument(
        "--random-size", type=_size, default=(480, 640), metavar="HxW", help="of that image (default 480x640)"
    )
    parser.add_argument(
        "--frames", type=int, default=200, metavar="N", help="frames to measure (default 200)"
    )
    parser.add_argument("--warm-up", type=int, default=20, metavar="N", help="frames before (default 20)")
    parser.add_argument(
        "--node",
        action="store_true",
        help="also through hrs_perception as a process over DDS, in turn with the engine, and their ratio",
    )
    parser.add_argument(
        "--rounds", type=int, default=3, metavar="N", help="with --node: turns of engine and node (default 3)"
    )
    parser.add_argument(
        "--data",
        action="append",
        metavar="ROOT[:SPLIT]",
        help="reading, augmentation and targets of training images instead; may be repeated",
    )
    parser.add_argument(
        "--side", type=int, default=512, metavar="N", help="with --data: network input (default 512)"
    )
    parser.add_argument(
        "--targets", default="sms_r50", metavar="MODEL", help="with --data: whose targets (default sms_r50)"
    )
    parser.add_argument(
        "--recall", action="store_true", help="mean recall of drawn scenes with 100 predictions instead"
    )
    parser.add_argument(
        "--images", type=int, metavar="N", help="with --data (default 300) or --recall (default 3000)"
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="JSON",
        help=f"default in {RESULTS}: engine_<model>_<size>_<provider>, loading_<side> or recall",
    )


def run(args: argparse.Namespace) -> int:
    if args.images is not None and args.images < 1:
        raise ValueError(f"--images must be at least 1, got {args.images}")
    if args.data:
        return _loading(args)
    if args.recall:
        return _recall(args)
    before = machine()  # the load that others put on it, not ours
    images = _images(args.source, args.random_size)
    predictor = open_predictor(args)
    measured = benchmark(predictor, images, frames=args.frames, warm_up=args.warm_up)
    if args.node:
        measured |= _through_the_node(args, predictor, images)
    height, width = predictor.input_size
    result = {
        **_origin("node" if args.node else "engine", before),
        "model": {
            "name": predictor.metadata.config.name,
            "weights_sha256": predictor.metadata.weights_sha256,
            "training_step": predictor.metadata.training_step,
            "precision": predictor.metadata.precision,
            "input": [height, width],
        },
        "provider": predictor.provider,
        "threads": args.threads,  # 0 = automatic
        "source": None if args.source is None else args.source.name,
        "image": list(images[0].shape[:2]),
        **measured,
    }
    provider = predictor.provider.removesuffix("ExecutionProvider").lower()
    kind = "node" if args.node else "engine"
    name = f"{kind}_{predictor.metadata.config.name}_{height}x{width}_{provider}.json"
    print(_report(predictor, result))
    _write(args.out or RESULTS / name, result)
    return 0


def _loading(args: argparse.Namespace) -> int:
    from hrs_ros.network.config import load_config  # PyTorch only where it was asked for
    from hrs_ros.training.loading_benchmark import measure_loading

    before = machine()
    measured = measure_loading(
        args.data, load_config(args.targets), side=args.side, images=args.images or 300
    )
    stages, needed = measured["milliseconds_an_image"], measured["needed"]
    print(table(("stage", "ms an image"), [(stage, f"{value:.1f}") for stage, value in stages.items()]))
    print(
        f"{measured['images_a_second_a_core']} images a second on one core at {args.side} x {args.side}; "
        f"{needed['images_a_second_a_core']} needed of each of {needed['cores']} cores to feed "
        f"a step of {needed['step_seconds']} s with {needed['batch']} images: "
        f"{measured['cores_that_feed_it']} such cores do"
    )
    result = {**_origin("loading", before), **measured}
    _write(args.out or RESULTS / f"loading_{args.side}.json", result)
    return 0


def _recall(args: argparse.Namespace) -> int:
    before = machine()
    measured = measure_recall(args.images or 3000, predictions=max(LIMITS))
    print(
        f"{measured['images']} images, {measured['predictions']} predictions each, RS and HRS, "
        f"with and without duplicates: {measured['processor_seconds']} s on one core "
        f"({measured['milliseconds_an_image']} ms an image), {measured['seconds']} s by the clock"
    )
    _write(args.out or RESULTS / "recall.json", {**_origin("recall", before), **measured})
    return 0


def _origin(benchmark_name: str, before: dict[str, Any]) -> dict[str, Any]:
    """What every result says first; ``before`` is the machine as it was before the measurement."""
    return {
        "benchmark": benchmark_name,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": shlex.join(["hrs", *sys.argv[1:]]),
        "machine": before,
        "versions": versions(),
    }


def _write(path: Path, result: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(f"\nwritten: {path}")


def _report(predictor: Predictor, result: dict[str, Any]) -> str:
    stages: dict[str, dict[str, float]] = result["stages_ms"]
    header = ("stage, ms", *next(iter(stages.values())))
    rows = [(stage, *(f"{value:.1f}" for value in figures.values())) for stage, figures in stages.items()]
    facts = result["machine"]
    return "\n".join(
        [
            f"{facts['cpu']}, {facts['cores']} cores, load {facts['load_average']} before the start",
            f"{predictor.provider}, input {result['model']['input']}, image {result['image']}, "
            f"{result['entities']} entities and {result['relations']} relations a frame",
            table(header, rows),
            f"{result['frames_per_second']} frames a second",
            *_node_lines(result),
        ]
    )


def _node_lines(result: dict[str, Any]) -> list[str]:
    if "node" not in result:
        return []
    node = result["node"]
    return [
        f"{node['frames_per_second']} frames a second through the node: "
        f"{node['overhead']:.2f} x the engine's time a frame (median of {len(node['rounds'])} rounds)"
    ]


def _through_the_node(
    args: argparse.Namespace, predictor: Predictor, images: list[NDArray[np.uint8]]
) -> dict[str, Any]:
    """Engine and node in turn, so that a drifting machine bends both alike."""
    from hrs_ros.nodes.benchmark import node_rate  # ROS only where it was asked for

    rounds = []
    for _ in tqdm(range(args.rounds), desc="engine and node in turn", unit="round"):
        engine = benchmark(predictor, images, frames=args.frames, warm_up=args.warm_up)
        node = node_rate(
            args.model or default_model(),
            images,
            providers=args.providers,
            threads=args.threads,
            frames=args.frames,
            warm_up=args.warm_up,
        )
        ratio = engine["frames_per_second"] / node["frames_per_second"]
        rounds.append({"engine": engine["frames_per_second"], "node": node, "overhead": round(ratio, 3)})
    return {
        "node": {
            "frames_per_second": float(np.median([row["node"]["frames_per_second"] for row in rounds])),
            "engine_frames_per_second": float(np.median([row["engine"] for row in rounds])),
            "overhead": float(np.median([row["overhead"] for row in rounds])),
            "rounds": rounds,
        }
    }


def _images(source: Path | None, random_size: tuple[int, int]) -> list[NDArray[np.uint8]]:
    if source is None:
        return [np.random.default_rng(0).integers(0, 256, (*random_size, 3), np.uint8)]
    images = [frame.image for frame in islice(open_frames(source), KEPT_IMAGES)]
    if not images:
        raise ValueError(f"{source}: no readable image in it")
    return images


def _size(text: str) -> tuple[int, int]:
    try:
        height, width = (int(side) for side in text.lower().split("x"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected HEIGHTxWIDTH such as 480x640, got {text!r}") from None
    return height, width
