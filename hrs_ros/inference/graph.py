"""What an HRS graph file is: names of its tensors, facts in its metadata. No torch, no ONNX Runtime."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hrs_ros import __version__
from hrs_ros.network.config import ModelConfig, config_from_dict
from hrs_ros.network.normalise import MEAN, STD
from hrs_ros.vocabulary import vocabulary

INPUT_NAME = "image"  # (B, H, W, 3) uint8 RGB, letterboxed; the graph normalises

OUTPUT_NAMES = (
    "entity_class",  # (B, E) int64, 1-based; the first Ks slots are subjects, the next Ko objects
    "entity_score",  # (B, E) f32
    "entity_centre",  # (B, E, 2) f32, x and y in stride-4 cells
    "entity_mask",  # (B, E, h, w) f32 logits
    "relation_class",  # (B, R) int64, 1-based
    "relation_score",  # (B, R) f32, Y_s * Y_o * P_r
    "relation_subject",  # (B, R) int64 slot
    "relation_object",  # (B, R) int64 slot
    "relation_part",  # (B, R, 25) f32 probabilities
    "parsing",  # (B, h, w) int64, argmax over background + 25 parts
)

RAW_PREFIX = "raw_"  # of ``raw_names`` inside a graph

GRAPH_VERSION = 1  # raised when a tensor above changes its name, order or meaning

_PREFIX = "hrs_"


def raw_names(config: ModelConfig) -> tuple[str, ...]:
    """The maps before decode, as SMS.forward names them.

    They are no outputs, but keep their names (behind ``RAW_PREFIX``) as inner tensors of the graph, so that a
    check can read them.
    """
    return ("entity", "relation", "displacement", "part", "parsing", *config.mask_maps)


class ModelError(ValueError):
    """A model file that cannot be used: says what was expected, what came and what to do."""


@dataclass(frozen=True, slots=True)
class GraphMetadata:
    """The facts an HRS graph carries in its ONNX ``metadata_props``."""

    config: ModelConfig
    hrs_version: str  # of the exporter
    graph_version: int
    vocabulary_digest: str
    mean: tuple[float, float, float]  # the normalisation inside the graph, RGB, 0-255 units
    std: tuple[float, float, float]
    opset: int
    precision: str  # "float32", or "float16" for the network half; decode is always float32
    weights_sha256: str  # of the weights the graph was made from, see network.checkpoint.weights_digest
    training_step: int


def make_metadata(
    config: ModelConfig, *, opset: int, precision: str, weights_sha256: str, training_step: int
) -> GraphMetadata:
    """Metadata of a graph written by this version with the vocabulary of ``config``."""
    return GraphMetadata(
        config=config,
        hrs_version=__version__,
        graph_version=GRAPH_VERSION,
        vocabulary_digest=vocabulary(config.vocabulary).digest,
        mean=MEAN,
        std=STD,
        opset=opset,
        precision=precision,
        weights_sha256=weights_sha256,
        training_step=training_step,
    )


def write_metadata(metadata: GraphMetadata) -> dict[str, str]:
    """Plain string pairs for ``metadata_props``: every value is JSON, every key starts with ``hrs_``."""
    values = dataclasses.asdict(metadata)
    return {_key(name): json.dumps(value) for name, value in values.items()}


def read_metadata(properties: Mapping[str, str], *, path: Path) -> GraphMetadata:
    """Read and check what ``write_metadata`` wrote; ``path`` is for the messages only.

    Raises ModelError if the file is not an HRS graph, or of another graph version or vocabulary.
    """
    names = [field.name for field in dataclasses.fields(GraphMetadata)]
    if _key("graph_version") not in properties:
        raise ModelError(
            f"{path} is not an HRS model: expected an ONNX file with HRS metadata, got metadata keys "
            f"{sorted(properties)}; write one with `hrs export`"
        )
    try:
        # The version comes first: a newer file may lack or rename every other key.
        version = json.loads(properties[_key("graph_version")])
        if version != GRAPH_VERSION:
            writer = properties.get(_key("hrs_version"), "unknown")
            action = "upgrade hrs_ros" if version > GRAPH_VERSION else "export it again with `hrs export`"
            raise ModelError(
                f"{path}: expected graph version {GRAPH_VERSION} (hrs_ros {__version__}), "
                f"got version {version} (written by hrs_ros {writer}); {action}"
            )
        values = {name: json.loads(properties[_key(name)]) for name in names}
        config = config_from_dict(values.pop("config"))
        mean, std = tuple(values.pop("mean")), tuple(values.pop("std"))
        metadata = GraphMetadata(config=config, mean=mean, std=std, **values)
    except ModelError:
        raise
    except (KeyError, ValueError, TypeError) as error:
        raise ModelError(
            f"{path}: expected complete HRS metadata, got a damaged entry ({error!r}); "
            "export it again with `hrs export`"
        ) from error
    words = vocabulary(config.vocabulary)
    if metadata.vocabulary_digest != words.digest:
        raise ModelError(
            f"{path}: expected a model of vocabulary {words.digest[:12]} ({words.version}), "
            f"got {metadata.vocabulary_digest[:12]}; class ids would be mixed up. "
            "Use the hrs_ros version that the model was made with, or export it again"
        )
    return metadata


def _key(name: str) -> str:
    return name if name.startswith(_PREFIX) else _PREFIX + name
