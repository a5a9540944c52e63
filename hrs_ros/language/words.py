"""Text -> normalised words, or the reason why not. Never raises on any str."""

from __future__ import annotations

import re
import unicodedata

from hrs_ros.language.query import NotUnderstood

MAX_TEXT_LENGTH = 200  # characters; a request is one phrase
MAX_SHOWN = 40  # characters of the request that a reason repeats

_SEPARATORS = re.compile(r"[\s.,;:!?\"“”«»()\[\]{}<>/\\_\-–—]+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_ENDING = re.compile(r"(?P<stem>[a-z]+)(?P<ending>'s|'re|')")


def normalise(text: str) -> list[str] | NotUnderstood:
    """Words of a request: NFKC, case folded, punctuation gone, "girl's" split into "girl" and "'s"."""
    if len(text) > MAX_TEXT_LENGTH:
        return NotUnderstood(
            f"The request has {len(text)} characters, at most {MAX_TEXT_LENGTH} are read; "
            "ask for one thing in one phrase."
        )
    for character in text:
        # Categories C*: control, invisible formatting (zero width, right-to-left), surrogates, unassigned.
        if unicodedata.category(character).startswith("C") and character not in "\t\n\r":
            return NotUnderstood(
                f"The request holds the unprintable character U+{ord(character):04X}; send plain text."
            )
    words = split_words(text)
    if not words:
        return NotUnderstood("The request is empty; ask for a thing, for example 'plate in left arm'.")
    return words


def split_words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).casefold()
    words: list[str] = []
    for chunk in _SEPARATORS.split(folded):
        match = _ENDING.fullmatch(chunk)
        if match is None:
            words += [chunk] if chunk else []
        elif match["ending"] == "'":
            # A plural genitive ("the girls' hands") reads like the singular one.
            words += [match["stem"], "'s"]
        else:
            words += [match["stem"], match["ending"]]
    return words


def join_words(words: list[str] | tuple[str, ...]) -> str:
    """The words as text again: "the girl's book"."""
    return " ".join(words).replace(" '", "'")


def shown(word: str) -> str:
    """A quoted word, cut to a length fit for a sentence."""
    return f"'{word}'" if len(word) <= MAX_SHOWN else f"'{word[:MAX_SHOWN]}...'"
