"""Request text -> parsed query, or an honest no. Never raises on any str."""

from __future__ import annotations

import difflib

from hrs_ros.language.grammar import Grammar, Request
from hrs_ros.language.lexicon import Lexicon, lexicon
from hrs_ros.language.query import MAX_LINKS, NotUnderstood, ParsedQuery
from hrs_ros.language.refusals import Refusals
from hrs_ros.language.scanner import LONGEST_PHRASE
from hrs_ros.language.words import join_words, normalise, shown

MAX_SUGGESTIONS = 3
MAX_WORD_LENGTH = 30  # a longer one is no misspelling
MAX_LENGTH_CHANGE = 2  # letters a misspelling may lose or gain
MAX_CORRECTED = 2  # unknown words that suggestions are looked for
MAX_READINGS = 4  # a text of more is no request


def parse(text: str) -> ParsedQuery | NotUnderstood:
    """The meaning of a request such as "plate in left arm"; every word counts, none is dropped."""
    words = normalise(text)
    if isinstance(words, NotUnderstood):
        return words
    lex = lexicon()
    problem = _unknown_words(words, lex) or _side_without_part(words, lex)
    if problem is not None:
        return problem
    requests: dict[Request, None] = {}  # an ordered set
    furthest = 0
    for request, end in Grammar(tuple(words), lex).readings():
        if end == len(words):
            requests[request] = None
        furthest = max(furthest, end)
    if requests:
        return _query(join_words(words), list(requests))
    for refusal, end in Refusals(tuple(words), lex).refusals():
        if end == len(words):
            return refusal
    return _unread(words, furthest, lex)


def _query(text: str, requests: list[Request]) -> ParsedQuery | NotUnderstood:
    """One query of all readings, which must ask for as many entities and in the same way."""
    first = requests[0]
    if len(requests) > MAX_READINGS or any(
        (other.intent, other.count) != (first.intent, first.count) for other in requests
    ):
        return NotUnderstood(
            f"The request can be read in {len(requests)} ways; say it with fewer relations or in other words."
        )
    others = tuple(request.asked for request in requests[1:])
    return ParsedQuery(text, first.asked, first.intent, first.count, others)


def _unread(words: list[str], furthest: int, lex: Lexicon) -> NotUnderstood:
    """Why known words make no request."""
    if denial := next((word for word in words if word == "no" or (word,) in lex.negations), None):
        return NotUnderstood(
            f"{shown(denial)} is a negation, understood only before what somebody does or where he is, for "
            "example 'the person not holding a cup' or 'the plate that is not in his left hand'."
        )
    if furthest:
        read, rest = join_words(words[:furthest]), join_words(words[furthest:])
        return NotUnderstood(
            f"{shown(read)} is understood, but not with {shown(rest)} after it; ask for one thing by at most "
            f"{MAX_LINKS} relations, each as in 'plate in left arm' or 'the man next to the chair'."
        )
    return NotUnderstood(
        "The words are known, but not in this order; ask for a thing or a person, for example "
        "'the book the girl holds in her left hand' or 'person holding the cup'."
    )


def _unknown_words(words: list[str], lex: Lexicon) -> NotUnderstood | None:
    unknown = [word for word in dict.fromkeys(words) if word not in lex.words]
    if not unknown:
        return None
    for word in unknown:
        if word in lex.unsupported:
            return NotUnderstood(
                f"{shown(word)} is about {lex.unsupported[word]}, which no relation tells; "
                "ask by what a person does with the thing."
            )
    suggestions: list[str] = []
    for word in unknown[:MAX_CORRECTED]:
        if len(word) <= MAX_WORD_LENGTH:
            near = [known for known in lex.suggestions if abs(len(known) - len(word)) <= MAX_LENGTH_CHANGE]
            suggestions += difflib.get_close_matches(word, near, n=MAX_SUGGESTIONS)
    suggestions = list(dict.fromkeys(suggestions))[:MAX_SUGGESTIONS]
    named = ", ".join(shown(word) for word in unknown[:MAX_SUGGESTIONS])
    hint = f"; did you mean {' or '.join(map(shown, suggestions))}?" if suggestions else "."
    verb = "is not a word" if len(unknown) == 1 else "are not words"
    return NotUnderstood(f"{named} {verb} of the vocabulary{hint}", tuple(suggestions))


def _side_without_part(words: list[str], lex: Lexicon) -> NotUnderstood | None:
    """ "left plate": a side of a person's body, or of the image? Neither is guessed."""
    for index, word in enumerate(words):
        if word not in ("left", "right") or words[index + 1 : index + 2] in (["and"], ["or"]):
            continue
        ends = range(index + 2, min(index + LONGEST_PHRASE, len(words)) + 1)
        is_part = any(tuple(words[index:end]) in lex.parts for end in ends)
        if not is_part and not _ends_a_place(words, index, lex):
            return NotUnderstood(
                f"'{word}' is understood as a side of a person's own body, before a body part, or of the "
                f"image, in 'on the {word}' and '{word}most'.",
                (f"{word} arm", f"{word} hand", f"on the {word}"),
            )
    return None


def _ends_a_place(words: list[str], index: int, lex: Lexicon) -> bool:
    """Whether the word is in a phrase such as "on the left side"."""
    return any(
        tuple(words[start:end]) in lex.places
        for start in range(max(0, index - LONGEST_PHRASE), index + 1)
        for end in range(index + 1, min(index + LONGEST_PHRASE, len(words)) + 1)
    )
