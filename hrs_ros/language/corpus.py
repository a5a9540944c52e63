"""Request texts without end, to try the language on: some that people may say, many that nobody would.

Deterministic in the seed. Tests and `hrs bench-query` use it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from hrs_ros.language.lexicon import lexicon
from hrs_ros.language.words import MAX_TEXT_LENGTH

THINGS = ("cup", "plate", "book", "phone", "ball", "chair", "table", "bottle")
PEOPLE = ("man", "woman", "girl", "person", "waiter")
ARMS = ("left arm", "right hand", "both hands", "left or right hand")
_STRANGE = "\x00\x07\t\n\r\u200b\u202e\ud800\ufeff'’\"\\`$(){}[]<>|;&*?~^%#@!éßﬁİıøЖ中م🍽\u0301"


def plausible(rng: random.Random) -> str:
    """A request that the grammar should read."""
    thing, other = rng.sample(THINGS, 2)
    person, arm = rng.choice(PEOPLE), rng.choice(ARMS)
    forms = (
        f"{thing} in {arm}",
        f"the {thing} the {person} holds in {arm}",
        f"{person} holding the {thing}",
        f"{person} next to the {other}",
        f"the {thing} held by the {person} next to the {other}",
        f"leftmost {person} not holding a {thing}",
        f"how many {thing}s are held by the {person} sitting on the {other}",
        f"two {thing}s",
        f"the {person} on the left",
        f"the one holding the {thing} in the {arm} and sitting on the {other}",
        f"{person} wearing a hat who holds the {thing} next to the {rng.choice(PEOPLE)}",
    )
    return rng.choice(forms)


def hostile(rng: random.Random) -> str:
    """A text that was not meant well: nonsense of known words, endless nesting, strange characters."""
    return rng.choice(_HOSTILE)(rng)


def texts(count: int, *, seed: int, make: Callable[[random.Random], str] = hostile) -> Iterator[str]:
    """``count`` texts of one kind."""
    rng = random.Random(seed)
    for _ in range(count):
        yield make(rng)


def _known_words(rng: random.Random) -> str:
    return " ".join(rng.choices(sorted(lexicon().words), k=rng.randint(0, 40)))[:MAX_TEXT_LENGTH]


def _grammar_words(rng: random.Random) -> str:
    """The words that rules turn on, in any order."""
    phrases = [*lexicon().relatives, *lexicon().auxiliaries, *lexicon().negations, *lexicon().spatial]
    words = [" ".join(rng.choice(phrases)) for _ in range(20)]
    words += rng.choices((*THINGS, *PEOPLE, *ARMS, "holding", "held by", "and", "or", "the", "one"), k=20)
    rng.shuffle(words)
    return " ".join(words)[:MAX_TEXT_LENGTH]


def _nested(rng: random.Random) -> str:
    """The man next to the man next to the man ..."""
    joints = (
        "next to the",
        "holding the",
        "held by the",
        "and holding the",
        "who is not behind the",
        "with a",
    )
    text = f"the {rng.choice(PEOPLE)}"
    for _ in range(rng.randint(3, 30)):
        text += f" {rng.choice(joints)} {rng.choice(THINGS + PEOPLE)}"
    return text[:MAX_TEXT_LENGTH]


def _repeated(rng: random.Random) -> str:
    word = rng.choice(sorted(lexicon().words))
    return f"{word} " * rng.randint(2, 100)


def _broken(rng: random.Random) -> str:
    """A plausible request with letters lost, doubled, swapped or replaced."""
    letters = list(plausible(rng))
    for _ in range(rng.randint(1, 8)):
        place = rng.randrange(len(letters))
        letters[place : place + rng.randint(0, 2)] = rng.choice(_STRANGE + "abcdeflrst  ") * rng.randint(0, 2)
        letters = letters or [" "]
    return "".join(letters)


def _strange(rng: random.Random) -> str:
    return "".join(
        rng.choice(_STRANGE) if rng.random() < 0.7 else chr(rng.randrange(0x110000))
        for _ in range(rng.randint(0, 250))
    )


_HOSTILE = (_known_words, _grammar_words, _nested, _repeated, _broken, _strange)
