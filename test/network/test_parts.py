import numpy as np
import pytest
import torch

from hrs_ros.data.sample import RelationLabel
from hrs_ros.network.part_table import part_frequency
from hrs_ros.network.parts import most_frequent_part, nearest_part, sampled_part
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.torch

V = vocabulary()
HOLD, LOOK_AT, NEXT_TO = (V.relation_id(name) for name in ("hold", "look at", "next to"))
LEFT_ARM, RIGHT_ARM, FACE = (V.part_id(name) for name in ("left arm", "right arm", "face"))


def test_frequency_is_the_share_of_acting_parts() -> None:
    relations = [
        RelationLabel(0, HOLD, 1, (LEFT_ARM,)),
        RelationLabel(0, HOLD, 1, (LEFT_ARM, RIGHT_ARM)),
        RelationLabel(0, HOLD, 1, None),  # not labelled: counts for nothing
        RelationLabel(0, NEXT_TO, 1),
    ]
    table = part_frequency(relations)
    assert table.shape == (23, 25) and table.dtype == np.float32
    assert table[HOLD - 1, LEFT_ARM - 1] == pytest.approx(2 / 3)
    assert table[HOLD - 1, RIGHT_ARM - 1] == pytest.approx(1 / 3)
    assert table.sum() == pytest.approx(1) and not table[NEXT_TO - 1].any()


def test_most_frequent() -> None:
    frequency = torch.zeros(23, 25)
    frequency[HOLD - 1, RIGHT_ARM - 1], frequency[HOLD - 1, LEFT_ARM - 1] = 0.7, 0.3
    frequency[LOOK_AT - 1, FACE - 1] = 1.0
    one_hot = most_frequent_part(frequency, torch.tensor([[HOLD - 1, LOOK_AT - 1]]))
    assert one_hot.nonzero().tolist() == [[0, 0, RIGHT_ARM - 1], [0, 1, FACE - 1]]


def test_samples_follow_the_distribution() -> None:
    frequency = torch.zeros(23, 25)
    frequency[HOLD - 1, LEFT_ARM - 1], frequency[HOLD - 1, RIGHT_ARM - 1] = 0.25, 0.75
    y, x = torch.meshgrid(torch.arange(64), torch.arange(64), indexing="ij")
    point = torch.stack([x.flatten(), y.flatten()], dim=1)[None]
    drawn = sampled_part(frequency, torch.full((1, 64 * 64), HOLD - 1), point)
    assert bool((drawn.sum(dim=2) == 1).all())
    share = drawn.mean(dim=1)[0]
    # Three standard deviations of 4096 fair draws.
    assert float(share[LEFT_ARM - 1]) == pytest.approx(0.25, abs=0.021)
    assert float(share[RIGHT_ARM - 1]) == pytest.approx(0.75, abs=0.021)


def test_nearest_is_the_closest_labelled_cell_of_the_subject() -> None:
    parsing = torch.zeros(1, 6, 8, dtype=torch.int64)
    parsing[0, 2, 1], parsing[0, 2, 6], parsing[0, 5, 4] = LEFT_ARM, RIGHT_ARM, FACE
    mask = torch.full((1, 2, 6, 8), -1.0)
    mask[0, 0, :, :4] = 1.0  # the first subject is the left half of the picture, the second everything
    mask[0, 1] = 1.0
    one_hot = nearest_part(mask, parsing, torch.tensor([[[4, 3], [4, 3]]]), parts=25)
    assert one_hot.nonzero().tolist() == [[0, 0, LEFT_ARM - 1], [0, 1, FACE - 1]]


def test_nearest_of_nothing_is_nothing() -> None:
    parsing = torch.zeros(1, 4, 4, dtype=torch.int64)
    assert not nearest_part(torch.ones(1, 1, 4, 4), parsing, torch.tensor([[[0, 0]]]), parts=25).any()
