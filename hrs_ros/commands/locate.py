"""Measure on rendered scenes how well depth images locate held objects, and show some of them.

hrs locate                                figures to benchmarks/results/locating.json
hrs locate --figure docs/images/located.jpg    and a picture: pose axes, error in millimetres
"""

from __future__ import annotations

import argparse
import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from hrs_ros.data.frames import write_picture
from hrs_ros.evaluation.record import write_record
from hrs_ros.evaluation.table import table
from hrs_ros.inference.machine import machine, versions
from hrs_ros.synthetic.assets import AssetPack, default_folder
from hrs_ros.synthetic.splits import SPLITS

RESULT = Path("benchmarks/results/locating.json")
ERRORS = ("median, mm", "95 %, mm", "highest, mm", "within 1 cm, %")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--assets", type=Path, default=default_folder(), help="asset pack (default: %(default)s)"
    )
    parser.add_argument("--split", choices=SPLITS, default="val", help="default %(default)s")
    parser.add_argument("--count", type=int, default=60, help="scenes (default %(default)s)")
    parser.add_argument("--size", type=int, default=640, help="picture size in pixels (default %(default)s)")
    parser.add_argument("--cache", type=Path, help="folder for the texture array")
    parser.add_argument("--figure", type=Path, metavar="FILE", help="also a picture of some objects")
    parser.add_argument(
        "--out", type=Path, default=RESULT, metavar="JSON", help="figures (default %(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    # OpenGL only where it is used: a robot has no renderer, and `hrs --help` must work there.
    from hrs_ros.evaluation.located_pictures import COLUMNS, ROWS, sheet, tile
    from hrs_ros.evaluation.locating import CONDITIONS, Trial, pinhole, summary, trials
    from hrs_ros.synthetic import scene, textures
    from hrs_ros.synthetic.generate import TEXTURE_SIZE
    from hrs_ros.synthetic.renderer import Renderer
    from hrs_ros.synthetic.studio import Studio

    pack = AssetPack(args.assets)
    array = textures.build(pack, args.cache or textures.default_cache(), size=TEXTURE_SIZE)
    before = machine()
    studio = Studio(pack, array.layer, args.split)
    renderer = Renderer(array, width=args.size, height=args.size)
    found: list[Trial] = []
    tiles: list[NDArray[np.uint8]] = []
    for number in tqdm(range(args.count), desc="scenes", unit="scene"):
        shot = scene.make_scene(studio, number)
        picture = renderer.render(shot.graph, shot.camera, shot.light)
        rows = list(trials(shot, picture, number=number))
        found += rows
        shown = next((row for row in rows if row.condition == CONDITIONS[-1].name and row.located), None)
        if shown is not None and len(tiles) < COLUMNS * ROWS:
            intrinsics = pinhole(shot.camera, height=args.size, width=args.size)
            tiles.append(tile(picture.rgb, intrinsics, shown))
    renderer.close()
    figures = summary(found)
    record = {
        "benchmark": "locating",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": shlex.join(["hrs", *sys.argv[1:]]),
        "machine": before,
        "versions": versions(),
        "split": args.split,
        "scenes": args.count,
        "size": args.size,
        "truth": "mean of the exact points of all pixels that show the object",
        "figures": figures,
    }
    write_record(args.out, record)
    print(table(("condition, distance", "objects", "located", *ERRORS), [_row(row) for row in figures]))
    print(f"\nwritten: {args.out}")
    if args.figure is not None:
        write_picture(args.figure, sheet(tiles))
        print(f"picture: {args.figure}")
    return 0


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    errors = (f"{1e3 * row[name]:.1f}" for name in ("median_m", "p95_m", "highest_m"))
    counts = (str(row["objects"]), str(row["located"]))
    return (f"{row['condition']}, {row['distance']}", *counts, *errors, f"{100 * row['within_1_cm']:.0f}")
