"""Ask recorded scenes or a running node for a thing: "plate in left arm".

hrs query TEXT                          how the request is understood
hrs query TEXT --scene scenes.jsonl     the answer in a recorded scene
hrs query TEXT --node                   the answer of hrs_perception, now
hrs query TEXT --wait 10                the same, once it has lasted for some frames (action find)
hrs query --benchmark                   how long parsing and resolving take, written down as JSON
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from hrs_ros.evaluation.record import write_record
from hrs_ros.evaluation.table import table
from hrs_ros.inference.machine import machine, versions
from hrs_ros.language import (
    DEFAULT_MARGIN,
    Answer,
    NotUnderstood,
    Status,
    answer,
    describe,
    not_understood,
    parse,
)
from hrs_ros.language.benchmark import measure
from hrs_ros.scene import Scene
from hrs_ros.scene_json import read_scenes

RESULT = Path("benchmarks/results/query_latency.json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", help="the request, for example 'plate in left arm'")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--scene", type=Path, metavar="FILE", help="recorded scenes, one JSON scene a line")
    source.add_argument("--node", action="store_true", help="ask hrs_perception")
    source.add_argument(
        "--wait", type=float, metavar="SECONDS", help="ask hrs_perception, and wait for an answer that lasts"
    )
    source.add_argument("--benchmark", action="store_true", help=f"measure, and write {RESULT}")
    parser.add_argument(
        "--frame", type=int, default=-1, metavar="N", help="scene to ask, 0 = first, -1 = last (default)"
    )
    parser.add_argument(
        "--margin",
        type=float,
        default=DEFAULT_MARGIN,
        help="second score / best score from which a recorded scene's answer is ambiguous "
        "(default %(default)s)",
    )
    parser.add_argument(
        "--stable", type=int, default=3, metavar="N", help="with --wait: frames in a row (default 3)"
    )
    parser.add_argument(
        "--pose", action="store_true", help="with --node and --wait: tell where it is, from the depth image"
    )
    parser.add_argument("--target-frame", default="", metavar="FRAME", help="with --pose (default: camera's)")
    parser.add_argument("--namespace", default="/hrs", help="with --node and --wait (default %(default)s)")
    parser.add_argument("--requests", type=int, default=2000, help="with --benchmark (default %(default)s)")
    parser.add_argument("--entities", type=int, default=50, help="with --benchmark (default %(default)s)")
    parser.add_argument("--out", type=Path, default=RESULT, help="with --benchmark (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON object for programs")


def run(args: argparse.Namespace) -> int:
    """0 for an answer (or an understood text without scenes, or a benchmark), 1 for any other status."""
    if args.benchmark:
        return _benchmark(args)
    if args.text is None:
        raise ValueError("expected a request, for example: hrs query 'plate in left arm'")
    if args.node or args.wait is not None:
        return _ask_node(args)
    if args.scene is None:
        return _explain(args.text, as_json=args.json)
    found = answer(args.text, _scene(args.scene, args.frame), margin=args.margin)
    if args.json:
        print(_as_json(found))
    else:
        _print(found)
    return 0 if found.status is Status.OK else 1


def _ask_node(args: argparse.Namespace) -> int:
    from hrs_ros.nodes.terminal import ask_node  # ROS only where it was asked for

    return ask_node(
        args.text,
        namespace=args.namespace,
        wait=args.wait,
        stable_frames=args.stable,
        want_pose=args.pose,
        target_frame=args.target_frame,
        as_json=args.json,
    )


def _benchmark(args: argparse.Namespace) -> int:
    before = machine()  # the load that others put on it, not ours
    measured = measure(requests=args.requests, entities=args.entities)
    record = {
        "benchmark": "query",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": shlex.join(["hrs", *sys.argv[1:]]),
        "machine": before,
        "versions": versions(),
        **measured,
    }
    write_record(args.out, record)
    rows = [
        (f"{kind}, {clock}", *(f"{value:.2f}" for value in measured[kind][f"{clock}_ms"].values()))
        for kind in ("plausible", "hostile")
        for clock in ("wall", "processor")
    ]
    print(f"{args.requests} requests of each kind, {args.entities} entities, one thread")
    print(table(("parse and resolve, ms", "median", "p99", "highest"), rows))
    print(f"\nwritten: {args.out}")
    return 0


def _explain(text: str, *, as_json: bool) -> int:
    parsed = parse(text)
    understood = not isinstance(parsed, NotUnderstood)
    if isinstance(parsed, NotUnderstood):
        if as_json:
            print(_as_json(not_understood(parsed)))
        else:
            _print(not_understood(parsed))
    elif as_json:
        print(json.dumps({"query": {**asdict(parsed), "meaning": describe(parsed)}}, ensure_ascii=False))
    else:
        print(f"understood: {describe(parsed)}")
    return 0 if understood else 1


def _print(found: Answer) -> None:
    if found.query is not None:
        print(f"understood: {describe(found.query)}")
    print(f"{found.status.name}: {found.sentence}")
    for rank, candidate in enumerate(found.candidates, start=1):
        print(f"  {rank}. entity {candidate.entity_id}, score {candidate.score:.3f}: {candidate.sentence}")
    if found.did_you_mean:
        print(f"did you mean: {', '.join(found.did_you_mean)}")


def _as_json(found: Answer) -> str:
    data = asdict(found) | {"status": int(found.status), "status_name": found.status.name}
    return json.dumps(data, ensure_ascii=False)


def _scene(path: Path, frame: int) -> Scene:
    scenes = list(read_scenes(path))
    if not -len(scenes) <= frame < len(scenes):
        raise ValueError(f"{path} holds {len(scenes)} scenes; --frame {frame} is not one of them")
    return scenes[frame]
