"""Find people, things and who acts on what in a video, a folder of pictures, a picture or a bag.

Writes scenes.jsonl (one scene a line with COCO RLE masks), relations.jsonl (one relation a line, in words),
an annotated video (or pictures), and with --bag a new bag with /hrs/relations. With --text the request is put
to every frame and the picture shows its answer. A run that was interrupted goes on where it was when the same
command is given again.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from hrs_ros.drawing.sink import OverlaySink, PictureSink, VideoSink
from hrs_ros.inference.models import default_model
from hrs_ros.inference.options import add_model_options, open_predictor
from hrs_ros.inference.predictor import Predictor
from hrs_ros.language import Answer, NotUnderstood, Status, answer, parse
from hrs_ros.recording.journal import Journal
from hrs_ros.recording.outputs import Annotated, Output, RelationLines, SceneLines
from hrs_ros.recording.process import Counts, process
from hrs_ros.recording.recording import RecordedFrame, Recording, open_recording
from hrs_ros.scene import Scene
from hrs_ros.tracking import Tracker

JOURNAL = "progress.jsonl"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, help="video file, folder of pictures, one picture, or a bag")
    parser.add_argument(
        "--out", type=Path, default=Path("result"), metavar="DIR", help="default: %(default)s"
    )
    parser.add_argument("--topic", help="image topic of a bag that has several")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N frames")
    parser.add_argument("--text", help="request put to every frame, such as 'plate in left arm'")
    parser.add_argument("--no-pictures", action="store_true", help="no annotated video or pictures")
    parser.add_argument("--bag", action="store_true", help="also write DIR/bag with /hrs/relations (MCAP)")
    parser.add_argument("--no-tracking", action="store_true", help="every frame stands alone")
    parser.add_argument(
        "--restart", action="store_true", help="forget an interrupted run instead of going on with it"
    )
    add_model_options(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every frame went through, 1 when some could not be read."""
    if args.limit is not None and args.limit < 1:
        raise ValueError(f"--limit must be at least 1, got {args.limit}")
    if args.text is not None and isinstance(meaning := parse(args.text), NotUnderstood):
        raise ValueError(f"--text {args.text!r}: {meaning.reason}")
    recording = open_recording(args.source, topic=args.topic)
    predictor = open_predictor(args)
    model_hash = hashlib.sha256((args.model or default_model()).read_bytes()).hexdigest()
    args.out.mkdir(parents=True, exist_ok=True)
    if args.restart:
        (args.out / JOURNAL).unlink(missing_ok=True)
    outcomes: Counter[Status] = Counter()
    with ExitStack() as stack:
        journal = stack.enter_context(Journal(args.out / JOURNAL, _identity(args, model_hash)))
        sink = _sink(recording, args)
        outputs = [
            stack.enter_context(output) for output in _outputs(args, sink, outcomes, model_hash=model_hash)
        ]
        if journal.entries:
            print(f"going on after frame {len(journal.entries)} of an interrupted run")
        counts = process(
            recording,
            _sight(predictor),
            (lambda scene: scene) if args.no_tracking else Tracker().update,
            outputs,
            journal,
            limit=args.limit,
        )
    journal.finish()
    _report(predictor, counts, sink, outcomes, args)
    return 1 if counts.damages else 0


def _identity(args: argparse.Namespace, model_hash: str) -> dict[str, Any]:
    """What must be the same for a run to go on."""
    files = (
        [args.source] if args.source.is_file() else sorted(p for p in args.source.iterdir() if p.is_file())
    )
    return {
        "source": str(args.source.resolve()),
        "bytes": sum(file.stat().st_size for file in files),
        "topic": args.topic,
        "model": model_hash,
    }


def _sight(predictor: Predictor) -> Callable[[RecordedFrame], Scene]:
    return lambda frame: predictor.predict(frame.image, stamp_ns=frame.stamp_ns, frame_id=frame.frame_id)


def _sink(recording: Recording, args: argparse.Namespace) -> OverlaySink:
    if args.no_pictures:
        return OverlaySink()
    if recording.film:
        return VideoSink(args.out / "annotated.mp4", rate=recording.rate)
    return PictureSink(args.out)


def _outputs(
    args: argparse.Namespace, sink: OverlaySink, outcomes: Counter[Status], *, model_hash: str
) -> list[Output]:
    def asked(scene: Scene) -> Answer | None:
        found = None if args.text is None else answer(args.text, scene)
        if found is not None:
            outcomes[found.status] += 1
        return found

    outputs: list[Output] = [
        SceneLines(args.out / "scenes.jsonl"),
        RelationLines(args.out / "relations.jsonl"),
        Annotated(sink, asked),
    ]
    if args.bag:
        # Messages need ROS 2; everything else here works without.
        from hrs_ros.nodes.bag_scenes import BagScenes

        outputs.append(BagScenes(args.out / "bag", model_hash=model_hash))
    return outputs


def _report(
    predictor: Predictor,
    counts: Counts,
    sink: OverlaySink,
    outcomes: Counter[Status],
    args: argparse.Namespace,
) -> None:
    print(
        f"{counts.frames_in} frames in, {counts.scenes_out} scenes out ({predictor.provider}): "
        f"{args.out / 'scenes.jsonl'}"
    )
    if counts.resumed:
        print(f"{counts.resumed} of them from the interrupted run")
    if sink.wanted:
        print(f"{sink.written} annotated frames: {sink.target}")
    if args.bag:
        print(f"{counts.scenes_out} messages on /hrs/relations: {args.out / 'bag'}")
    if args.text is not None:
        words = ", ".join(f"{status.name} {count}" for status, count in outcomes.most_common())
        print(f"{args.text!r}: {words}")
    for damage in counts.damages:
        print(damage.text, file=sys.stderr)
