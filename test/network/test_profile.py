import pytest

from hrs_ros.network.config import load_config
from hrs_ros.network.profile import profile

pytestmark = pytest.mark.torch


def test_r50_costs_what_the_reference_says() -> None:
    counts = profile(load_config("sms_r50"))
    assert (counts.height, counts.width) == (512, 512)
    assert counts.total_parameters == pytest.approx(31.1e6, rel=0.01)
    assert counts.total_flops == pytest.approx(163e9, rel=0.01)
    assert {room: round(count / 1e9) for room, count in counts.flops.items()} == {
        "backbone": 43,
        "neck": 45,
        "heads": 75,
    }


def test_flops_of_a_branch_are_twice_its_multiplications() -> None:
    branches = profile(load_config("sms_r50")).branch_flops
    cells, width = 128 * 128, 128
    assert branches["entity"] == 2 * cells * (2 * 9 * width * width + width * 141)
    assert branches["relation"] == 2 * cells * (3 * 9 * width * width + width * 23)
    assert branches["kernel"] == 2 * 40 * 40 * (9 * (width + 2) * width + 9 * width * width + width * 128)


def test_lite_stays_light_and_other_sizes_can_be_asked() -> None:
    counts = profile(load_config("sms_lite"))
    assert (counts.height, counts.width) == (320, 320)
    assert counts.total_flops == pytest.approx(1.7e9, rel=0.05)
    assert counts.total_parameters < 2e6
    half = profile(load_config("sms_lite"), height=160, width=320)
    assert half.flops["neck"] == pytest.approx(counts.flops["neck"] / 2)
