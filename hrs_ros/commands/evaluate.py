"""Figures of a model: on the bundled clips, on images in the PIC layout, on V-COCO, on photos of people."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from hrs_ros.data.frames import write_picture
from hrs_ros.data.people_annotations import read_photos
from hrs_ros.data.pic import PICDataset
from hrs_ros.data.vcoco import VcocoDataset
from hrs_ros.drawing import draw_scene
from hrs_ros.evaluation.ap_role import Scenario
from hrs_ros.evaluation.ap_role_dataset import VcocoReport, evaluate_vcoco, vcoco_text
from hrs_ros.evaluation.clips import ClipReport, bundled_clips, evaluate_clip
from hrs_ros.evaluation.comparison import Subject, recall_tables, role_table
from hrs_ros.evaluation.dataset import DatasetReport, evaluate_dataset
from hrs_ros.evaluation.people import PeopleFigures
from hrs_ros.evaluation.perception import Perceiver, Watch, model_title
from hrs_ros.evaluation.photos import evaluate_photos
from hrs_ros.evaluation.printing import clip_text, dataset_text, people_text
from hrs_ros.evaluation.rarity import RARE_BELOW, Rarity, count_relations, split_by_rarity
from hrs_ros.evaluation.record import page_facts, provenance, write_record
from hrs_ros.evaluation.report.dataset_report import write_report
from hrs_ros.evaluation.tracking import TrackingReport, evaluate_tracking
from hrs_ros.evaluation.tracking_text import tracking_text
from hrs_ros.inference.models import default_model
from hrs_ros.inference.options import add_model_options, open_predictor
from hrs_ros.inference.predictor import Predictor
from hrs_ros.language import answer
from hrs_ros.scene import Scene

DEFAULT_TEXTS = ("plate in left arm", "plate in right arm")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)

    clip = what.add_parser(
        "clip", help="requests on rendered clips with known truth (the bundled, unseen ones)"
    )
    clip.add_argument("clips", nargs="*", type=Path, help="folders with clip.mp4 and truth.jsonl")
    clip.add_argument(
        "--text", action="append", help="a request; may be repeated (plate in left / right arm)"
    )
    clip.set_defaults(evaluate=_clip)

    pic = what.add_parser("pic", help="mean recall on PIC itself, beside the paper's tables")
    synthetic = what.add_parser("synthetic", help="the same on other images in the PIC layout")
    for scenes in (pic, synthetic):
        _add_scene_options(scenes)
        scenes.set_defaults(evaluate=_scenes)

    vcoco = what.add_parser("vcoco", help="AP_role on masks, both scenarios, of a V-COCO model")
    vcoco.add_argument("--data", type=Path, required=True, metavar="ROOT", help="folder as in docs/vcoco.md")
    vcoco.add_argument("--split", default="test", help="default: %(default)s")
    vcoco.set_defaults(evaluate=_vcoco)

    photos = what.add_parser("photos", help="people, arms and wrists on labelled photos")
    photos.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="annotations.json and images/"
    )
    photos.set_defaults(evaluate=_photos)

    tracking = what.add_parser(
        "tracking", help="identities and flicker of relations on clips, with tracking and without"
    )
    tracking.add_argument("clips", nargs="*", type=Path, help="folders with clip.mp4 and truth.jsonl")
    tracking.set_defaults(evaluate=_tracking)

    for one in (clip, pic, synthetic, vcoco, photos, tracking):
        one.add_argument(
            "--limit", type=int, metavar="N", help="only the first N frames or images (of each clip)"
        )
        one.add_argument(
            "--json", type=Path, metavar="FILE", help="write the figures and where they come from"
        )
        one.add_argument("--pictures", type=Path, metavar="DIR", help="save overlays there")
        one.add_argument(
            "--every", type=int, default=10, metavar="N", help="overlay of every Nth (default 10)"
        )
        add_model_options(one)


def _add_scene_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="ROOT", help="folder in the PIC layout")
    parser.add_argument("--split", default="test", help="default: %(default)s")
    parser.add_argument(
        "--public-evaluator",
        action="store_true",
        help="resample masks to 640 x 480 as the public PIC evaluator does",
    )
    parser.add_argument(
        "--training",
        action="append",
        default=[],
        metavar="ROOT[:SPLIT]",
        help="what the model was trained on, to tell rare relations; may be repeated (split: train)",
    )
    parser.add_argument(
        "--rare-below",
        type=int,
        default=RARE_BELOW,
        metavar="N",
        help="training instances under which a relation is rare (default %(default)s)",
    )
    parser.add_argument(
        "--report", type=Path, metavar="DIR", help="write a page with tables and drawn images there"
    )
    parser.add_argument(
        "--each", type=int, default=3, metavar="N", help="best, median, worst images there (default 3)"
    )


def run(args: argparse.Namespace) -> int:
    for name in ("limit", "every", "each"):
        value = getattr(args, name, None)
        if value is not None and value < 1:
            raise ValueError(f"--{name} must be at least 1, got {value}")
    model = args.model or default_model()
    predictor = open_predictor(args, speaks="vcoco" if args.what == "vcoco" else "pic")
    if args.pictures:
        args.pictures.mkdir(parents=True, exist_ok=True)
    figures = args.evaluate(args, predictor)
    print(f"\nmodel {model} on {predictor.provider}")
    if args.json:
        record = {**provenance(model, provider=predictor.provider), "what": args.what, "figures": figures}
        write_record(args.json, record)
        print(f"figures: {args.json}")
    return 0


def _folders(args: argparse.Namespace) -> list[Path]:
    folders = args.clips or bundled_clips()
    if not folders:
        raise FileNotFoundError(
            "no clips come with this copy of hrs_ros; name folders with clip.mp4 and truth.jsonl, "
            "rendered by `hrs synth clip`"
        )
    return folders


def _clip(args: argparse.Namespace, predictor: Predictor) -> list[ClipReport]:
    folders, texts = _folders(args), tuple(args.text or DEFAULT_TEXTS)
    reports = []
    for folder in folders:
        with tqdm(desc=folder.name, unit="frame", disable=None) as bar:
            watch = _watch(args, prefix=f"{folder.name}_", texts=texts, progress=bar.update)
            reports.append(
                evaluate_clip(folder, predictor.predict, texts=texts, limit=args.limit, watch=watch)
            )
    for report in reports:
        print("\n" + clip_text(report))
    return reports


def _scenes(args: argparse.Namespace, predictor: Predictor) -> DatasetReport:
    dataset = PICDataset(args.data, args.split)
    # Mean recall ranks everything the graph gives.
    perceive = Perceiver(predictor, ranking=replace(predictor.thresholds.of_the_paper(), relation=0.0))
    count = min(len(dataset), args.limit or len(dataset))
    with tqdm(desc=f"{args.data.name}/{args.split}", total=count, unit="image", disable=None) as bar:
        report = evaluate_dataset(
            (dataset[index] for index in range(count)),
            perceive,
            public_evaluator=args.public_evaluator,
            rarity=_rarity(args),
            watch=_watch(args, progress=bar.update),
        )
    subject = Subject(
        model=model_title(predictor),
        data=f"{'PIC ' if args.what == 'pic' else ''}{args.data.name}/{args.split}, {report.images} images",
        same_data=args.what == "pic" and args.split == "test" and count == len(dataset),
        milliseconds=perceive.median,
        provider=predictor.provider.removesuffix("ExecutionProvider"),
    )
    print(f"\n{dataset_text(report)}\n")
    print("\n\n".join(compared.text() for compared in recall_tables(report, subject)))
    given = predictor.metadata.config.relations
    if given < max(report.limits):
        print(f"note: this graph gives {given} relations an image, so mR@K is the same for every K above")
    if args.report:
        page = write_report(
            args.report,
            report,
            dataset,
            perceive.rank,
            subject=subject,
            facts=page_facts(args.model or default_model(), provider=predictor.provider),
            each=args.each,
        )
        print(f"report: {page}")
    return report


def _rarity(args: argparse.Namespace) -> Rarity | None:
    if not args.training:
        return None
    pairs = [text.rpartition(":") if ":" in text else (text, ":", "train") for text in args.training]
    counts = count_relations((Path(root), split) for root, _, split in pairs)
    return split_by_rarity(counts, below=args.rare_below)


def _vcoco(args: argparse.Namespace, predictor: Predictor) -> VcocoReport:
    dataset = VcocoDataset(args.data, args.split)
    # Average precision ranks everything the graph gives.
    perceive = Perceiver(predictor, ranking=replace(predictor.thresholds.of_the_paper(), relation=0.0))
    count = min(len(dataset), args.limit or len(dataset))
    with tqdm(desc=f"{args.data.name}/{args.split}", total=count, unit="image", disable=None) as bar:
        report = evaluate_vcoco(dataset, range(count), perceive.rank, watch=_watch(args, progress=bar.update))
    print(f"\n{args.data}, split {args.split}: {report.images} images; AP on masks at IoU 0.5, in %")
    print(vcoco_text(report))
    subject = Subject(
        model=model_title(predictor),
        data=f"{args.data.name}/{args.split}, {report.images} images",
        same_data=args.split == "test" and count == len(dataset),
    )
    print(f"\n{role_table(report.scenarios[Scenario.ONE].mean, subject).text()}")
    return report


def _photos(args: argparse.Namespace, predictor: Predictor) -> PeopleFigures:
    photos = read_photos(args.data)[: args.limit]
    bar = tqdm(photos, desc=args.data.name, unit="photo", disable=None)
    # Average precision ranks everybody the graph gives.
    perceive = Perceiver(predictor, ranking=replace(predictor.thresholds, score=0.0, exclusive_masks=False))
    figures = evaluate_photos(bar, perceive, watch=_watch(args))
    print(f"\n{args.data}: {figures.photos} photos, {figures.persons} people with a labelled mask")
    print(people_text(figures))
    return figures


def _tracking(args: argparse.Namespace, predictor: Predictor) -> list[TrackingReport]:
    reports: list[TrackingReport] = []
    for folder in _folders(args):
        with tqdm(desc=folder.name, unit="frame", disable=None) as bar:
            watch = _watch(args, prefix=f"{folder.name}_", progress=bar.update)
            reports += evaluate_tracking(folder, predictor.predict, limit=args.limit, watch=watch)
    print("\n" + tracking_text(reports))
    return reports


def _watch(
    args: argparse.Namespace,
    *,
    prefix: str = "",
    texts: Iterable[str] = (),
    progress: Callable[[], Any] | None = None,
) -> Watch:
    """Moves the progress bar and saves an overlay, and one per request, of every Nth image."""
    count = 0

    def watch(name: str, image: NDArray[np.uint8], scene: Scene) -> None:
        nonlocal count
        if progress is not None:
            progress()
        if args.pictures and count % args.every == 0:
            stem = f"{prefix}{Path(name).stem}"
            write_picture(args.pictures / f"{stem}.png", draw_scene(image, scene))
            for text in texts:
                picture = draw_scene(image, scene, answer=answer(text, scene))
                write_picture(args.pictures / f"{stem}_{text.replace(' ', '_')}.png", picture)
        count += 1

    return watch
