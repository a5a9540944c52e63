"""Predictor: image -> Scene. The perception core that node, commands, evaluation and benchmarks call."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrs_ros.inference.assemble import DEFAULT_THRESHOLDS, Thresholds, assemble
from hrs_ros.inference.graph import GraphMetadata, ModelError
from hrs_ros.inference.letterbox import Letterbox
from hrs_ros.inference.session import GraphSession, Providers
from hrs_ros.scene import Scene
from hrs_ros.vocabulary import VocabularyName, vocabulary


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds of the stages of one run."""

    letterbox: float
    network: float  # the whole graph: normalisation, network and decode
    assemble: float

    @property
    def total(self) -> float:
        return self.letterbox + self.network + self.assemble


class Predictor:
    """Owns one session. Thresholds are plain attributes, free to change between frames; see Thresholds.

    ``speaks`` is the vocabulary that the caller reads scenes with; a model of another one is refused.
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
        exclusive_masks: bool = DEFAULT_THRESHOLDS.exclusive_masks,
        contact_reach: float | None = DEFAULT_THRESHOLDS.contact_reach,
        entity_weight: float = DEFAULT_THRESHOLDS.entity_weight,
        speaks: VocabularyName = "pic",
    ) -> None:
        self.score_threshold = score_threshold
        self.relation_threshold = relation_threshold
        self.part_threshold = part_threshold
        self.duplicate_iou = duplicate_iou
        self.exclusive_masks = exclusive_masks
        self.contact_reach = contact_reach
        self.entity_weight = entity_weight
        self.thresholds  # noqa: B018 (checks the values before the costly part)
        self._session = GraphSession(model, providers=providers, threads=threads)
        spoken = self._session.metadata.config.vocabulary
        if spoken != speaks:
            raise ModelError(
                f"{model}: expected a model of the vocabulary {speaks!r}, got one of {spoken!r}; "
                "V-COCO's are for `hrs evaluate vcoco`, PIC's for everything else"
            )
        self._words = vocabulary(spoken)
        self.timings = Timings(letterbox=0.0, network=0.0, assemble=0.0)
        """Of the last run."""

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
            exclusive_masks=self.exclusive_masks,
            contact_reach=self.contact_reach,
            entity_weight=self.entity_weight,
        )

    def warm_up(self, batch: int = 1) -> None:
        """Run empty images: the first run of a batch's size pays for allocations and kernel choice."""
        height, width = self.input_size
        self.predict_batch([np.zeros((height, width, 3), np.uint8)] * batch)

    def predict(self, image: NDArray[np.uint8], *, stamp_ns: int = 0, frame_id: str = "") -> Scene:
        """(H, W, 3) uint8 RGB of any size -> Scene in that image's pixels.

        Raises ValueError for anything else than such an image.
        """
        (scene,) = self.predict_batch([image])
        return replace(scene, stamp_ns=stamp_ns, frame_id=frame_id)

    def predict_batch(self, images: Sequence[NDArray[np.uint8]]) -> list[Scene]:
        """The scenes of images of any sizes, without stamps, from one run where the graph takes batches.

        ``timings`` are those of all of them together. Raises ValueError as ``predict`` does.
        """
        thresholds = self.thresholds
        outputs, letterboxes = self._look(images)
        return self._timed_assembly(
            assemble(output, letterbox, thresholds=thresholds, words=self._words)
            for output, letterbox in zip(outputs, letterboxes, strict=True)
        )

    def predict_at(self, image: NDArray[np.uint8], *thresholds: Thresholds) -> list[Scene]:
        """One run of the network, read with each of these thresholds instead of the predictor's own.

        Raises ValueError as ``predict`` does.
        """
        (output,), (letterbox,) = self._look([image])
        return self._timed_assembly(
            assemble(output, letterbox, thresholds=each, words=self._words) for each in thresholds
        )

    def _look(
        self, images: Sequence[NDArray[np.uint8]]
    ) -> tuple[list[dict[str, NDArray[Any]]], list[Letterbox]]:
        for image in images:
            _check_image(image)
        start = time.perf_counter()
        height, width = self.input_size
        letterboxes = [
            Letterbox.fit(
                source_height=image.shape[0], source_width=image.shape[1], height=height, width=width
            )
            for image in images
        ]
        boxed = [
            letterbox.apply(np.ascontiguousarray(image))
            for letterbox, image in zip(letterboxes, images, strict=True)
        ]
        after_letterbox = time.perf_counter()
        outputs = self._run(boxed)
        after_network = time.perf_counter()
        self.timings = Timings(
            letterbox=(after_letterbox - start) * 1e3,
            network=(after_network - after_letterbox) * 1e3,
            assemble=0.0,
        )
        return outputs, letterboxes

    def _timed_assembly(self, scenes: Iterable[Scene]) -> list[Scene]:
        start = time.perf_counter()
        assembled = list(scenes)
        self.timings = replace(self.timings, assemble=(time.perf_counter() - start) * 1e3)
        return assembled

    def _run(self, boxed: Sequence[NDArray[np.uint8]]) -> list[dict[str, NDArray[Any]]]:
        if len(boxed) == 1 or not self._session.batches:
            return [self._session.run(image) for image in boxed]
        outputs = self._session.run_batch(np.stack(boxed))
        return [{name: value[row] for name, value in outputs.items()} for row in range(len(boxed))]


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
