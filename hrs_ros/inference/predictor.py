"""Predictor: image -> Scene. The perception core that node, commands, evaluation and benchmarks call."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hrs_ros.inference.assemble import DEFAULT_THRESHOLDS, Thresholds, assemble
from hrs_ros.inference.graph import GraphMetadata
from hrs_ros.inference.letterbox import Letterbox
from hrs_ros.inference.session import GraphSession, Providers
from hrs_ros.scene import Scene


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds of one frame's stages."""

    letterbox: float
    network: float  # the whole graph: normalisation, network and decode
    assemble: float

    @property
    def total(self) -> float:
        return self.letterbox + self.network + self.assemble


class Predictor:
    """Owns one session. Thresholds are plain attributes, free to change between frames; see Thresholds.

    Raises ModelError for a model that cannot be used, ImportError without ONNX Runtime.
    """

    def __init__(
        self,
        model: Path,
        *,
        providers: Providers = "auto",
        threads: int = 0,
        score_threshold: float = DEFAULT_THRESHOLDS.score,
        relation_threshold: float = DEFAULT_THRESHOLDS.relation,
        part_threshold: float = DEFAULT_THRESHOLDS.part,
        duplicate_iou: float | None = DEFAULT_THRESHOLDS.duplicate_iou,
    ) -> None:
        self.score_threshold = score_threshold
        self.relation_threshold = relation_threshold
        self.part_threshold = part_threshold
        self.duplicate_iou = duplicate_iou
        self.thresholds  # noqa: B018 (checks the values before the costly part)
        self._session = GraphSession(model, providers=providers, threads=threads)
        self.timings = Timings(letterbox=0.0, network=0.0, assemble=0.0)
        """Of the last frame."""

    @property
    def provider(self) -> str:
        """What ONNX Runtime really gave, such as "CPUExecutionProvider"."""
        return self._session.provider

    @property
    def metadata(self) -> GraphMetadata:
        """What the model file says about itself."""
        return self._session.metadata

    @property
    def input_size(self) -> tuple[int, int]:
        """(height, width) that images are letterboxed to."""
        return self._session.input_height, self._session.input_width

    @property
    def thresholds(self) -> Thresholds:
        """The present thresholds, checked."""
        return Thresholds(
            score=self.score_threshold,
            relation=self.relation_threshold,
            part=self.part_threshold,
            duplicate_iou=self.duplicate_iou,
        )

    def warm_up(self) -> None:
        """Run one empty frame: the first run pays for allocations and kernel choice."""
        height, width = self.input_size
        self.predict(np.zeros((height, width, 3), np.uint8))

    def predict(self, image: NDArray[np.uint8], *, stamp_ns: int = 0, frame_id: str = "") -> Scene:
        """(H, W, 3) uint8 RGB of any size -> Scene in that image's pixels.

        Raises ValueError for anything else than such an image.
        """
        _check_image(image)
        thresholds = self.thresholds
        start = time.perf_counter()
        height, width = self.input_size
        letterbox = Letterbox.fit(
            source_height=image.shape[0], source_width=image.shape[1], height=height, width=width
        )
        boxed = letterbox.apply(np.ascontiguousarray(image))
        after_letterbox = time.perf_counter()
        outputs = self._session.run(boxed)
        after_network = time.perf_counter()
        scene = assemble(outputs, letterbox, thresholds=thresholds, stamp_ns=stamp_ns, frame_id=frame_id)
        end = time.perf_counter()
        self.timings = Timings(
            letterbox=(after_letterbox - start) * 1e3,
            network=(after_network - after_letterbox) * 1e3,
            assemble=(end - after_network) * 1e3,
        )
        return scene


def _check_image(image: NDArray[np.uint8]) -> None:
    if not isinstance(image, np.ndarray):
        raise ValueError(
            f"expected an image as a numpy array (H, W, 3) uint8 RGB, got {type(image).__name__}"
        )
    if image.dtype != np.uint8:
        raise ValueError(
            f"expected an image of dtype uint8, got {image.dtype}; scale it to 0-255 and convert"
        )
    if image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"expected an RGB image (H, W, 3), got shape {image.shape}")
    if image.size == 0:
        raise ValueError(f"expected an image with pixels, got shape {image.shape}")
