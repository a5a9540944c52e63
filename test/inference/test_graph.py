from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrs_ros import __version__
from hrs_ros.inference.graph import ModelError, make_metadata, read_metadata, write_metadata
from hrs_ros.network.config import ModelConfig
from hrs_ros.network.normalise import MEAN, STD
from hrs_ros.vocabulary import vocabulary

PATH = Path("somewhere/model.onnx")


@pytest.fixture()
def properties(config: ModelConfig) -> dict[str, str]:
    return write_metadata(
        make_metadata(config, opset=20, precision="float16", weights_sha256="ab" * 32, training_step=1234)
    )


def test_metadata_survives_the_round_trip(config: ModelConfig, properties: dict[str, str]) -> None:
    metadata = read_metadata(properties, path=PATH)
    assert metadata.config == config
    assert (metadata.mean, metadata.std) == (MEAN, STD)
    assert (metadata.opset, metadata.precision, metadata.training_step) == (20, "float16", 1234)
    assert metadata.weights_sha256 == "ab" * 32
    assert metadata.hrs_version == __version__
    assert metadata.vocabulary_digest == vocabulary().digest


def test_other_keys_are_left_alone(properties: dict[str, str]) -> None:
    assert read_metadata({**properties, "producer": "someone"}, path=PATH).opset == 20


def test_foreign_file_is_refused_with_what_it_holds() -> None:
    with pytest.raises(
        ModelError, match=r"somewhere/model\.onnx is not an HRS model.*\['author'\].*hrs export"
    ):
        read_metadata({"author": "someone"}, path=PATH)


@pytest.mark.parametrize(("version", "advice"), [(2, "upgrade hrs_ros"), (0, "export it again")])
def test_other_graph_version_is_refused(properties: dict[str, str], version: int, advice: str) -> None:
    # A newer file may lack keys that this version knows: the version must be read first.
    changed = {"hrs_graph_version": json.dumps(version), "hrs_version": json.dumps("9.0.0")}
    with pytest.raises(
        ModelError, match=rf"^\S+: expected graph version 1.*got version {version}.*9\.0\.0.*{advice}"
    ):
        read_metadata(changed, path=PATH)


def test_other_vocabulary_is_refused(properties: dict[str, str]) -> None:
    changed = {**properties, "hrs_vocabulary_digest": json.dumps("f" * 64)}
    with pytest.raises(
        ModelError, match=rf"expected a model of vocabulary {vocabulary().digest[:12]}.*got f{{12}}"
    ):
        read_metadata(changed, path=PATH)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"name": "x"}', "null"])
def test_damaged_configuration_is_refused(properties: dict[str, str], damage: str) -> None:
    with pytest.raises(ModelError, match="expected complete HRS metadata"):
        read_metadata({**properties, "hrs_config": damage}, path=PATH)


def test_missing_entry_is_named(properties: dict[str, str]) -> None:
    del properties["hrs_weights_sha256"]
    with pytest.raises(ModelError, match="hrs_weights_sha256"):
        read_metadata(properties, path=PATH)
