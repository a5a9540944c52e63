from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from hrs_ros.network.backbone import TimmBackbone
from hrs_ros.network.backbone_weights import load_backbone_weights
from hrs_ros.network.checkpoint import CheckpointError
from hrs_ros.network.timm_import import timm

pytestmark = pytest.mark.torch

NAME = "mobilenetv4_conv_small"  # expects this package's colours: its weights are taken as they are


@pytest.fixture
def classifier() -> dict[str, Tensor]:
    """Tensors of a whole classifier, by timm's names."""
    torch.manual_seed(5)
    model = timm.create_model(NAME)
    return {name: torch.rand_like(value.float()) for name, value in model.state_dict().items()}


def same(backbone: TimmBackbone, classifier: dict[str, Tensor]) -> bool:
    state = {n: v for n, v in backbone.model.state_dict().items() if not n.endswith("num_batches_tracked")}
    return len(state) > 100 and all(torch.allclose(value, classifier[name]) for name, value in state.items())


def test_timms_names(tmp_path: Path, classifier: dict[str, Tensor]) -> None:
    # The order says nothing here: safetensors sorts by size and name.
    save_file(classifier, tmp_path / "weights.safetensors")
    backbone = TimmBackbone(NAME)
    load_backbone_weights(backbone, tmp_path / "weights.safetensors")
    assert same(backbone, classifier)


def test_other_names_in_the_same_order(tmp_path: Path, classifier: dict[str, Tensor]) -> None:
    renamed = {f"_{i}.{name.rpartition('.')[2]}": value for i, (name, value) in enumerate(classifier.items())}
    torch.save(renamed, tmp_path / "weights.pth")
    backbone = TimmBackbone(NAME)
    load_backbone_weights(backbone, tmp_path / "weights.pth")
    assert same(backbone, classifier)


def test_other_colours_are_translated(tmp_path: Path) -> None:
    torch.manual_seed(6)
    model = timm.create_model("tf_efficientnet_lite0", pad_type="").eval()
    torch.save(model.state_dict(), tmp_path / "weights.pth")
    backbone = TimmBackbone("tf_efficientnet_lite0")
    load_backbone_weights(backbone, tmp_path / "weights.pth")
    # (0.229, 0.224, 0.225) of this package over 0.5.
    ratio = backbone.model.conv_stem.weight / model.conv_stem.weight
    torch.testing.assert_close(ratio[0, :, 0, 0], torch.tensor([0.458, 0.448, 0.450]))


def test_another_network_is_refused(tmp_path: Path, classifier: dict[str, Tensor]) -> None:
    torch.save(classifier, tmp_path / "weights.pth")
    with pytest.raises(
        CheckpointError, match=r"expected the weights of resnet50, where 'conv1.weight' has shape"
    ):
        load_backbone_weights(TimmBackbone("resnet50"), tmp_path / "weights.pth")


def test_roles_that_do_not_fit_are_refused(tmp_path: Path, classifier: dict[str, Tensor]) -> None:
    names = list(classifier)
    swap = {"bn1.running_mean": "bn1.running_var", "bn1.running_var": "bn1.running_mean"}
    swapped = {f"x.{swap.get(name, name)}": classifier[swap.get(name, name)] for name in names}
    torch.save(swapped, tmp_path / "weights.pth")
    with pytest.raises(CheckpointError, match=r"'bn1.running_mean' has shape .*got 'x.bn1.running_var'"):
        load_backbone_weights(TimmBackbone(NAME), tmp_path / "weights.pth")


def test_too_few_tensors_are_refused(tmp_path: Path, classifier: dict[str, Tensor]) -> None:
    torch.save(dict(list(classifier.items())[:20]), tmp_path / "weights.pth")
    with pytest.raises(CheckpointError, match="got no tensor"):
        load_backbone_weights(TimmBackbone(NAME), tmp_path / "weights.pth")


@pytest.mark.parametrize("name", ["weights.pth", "weights.safetensors"])
def test_what_is_no_weights_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with pytest.raises(CheckpointError, match="no weights at"):
        load_backbone_weights(TimmBackbone(NAME), path)
    path.write_bytes(b"not tensors")
    with pytest.raises(CheckpointError, match="expected readable weights"):
        load_backbone_weights(TimmBackbone(NAME), path)


def test_a_pickle_of_anything_else_is_refused(tmp_path: Path) -> None:
    torch.save([1, 2, 3], tmp_path / "weights.pth")
    with pytest.raises(CheckpointError, match="expected tensors by name, got list"):
        load_backbone_weights(TimmBackbone(NAME), tmp_path / "weights.pth")
    torch.save({"epoch": 3}, tmp_path / "weights.pth")
    with pytest.raises(CheckpointError, match="expected tensors by name, got dict"):
        load_backbone_weights(TimmBackbone(NAME), tmp_path / "weights.pth")
