"""What was predicted so far, on disk: a run that was interrupted goes on from there.

One JSON object a line: first what the run is, then every frame as the model saw it, before tracking. All that
a run writes follows from these lines and the recording, so that a resumed run ends like an uninterrupted one.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from hrs_ros.recording.recording import Damage
from hrs_ros.scene import Scene
from hrs_ros.scene_json import scene_from_dict, scene_to_dict

Entry = Scene | Damage


class Journal:
    """A context manager. Every entry is on its way to the disk before the next frame is read."""

    def __init__(self, path: Path, run: dict[str, Any]) -> None:
        """Open or begin. ``run`` says what must be the same for going on: recording, model, thresholds.

        Raises ValueError if the file belongs to another run.
        """
        self._path = path
        self.entries: list[Entry] = []
        """Those of the interrupted run, in order."""
        lines = _whole_lines(path)
        if lines:
            self._check(json.loads(lines[0]), run)
            self.entries = [_entry(json.loads(line)) for line in lines[1:]]
        # Begin with whole lines: the last one of a killed run may be half written.
        path.write_bytes(b"".join(lines))
        self._file: TextIO = path.open("a", encoding="utf-8")
        if not lines:
            self._write(run)

    def add(self, entry: Entry) -> None:
        if isinstance(entry, Scene):
            self._write({"scene": scene_to_dict(entry)})
        else:
            self._write({"damage": entry.text, "ends": entry.ends})

    def finish(self) -> None:
        """The run is complete: there is nothing to go on with."""
        self._file.close()
        self._path.unlink()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def _write(self, data: dict[str, Any]) -> None:
        self._file.write(json.dumps(data, separators=(",", ":")) + "\n")
        self._file.flush()

    def _check(self, begun: dict[str, Any], run: dict[str, Any]) -> None:
        different = [key for key in run if begun.get(key) != run[key]]
        if different:
            key = different[0]
            raise ValueError(
                f"{self._path} is of an interrupted run with {key} {begun.get(key)!r}, this one has "
                f"{run[key]!r}: go on with the same, choose another --out, or start over with --restart"
            )


def _whole_lines(path: Path) -> list[bytes]:
    if not path.exists():
        return []
    return [line for line in path.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]


def _entry(data: dict[str, Any]) -> Entry:
    if "scene" in data:
        return scene_from_dict(data["scene"])
    return Damage(data["damage"], data["ends"])
