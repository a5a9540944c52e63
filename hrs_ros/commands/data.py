"""Check labelled data before training on it: read every image, say what is damaged, count what is there."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from hrs_ros.data.people import PeopleDataset
from hrs_ros.data.pic import PICDataset
from hrs_ros.data.sample import Sample
from hrs_ros.data.statistics import statistics


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "root", type=Path, help="folder in PIC layout, or of photos of people (with annotations.json)"
    )
    parser.add_argument("--split", default="train", help="of a PIC folder (default train)")
    parser.add_argument("--most", type=int, metavar="N", help="look at the first N images only")


def run(args: argparse.Namespace) -> int:
    """Exit status 1 if an image cannot be read."""
    photos = (args.root / "annotations.json").is_file()
    data = PeopleDataset(args.root) if photos else PICDataset(args.root, args.split)
    if isinstance(data, PICDataset):
        dropped = (*data.entity_categories.dropped, *data.relation_categories.dropped)
        if dropped:
            print(f"not in the vocabulary, left out: {', '.join(dropped)}")
    problems: list[str] = []
    counts = statistics(_readable(data, args.most, problems))
    print("\n".join(counts.lines()))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _readable(data: PeopleDataset | PICDataset, most: int | None, problems: list[str]) -> Iterator[Sample]:
    """Samples that can be read; the others leave a sentence in ``problems``."""
    count = len(data) if most is None else min(most, len(data))
    for index in tqdm(range(count), desc="reading", unit="image"):
        try:
            yield data[index]
        except (OSError, ValueError) as error:
            problems.append(str(error))
