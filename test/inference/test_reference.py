from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from hrs_ros.inference.compare import Tolerance, compare_outputs
from hrs_ros.inference.graph import OUTPUT_NAMES
from hrs_ros.inference.reference import decode, decode_image, peaks, top
from hrs_ros.network.config import ModelConfig
from hrs_ros.vocabulary import vocabulary

Array = NDArray[Any]
V = vocabulary()
HUMAN, PLATE = V.human, V.entity_id("plate")
HOLD = V.relation_id("hold")


def flat_raw(config: ModelConfig, *, side: int = 16) -> dict[str, Array]:
    """Raw maps of one image without a peak."""
    D, S = 4, config.kernel_grid
    return {
        "entity": np.full((141, side, side), -9, np.float32),
        "relation": np.full((23, side, side), -9, np.float32),
        "displacement": np.zeros((4, side, side), np.float32),
        "part": np.full((25, side, side), -9, np.float32),
        "part_bias": np.zeros((23, 25), np.float32),
        "parsing": np.zeros((26, side, side), np.float32),
        "kernel": np.zeros((D, S, S), np.float32),
        "mask_feature": np.zeros((D, side, side), np.float32),
    }


@pytest.fixture()
def raw(config: ModelConfig) -> dict[str, Array]:
    """A man at cell (4, 6), a plate at (10, 8), and between them at (7, 7) that he holds it."""
    raw = flat_raw(config)
    raw["entity"][HUMAN - 1, 6, 4] = 2
    raw["entity"][PLATE - 1, 8, 10] = 1
    raw["relation"][HOLD - 1, 7, 7] = 3
    raw["displacement"][:, 7, 7] = (-3, -1, 3, 1)
    raw["part"][4, 7, 7] = 0.5
    raw["part_bias"][HOLD - 1, 4] = 1
    raw["kernel"][:, 3, 2] = (
        1,
        0,
        2,
        0,
    )  # the man's cell of the 8 x 8 grid: row 6 * 8 // 16, column 4 * 8 // 16
    raw["mask_feature"][:, 5, 5] = (10, 20, 30, 40)
    raw["parsing"][7, 2, 3] = 5
    return raw


def sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def test_man_holding_a_plate(raw: dict[str, Array], config: ModelConfig) -> None:
    out = decode_image(raw, config)
    assert tuple(out) == OUTPUT_NAMES
    assert out["entity_class"][0] == HUMAN and out["entity_centre"][0].tolist() == [4, 6]
    assert out["entity_class"][2:4].tolist() == [HUMAN, PLATE]  # objects: all classes, best first
    assert out["entity_centre"][3].tolist() == [10, 8]
    assert out["entity_score"][[0, 2, 3]] == pytest.approx([sigmoid(2), sigmoid(2), sigmoid(1)])
    assert out["relation_class"][0] == HOLD
    assert (out["relation_subject"][0], out["relation_object"][0]) == (0, 3)
    assert out["relation_score"][0] == pytest.approx(sigmoid(2) * sigmoid(1) * sigmoid(3))
    assert out["relation_part"][0, 4] == pytest.approx(sigmoid(1.5))
    assert out["entity_mask"][0, 5, 5] == 10 + 2 * 30
    assert out["parsing"][2, 3] == 7 and out["parsing"][0, 0] == 0


def test_a_person_is_never_his_own_object(raw: dict[str, Array], config: ModelConfig) -> None:
    raw["displacement"][:, 7, 7] = (-3, -1, -3, -1)  # both point at the man
    out = decode_image(raw, config)
    assert out["entity_class"][out["relation_object"][0]] == PLATE


def test_a_confident_centre_may_be_further_away(raw: dict[str, Array], config: ModelConfig) -> None:
    book = V.entity_id("book")
    raw["entity"][book - 1, 8, 13] = 4  # 3 cells beyond the plate, sigmoid 0.98
    raw["entity"][PLATE - 1, 8, 10] = -1  # sigmoid 0.27
    raw["displacement"][2:, 7, 7] = (4, 1)  # 1 cell from the plate: 1 / 0.27 > 2 / 0.98
    out = decode_image(raw, config)
    assert out["entity_class"][out["relation_object"][0]] == book


def test_the_same_triplet_is_scored_once(raw: dict[str, Array], config: ModelConfig) -> None:
    raw["relation"][HOLD - 1, 12, 12] = 1
    raw["displacement"][:, 12, 12] = (-8, -6, -2, -4)  # the same man, the same plate
    score = decode_image(raw, config)["relation_score"]
    assert score[0] > 0 and score[1] == 0


def test_decode_stacks_images(raw: dict[str, Array], config: ModelConfig) -> None:
    empty = flat_raw(config)
    batch = {n: raw[n] if n == "part_bias" else np.stack([empty[n], raw[n]]) for n in raw}
    out = decode(batch, config)
    for name, value in decode_image(raw, config).items():
        assert (out[name][1] == value).all(), name
        assert out[name].shape == (2, *value.shape)


@given(st.lists(st.integers(0, 3), min_size=30, max_size=30))
def test_peaks_are_cells_without_a_higher_neighbour(values: list[int]) -> None:
    heat = np.array(values, np.float32).reshape(1, 5, 6)
    found = peaks(heat)
    for y in range(5):
        for x in range(6):
            around = heat[0, max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2]
            assert found[0, y, x] == (heat[0, y, x] if heat[0, y, x] >= around.max() else -np.inf)


@given(st.lists(st.floats(-50, 50, width=32), min_size=24, max_size=24), st.integers(1, 24))
def test_top_is_the_sorted_front(values: list[float], count: int) -> None:
    heat = np.array(values, np.float32).reshape(2, 3, 4)
    score, channel, row, column = top(heat, count)
    assert heat[channel, row, column].tolist() == sorted(heat.ravel().tolist(), reverse=True)[:count]
    assert score == pytest.approx(sigmoid(heat[channel, row, column].astype(float)))


def test_decode_agrees_with_itself_under_a_swap_of_ties(raw: dict[str, Array], config: ModelConfig) -> None:
    """Two plates of the same score change places in the list; the comparison must not care."""
    raw["entity"][PLATE - 1, 2, 2] = 1
    one = decode_image(raw, config)
    two = {name: value.copy() for name, value in one.items()}
    for name in ("entity_class", "entity_score", "entity_centre", "entity_mask"):
        two[name][[3, 4]] = one[name][[4, 3]]
    two["relation_object"] = np.where(
        one["relation_object"] == 3, 4, np.where(one["relation_object"] == 4, 3, 2)
    )
    assert all(line.ok for line in compare_outputs(one, two, subjects=config.subjects, tolerance=Tolerance()))
