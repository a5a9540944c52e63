import pytest

from hrs_ros.network import timm_import

pytestmark = pytest.mark.torch


def test_timm_is_whole_and_torchvision_is_importable() -> None:
    import torchvision

    assert timm_import.timm.is_model("resnet50")
    assert torchvision.__version__
