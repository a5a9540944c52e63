from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from hrs_ros.inference.compare import Difference, Tolerance, compare_outputs, worst_of

Outputs = dict[str, NDArray[Any]]
SUBJECTS = 2


@pytest.fixture()
def scored(outputs: Outputs) -> Outputs:
    """Five entities, each at a cell of its own, and two relations of the first subject."""
    outputs["entity_class"][:] = (1, 1, 1, 7, 8)
    outputs["entity_score"][:] = (0.9, 0.5, 0.9, 0.8, 0.4)
    outputs["relation_class"][:2] = (1, 2)
    outputs["relation_score"][:2] = (0.6, 0.2)
    outputs["relation_subject"][:2] = 0
    outputs["relation_object"][:2] = (3, 4)
    return outputs


def copy(outputs: Outputs) -> Outputs:
    return {name: value.copy() for name, value in outputs.items()}


def failures(one: Outputs, two: Outputs) -> dict[str, float]:
    lines = compare_outputs(one, two, subjects=SUBJECTS, tolerance=Tolerance(score=1e-3))
    return {line.name: line.value for line in lines if not line.ok}


def test_equal_outputs_agree(scored: Outputs) -> None:
    assert failures(scored, copy(scored)) == {}


def test_order_of_relations_does_not_matter(scored: Outputs) -> None:
    two = copy(scored)
    for name in ("relation_class", "relation_score", "relation_subject", "relation_object", "relation_part"):
        two[name] = scored[name][::-1]
    assert failures(scored, two) == {}


def test_a_moved_entity_is_missed_with_its_relation(scored: Outputs) -> None:
    two = copy(scored)
    two["entity_centre"][3] = (9, 9)
    assert failures(scored, two) == {"entities missing": 2, "relations missing": 2}


def test_the_last_place_may_go_to_a_candidate_as_good(scored: Outputs) -> None:
    two = copy(scored)
    two["entity_centre"][4] = (9, 9)  # 0.4, the last object
    two["entity_score"][4] = 0.4005
    assert failures(scored, two) == {}


def test_the_last_place_may_not_go_to_a_better_one(scored: Outputs) -> None:
    two = copy(scored)
    two["entity_centre"][4] = (9, 9)
    two["entity_score"][4] = 0.41
    assert "entities missing" in failures(scored, two)


@pytest.mark.parametrize(
    ("name", "index", "line"),
    [
        ("entity_score", 3, "entity score"),
        ("entity_mask", (3, 5, 5), "mask logit"),
        ("relation_score", 0, "relation score"),
        ("relation_part", (0, 4), "part probability"),
    ],
)
def test_a_changed_number_is_found(scored: Outputs, name: str, index: Any, line: str) -> None:
    two = copy(scored)
    two[name][index] += 0.05
    assert failures(scored, two)[line] == pytest.approx(0.05, rel=1e-3)


def test_a_changed_subject_is_found(scored: Outputs) -> None:
    two = copy(scored)
    two["relation_subject"][0] = 1
    assert "relations missing" in failures(scored, two)


def test_a_point_that_went_to_another_subject_is_told_apart_from_a_missing_relation(scored: Outputs) -> None:
    """P_r = 0.6 / (0.9 * 0.8) stays, and with the subject of 0.5 the score becomes 0.6 * 0.5 / 0.9."""
    two = copy(scored)
    two["relation_subject"][0] = 1
    two["relation_score"][0] *= 0.5 / 0.9
    assert failures(scored, two) == {"rematched share": 0.5}  # both sides of one of two relations


def test_parsing_is_compared_by_share(scored: Outputs) -> None:
    two = copy(scored)
    two["parsing"][:4] = 3
    assert failures(scored, two) == {"parsing share": 0.25}


def test_worst_of_keeps_the_largest() -> None:
    lines = worst_of([[Difference("a", 1, 2)], [Difference("a", 3, 2)], [Difference("a", 0, 2)]])
    assert lines == [Difference("a", 3, 2)]
    assert not lines[0].ok


def test_nothing_found_on_either_side_agrees(outputs: Outputs) -> None:
    assert failures(outputs, {name: np.copy(value) for name, value in outputs.items()}) == {}
