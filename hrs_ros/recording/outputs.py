"""What a run leaves behind, frame by frame: scenes, relations and pictures."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any

from hrs_ros.drawing import draw_scene
from hrs_ros.drawing.sink import OverlaySink
from hrs_ros.language import Answer
from hrs_ros.recording.recording import RecordedFrame
from hrs_ros.scene import Relation, Scene
from hrs_ros.scene_json import scene_to_dict


class Output(AbstractContextManager["Output"]):
    """Takes every frame that was seen; what it wrote is complete and readable when its context ends."""

    def write(self, frame: RecordedFrame, scene: Scene) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """Finish what is written; called when the context ends."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class SceneLines(Output):
    """One scene a line, with masks: the format of ``scene_json``."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")

    def write(self, frame: RecordedFrame, scene: Scene) -> None:
        self._file.write(json.dumps(scene_to_dict(scene), separators=(",", ":")) + "\n")

    def close(self) -> None:
        self._file.close()


class RelationLines(Output):
    """One relation a line, in words and without masks: for tables and scripts."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")

    def write(self, frame: RecordedFrame, scene: Scene) -> None:
        for relation in scene.relations:
            self._file.write(json.dumps(relation_row(frame.name, scene, relation)) + "\n")

    def close(self) -> None:
        self._file.close()


class Annotated(Output):
    """Pictures or a film; ``answer`` is asked of every scene, and drawn where it gives one."""

    def __init__(self, sink: OverlaySink, answer: Callable[[Scene], Answer | None]) -> None:
        self._sink = sink
        self._answer = answer

    def write(self, frame: RecordedFrame, scene: Scene) -> None:
        answer = self._answer(scene)
        if self._sink.wanted:
            self._sink.write(frame.name, draw_scene(frame.image, scene, answer=answer))

    def close(self) -> None:
        self._sink.close()


def relation_row(frame: str, scene: Scene, relation: Relation) -> dict[str, Any]:
    """Times in seconds; ``lasts`` is how long the relation has held so far."""
    return {
        "frame": frame,
        "time": scene.stamp_ns / 1e9,
        "subject": scene.label(relation.subject_id),
        "subject_track": scene.entity(relation.subject_id).track_id,
        "parts": list(relation.part_names),
        "predicate": relation.predicate,
        "object": scene.label(relation.object_id),
        "object_track": scene.entity(relation.object_id).track_id,
        "score": round(relation.score, 4),
        "lasts": (scene.stamp_ns - relation.since_ns) / 1e9,
    }
