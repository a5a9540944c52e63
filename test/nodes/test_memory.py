"""Which frame answers: the newest, an older one when a thing flickers, none when all are stale."""

from __future__ import annotations

import pytest

pytest.importorskip("std_msgs.msg", reason="needs ROS 2 (scripts/setup installs it as wheels)")

import numpy as np
from std_msgs.msg import Header

from hrs_ros.language import Status, parse
from hrs_ros.nodes.memory import SceneMemory, Seen, answer_from
from hrs_ros.scene import Entity, Mask, Scene
from hrs_ros.vocabulary import vocabulary

SECOND = 1_000_000_000


def seen(seconds: float, *names: str) -> Seen:
    entities = tuple(
        Entity(
            id=number,
            class_id=vocabulary().entity_id(name),
            score=0.9,
            mask=Mask(x=4 * number, y=0, bits=np.ones((2, 2), bool)),
        )
        for number, name in enumerate(names, start=1)
    )
    return Seen(
        scene=Scene(height=9, width=9, entities=entities), header=Header(), arrival_ns=int(seconds * SECOND)
    )


def ask(memory: SceneMemory, text: str, now: float) -> tuple[Status, Seen | None]:
    answer, frame = answer_from(memory, parse(text), now_ns=int(now * SECOND), stale_after=2.0, margin=0.5)
    return answer.status, frame


def test_remembers_the_last_seconds_and_always_the_newest() -> None:
    memory = SceneMemory(1.0)
    frames = [seen(t) for t in (0.0, 0.5, 1.0, 1.4)]
    for frame in frames:
        memory.add(frame)
    assert memory.newest_first() == [frames[3], frames[2], frames[1]]
    memory.seconds = 0.0
    memory.add(last := seen(9.0))
    assert memory.newest_first() == [last]


def test_the_newest_frame_decides() -> None:
    memory = SceneMemory(1.0)
    memory.add(seen(0.0, "cup"))
    memory.add(newest := seen(0.5, "cup", "cup"))
    assert ask(memory, "the cup", now=0.6) == (Status.AMBIGUOUS, newest)


def test_a_thing_that_flickers_is_still_there() -> None:
    memory = SceneMemory(1.0)
    memory.add(seen(0.0, "cup"))
    memory.add(before := seen(0.3, "cup"))
    memory.add(newest := seen(0.5, "plate"))
    assert ask(memory, "the cup", now=0.6) == (Status.OK, before)
    assert ask(memory, "the ball", now=0.6) == (Status.NO_OBJECT, newest)


def test_a_remembered_frame_that_is_stale_does_not_answer() -> None:
    memory = SceneMemory(60.0)
    memory.add(seen(0.0, "cup"))
    memory.add(newest := seen(5.0, "plate"))
    assert ask(memory, "the cup", now=5.5) == (Status.NO_OBJECT, newest)


def test_stale_no_frame_and_not_understood() -> None:
    memory = SceneMemory(1.0)
    assert ask(memory, "the cup", now=0.0) == (Status.NO_FRAME, None)
    assert ask(memory, "", now=0.0) == (Status.NOT_UNDERSTOOD, None)
    memory.add(frame := seen(0.0, "cup"))
    assert ask(memory, "the cup", now=2.0) == (Status.OK, frame)
    assert ask(memory, "the cup", now=2.1) == (Status.STALE, frame)
    assert ask(memory, "flurb", now=2.1) == (Status.NOT_UNDERSTOOD, None)
