"""Render labelled scenes of people who do things with things, from a pack of CC0 human assets."""

from __future__ import annotations

import argparse
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hrs_ros.synthetic.ablation import ABLATIONS
from hrs_ros.synthetic.assets import AssetError, check, default_folder
from hrs_ros.synthetic.splits import CLIP_SPLIT, SPLITS

if TYPE_CHECKING:  # rendering is loaded when it is asked for
    from hrs_ros.synthetic.generate import GenerateConfig

RECORD = Path("benchmarks/results/synth.json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        nargs="?",
        default="scenes",
        choices=("scenes", "verify", "gallery", "bench", "check", "clip"),
        help="scenes: dataset in the PIC layout (default); verify: compare its files with their checksums; "
        "gallery: a page of labelled pictures; bench: frames a second; check: verify the pack; "
        "clip: video with truth",
    )
    parser.add_argument(
        "--assets", type=Path, default=default_folder(), help="asset pack (default: %(default)s)"
    )
    parser.add_argument(
        "--out",
        type=Path,
        help="output folder (scenes, clip), the folder to verify, page to write; "
        "bench: the record (default: benchmarks/results/synth.json)",
    )
    parser.add_argument("--split", choices=SPLITS, help=f"default: train; of clips: {CLIP_SPLIT}")
    parser.add_argument("--count", type=int, default=100, help="number of pictures")
    parser.add_argument("--start", type=int, default=0, help="number of the first picture")
    parser.add_argument(
        "--views",
        type=int,
        default=1,
        help="pictures of each scene, by cameras of their own (default 1); bench measures one view as well",
    )
    parser.add_argument("--size", type=int, default=384, help="picture size in pixels")
    parser.add_argument("--supersample", type=int, default=2, help="samples per pixel and axis")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--no-depth", action="store_true", help="write no depth images")
    parser.add_argument(
        "--cache", type=Path, help="folder for the texture array (default: ~/.cache/hrs/textures)"
    )
    parser.add_argument(
        "--ablate",
        nargs="+",
        default=(),
        choices=tuple(ABLATIONS),
        metavar="WHAT",
        help="; ".join(f"{name}: {meaning}" for name, meaning in ABLATIONS.items()),
    )
    parser.add_argument("--data", type=Path, help="folder in the PIC layout to show (gallery)")
    clip = parser.add_argument_group("clip")
    clip.add_argument("--name", default="two_plates", help="two_plates, two_people or crossing")
    clip.add_argument(
        "--seed", type=int, metavar="N", help="other people, clothes and rooms than the bundled clip's"
    )
    clip.add_argument("--depth", action="store_true", help="add depth images and camera_info.yaml")
    clip.add_argument("--bag", action="store_true", help="add bag/, a rosbag2 of colour, depth and truth")


def run(args: argparse.Namespace) -> int:
    args.split = args.split or (CLIP_SPLIT if args.action == "clip" else "train")
    try:
        if args.action == "check":
            return _check(args.assets)
        if args.action == "bench":
            return _bench(args)
        if args.out is None:
            print("hrs synth: name an output folder with --out", file=sys.stderr)
            return 2
        if args.action == "gallery":
            return _gallery(args)
        if args.action == "verify":
            return _verify(args.out, args.split)
        return _clip(args) if args.action == "clip" else _scenes(args)
    except (AssetError, ValueError, RuntimeError) as error:
        print(f"hrs synth: {error}", file=sys.stderr)
        return 1


def _check(assets: Path) -> int:
    problems = check(assets)
    for problem in problems:
        print(problem)
    print(f"{assets}: {len(problems)} problem(s)" if problems else f"{assets}: every file is as recorded")
    return 1 if problems else 0


def _verify(out: Path, split: str) -> int:
    from hrs_ros.synthetic.manifest import read_sums, verify

    problems = verify(out, split).lines()
    for problem in problems:
        print(problem)
    state = f"{len(problems)} problem(s)" if problems else "every file is as it was written"
    print(f"{out}, split {split}, {len(read_sums(out, split))} files: {state}")
    return 1 if problems else 0


def _gallery(args: argparse.Namespace) -> int:
    from hrs_ros.evaluation.gallery.page import write_gallery

    if args.data is None:
        print("hrs synth: name the folder to show with --data", file=sys.stderr)
        return 2
    count = write_gallery(args.data, args.split, args.out, count=args.count)
    print(f"{count} pictures in {args.out}")
    return 0


def _bench(args: argparse.Namespace) -> int:
    from hrs_ros.evaluation.record import write_record
    from hrs_ros.inference.machine import machine, versions
    from hrs_ros.synthetic.benchmark import paces, parts

    before = machine()  # its load, before ours
    # One view a scene always, so that more of them are compared within a run.
    configs = [replace(_config(args, out=Path()), views=views) for views in sorted({1, args.views})]
    steps = {config.views: parts(config) for config in configs}
    rows = [row for config in configs for row in paces(config, processes=range(1, args.processes + 1))]
    record = {
        "benchmark": "synth",
        "command": shlex.join(["hrs", *sys.argv[1:]]),
        "machine": before,
        "versions": versions(),
        "size": args.size,
        "supersample": args.supersample,
        "processor_ms": {f"views {views}": row for views, row in steps.items()},
        "paces": rows,
    }
    write_record(args.out or RECORD, record)
    for row in rows:
        print(
            f"{row.views} view(s), {row.processes} process(es): {row.frames_per_second:.2f} frames a second, "
            f"{row.processor_seconds_per_frame:.2f} processor seconds each, {row.peak_memory_mb:.0f} MB"
        )
    return 0


def _scenes(args: argparse.Namespace) -> int:
    from hrs_ros.synthetic.generate import generate

    config = _config(args, out=args.out)
    print(f"{generate(config)} pictures in {args.out}")
    return 0


def _config(args: argparse.Namespace, *, out: Path) -> GenerateConfig:
    from hrs_ros.synthetic.generate import GenerateConfig

    optional = {"cache": args.cache} if args.cache else {}
    return GenerateConfig(
        assets=args.assets,
        out=out,
        split=args.split,
        count=args.count,
        start=args.start,
        size=args.size,
        supersample=args.supersample,
        processes=args.processes,
        depth=not args.no_depth,
        ablate=tuple(args.ablate),
        views=args.views,
        **optional,
    )


def _clip(args: argparse.Namespace) -> int:
    from hrs_ros.synthetic.clips.film import render_clip

    optional = {"cache": args.cache} if args.cache else {}
    count = render_clip(
        args.name,
        args.out,
        assets=args.assets,
        depth=args.depth or args.bag,
        split=args.split,
        seed=args.seed,
        **optional,
    )
    if args.bag:
        from hrs_ros.nodes.bag_clip import write_bag  # needs ROS

        write_bag(args.out, args.out / "bag")
    print(f"{count} frames in {args.out}")
    return 0
