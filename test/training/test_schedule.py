import math

import pytest

from hrs_ros.training.schedule import Budget, LearningRate, SizeSchedule


def test_the_largest_fraction_is_the_progress() -> None:
    budget = Budget(steps=100, seconds=60.0)
    assert budget.progress(step=50, epoch=3, seconds=6.0) == 0.5
    assert budget.progress(step=50, epoch=3, seconds=45.0) == 0.75
    assert budget.progress(step=10, epoch=3, seconds=90.0) == 1.0
    assert Budget(epochs=140).progress(step=10_000, epoch=35.0, seconds=1e6) == 0.25


@pytest.mark.parametrize("limits", [{}, {"steps": 0}, {"seconds": -1.0}, {"steps": 10, "epochs": 0}])
def test_a_run_needs_an_end(limits: dict) -> None:
    with pytest.raises(ValueError, match="needs an end"):
        Budget(**limits)


def test_the_paper_divides_by_ten_at_90_and_110_of_140_epochs() -> None:
    rate, budget = LearningRate(base=3e-4, preset="paper"), Budget(epochs=140)
    found = [
        rate.at(budget.progress(step=0, epoch=epoch, seconds=0)) for epoch in (0, 89.9, 90, 109.9, 110, 140)
    ]
    assert found == pytest.approx([3e-4, 3e-4, 3e-5, 3e-5, 3e-6, 3e-6])


def test_a_short_run_warms_up_and_anneals() -> None:
    rate = LearningRate(base=1.0, warm_up=0.1, floor=0.01)
    assert rate.at(0) == pytest.approx(0.01)
    assert rate.at(0.05) == pytest.approx(0.5)
    assert rate.at(0.1) == pytest.approx(1.0)
    assert rate.at(0.55) == pytest.approx(0.505)  # half way down the cosine
    assert rate.at(0.325) == pytest.approx(0.01 + 0.99 * (1 + math.cos(math.pi / 4)) / 2)
    assert rate.at(1.0) == pytest.approx(0.01)


def test_a_run_limited_by_the_clock_anneals_as_fully_as_one_limited_by_steps() -> None:
    rate, budget = LearningRate(base=1.0), Budget(steps=1_000_000, seconds=4800.0)
    assert rate.at(budget.progress(step=2500, epoch=1, seconds=4800.0)) == pytest.approx(0.01)


def test_sizes_grow_with_progress() -> None:
    sizes = SizeSchedule.parse("224@0.45,256@0.6,320@1")
    found = [sizes.at(progress) for progress in (0, 0.44, 0.45, 0.59, 0.6, 1.0)]
    assert found == [224, 224, 256, 256, 320, 320]
    assert sizes.final == 320
    assert SizeSchedule.parse("512").stages == ((512, 1.0),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("300", "multiples of 32"),
        ("256@0.6", "exactly 1"),
        ("256@0.6,320@0.5", "must rise"),
        ("big", "expected SIZE"),
        ("", "expected SIZE"),
    ],
)
def test_impossible_sizes_are_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        SizeSchedule.parse(text)
