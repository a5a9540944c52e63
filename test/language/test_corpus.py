"""10,000 hostile texts: none crashes, none hangs, none is answered without its words."""

from __future__ import annotations

import time

import pytest

from hrs_ros.language import NotUnderstood, ParsedQuery, answer, describe, parse
from hrs_ros.language.corpus import hostile, plausible, texts
from hrs_ros.scene import Scene

LONGEST = 1.0  # seconds of processor time for one text: a hundred times what the slowest took


def test_ten_thousand_hostile_texts() -> None:
    understood = 0
    for text in texts(10_000, seed=7):
        start = time.thread_time()
        parsed = parse(text)
        assert time.thread_time() - start < LONGEST, text
        if isinstance(parsed, ParsedQuery):
            understood += 1
            assert describe(parsed) and len(parsed.readings) <= 4
            assert answer(text, Scene(height=1, width=1)).sentence
        else:
            assert 0 < len(parsed.reason) < 400, text
    assert 0 < understood < 500


def test_plausible_texts_are_understood() -> None:
    refused = [text for text in texts(300, seed=3, make=plausible) if isinstance(parse(text), NotUnderstood)]
    assert refused == []


@pytest.mark.parametrize("make", [hostile, plausible])
def test_texts_repeat_with_their_seed(make) -> None:  # type: ignore[no-untyped-def]
    assert list(texts(50, seed=5, make=make)) == list(texts(50, seed=5, make=make))
    assert list(texts(50, seed=5, make=make)) != list(texts(50, seed=6, make=make))
