from __future__ import annotations

from pathlib import Path

import pytest

from hrs_ros.inference import models
from hrs_ros.inference.graph import ModelError


def test_default_model_lies_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models.resources, "files", lambda package: tmp_path)
    with pytest.raises(ModelError, match=r"sms_lite/model\.onnx.*hrs export"):
        models.default_model()
    path = tmp_path / "models" / "sms_lite" / "model.onnx"
    path.parent.mkdir(parents=True)
    path.touch()
    assert models.default_model() == path
