import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrs_ros.evaluation.mean_recall import (
    NOT_FOUND,
    Matches,
    Task,
    geometric_predicates,
    group_recall,
    match,
    mean_recall,
)
from hrs_ros.evaluation.resize import PUBLIC_EVALUATOR_SIZE, resize_scene
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

HOLD, LOOK_AT, NEXT_TO = (vocabulary().relation_id(name) for name in ("hold", "look at", "next to"))
LEFT_ARM, RIGHT_ARM = (vocabulary().part_id(name) for name in ("left arm", "right arm"))
HUMAN, CUP = vocabulary().human, vocabulary().entity_id("cup")


def block(x, y, width, height):
    return Mask(x=x, y=y, bits=np.ones((height, width), bool))


def scene(*relations, parts=None, shift=0):
    person = Entity(1, HUMAN, 1.0, block(0, 0, 20, 40), parts or {})
    cup = Entity(2, CUP, 1.0, block(30 + shift, 10, 10, 10))
    return Scene(60, 80, (person, cup), relations)


def oracle_scene(case, prefix):
    instance, semantic = (
        np.array(case[f"{prefix}_instance"]),
        np.array(case[f"{prefix}_semantic"]),
    )
    entities = tuple(
        Entity(int(i), int(semantic[instance == i][0]), 1.0, Mask.from_full(instance == i))
        for i in np.unique(instance)
        if i
    )
    relations = tuple(Relation(s, p, o, *(score or [1.0])) for s, o, p, *score in case[f"{prefix}_relations"])
    return Scene(case["H"], case["W"], entities, relations)


def oracle_cases(repository):
    data = json.loads((repository / "test/oracles/pic_recall_vectors.json").read_text())
    return data, data["cases"]


def test_agrees_with_the_public_evaluator(repository):
    data, cases = oracle_cases(repository)
    limits, thresholds = tuple(data["K"]), tuple(data["iou"])
    compared = 0
    for case in cases:
        truth, predicted = (
            resize_scene(oracle_scene(case, prefix), *PUBLIC_EVALUATOR_SIZE) for prefix in ("gt", "pred")
        )
        matches = match(truth, predicted, task=Task.RS, thresholds=thresholds)
        result = mean_recall([matches], limits=limits, thresholds=thresholds)
        geometric = set(data["geometric_ids"])
        action = set(range(1, data["n_rel"] + 1)) - geometric
        for k, limit in enumerate(limits):
            for t, threshold in enumerate(thresholds):
                for name, value in case["expected"][str(limit)][str(threshold)].items():
                    row = result.by_image[t, k]
                    if name.startswith("r"):
                        ours = row[int(name[1:])]
                    else:
                        kind = geometric if name == "geometric_rel" else action
                        ours = group_recall([matches], kind, limits=limits)[t, k]
                    assert ours == pytest.approx(value, abs=1e-9), (limit, threshold, name)
                    compared += 1
    assert compared > 150


def test_hrs_wants_the_acting_arm_and_rs_does_not():
    arms = {LEFT_ARM: block(12, 5, 6, 10), RIGHT_ARM: block(2, 5, 6, 10)}
    truth = scene(Relation(1, HOLD, 2, 1.0, (LEFT_ARM,), (1.0,)), parts=arms)
    wrong_arm = scene(Relation(1, HOLD, 2, 0.9, (RIGHT_ARM,), (0.8,)), parts=arms)
    right_arm = scene(Relation(1, HOLD, 2, 0.9, (LEFT_ARM,), (0.8,)), parts=arms)
    assert (match(truth, wrong_arm, task=Task.RS).first_rank == 0).all()
    assert (match(truth, wrong_arm, task=Task.HRS).first_rank == NOT_FOUND).all()
    assert (match(truth, right_arm, task=Task.HRS).first_rank == 0).all()


def test_geometric_relations_keep_the_whole_human_in_hrs():
    truth = scene(Relation(1, NEXT_TO, 2, 1.0))
    assert (match(truth, truth, task=Task.HRS).first_rank == 0).all()


def test_actions_without_labelled_parts_are_no_hrs_truth():
    truth = scene(Relation(1, HOLD, 2, 1.0), Relation(1, NEXT_TO, 2, 1.0))
    assert match(truth, truth, task=Task.HRS).predicate_ids.tolist() == [NEXT_TO]
    assert match(truth, truth, task=Task.RS).predicate_ids.tolist() == [HOLD, NEXT_TO]


def test_both_ends_must_reach_the_threshold():
    truth = scene(Relation(1, NEXT_TO, 2, 1.0))
    # The cup is 10 wide: shifted by 3 its IoU is 7/13 = 0.54, the human's stays 1.
    (ranks,) = match(truth, scene(Relation(1, NEXT_TO, 2, 1.0), shift=3), task=Task.RS).first_rank
    assert ranks.tolist() == [0, 0, NOT_FOUND]


def test_rank_follows_the_score_and_duplicates_count_once():
    truth = scene(Relation(1, HOLD, 2, 1.0))
    noise = [Relation(1, LOOK_AT, 2, 0.9)] * 3
    predicted = scene(Relation(1, HOLD, 2, 0.5), Relation(1, HOLD, 2, 0.4), *noise)
    matches = match(truth, predicted, task=Task.RS)
    assert (matches.first_rank == 3).all()
    result = mean_recall([matches], limits=(3, 4, 100))
    assert result.pooled[:, :, HOLD].tolist() == [[0, 1, 1]] * 3


def test_only_the_best_hundred_are_looked_at():
    truth = scene(Relation(1, HOLD, 2, 1.0))
    noise = [Relation(1, LOOK_AT, 2, 0.9)] * 100
    assert (
        match(truth, scene(*noise, Relation(1, HOLD, 2, 0.5)), task=Task.RS).first_rank == NOT_FOUND
    ).all()


def found(predicates, ranks):
    return Matches(np.array(predicates), np.repeat(np.array(ranks)[:, None], 3, axis=1))


def test_mean_over_images_and_pooled_figure_differ_as_they_should():
    # "hold": 1 of 3 in the first image, 1 of 1 in the second. Images: (1/3 + 1)/2; pooled: 2/4.
    images = [found([HOLD] * 3, [0, 60, NOT_FOUND]), found([HOLD, NEXT_TO], [10, 30])]
    result = mean_recall(images)
    np.testing.assert_allclose(result.by_image[0, :, HOLD], [2 / 3, 2 / 3, 5 / 6])
    np.testing.assert_allclose(result.pooled[0, :, HOLD], [0.5, 0.5, 0.75])
    np.testing.assert_allclose(result.by_image[0, :, NEXT_TO], [0, 1, 1])
    np.testing.assert_allclose(result.recall(), [1 / 3, 5 / 6, 11 / 12])
    np.testing.assert_allclose(result.average(), (1 / 3 + 5 / 6 + 11 / 12) / 3)
    np.testing.assert_allclose(result.recall(predicates=geometric_predicates()), [0, 1, 1])
    assert result.present == (HOLD, NEXT_TO)
    assert result.images[HOLD] == 2 and result.triplets[HOLD] == 4
    assert np.isnan(result.by_image[:, :, LOOK_AT]).all()


def test_nothing_to_find_is_not_a_zero():
    result = mean_recall([match(scene(), scene(), task=Task.RS)])
    assert np.isnan(result.average())


def test_matches_of_other_thresholds_are_refused():
    with pytest.raises(ValueError, match="hold 3 thresholds, expected the 1 given"):
        mean_recall([found([HOLD], [0])], thresholds=(0.5,))


def test_geometric_relations_are_the_nine_of_the_vocabulary():
    assert len(geometric_predicates()) == 9 and NEXT_TO in geometric_predicates()


@given(
    st.lists(
        st.lists(st.tuples(st.integers(1, 23), st.integers(0, 130)), min_size=1, max_size=8),
        min_size=1,
        max_size=5,
    )
)
def test_recall_grows_with_the_limit_and_stays_in_range(images):
    result = mean_recall([found(*zip(*rows, strict=True)) for rows in images])
    for pooled in (False, True):
        values = result.recall(pooled=pooled)
        assert (np.diff(values) >= 0).all() and values.min() >= 0 and values.max() <= 1


def test_a_resized_scene_keeps_shapes_and_relations():
    original = scene(Relation(1, NEXT_TO, 2, 1.0), parts={LEFT_ARM: block(12, 4, 6, 10)})
    doubled = resize_scene(original, 120, 160)
    cup = doubled.entity(2).mask
    assert (cup.x, cup.y, cup.width, cup.height) == (60, 20, 20, 20)
    assert doubled.entity(1).parts[LEFT_ARM].area == 240
    assert doubled.relations == original.relations and (doubled.height, doubled.width) == (120, 160)
