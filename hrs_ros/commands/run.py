"""Find people, things and who acts on what in a video, a folder of pictures or a picture.

Writes an annotated video (or pictures) and scenes.jsonl, one scene a line with COCO RLE masks. With --text
the request is put to every frame and the picture shows its answer.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tqdm import tqdm

from hrs_ros.data.frames import Frame, FrameSource, open_frames
from hrs_ros.drawing import draw_scene
from hrs_ros.drawing.sink import OverlaySink, PictureSink, VideoSink
from hrs_ros.inference.options import add_model_options, open_predictor
from hrs_ros.inference.predictor import Predictor
from hrs_ros.language import NotUnderstood, Status, answer, parse
from hrs_ros.scene import Scene
from hrs_ros.scene_json import write_scenes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, help="video file, folder of pictures or one picture")
    parser.add_argument(
        "--out", type=Path, default=Path("result"), metavar="DIR", help="default: %(default)s"
    )
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N frames")
    parser.add_argument("--text", help="request put to every frame, such as 'plate in left arm'")
    parser.add_argument("--no-pictures", action="store_true", help="write scenes.jsonl only")
    add_model_options(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every frame went through, 1 when some pictures could not be read."""
    if args.limit is not None and args.limit < 1:
        raise ValueError(f"--limit must be at least 1, got {args.limit}")
    if args.text is not None and isinstance(meaning := parse(args.text), NotUnderstood):
        raise ValueError(f"--text {args.text!r}: {meaning.reason}")
    source = open_frames(args.source)
    predictor = open_predictor(args)
    args.out.mkdir(parents=True, exist_ok=True)
    outcomes: Counter[Status] = Counter()
    with _sink(source, args) as sink:
        scenes = _process(source, predictor, sink, args.text, args.limit, outcomes)
        written = write_scenes(args.out / "scenes.jsonl", scenes)
    _report(source, predictor, written, sink, outcomes, args)
    return 1 if source.unreadable else 0


def _sink(source: FrameSource, args: argparse.Namespace) -> OverlaySink:
    if args.no_pictures:
        return OverlaySink()
    if source.is_video:
        return VideoSink(args.out / "annotated.mp4", rate=source.rate)
    return PictureSink(args.out)


def _process(
    source: FrameSource,
    predictor: Predictor,
    sink: OverlaySink,
    text: str | None,
    limit: int | None,
    outcomes: Counter[Status],
) -> Iterator[Scene]:
    total = source.expected if limit is None else min(limit, source.expected or limit)
    frames: Iterator[Frame] = islice(source, limit)
    for frame in tqdm(frames, total=total, unit="frame", desc=source.path.name, disable=None):
        scene = predictor.predict(frame.image, stamp_ns=frame.stamp_ns, frame_id=frame.name)
        found = None if text is None else answer(text, scene)
        if found is not None:
            outcomes[found.status] += 1
        if sink.wanted:
            sink.write(frame.name, draw_scene(frame.image, scene, answer=found))
        yield scene


def _report(
    source: FrameSource,
    predictor: Predictor,
    written: int,
    sink: OverlaySink,
    outcomes: Counter[Status],
    args: argparse.Namespace,
) -> None:
    read = written + len(source.unreadable)
    print(f"{read} frames in, {written} scenes out ({predictor.provider}): {args.out / 'scenes.jsonl'}")
    if sink.wanted:
        print(f"{sink.written} annotated frames: {sink.target}")
    if args.text is not None:
        counts = ", ".join(f"{status.name} {count}" for status, count in outcomes.most_common())
        print(f"{args.text!r}: {counts}")
    if source.is_video and args.limit is None and source.expected not in (None, written):
        print(f"note: the file claims {source.expected} frames, {written} could be decoded", file=sys.stderr)
    for picture in source.unreadable:
        print(f"not readable as a picture: {picture}", file=sys.stderr)
