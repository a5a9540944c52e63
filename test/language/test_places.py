"""Places in the image: halves, thirds, the outermost, and what is too close to tell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from hrs_ros.language import Place, Status, answer
from hrs_ros.language.places import centre_x
from hrs_ros.scene import Entity, Mask, Scene
from hrs_ros.vocabulary import vocabulary


def _scene(*lefts: int, scores: Sequence[float] = ()) -> Scene:
    """People 10 pixels wide in an image of 100, by the left edges of their masks."""
    people = tuple(
        Entity(
            number,
            vocabulary().human,
            scores[number - 1] if scores else 0.9,
            Mask(x=left, y=0, bits=np.ones((10, 10), bool)),
        )
        for number, left in enumerate(lefts, start=1)
    )
    return Scene(height=10, width=100, entities=people)


@pytest.mark.parametrize(
    ("lefts", "text", "status", "entity"),
    [
        ((10, 70), "person on the left", Status.OK, 1),
        ((10, 70), "person on the right", Status.OK, 2),
        ((10, 45, 80), "person in the middle", Status.OK, 2),
        ((10, 25, 80), "person on the left", Status.AMBIGUOUS, None),
        ((10, 25, 80), "leftmost person", Status.OK, 1),
        ((10, 13, 80), "leftmost person", Status.AMBIGUOUS, None),  # 3 % of the width apart
        ((10, 25, 80), "rightmost person", Status.OK, 3),
        ((70,), "person on the left", Status.NO_PERSON, None),
        ((70,), "leftmost person", Status.OK, 1),
        ((45,), "person on the left", Status.NO_PERSON, None),  # the centre itself is on the right
        ((44,), "person on the left", Status.OK, 1),
    ],
)
def test_places(lefts: tuple[int, ...], text: str, status: Status, entity: int | None) -> None:
    found = answer(text, _scene(*lefts))
    assert (found.status, found.entity_id) == (status, entity)


def test_a_missing_place_says_what_is_in_view() -> None:
    assert answer("person on the left", _scene(70)).sentence == (
        "In view: human 1, but none that fits is in the left half of the image."
    )


def test_an_unlikely_thing_is_not_the_outermost() -> None:
    assert answer("leftmost person", _scene(0, 50, scores=[0.2, 0.9])).entity_id == 2
    assert answer("leftmost person", _scene(0, 50, scores=[0.6, 0.9])).entity_id == 1


def test_centre_of_mass_not_of_the_box() -> None:
    bits = np.array([[1, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0]], bool)
    assert centre_x(Mask(x=10, y=0, bits=bits)) == pytest.approx(10.5 + (0 * 3 + 1 + 2 + 3) / 6)
    assert centre_x(Mask(x=10, y=0, bits=np.zeros((2, 4), bool))) == 12


def test_every_place_is_in_the_language() -> None:
    from hrs_ros.language.describe import PLACES
    from hrs_ros.language.lexicon import lexicon

    assert set(PLACES) == set(Place) - {Place.ANYWHERE} == set(lexicon().places.values())
