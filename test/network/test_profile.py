import pytest

from hrs_ros.network.config import load_config
from hrs_ros.network.profile import profile

pytestmark = pytest.mark.torch


@pytest.mark.parametrize(
    ("name", "parameters", "gflops"),
    [
        ("sms_r50", 31.1, {"backbone": 43, "neck": 45, "heads": 75}),
        ("sms_r50_single", 28.0, {"backbone": 43, "neck": 33, "heads": 75}),
        ("sms_dla34", 21.2, {"backbone": 32, "neck": 19, "heads": 58}),
        ("sms_dla34_single", 20.7, {"backbone": 32, "neck": 14, "heads": 58}),
        ("sms_l", 80.5, {"backbone": 43, "neck": 45, "heads": 1583}),
    ],
)
def test_the_papers_models_cost_what_they_should(
    name: str, parameters: float, gflops: dict[str, int]
) -> None:
    """31.1 M and 163 GFLOP, 21.2 M and 109 GFLOP, 1.67 TFLOP: the reference figures for 512 x 512."""
    counts = profile(load_config(name))
    assert counts.total_parameters / 1e6 == pytest.approx(parameters, abs=0.06)
    assert {room: round(count / 1e9) for room, count in counts.flops.items()} == gflops


def test_branches_add_up_to_the_heads() -> None:
    for name in ("sms_dla34", "sms_l", "sms_lite"):
        counts = profile(load_config(name), height=64, width=64)
        assert sum(counts.branch_flops.values()) == counts.flops["heads"]


def test_a_deformable_convolution_counts_as_a_plain_one() -> None:
    counts = profile(load_config("sms_dla34_single"), height=64, width=64)
    cells = 16 * 16
    # 64, 128 and 256 channels at strides 4, 8 and 16: 27 channels of sight and the outputs for each block.
    blocks = [(128, 64, 8)] * 3 + [(64, 64, 4)] * 3 + [(256, 128, 16)] * 2 + [(128, 128, 8)] * 2
    blocks += [(512, 256, 32), (256, 256, 16)]
    convolutions = sum(2 * 9 * inputs * (27 + outputs) * (64 // s) ** 2 for inputs, outputs, s in blocks)
    # Enlargement by two reads 4 source cells for each output cell and channel.
    enlargements = 2 * 4 * cells * (64 * 3 + 128 * 2 / 4 + 256 / 16)
    assert counts.flops["neck"] == convolutions + enlargements


def test_flops_of_a_branch_are_twice_its_multiplications() -> None:
    branches = profile(load_config("sms_r50")).branch_flops
    cells, width = 128 * 128, 128
    assert branches["entity"] == 2 * cells * (2 * 9 * width * width + width * 141)
    assert branches["relation"] == 2 * cells * (3 * 9 * width * width + width * 23)
    assert branches["kernel"] == 2 * 40 * 40 * (9 * (width + 2) * width + 9 * width * width + width * 128)


def test_lite_stays_light_and_other_sizes_can_be_asked() -> None:
    counts = profile(load_config("sms_lite"))
    assert (counts.height, counts.width) == (320, 320)
    assert counts.total_flops == pytest.approx(2.43e9, rel=0.05)
    assert counts.total_parameters < 3.5e6
    half = profile(load_config("sms_lite"), height=160, width=320)
    assert half.flops["neck"] == pytest.approx(counts.flops["neck"] / 2)
