"""The model behind the node: checked, opened, warmed up, and carried on when the GPU is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hrs_ros.inference.graph import ModelError
from hrs_ros.inference.predictor import Predictor, Timings
from hrs_ros.inference.session import CPU, Providers
from hrs_ros.nodes.image_message import RGBImage
from hrs_ros.scene import Scene

LARGEST_MODEL = 2 << 30  # bytes; a protobuf cannot be longer

OpenPredictor = Callable[[Path, Providers], Predictor]


class ProviderLostError(RuntimeError):
    """The GPU failed in the middle of the work, and the node may not go on without it."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file that may be opened as a model, and its SHA-256, hexadecimal."""

    path: Path
    sha256: str


def check_model_file(path: Path, *, sha256: str) -> ModelFile:
    """Look at a file before anything reads it as a model.

    ``sha256``: what it must have; empty: anything. Raises ModelError.
    """
    if not path.is_file():
        raise ModelError(
            f"no model file at {path}: expected an ONNX file written by `hrs export`; check the path"
        )
    size = path.stat().st_size
    if not 0 < size < LARGEST_MODEL:
        raise ModelError(f"{path}: expected a model of 1 to {LARGEST_MODEL} bytes, got {size}")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if sha256 and found != sha256.lower():
        raise ModelError(
            f"{path}: expected a file of SHA-256 {sha256}, got {found}: it is another model, or it was "
            "changed; copy it again, or correct the parameter model_sha256"
        )
    return ModelFile(path, found)


class Engine:
    """Predicts scenes; goes on with the CPU when CUDA fails under ``provider`` "auto".

    ``open_predictor`` opens the model for a provider; it raises ModelError or ImportError. ``warn`` is told
    of a loss, in one sentence.
    """

    def __init__(
        self,
        file: ModelFile,
        open_predictor: OpenPredictor,
        *,
        provider: Providers,
        warn: Callable[[str], None],
    ) -> None:
        self.file = file
        self._open = open_predictor
        self._asked: Providers = provider
        self._warn = warn
        self.fallback = ""
        """Why the CPU computes although CUDA was there; empty while all is well."""
        self.predictor = open_predictor(file.path, provider)

    @property
    def provider(self) -> str:
        """What ONNX Runtime really gave, such as "CPUExecutionProvider"."""
        return self.predictor.provider

    @property
    def timings(self) -> Timings:
        return self.predictor.timings

    def predict(self, images: Sequence[RGBImage]) -> list[Scene]:
        """Scenes without stamps. Raises ProviderLostError; ValueError for what is no image."""
        try:
            return self.predictor.predict_batch(images)
        except ValueError:
            raise
        except Exception as error:  # ONNX Runtime has error classes of its own making
            if self.provider == CPU:
                raise
            reason = f"{self.provider} failed: {str(error).strip().splitlines()[0]}"
            if self._asked != "auto":
                raise ProviderLostError(
                    f"{reason}; provider is {self._asked!r}, which allows no other: check the GPU, "
                    "or set provider to 'auto' to go on with the CPU"
                ) from error
            self._fall_back(reason)
            return self.predictor.predict_batch(images)

    def _fall_back(self, reason: str) -> None:
        self.fallback = reason
        self._warn(f"{reason}; going on with the CPU, which is slower")
        self.predictor = self._open(self.file.path, "cpu")
