"""Request text -> parsed query, or an honest no. Never raises on any str."""

from __future__ import annotations

import difflib

from hrs_ros.language.grammar import LONGEST_PHRASE, Grammar
from hrs_ros.language.lexicon import Lexicon, lexicon
from hrs_ros.language.query import NotUnderstood, ParsedQuery
from hrs_ros.language.words import join_words, normalise, shown

MAX_SUGGESTIONS = 3
MAX_WORD_LENGTH = 30  # a longer one is no misspelling


def parse(text: str) -> ParsedQuery | NotUnderstood:
    """The meaning of a request such as "plate in left arm"; every word counts, none is dropped."""
    words = normalise(text)
    if isinstance(words, NotUnderstood):
        return words
    lex = lexicon()
    problem = _unknown_words(words, lex) or _side_without_part(words, lex)
    if problem is not None:
        return problem
    grammar = Grammar(tuple(words), lex)
    furthest = 0
    for query, end in grammar.readings():
        if end == len(words):
            return query
        furthest = max(furthest, end)
    for refusal, end in grammar.refusals():
        if end == len(words):
            return refusal
    if furthest:
        read, rest = join_words(words[:furthest]), join_words(words[furthest:])
        return NotUnderstood(
            f"{shown(read)} is understood, but not with {shown(rest)} after it; "
            "ask for one thing by one relation, for example 'plate in left arm'."
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
    for word in unknown:
        if len(word) <= MAX_WORD_LENGTH:
            suggestions += difflib.get_close_matches(word, lex.suggestions, n=MAX_SUGGESTIONS)
    suggestions = list(dict.fromkeys(suggestions))[:MAX_SUGGESTIONS]
    named = ", ".join(shown(word) for word in unknown[:MAX_SUGGESTIONS])
    hint = f"; did you mean {' or '.join(map(shown, suggestions))}?" if suggestions else "."
    verb = "is not a word" if len(unknown) == 1 else "are not words"
    return NotUnderstood(f"{named} {verb} of the vocabulary{hint}", tuple(suggestions))


def _side_without_part(words: list[str], lex: Lexicon) -> NotUnderstood | None:
    """ "left plate": left and right are sides of a person's body only, not of the image."""
    for index, word in enumerate(words):
        if word not in ("left", "right") or words[index + 1 : index + 2] in (["and"], ["or"]):
            continue
        ends = range(index + 2, min(index + LONGEST_PHRASE, len(words)) + 1)
        if not any(tuple(words[index:end]) in lex.parts for end in ends):
            return NotUnderstood(
                f"'{word}' is understood as a side of a person's body only, before a body part.",
                (f"{word} arm", f"{word} hand", f"{word} leg"),
            )
    return None
