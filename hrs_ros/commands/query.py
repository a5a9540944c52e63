"""Ask recorded scenes for a thing: "plate in left arm"; without scenes, say how the request is understood."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

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
from hrs_ros.scene import Scene
from hrs_ros.scene_json import read_scenes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", help="the request, for example 'plate in left arm'")
    parser.add_argument("--scene", type=Path, metavar="FILE", help="recorded scenes, one JSON scene a line")
    parser.add_argument(
        "--frame", type=int, default=-1, metavar="N", help="scene to ask, 0 = first, -1 = last (default)"
    )
    parser.add_argument(
        "--margin",
        type=float,
        default=DEFAULT_MARGIN,
        help="second score / best score from which an answer is ambiguous (default %(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object for programs")


def run(args: argparse.Namespace) -> int:
    """0 for an answer of one entity (or an understood text without scenes), 1 for any other status."""
    if args.scene is None:
        return _explain(args.text, as_json=args.json)
    found = answer(args.text, _scene(args.scene, args.frame), margin=args.margin)
    if args.json:
        print(_as_json(found))
    else:
        _print(found)
    return 0 if found.status is Status.OK else 1


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
