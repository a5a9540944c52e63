"""Where the shipped models lie."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from hrs_ros.inference.graph import ModelError

DEFAULT = "sms_lite"


def default_model() -> Path:
    """The ONNX file that comes with the package; ModelError if this copy of the package has none."""
    path = Path(str(resources.files("hrs_ros").joinpath("models", DEFAULT, "model.onnx")))
    if not path.is_file():
        raise ModelError(
            f"the default model is missing: expected {path}; "
            "install a complete hrs_ros, or name a model written by `hrs export`"
        )
    return path
