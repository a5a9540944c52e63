import dataclasses

import numpy as np
import pytest

from hrs_ros.evaluation.query_success import (
    Outcome,
    UnfoundedFigures,
    ask,
    ask_other_side,
    ask_unique_phrases,
    clip_query,
    summarise_queries,
    swap_sides,
)
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
HOLD = WORDS.relation_id("hold")
LEFT_ARM, RIGHT_ARM = WORDS.part_id("left arm"), WORDS.part_id("right arm")
HUMAN, PLATE, CUP = WORDS.human, WORDS.entity_id("plate"), WORDS.entity_id("cup")
TEXT = "plate in left arm"


def block(x):
    return Mask(x=x, y=0, bits=np.ones((20, 20), bool))


def scene(*relations, shift=0, thing=PLATE):
    entities = (
        Entity(1, HUMAN, 0.9, block(50)),
        Entity(2, thing, 0.9, block(100 + shift)),
        Entity(3, thing, 0.9, block(0 + shift)),
    )
    return Scene(40, 200, entities, relations)


def holds(thing, arm, score=0.9):
    return Relation(1, HOLD, thing, score, (arm,), (1.0,))


TRUTH = scene(holds(2, LEFT_ARM), holds(3, RIGHT_ARM))


def test_the_right_plate_is_a_success():
    result = ask(TEXT, TRUTH, TRUTH)
    assert (result.outcome, result.iou) == (Outcome.SUCCESS, 1.0)


def test_swapped_arms_are_a_silent_wrong_answer():
    result = ask(TEXT, TRUTH, scene(holds(3, LEFT_ARM), holds(2, RIGHT_ARM)))
    assert (result.outcome, result.iou, result.poor_mask) == (Outcome.SILENT_WRONG, 0.0, False)


def test_half_the_mask_decides():
    # Shifted by 6 of 20 columns: IoU 14/26 = 0.54; by 7: 13/27 = 0.48.
    near, far = (
        ask(TEXT, TRUTH, scene(holds(2, LEFT_ARM), holds(3, RIGHT_ARM), shift=shift)) for shift in (6, 7)
    )
    assert near.outcome is Outcome.SUCCESS and near.iou == pytest.approx(14 / 26)
    assert far.outcome is Outcome.SILENT_WRONG and far.poor_mask and not near.poor_mask


def test_another_thing_is_no_poor_mask():
    """The answered mask covers all of plate 3 and half of plate 2, which is asked for."""
    person, plates = (
        Entity(1, HUMAN, 0.9, block(50)),
        (Entity(2, PLATE, 0.9, block(20)), Entity(3, PLATE, 0.9, block(0))),
    )
    truth = Scene(40, 200, (person, *plates), (holds(2, LEFT_ARM),))
    spilled = Entity(2, PLATE, 0.9, Mask(x=0, y=0, bits=np.ones((20, 30), bool)))
    result = ask(TEXT, truth, Scene(40, 200, (person, spilled), (holds(2, LEFT_ARM),)))
    assert result.outcome is Outcome.SILENT_WRONG and not result.poor_mask
    assert result.iou == pytest.approx(10 / 40)


@pytest.mark.parametrize(
    "predicted",
    [
        scene(),  # no relation
        scene(holds(2, LEFT_ARM), holds(3, LEFT_ARM)),  # ambiguous
        scene(holds(2, RIGHT_ARM)),  # wrong part
        scene(holds(2, LEFT_ARM), thing=CUP),  # no such thing
        Scene(40, 200),
    ],
)
def test_refusals_are_honest(predicted):
    result = ask(TEXT, TRUTH, predicted)
    assert (result.outcome, result.iou) == (Outcome.REFUSED, 0.0)


def test_what_the_truth_cannot_answer_is_not_asked():
    assert ask(TEXT, scene(), TRUTH) is None
    assert ask(TEXT, scene(holds(2, LEFT_ARM), holds(3, LEFT_ARM)), TRUTH) is None


def test_every_unique_phrase_is_asked_once():
    results = ask_unique_phrases(TRUTH, scene(holds(2, LEFT_ARM)))
    outcomes = {result.text: result.outcome for result in results}
    assert len(outcomes) == len(results) >= 2
    assert outcomes["plate in left arm"] is Outcome.SUCCESS
    assert outcomes["plate in right arm"] is Outcome.REFUSED
    assert "plate the person holds" not in outcomes  # true of both plates


def test_the_other_side_is_asked_for_where_nothing_is_there():
    truth = scene(holds(2, LEFT_ARM))
    honest, swapped = ask_other_side(truth, truth), ask_other_side(truth, scene(holds(2, RIGHT_ARM)))
    assert honest.asked == swapped.asked >= 2
    assert (honest.answered_rate, swapped.answered_rate) == (0, 1)
    # A plate in each arm: both sides have their answer, so neither request is unfounded.
    assert ask_other_side(TRUTH, TRUTH) == UnfoundedFigures(0, 0)
    assert np.isnan(UnfoundedFigures().answered_rate)
    assert UnfoundedFigures(3, 1) + UnfoundedFigures(1, 1) == UnfoundedFigures(4, 2)


def test_sides_are_swapped_in_words_only():
    assert swap_sides("plate the person holds in left arm") == "plate the person holds in right arm"
    assert swap_sides("plate the person holds") is None


def test_rates_add_up():
    predicted = [TRUTH, scene(holds(3, LEFT_ARM), holds(2, RIGHT_ARM)), scene(), TRUTH]
    figures = summarise_queries(ask(TEXT, TRUTH, one) for one in predicted)
    assert (figures.asked, figures.success, figures.silent_wrong, figures.refused) == (4, 2, 1, 1)
    assert (figures.poor_mask, figures.poor_mask_rate) == (0, 0)
    far = summarise_queries([ask(TEXT, TRUTH, scene(holds(2, LEFT_ARM), shift=7)), ask(TEXT, TRUTH, TRUTH)])
    assert (far.silent_wrong, far.poor_mask, far.poor_mask_rate) == (1, 1, 0.5)
    assert (figures.success_rate, figures.silent_wrong_rate, figures.refused_rate) == (0.5, 0.25, 0.25)
    assert figures.mean_iou == 0.5
    assert np.isnan(summarise_queries([]).success_rate)


def test_clip_counts_frames_without_an_answer_apart():
    empty = dataclasses.replace(TRUTH, relations=())
    figures = clip_query([TRUTH, TRUTH, empty, empty], [TRUTH, empty, TRUTH, empty], TEXT)
    assert (figures.text, figures.frames, figures.unfounded) == (TEXT, 4, 1)
    assert (figures.answerable.asked, figures.answerable.success, figures.answerable.refused) == (2, 1, 1)


def test_clip_and_truth_must_be_equally_long():
    with pytest.raises(ValueError):
        clip_query([TRUTH], [TRUTH, TRUTH], TEXT)
