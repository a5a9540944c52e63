"""Look at labelled data before training on it: find what is damaged, count and draw what is there."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from tqdm import tqdm

from hrs_ros.data.check import Damage, check_split
from hrs_ros.data.people import PeopleDataset
from hrs_ros.data.pic import PICDataset
from hrs_ros.data.pic_categories import Categories
from hrs_ros.data.pic_folders import labelled_splits
from hrs_ros.data.sample import Sample
from hrs_ros.data.statistics import Statistics, statistics
from hrs_ros.data.statistics_text import count_lines, table_lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="find every damage of a folder; exit status 1 if there is any")
    stats = actions.add_parser("stats", help="count entities, relations and parts; write JSON and pictures")
    for action in (check, stats):
        action.add_argument(
            "root", type=Path, help="folder in PIC layout, or of photos of people (with annotations.json)"
        )
        action.add_argument("--split", help="of a PIC folder (default: every split that has labels)")
    stats.add_argument("--most", type=int, metavar="N", help="look at the first N images of a split only")
    stats.add_argument("--out", type=Path, metavar="DIR", help="write statistics.json and pictures there")


def run(args: argparse.Namespace) -> int:
    if args.action == "stats":
        return _stats(args)
    return _check_photos(args.root) if _is_photos(args.root) else _check(args.root, _splits(args))


def _check(root: Path, splits: Sequence[str]) -> int:
    counts: Counter[Damage] = Counter()
    images = 0
    for split in splits:
        folder = root / "image" / split
        total = sum(1 for _ in folder.iterdir()) if folder.is_dir() else None
        with tqdm(desc=f"{root.name}/{split}", total=total, unit="image") as bar:
            for finding in check_split(root, split, image_done=bar.update):
                counts[finding.damage] += 1
                bar.write(str(finding))
            images += int(bar.n)
    for damage, count in counts.most_common():
        print(f"{count:7d}  {damage}")
    print(f"{images} images, {counts.total()} findings" if counts else f"{images} images, nothing is wrong")
    return 1 if counts else 0


def _check_photos(root: Path) -> int:
    data = PeopleDataset(root)
    problems = 0
    for index in tqdm(range(len(data)), desc=root.name, unit="image"):
        try:
            data[index]
        except (OSError, ValueError) as error:
            problems += 1
            tqdm.write(str(error))
    print(f"{len(data)} photos, {problems or 'nothing'} {'findings' if problems else 'is wrong'}")
    return 1 if problems else 0


def _stats(args: argparse.Namespace) -> int:
    if _is_photos(args.root):
        counts = statistics(_samples(PeopleDataset(args.root), args.root.name, args.most))
    else:
        counts = statistics(chain.from_iterable(_pic_samples(args, split) for split in _splits(args)))
    print("\n".join(count_lines(counts)))
    print("\nThe paper's Table 3, and this data:")
    print("\n".join(table_lines(args.root.name, counts)))
    if args.out is not None:
        _write(counts, args.out)
    return 0


def _write(counts: Statistics, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    listing = folder / "statistics.json"
    listing.write_text(json.dumps(counts.as_dict(), indent=1) + "\n", encoding="utf-8")
    print(f"wrote {listing}")
    try:
        from hrs_ros.data.statistics_figures import write_figures
    except ImportError as error:
        raise ImportError(f"the pictures need matplotlib ({error}): pip install 'hrs_ros[plot]'") from error
    for path in write_figures(counts, folder):
        print(f"wrote {path}")


def _pic_samples(args: argparse.Namespace, split: str) -> Iterator[Sample]:
    data = PICDataset(args.root, split)
    _tell_mapping("entities", data.entity_categories)
    _tell_mapping("relations", data.relation_categories)
    yield from _samples(data, f"{args.root.name}/{split}", args.most)


def _tell_mapping(kind: str, categories: Categories) -> None:
    for name, ours in categories.renamed:
        print(f"{kind}: {name!r} is read as {ours!r}", file=sys.stderr)
    if categories.dropped:
        print(f"{kind} that the vocabulary lacks, left out: {', '.join(categories.dropped)}", file=sys.stderr)


def _samples(data: PeopleDataset | PICDataset, name: str, most: int | None) -> Iterator[Sample]:
    indices = list(islice(range(len(data)), most))
    for index in tqdm(indices, desc=name, unit="image"):
        yield data[index]


def _splits(args: argparse.Namespace) -> list[str]:
    if args.split is not None:
        return [args.split]
    found = labelled_splits(args.root)
    if not found:
        raise FileNotFoundError(
            f"{args.root}: no labels in PIC layout, expected relations_SPLIT.json beside segmentation/SPLIT"
        )
    return found


def _is_photos(root: Path) -> bool:
    return (root / "annotations.json").is_file()
