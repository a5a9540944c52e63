"""Text to words."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrs_ros.language.words import join_words, normalise, split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Man's left-hand", ["the", "man", "'s", "left", "hand"]),
        ("painting/poster", ["painting", "poster"]),
        ("girls' hands", ["girls", "'s", "hands"]),
        ("they’re", ["they", "'re"]),
        ("don't", ["don't"]),
        ("ｐｌａｔｅ", ["plate"]),  # full-width letters
        ("left_arm.", ["left", "arm"]),
        ("'", ["'"]),
    ],
)
def test_split_words(text: str, words: list[str]) -> None:
    assert split_words(text) == words
    assert normalise(text) == words


@given(st.lists(st.sampled_from(["the", "man", "'s", "plate", "in", "left", "arm"]), max_size=10))
def test_joined_words_split_into_the_same_words(words: list[str]) -> None:
    # "'s" needs a word to hang on, and hangs on one word once.
    if words[:1] != ["'s"] and not any(pair == ("'s", "'s") for pair in itertools.pairwise(words)):
        assert split_words(join_words(words)) == words
