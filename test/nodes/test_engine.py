"""Model files looked at before use; a GPU that fails, with and without the leave to go on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")

from hrs_ros.inference.graph import ModelError
from hrs_ros.inference.predictor import Predictor
from hrs_ros.inference.session import CPU, CUDA, Providers
from hrs_ros.nodes.engine import Engine, ProviderLostError, check_model_file
from hrs_ros.scene import Scene

IMAGE = np.zeros((30, 40, 3), np.uint8)


class FailingPredictor(Predictor):
    """Says that it runs on CUDA, and fails from the second run on as a lost device does."""

    runs = 0

    @property
    def provider(self) -> str:
        return CUDA

    def predict_batch(self, images: Sequence[Any]) -> list[Scene]:
        self.runs += 1
        if self.runs > 1:
            raise RuntimeError("CUDA failure 719: unspecified launch failure\nand more")
        return super().predict_batch(images)


def open_predictor(path: Path, provider: Providers) -> Predictor:
    """What a machine with a GPU would open; the sessions themselves are real ones, on the CPU."""
    return (Predictor if provider == "cpu" else FailingPredictor)(path, providers="cpu", threads=1)


def test_hash_of_the_file_is_known_and_checked(constant_model: Path) -> None:
    digest = hashlib.sha256(constant_model.read_bytes()).hexdigest()
    assert check_model_file(constant_model, sha256="").sha256 == digest
    assert check_model_file(constant_model, sha256=digest.upper()).path == constant_model
    with pytest.raises(ModelError, match=f"expected a file of SHA-256 {'0' * 64}, got {digest}"):
        check_model_file(constant_model, sha256="0" * 64)


def test_no_file_and_an_empty_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model file at"):
        check_model_file(tmp_path, sha256="")
    (tmp_path / "empty.onnx").touch()
    with pytest.raises(ModelError, match="got 0"):
        check_model_file(tmp_path / "empty.onnx", sha256="")


def test_a_lost_gpu_is_replaced_by_the_cpu_with_a_warning(constant_model: Path) -> None:
    warnings: list[str] = []
    file = check_model_file(constant_model, sha256="")
    engine = Engine(file, open_predictor, provider="auto", warn=warnings.append)
    (first,) = engine.predict([IMAGE])
    assert (engine.provider, engine.fallback) == (CUDA, "")
    (second,) = engine.predict([IMAGE])
    assert second.relations == first.relations, "the frame that met the failure is answered all the same"
    assert engine.provider == CPU and len(warnings) == 1
    assert warnings[0].startswith(f"{CUDA} failed: CUDA failure 719: unspecified launch failure; going on")
    assert engine.fallback in warnings[0]
    engine.predict([IMAGE])
    assert len(warnings) == 1


def test_a_lost_gpu_ends_the_work_where_it_was_insisted_on(constant_model: Path) -> None:
    file = check_model_file(constant_model, sha256="")
    engine = Engine(file, open_predictor, provider="cuda", warn=pytest.fail)
    engine.predict([IMAGE])
    with pytest.raises(ProviderLostError, match="provider is 'cuda', which allows no other"):
        engine.predict([IMAGE])
    assert engine.provider == CUDA and not engine.fallback


def test_what_is_no_image_is_no_loss(constant_model: Path) -> None:
    file = check_model_file(constant_model, sha256="")
    engine = Engine(file, open_predictor, provider="auto", warn=pytest.fail)
    with pytest.raises(ValueError, match="expected an RGB image"):
        engine.predict([np.zeros((4, 4), np.uint8)])
