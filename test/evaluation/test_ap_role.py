"""AP_role against V-COCO's own evaluator and cases worked by hand."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrs_ros.data.vcoco import RolesTruth, RoleTruth
from hrs_ros.evaluation.ap_role import APRole, Judged, RolePrediction, Scenario, ap_role, judge
from hrs_ros.scene import Mask
from hrs_ros.vocabulary import vocabulary

V = vocabulary("vcoco")
HOLD, SIT = V.relation_id("hold_obj"), V.relation_id("sit_instr")


def rectangle(x: int, y: int, width: int, height: int) -> Mask:
    return Mask(x=x, y=y, bits=np.ones((height, width), bool))


ANNA, BEN = rectangle(0, 0, 10, 20), rectangle(40, 0, 10, 20)
MUG, BOOK = rectangle(12, 5, 6, 6), rectangle(52, 5, 6, 6)


def truth(*roles: RoleTruth, people: tuple[Mask, ...] = (ANNA, BEN), asked: Any = (True, True)) -> RolesTruth:
    return RolesTruth(people, asked, roles)


def predicted(
    score: float, subject: Mask = ANNA, target: Mask | None = MUG, relation: int = HOLD
) -> RolePrediction:
    return RolePrediction(subject, relation, target, score)


def figures(judged: Judged) -> dict[Scenario, list[bool]]:
    return {scenario: judged.true[scenario].tolist() for scenario in Scenario}


def ap(scenario: Scenario, *judged: Judged) -> APRole:
    return ap_role(judged, scenario=scenario)


def test_agrees_with_v_cocos_own_evaluator(repository: Path) -> None:
    data = json.loads((repository / "test/oracles/ap_role_vectors.json").read_text())
    judged = [
        judge(
            RolesTruth(
                people=tuple(rectangle(*box) for box in image["people"]),
                asked=tuple(image["asked"]),
                roles=tuple(
                    RoleTruth(
                        act["person"],
                        V.relation_id(act["relation"]),
                        None if act["object"] is None else rectangle(*act["object"]),
                    )
                    for act in image["acts"]
                ),
            ),
            [
                RolePrediction(
                    rectangle(*row["subject"]),
                    V.relation_id(row["relation"]),
                    None if row["object"] is None else rectangle(*row["object"]),
                    row["score"],
                )
                for row in image["predictions"]
            ],
        )
        for image in data["images"]
    ]
    for scenario in Scenario:
        expected = data["expected"][f"scenario_{scenario.value}"]
        result = ap_role(judged, scenario=scenario)
        ours = {name: result.by_relation[V.relation_id(name)] for name in expected}
        assert ours == pytest.approx(expected, abs=1e-6)  # theirs is in float32
        assert result.mean == pytest.approx(np.mean(list(expected.values())), abs=1e-6)


def test_ap_worked_by_hand() -> None:
    # Ranked: true, false, true, and one of three acts is never found.
    roles = truth(RoleTruth(0, HOLD, MUG), RoleTruth(1, HOLD, BOOK))
    first = judge(roles, [predicted(0.9), predicted(0.8, BEN, MUG), predicted(0.7, BEN, BOOK)])
    second = judge(truth(RoleTruth(0, HOLD, MUG)), [])
    assert figures(first) == {scenario: [True, False, True] for scenario in Scenario}
    for scenario in Scenario:
        result = ap(scenario, first, second)
        assert result.positives[HOLD] == 3
        assert result.by_relation[HOLD] == pytest.approx((1 + 2 / 3) / 3)


def test_the_precision_of_a_recall_is_the_best_from_there_on() -> None:
    # False, true, true: precision 1/2 at recall 1/2 and 2/3 at 1, so 2/3 at both.
    roles = truth(RoleTruth(0, HOLD, MUG), RoleTruth(1, HOLD, BOOK))
    judged = judge(roles, [predicted(0.9, BEN, MUG), predicted(0.8), predicted(0.7, BEN, BOOK)])
    assert ap(Scenario.ONE, judged).by_relation[HOLD] == pytest.approx(2 / 3)


def test_an_unseen_object_must_be_predicted_empty_in_scenario_one_only() -> None:
    roles = truth(RoleTruth(0, HOLD, None))
    assert figures(judge(roles, [predicted(0.9, target=MUG)])) == {
        Scenario.ONE: [False],
        Scenario.TWO: [True],
    }
    assert figures(judge(roles, [predicted(0.9, target=None)])) == {
        Scenario.ONE: [True],
        Scenario.TWO: [True],
    }
    # A better one with an object takes the act in scenario 2, and is passed over in scenario 1.
    both = judge(roles, [predicted(0.9), predicted(0.8, target=None)])
    assert figures(both) == {Scenario.ONE: [False, True], Scenario.TWO: [True, False]}


def test_a_visible_object_must_be_predicted_in_both() -> None:
    judged = judge(truth(RoleTruth(0, HOLD, MUG)), [predicted(0.9, target=None)])
    assert figures(judged) == {scenario: [False] for scenario in Scenario}


def test_people_who_were_not_asked_about_are_left_out() -> None:
    roles = truth(RoleTruth(0, HOLD, MUG), asked=(True, False))
    judged = judge(roles, [predicted(0.9, BEN, BOOK), predicted(0.8)])
    assert figures(judged) == {scenario: [True] for scenario in Scenario}
    assert ap(Scenario.ONE, judged).by_relation[HOLD] == 1


def test_without_people_everything_is_false() -> None:
    judged = judge(truth(people=(), asked=()), [predicted(0.9), predicted(0.8, target=None)])
    assert figures(judged) == {scenario: [False, False] for scenario in Scenario}
    assert judged.positives.sum() == 0
    found = judge(truth(RoleTruth(0, HOLD, MUG)), [predicted(0.7)])
    assert ap(Scenario.ONE, judged, found).by_relation[HOLD] == pytest.approx(1 / 3)


def test_a_subject_that_overlaps_nobody_is_false_even_beside_unasked_people() -> None:
    roles = truth(RoleTruth(1, HOLD, BOOK), asked=(False, True))
    judged = judge(roles, [predicted(0.9, rectangle(20, 30, 5, 5))])
    assert figures(judged) == {scenario: [False] for scenario in Scenario}


@pytest.mark.parametrize(
    ("subject", "target", "right"),
    [
        (rectangle(0, 0, 10, 10), MUG, True),  # IoU with Anna 1/2
        (rectangle(0, 0, 10, 9), MUG, False),
        (ANNA, rectangle(12, 5, 6, 3), True),  # IoU with the mug 1/2
        (ANNA, rectangle(12, 5, 6, 2), False),
    ],
)
def test_both_masks_need_half_an_iou(subject: Mask, target: Mask, right: bool) -> None:
    judged = judge(truth(RoleTruth(0, HOLD, MUG)), [predicted(0.9, subject, target)])
    assert figures(judged) == {scenario: [right] for scenario in Scenario}


def test_another_action_or_the_same_act_twice_is_false() -> None:
    judged = judge(
        truth(RoleTruth(0, HOLD, MUG)), [predicted(0.7), predicted(0.9), predicted(0.95, relation=SIT)]
    )
    assert judged.scores.tolist() == [0.95, 0.9, 0.7]
    assert figures(judged) == {scenario: [False, True, False] for scenario in Scenario}


def test_relations_without_a_labelled_act_are_no_zero() -> None:
    result = ap(Scenario.ONE, judge(truth(RoleTruth(0, HOLD, MUG)), [predicted(0.9), predicted(0.8, BEN)]))
    assert np.flatnonzero(~np.isnan(result.by_relation)).tolist() == [HOLD] and result.mean == 1
    assert np.isnan(ap(Scenario.TWO).mean) and np.isnan(ap(Scenario.TWO, judge(truth(), [])).mean)


@given(st.data())
def test_perfect_predictions_are_perfect_and_scenario_two_is_never_harder(data: st.DataObject) -> None:
    objects = st.sampled_from([MUG, BOOK, None])
    roles = [
        RoleTruth(person, relation, data.draw(objects))
        for person in range(2)
        for relation in (HOLD, SIT)
        if data.draw(st.booleans())
    ]
    images = truth(*roles)
    right = [
        predicted(data.draw(st.floats(0.5, 1)), images.people[act.person], act.object, act.relation_id)
        for act in roles
    ]
    wrong = [
        predicted(data.draw(st.floats(0, 0.4)), data.draw(st.sampled_from([ANNA, BEN])), data.draw(objects))
        for _ in range(data.draw(st.integers(0, 4)))
    ]
    for scenario in Scenario:
        result = ap(scenario, judge(images, right + wrong))
        assert not roles or result.mean == 1  # what comes after the last act costs nothing
    noisy = judge(images, wrong)
    one, two = (ap(scenario, noisy).by_relation[1:] for scenario in Scenario)
    assert (np.nan_to_num(one) <= np.nan_to_num(two)).all()
