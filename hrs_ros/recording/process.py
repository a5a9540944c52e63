"""One recording through the perception core, resumable at any frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tqdm import tqdm

from hrs_ros.recording.journal import Journal
from hrs_ros.recording.outputs import Output
from hrs_ros.recording.recording import Damage, RecordedFrame, Recording
from hrs_ros.scene import Scene


@dataclass(slots=True)
class Counts:
    """What went in and what came out."""

    frames_in: int = 0  # frames of the recording, damaged ones included
    scenes_out: int = 0
    resumed: int = 0  # of ``frames_in``, taken from the interrupted run
    damages: list[Damage] = field(default_factory=list)


def process(
    recording: Recording,
    see: Callable[[RecordedFrame], Scene],
    follow: Callable[[Scene], Scene],
    outputs: Sequence[Output],
    journal: Journal,
    *,
    limit: int | None = None,
    watch: Callable[[Scene], None] = lambda scene: None,
) -> Counts:
    """``see`` predicts a frame, unless the journal knows it; ``follow`` then tracks; ``outputs`` write.

    A frame is in the journal before it is in any output. ``watch`` is told every tracked scene.
    """
    counts = Counts()
    known = iter(journal.entries)
    total = recording.expected if limit is None else min(limit, recording.expected or limit)
    frames = islice(recording, limit)
    for frame in tqdm(frames, total=total, unit="frame", desc=recording.path.name, disable=None):
        entry = next(known, None)
        counts.resumed += entry is not None
        if isinstance(frame, Damage):
            if entry is None:
                journal.add(frame)
            counts.damages.append(frame)
            counts.frames_in += not frame.ends
            continue
        counts.frames_in += 1
        if not isinstance(entry, Scene):
            entry = see(frame)
            journal.add(entry)
        scene = follow(entry)
        for output in outputs:
            output.write(frame, scene)
        watch(scene)
        counts.scenes_out += 1
    return counts
