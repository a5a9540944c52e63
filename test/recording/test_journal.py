"""What is on disk survives any end of the process, and belongs to one run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hrs_ros.recording.journal import Journal
from hrs_ros.recording.recording import Damage
from hrs_ros.scene import Entity, Mask, Scene

RUN = {"source": "a.mp4", "bytes": 100}


def scene(number: int) -> Scene:
    mask = Mask(x=number, y=0, bits=np.ones((2, 3), bool))
    return Scene(20, 30, (Entity(1, 1, 1 / 3, mask),), stamp_ns=number)


def stamps(journal: Journal) -> list[int]:
    return [entry.stamp_ns for entry in journal.entries if isinstance(entry, Scene)]


def test_entries_come_back_exactly(tmp_path: Path) -> None:
    path = tmp_path / "j"
    with Journal(path, RUN) as journal:
        journal.add(scene(1))
        journal.add(Damage("b.png is broken"))
        journal.add(Damage("cut off", ends=True))
    with Journal(path, RUN) as journal:
        first, *damages = journal.entries
        assert isinstance(first, Scene) and first.entities[0].score == 1 / 3
        assert damages == [Damage("b.png is broken"), Damage("cut off", ends=True)]
        journal.add(scene(2))
    with Journal(path, RUN) as journal:
        assert stamps(journal) == [1, 2]


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_half_written_line_is_forgotten_and_written_again(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "j"
    with Journal(path, RUN) as journal:
        for number in range(3):
            journal.add(scene(number))
    path.write_bytes(path.read_bytes()[:-cut])
    with Journal(path, RUN) as journal:
        assert stamps(journal) == [0, 1]
        journal.add(scene(2))
    with Journal(path, RUN) as journal:
        assert stamps(journal) == [0, 1, 2]


def test_another_run_is_refused_with_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "j"
    with Journal(path, RUN) as journal:
        journal.add(scene(1))
    with pytest.raises(ValueError, match=r"with bytes 100, this one has 200: .*--restart"):
        Journal(path, {**RUN, "bytes": 200})
    assert Journal(path, RUN).entries  # and is still there


def test_a_finished_run_leaves_no_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j", RUN)
    journal.finish()
    assert not list(tmp_path.iterdir())
