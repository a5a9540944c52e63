"""The lexicon's own rules: no word changes a vocabulary name's meaning, and all forms of a verb are there."""

from __future__ import annotations

import pytest

from hrs_ros.language.lexicon import lexicon
from hrs_ros.language.lexicon_tables import Form, phrase, plurals
from hrs_ros.vocabulary import vocabulary


def test_every_vocabulary_name_means_itself_only() -> None:
    names = vocabulary()
    for index, name in enumerate(names.entities[1:], start=1):
        assert lexicon().entities[phrase(name)] == (index,)


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("plate", "plates"),
        ("dish", "dishes"),
        ("box", "boxes"),
        ("glass", "glasses"),
        ("puppy", "puppies"),
        ("toy", "toys"),
        ("shelf", "shelves"),
        ("knife", "knives"),
        ("remote control", "remote controls"),
    ],
)
def test_plurals(noun: str, plural: str) -> None:
    assert phrase(plural) in plurals(phrase(noun))
    assert lexicon().entities[phrase(plural)] == lexicon().entities[phrase(noun)]


def test_names_that_look_like_plurals_stay_apart() -> None:
    names = vocabulary()
    assert lexicon().entities[("steps",)] == (names.entity_id("steps"),)
    assert lexicon().entities[("stairs",)] == (names.entity_id("stairs"),)


def test_forms_of_an_irregular_verb() -> None:
    def forms(word: str) -> set[Form]:
        return {verb.form for verb in lexicon().verbs[(word,)]}

    assert forms("throws") == {Form.PRESENT}
    assert forms("throwing") == {Form.ING}
    assert forms("threw") == {Form.PAST}
    assert forms("thrown") == {Form.PARTICIPLE}
    assert forms("held") == {Form.PAST, Form.PARTICIPLE}


def test_every_relation_has_a_wording() -> None:
    assert {ids for ids in lexicon().wordings if len(ids) == 1} == {(index,) for index in range(1, 24)}


def test_other_sets_of_relations_are_joined() -> None:
    names = vocabulary()
    wording = lexicon().wording((names.relation_id("kick"), names.relation_id("throw")))
    assert (wording.third, wording.participle) == ("kicks or throws", "kicked or thrown")
    mixed = lexicon().wording((names.relation_id("kick"), names.relation_id("behind")))
    assert (mixed.third, mixed.participle) == ("kicks or is behind", None)


def test_turning_a_place_round_twice_gives_it_back() -> None:
    by_ids = {spatial.predicate_ids: spatial for spatial in lexicon().spatial.values()}
    for spatial in by_ids.values():
        if spatial.inverse_ids:
            assert by_ids[spatial.inverse_ids].inverse_ids == spatial.predicate_ids
