"""Training on V-COCO: the same loop with another vocabulary."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from hrs_ros.network.checkpoint import CheckpointError, load_checkpoint, load_model, save_checkpoint
from hrs_ros.network.config import load_config
from hrs_ros.training.batches import make_batch
from hrs_ros.training.config import TrainConfig
from hrs_ros.training.log import read_log
from hrs_ros.training.loop import train
from hrs_ros.training.plan import DataPlan, Position
from hrs_ros.training.schedule import Budget, LearningRate, SizeSchedule
from hrs_ros.training.sources import Source, SourceError, find_sources, listed_predicates, read_sample
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.torch

V = vocabulary("vcoco")
HOLD, SIT = V.relation_id("hold_obj"), V.relation_id("sit_instr")
HOLDS = {
    "things": [("person", (16, 8, 20, 48)), ("cup", (40, 24, 16, 16), "runs")],
    "acts": [(0, "hold_obj", 1)],
}
SITS = {
    "things": [("person", (50, 4, 20, 40)), ("chair", (44, 40, 32, 20))],
    "acts": [(0, "sit_instr", 1), (0, "hit_obj", None)],
}


def config_of(out: Path, root: Path, **changes: Any) -> TrainConfig:
    values: dict[str, Any] = {
        "model": "sms_lite",
        "vocabulary": "vcoco",
        "out": out,
        "data": (str(root),),
        "budget": Budget(steps=2),
        "rate": LearningRate(base=1e-3),
        "sizes": SizeSchedule.parse("64"),
        "batch": 2,
        "workers": 0,
        "log_every": 1,
        **changes,
    }
    return TrainConfig(**values)


@pytest.mark.parametrize("hoi", [False, True], ids=["own form", "HOI form"])
def test_a_folder_is_recognised(vcoco: Callable[..., Path], hoi: bool) -> None:
    root = vcoco([HOLDS, SITS], hoi=hoi)
    (source,) = find_sources([f"{root}:train"], vocabulary="vcoco")
    assert source == Source("vcoco", str(root), "train") and source.vocabulary == "vcoco"
    assert read_sample(source, 1).class_ids.tolist() == [V.human, V.entity_id("chair")]
    assert [listed_predicates(source, index) for index in (0, 1)] == [{HOLD}, {SIT}]


def test_data_of_another_vocabulary_are_refused(
    vcoco: Callable[..., Path], shard: Callable[..., Path], tmp_path: Path
) -> None:
    root = vcoco([HOLDS])
    with pytest.raises(SourceError, match=r"labelled in the vocabulary 'vcoco', the model learns 'pic'; .*"):
        find_sources([str(root)])
    with pytest.raises(SourceError, match="choose --vocabulary pic"):
        find_sources([str(shard("a", 1))], vocabulary="vcoco")
    with pytest.raises(ValueError, match="photos of people are labelled in PIC's vocabulary"):
        config_of(tmp_path / "run", root, photos=tmp_path)


def test_a_missing_split_is_explained(vcoco: Callable[..., Path]) -> None:
    (source,) = find_sources([f"{vcoco([HOLDS])}:test"], vocabulary="vcoco")
    with pytest.raises(SourceError, match=r"no V-COCO roles of split 'test'.*splits found: train"):
        read_sample(source, 0)


def test_targets_have_a_channel_for_each_name_and_teach_no_parts(vcoco: Callable[..., Path]) -> None:
    plan = DataPlan(
        [str(vcoco([HOLDS, SITS]))],
        photos=None,
        photo_ratio=0.0,
        batch=1,
        seed=0,
        overfit=2,
        require=frozenset({HOLD}),
        vocabulary="vcoco",
    )
    model = load_config("sms_lite", vocabulary="vcoco")
    targets = make_batch(next(plan.batches(Position(), lambda _: 96)), model).targets
    assert targets.entity_weight.tolist() == [[1.0] * 80]
    assert targets.relation_weight.tolist() == [[1.0] * 24]
    assert targets.relation_class.tolist() == [HOLD - 1]
    assert not targets.parts_known.any() and (targets.parsing == 255).all()


def test_a_run_learns_and_its_model_names_its_vocabulary(vcoco: Callable[..., Path], tmp_path: Path) -> None:
    root, out = vcoco([HOLDS, SITS]), tmp_path / "run"
    train(config_of(out, root, overfit=2))
    (row,) = read_log(out / "validation.csv")
    assert float(row["entity"]) > 0 and float(row["relation"]) > 0
    assert float(row["part"]) == float(row["parsing"]) == 0  # nothing supervises them
    assert row["rs_recall"] == row["hrs_recall"] != "nan"
    model, checkpoint = load_model(out / "best.safetensors")
    assert model.config.vocabulary == checkpoint.config.vocabulary == "vcoco"
    biases = {name: len(value) for name, value in checkpoint.weights.items() if name.endswith("bias")}
    assert biases["heads.relation.bias"] == 24 and biases["heads.entity.2.bias"] == 80


def test_weights_under_a_false_vocabulary_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    save_checkpoint(path, {"a": torch.zeros(1)}, config=load_config("sms_lite", vocabulary="vcoco"), step=0)
    assert load_checkpoint(path).config.vocabulary == "vcoco"
    text = path.read_bytes()
    path.write_bytes(text.replace(b'\\"vocabulary\\": \\"vcoco\\"', b'\\"vocabulary\\": \\"pic\\"  '))
    with pytest.raises(CheckpointError, match=f"expected weights of vocabulary {vocabulary().digest[:12]}"):
        load_checkpoint(path)
