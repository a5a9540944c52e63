from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from hrs_ros.network.checkpoint import Checkpoint, CheckpointError, load_checkpoint, save_checkpoint
from hrs_ros.network.config import load_config
from hrs_ros.network.sms import SMS
from hrs_ros.network.warm_start import QUIET, starting_weights

CONFIG = load_config("sms_lite", input_height=64, input_width=64)


@pytest.fixture
def checkpoint(tmp_path: Path) -> Checkpoint:
    torch.manual_seed(3)
    save_checkpoint(tmp_path / "start.safetensors", SMS(CONFIG).state_dict(), config=CONFIG, step=7)
    return load_checkpoint(tmp_path / "start.safetensors")


def test_another_input_size_and_other_ks_change_nothing(checkpoint: Checkpoint) -> None:
    config = replace(CONFIG, input_height=96, input_width=128, relations=50)
    weights = starting_weights(checkpoint, SMS(config))
    assert weights.keys() == checkpoint.weights.keys()
    assert all(torch.equal(weights[name], value) for name, value in checkpoint.weights.items())


def test_with_a_second_order_the_first_one_sees_what_it_saw(checkpoint: Checkpoint) -> None:
    directed = replace(CONFIG, directed_pairs=True)
    before, after = SMS(CONFIG).eval(), SMS(directed).eval()
    before.load_state_dict(checkpoint.weights)
    after.load_state_dict(starting_weights(checkpoint, SMS(directed)))
    image = torch.randn(2, 3, 64, 64)
    with torch.no_grad():
        old, new = before(image), after(image)
    assert new["relation"].shape[1] == 46 and new["part"].shape[1] == 50
    torch.testing.assert_close(new["relation"][:, :23], old["relation"])
    torch.testing.assert_close(new["relation"][:, 23:], torch.full_like(old["relation"], QUIET))
    torch.testing.assert_close(new["part"], old["part"].repeat(1, 2, 1, 1))
    torch.testing.assert_close(new["displacement"], old["displacement"])


def test_another_network_is_refused_with_the_first_difference(checkpoint: Checkpoint) -> None:
    with pytest.raises(CheckpointError, match=r"cannot start sms_lite .*expected shape .*, got "):
        starting_weights(checkpoint, SMS(replace(CONFIG, mask_head="polar")))


def test_the_second_order_is_not_taken_away_silently(checkpoint: Checkpoint) -> None:
    directed = replace(CONFIG, directed_pairs=True)
    wide = replace(checkpoint, config=directed, weights=starting_weights(checkpoint, SMS(directed)))
    with pytest.raises(CheckpointError, match=r"4 tensors differ"):
        starting_weights(wide, SMS(CONFIG))


def test_with_another_backbone_everything_behind_it_starts_as_it_was(checkpoint: Checkpoint) -> None:
    model = SMS(replace(CONFIG, backbone="mobilenetv4_conv_small"))
    weights = starting_weights(checkpoint, model)
    own, new = ("backbone.", "neck.lateral."), model.state_dict()
    for name, value in weights.items():
        assert torch.equal(value, (new if name.startswith(own) else checkpoint.weights)[name]), name
    assert any(name.startswith("neck.merge.") for name in weights)
    model.load_state_dict(weights)
