"""Bundled clips: does a request get the right thing on every frame of a video with rendered truth?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from itertools import islice, zip_longest
from pathlib import Path

from hrs_ros.data.frames import Frame, open_frames
from hrs_ros.evaluation.perception import Predict, Watch
from hrs_ros.evaluation.query_success import (
    ClipFigures,
    QueryFigures,
    UnfoundedFigures,
    ask_other_side,
    ask_unique_phrases,
    clip_query,
    remembered_query,
    summarise_queries,
)
from hrs_ros.evaluation.sides import SideFigures, side_figures
from hrs_ros.language import DEFAULT_MEMORY
from hrs_ros.scene import Scene
from hrs_ros.scene_json import read_scenes
from hrs_ros.tracking import track
from hrs_ros.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class ClipReport:
    """Figures of one clip."""

    name: str
    frames: int
    queries: tuple[ClipFigures, ...]  # one per fixed request, from each frame alone
    # The same as the node does: tracked, from the frames of the last ``memory`` seconds.
    remembered: tuple[ClipFigures, ...]
    memory: float
    unique_phrases: QueryFigures  # every phrase that a frame's truth answers with one thing
    other_side: UnfoundedFigures  # phrases that name the side which does not act
    arm_sides: SideFigures


def bundled_clips() -> list[Path]:
    """Folders with ``clip.mp4`` and ``truth.jsonl`` that come with the package."""
    root = Path(str(resources.files("hrs_ros").joinpath("clips")))
    return sorted(path.parent for path in root.glob("*/clip.mp4"))


def evaluate_clip(
    folder: Path,
    predict: Predict,
    *,
    texts: Sequence[str],
    limit: int | None = None,
    watch: Watch | None = None,
) -> ClipReport:
    """Predict the frames of ``folder/clip.mp4``; ``folder/truth.jsonl`` holds one true scene a frame."""
    words = vocabulary()
    arms = words.part_id("left arm"), words.part_id("right arm")
    truths: list[Scene] = []
    scenes: list[Scene] = []
    phrases = []
    sides, other_side = SideFigures(), UnfoundedFigures()
    for frame, truth in islice(frames_with_truth(folder), limit):
        scene = predict(frame.image)
        if watch is not None:
            watch(frame.name, frame.image, scene)
        truths.append(truth)
        scenes.append(replace(scene, stamp_ns=truth.stamp_ns))
        phrases += ask_unique_phrases(truth, scene)
        other_side += ask_other_side(truth, scene)
        sides += side_figures(truth, scene, parts=arms)
    followed = track(scenes)
    return ClipReport(
        name=folder.name,
        frames=len(scenes),
        queries=tuple(clip_query(truths, scenes, text) for text in texts),
        remembered=tuple(remembered_query(truths, followed, text, memory=DEFAULT_MEMORY) for text in texts),
        memory=DEFAULT_MEMORY,
        unique_phrases=summarise_queries(phrases),
        other_side=other_side,
        arm_sides=sides,
    )


def frames_with_truth(folder: Path) -> Iterator[tuple[Frame, Scene]]:
    """Frames of ``folder/clip.mp4`` with their true scenes.

    Raises FileNotFoundError without ``folder/truth.jsonl``, ValueError where the two do not belong together.
    """
    clip, truth = folder / "clip.mp4", folder / "truth.jsonl"
    if not truth.is_file():
        raise FileNotFoundError(f"{truth} not found: expected one scene a line for the frames of {clip}")
    for frame, scene in zip_longest(open_frames(clip), read_scenes(truth)):
        if frame is None or scene is None:
            raise ValueError(f"{folder}: clip and truth differ in their number of frames; render them again")
        if frame.image.shape[:2] != (scene.height, scene.width):
            raise ValueError(
                f"{folder}: frame {frame.name} is {frame.image.shape[1]}x{frame.image.shape[0]}, "
                f"its truth {scene.width}x{scene.height}"
            )
        yield frame, scene
