from __future__ import annotations

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="checkpoints are read by PyTorch")

from safetensors.torch import load_file, save_file  # noqa: E402

from hrs_ros import __version__  # noqa: E402
from hrs_ros.network.checkpoint import (  # noqa: E402
    CheckpointError,
    load_checkpoint,
    load_model,
    save_checkpoint,
    weights_digest,
)
from hrs_ros.network.config import load_config  # noqa: E402
from hrs_ros.network.sms import SMS  # noqa: E402
from hrs_ros.vocabulary import vocabulary  # noqa: E402

pytestmark = pytest.mark.torch

CONFIG = load_config("sms_lite", input_height=64, input_width=64)


@pytest.fixture()
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "weights.safetensors"


@pytest.fixture()
def weights() -> dict[str, torch.Tensor]:
    return {"a": torch.arange(6.0).view(2, 3), "b": torch.tensor(7)}


def rewrite(path: Path, **changes: str | None) -> None:
    """The file again with some metadata changed, or dropped for None."""
    from safetensors import safe_open

    with safe_open(path, framework="pt") as file:
        metadata = {**file.metadata(), **changes}
    save_file(load_file(path), path, metadata={k: v for k, v in metadata.items() if v is not None})


def test_round_trip(path: Path, weights: dict[str, torch.Tensor]) -> None:
    save_checkpoint(path, weights, config=CONFIG, step=123, notes={"data": "made up"})
    checkpoint = load_checkpoint(path)
    assert checkpoint.config == CONFIG
    assert (checkpoint.step, checkpoint.hrs_version, checkpoint.notes) == (
        123,
        __version__,
        {"data": "made up"},
    )
    assert weights.keys() == checkpoint.weights.keys()
    assert all(torch.equal(weights[name], checkpoint.weights[name]) for name in weights)
    assert [file.name for file in path.parent.iterdir()] == [path.name]  # no half-written file stays


def test_a_compact_file_gives_float_weights_back(path: Path, weights: dict[str, torch.Tensor]) -> None:
    save_checkpoint(path, weights, config=CONFIG, step=5, compact=True)
    assert load_file(path)["a"].dtype == torch.int8
    checkpoint = load_checkpoint(path)
    assert checkpoint.weights.keys() == weights.keys()
    assert checkpoint.weights["a"].dtype == torch.float32
    torch.testing.assert_close(checkpoint.weights["a"], weights["a"], rtol=0, atol=5 / 254)
    assert torch.equal(checkpoint.weights["b"], weights["b"])


def test_tensors_that_share_memory_are_saved(path: Path) -> None:
    tensor = torch.arange(4.0)
    save_checkpoint(path, {"a": tensor, "b": tensor, "c": tensor[::2]}, config=CONFIG, step=0)
    assert load_checkpoint(path).weights["c"].tolist() == [0, 2]


def test_model_comes_back_with_the_same_weights(path: Path) -> None:
    torch.manual_seed(0)
    model = SMS(CONFIG)
    save_checkpoint(path, model.state_dict(), config=CONFIG, step=1)
    again, _ = load_model(path)
    assert not again.training
    assert weights_digest(again.state_dict()) == weights_digest(model.state_dict())


def test_weights_of_another_model_are_refused(path: Path, weights: dict[str, torch.Tensor]) -> None:
    save_checkpoint(path, weights, config=CONFIG, step=1)
    with pytest.raises(CheckpointError, match=r"missing \d+ \(.*\), unknown 2 \(a, b\)"):
        load_model(path)


def test_weights_of_another_shape_are_refused(path: Path) -> None:
    state = SMS(CONFIG).state_dict()
    name = next(iter(state))
    save_checkpoint(path, {**state, name: torch.zeros(1)}, config=CONFIG, step=1)
    with pytest.raises(CheckpointError, match=f"{name}.*its configuration is not the weights'"):
        load_model(path)


def test_digest_sees_values_names_shapes_and_types(weights: dict[str, torch.Tensor]) -> None:
    digest = weights_digest(weights)
    assert digest == weights_digest(dict(reversed(weights.items())))
    changed = [
        {**weights, "b": torch.tensor(8)},
        {"c": weights["a"], "b": weights["b"]},
        {**weights, "a": weights["a"].view(3, 2)},
        {**weights, "b": torch.tensor(7, dtype=torch.int32)},
    ]
    assert len({digest, *map(weights_digest, changed)}) == 5


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"no checkpoint at .*nothing\.safetensors.*check the path"):
        load_checkpoint(tmp_path / "nothing.safetensors")


@pytest.mark.parametrize("content", [b"", b"not safetensors", b"\xff" * 64])
def test_garbage(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.safetensors"
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match="expected a readable safetensors checkpoint"):
        load_checkpoint(path)


def test_truncated(path: Path, weights: dict[str, torch.Tensor]) -> None:
    save_checkpoint(path, weights, config=CONFIG, step=1)
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(CheckpointError, match="damaged"):
        load_checkpoint(path)


def test_foreign_safetensors(path: Path, weights: dict[str, torch.Tensor]) -> None:
    path.parent.mkdir()
    save_file(weights, path)
    with pytest.raises(CheckpointError, match=r"^\S+ is not an HRS checkpoint"):
        load_checkpoint(path)


def test_newer_version(path: Path, weights: dict[str, torch.Tensor]) -> None:
    save_checkpoint(path, weights, config=CONFIG, step=1)
    rewrite(path, checkpoint_version="2", hrs_version="8.1.0")
    with pytest.raises(CheckpointError, match=r"^\S+: expected checkpoint version 1.*got 2 .*8\.1\.0"):
        load_checkpoint(path)


def test_other_vocabulary(path: Path, weights: dict[str, torch.Tensor]) -> None:
    save_checkpoint(path, weights, config=CONFIG, step=1)
    rewrite(path, vocabulary_digest="e" * 64)
    with pytest.raises(
        CheckpointError,
        match=rf"^\S+: expected weights of vocabulary {vocabulary().digest[:12]}.*got e{{12}}",
    ):
        load_checkpoint(path)


@pytest.mark.parametrize(
    "change", [{"config": None}, {"config": json.dumps({"name": "x"})}, {"step": "many"}]
)
def test_damaged_metadata(
    path: Path, weights: dict[str, torch.Tensor], change: dict[str, str | None]
) -> None:
    save_checkpoint(path, weights, config=CONFIG, step=1)
    rewrite(path, **change)
    with pytest.raises(CheckpointError, match="damaged file"):
        load_checkpoint(path)
