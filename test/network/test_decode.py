"""Decode on raw maps built by hand, whose only possible triplets are known."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from hrs_ros.inference.graph import INPUT_NAME, OUTPUT_NAMES
from hrs_ros.network.config import ModelConfig, load_config
from hrs_ros.network.decode import SMSDeploy, decode
from hrs_ros.network.normalise import MEAN, STD
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.torch

NAMES = vocabulary()
HUMAN = NAMES.human
PLATE = NAMES.entity_id("plate")
HOLD = NAMES.relation_id("hold")
NEXT_TO = NAMES.relation_id("next to")
LEFT_ARM = NAMES.part_id("left arm")
H, W, D, S = 16, 24, 8, 8
CONFIG = dataclasses.replace(
    load_config("sms_lite"),
    mask_channels=D,
    kernel_grid=S,
    subjects=3,
    objects=6,
    relations=5,
)


def _empty() -> dict[str, Tensor]:
    return {
        "entity": torch.full((1, 141, H, W), -20.0),
        "relation": torch.full((1, 23, H, W), -20.0),
        "displacement": torch.zeros(1, 4, H, W),
        "part": torch.full((1, 25, H, W), -20.0),
        "part_bias": torch.zeros(23, 25),
        "parsing": torch.zeros(1, 26, H, W),
        "kernel": torch.zeros(1, D, S, S),
        "mask_feature": torch.zeros(1, D, H, W),
    }


def _put_entity(raw: dict[str, Tensor], class_id: int, x: int, y: int, logit: float = 2.0) -> None:
    raw["entity"][0, class_id - 1, y, x] = logit


def _put_relation(
    raw: dict[str, Tensor],
    class_id: int,
    subject: tuple[int, int],
    target: tuple[int, int],
    logit: float = 1.0,
    point: tuple[int, int] | None = None,
) -> None:
    x, y = point or ((subject[0] + target[0]) // 2, (subject[1] + target[1]) // 2)
    raw["relation"][0, class_id - 1, y, x] = logit
    raw["displacement"][0, :, y, x] = torch.tensor(
        [subject[0] - x, subject[1] - y, target[0] - x, target[1] - y]
    )


def _decode(raw: dict[str, Tensor], config: ModelConfig = CONFIG) -> dict[str, Tensor]:
    return dict(zip(OUTPUT_NAMES, decode(raw, config), strict=True))


def _triplets(found: dict[str, Tensor], batch: int = 0) -> set[tuple[object, ...]]:
    """(subject centre, relation, object class, object centre, score) of the slots above 0.01."""
    centres = [tuple(int(v) for v in row) for row in found["entity_centre"][batch].tolist()]
    return {
        (centres[s], relation, int(found["entity_class"][batch, o]), centres[o], round(score, 4))
        for s, o, relation, score in zip(
            found["relation_subject"][batch].tolist(),
            found["relation_object"][batch].tolist(),
            found["relation_class"][batch].tolist(),
            found["relation_score"][batch].tolist(),
            strict=True,
        )
        if score > 0.01
    }


def _sigmoid(*logits: float) -> float:
    return float(np.prod([1 / (1 + np.exp(-logit)) for logit in logits]))


def test_two_people_hold_each_others_plates() -> None:
    raw = _empty()
    left, right, left_plate, right_plate = (3, 8), (20, 8), (5, 12), (18, 11)
    _put_entity(raw, HUMAN, *left, logit=3.0)
    _put_entity(raw, HUMAN, *right, logit=2.0)
    _put_entity(raw, PLATE, *left_plate, logit=1.0)
    _put_entity(raw, PLATE, *right_plate, logit=0.5)
    # The arms cross: each person's plate lies nearer to the other one.
    _put_relation(raw, HOLD, left, right_plate, logit=1.5, point=(10, 9))
    _put_relation(raw, HOLD, right, left_plate, logit=0.5, point=(12, 10 + 2))
    found = _decode(raw)
    assert _triplets(found) == {
        (left, HOLD, PLATE, right_plate, round(_sigmoid(3.0, 0.5, 1.5), 4)),
        (right, HOLD, PLATE, left_plate, round(_sigmoid(2.0, 1.0, 0.5), 4)),
    }
    assert found["entity_class"][0, :2].tolist() == [HUMAN, HUMAN]
    assert found["entity_class"][0, 3:7].tolist() == [HUMAN, HUMAN, PLATE, PLATE]
    assert found["entity_score"][0, 3:7].tolist() == pytest.approx([_sigmoid(v) for v in (3, 2, 1, 0.5)])
    assert (found["relation_subject"] < CONFIG.subjects).all()
    assert (found["relation_object"] >= CONFIG.subjects).all()


def test_a_weak_centre_must_be_much_nearer_to_be_chosen() -> None:
    """Eq. 7 divides the distance by the score: 2 cells at 0.88 beat 1 cell at 0.27."""
    raw = _empty()
    _put_entity(raw, HUMAN, 4, 4, logit=2.0)
    _put_entity(raw, PLATE, 10, 4, logit=-1.0)
    _put_entity(raw, PLATE, 13, 4, logit=2.0)
    _put_relation(raw, HOLD, (4, 4), (11, 4), point=(7, 4))
    assert {(triplet[2], triplet[3]) for triplet in _triplets(_decode(raw))} == {(PLATE, (13, 4))}


def test_a_person_is_never_both_ends() -> None:
    raw = _empty()
    _put_entity(raw, HUMAN, 4, 4, logit=3.0)
    _put_entity(raw, HUMAN, 16, 4, logit=3.0)
    # Both displacements point at the first person; the object must be somebody else.
    _put_relation(raw, NEXT_TO, (4, 4), (4, 4), point=(8, 4))
    ((subject, relation, target_class, target, _),) = _triplets(_decode(raw))
    assert (subject, relation, target_class, target) == ((4, 4), NEXT_TO, HUMAN, (16, 4))


def test_a_relation_without_a_second_entity_scores_zero() -> None:
    raw = _empty()
    _put_entity(raw, HUMAN, 4, 4, logit=3.0)
    _put_relation(raw, NEXT_TO, (4, 4), (4, 4), point=(8, 4))
    config = dataclasses.replace(CONFIG, subjects=1, objects=1)
    assert _decode(raw, config)["relation_score"][0].tolist() == [0] * CONFIG.relations


def test_another_class_on_the_same_cell_may_be_the_object() -> None:
    raw = _empty()
    _put_entity(raw, HUMAN, 4, 4, logit=3.0)
    _put_entity(raw, PLATE, 4, 4, logit=1.0)
    _put_relation(raw, HOLD, (4, 4), (4, 4))
    assert {(triplet[2], triplet[3]) for triplet in _triplets(_decode(raw))} == {(PLATE, (4, 4))}


def test_duplicates_keep_their_best() -> None:
    raw = _empty()
    _put_entity(raw, HUMAN, 4, 8, logit=3.0)
    _put_entity(raw, PLATE, 12, 8, logit=1.0)
    _put_relation(raw, HOLD, (4, 8), (12, 8), logit=0.5, point=(8, 8))
    _put_relation(raw, HOLD, (4, 8), (12, 8), logit=1.5, point=(8, 11))
    _put_relation(raw, NEXT_TO, (4, 8), (12, 8), logit=0.2, point=(8, 8))  # another relation is no duplicate
    assert _triplets(_decode(raw)) == {
        ((4, 8), HOLD, PLATE, (12, 8), round(_sigmoid(3.0, 1.0, 1.5), 4)),
        ((4, 8), NEXT_TO, PLATE, (12, 8), round(_sigmoid(3.0, 1.0, 0.2), 4)),
    }


def test_of_equal_duplicates_one_stays() -> None:
    raw = _empty()
    _put_entity(raw, HUMAN, 4, 8, logit=3.0)
    _put_entity(raw, PLATE, 12, 8, logit=1.0)
    for y in (3, 8, 13):
        _put_relation(raw, HOLD, (4, 8), (12, 8), logit=0.5, point=(8, y))
    scores = _decode(raw)["relation_score"][0]
    assert int((scores > 0.01).sum()) == 1


def test_only_local_maxima_are_peaks() -> None:
    raw = _empty()
    _put_entity(raw, HUMAN, 4, 4, logit=30.0)  # its score and its neighbour's are both exactly 1 in float32
    _put_entity(raw, HUMAN, 5, 4, logit=29.0)
    _put_entity(raw, HUMAN, 9, 4, logit=-1.0)
    found = _decode(raw)
    assert found["entity_centre"][0, :2].tolist() == [[4, 4], [9, 4]]
    assert found["entity_score"][0, :2].tolist() == pytest.approx([1, _sigmoid(-1.0)])


def test_the_best_entities_equal_one_sort_over_all_classes() -> None:
    """The two-step selection against a plain sort in numpy, with several classes on one cell."""
    generator = torch.Generator().manual_seed(0)
    raw = _empty()
    raw["entity"] = torch.randn(1, 141, H, W, generator=generator)
    raw["entity"][0, ::7, 5, 5] += 6
    config = dataclasses.replace(CONFIG, objects=40)
    found = _decode(raw, config)
    logits = raw["entity"][0].numpy()
    padded = np.pad(logits, ((0, 0), (1, 1), (1, 1)), constant_values=-np.inf)
    window = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2)).max(axis=(3, 4))
    channel, y, x = np.nonzero(logits == window)
    order = np.argsort(-logits[channel, y, x])[:40]
    assert found["entity_class"][0, 3:].tolist() == (channel[order] + 1).tolist()
    assert found["entity_centre"][0, 3:].tolist() == np.stack([x[order], y[order]], axis=1).tolist()


def test_parts_are_read_at_the_relation_point_with_the_bias_of_the_action() -> None:
    raw = _empty()
    _put_entity(raw, HUMAN, 4, 8, logit=3.0)
    _put_entity(raw, PLATE, 12, 8, logit=1.0)
    _put_relation(raw, HOLD, (4, 8), (12, 8), logit=1.5)
    raw["part"][0, :, 8, 8] = 0.25
    raw["part_bias"][HOLD - 1, LEFT_ARM - 1] = 1.0
    parts = _decode(raw)["relation_part"][0, 0]
    assert parts[LEFT_ARM - 1].item() == pytest.approx(_sigmoid(1.25))
    assert parts[LEFT_ARM].item() == pytest.approx(_sigmoid(0.25))


def test_masks_come_from_the_kernel_of_the_centres_grid_cell() -> None:
    raw = _empty()
    raw["mask_feature"] = torch.randn(1, D, H, W, generator=torch.Generator().manual_seed(0))
    _put_entity(raw, HUMAN, 23, 15, logit=3.0)  # the last cell belongs to the last row and column of the grid
    _put_entity(raw, PLATE, 8, 3, logit=2.0)
    human_kernel, plate_kernel = torch.arange(D).float(), -torch.ones(D)
    raw["kernel"][0, :, 7, 7] = human_kernel
    raw["kernel"][0, :, 3 * S // H, 8 * S // W] = plate_kernel
    found = _decode(raw)
    for slot, kernel in ((0, human_kernel), (3, human_kernel), (4, plate_kernel)):
        expected = (raw["mask_feature"][0] * kernel[:, None, None]).sum(dim=0)
        torch.testing.assert_close(found["entity_mask"][0, slot], expected)


def test_parsing_is_the_best_channel() -> None:
    raw = _empty()
    raw["parsing"][0, LEFT_ARM, 2, 3] = 1.0
    parsing = _decode(raw)["parsing"]
    assert parsing.dtype == torch.int64
    assert parsing[0, 2, 3] == LEFT_ARM
    assert int((parsing != 0).sum()) == 1


def test_images_of_a_batch_do_not_mix() -> None:
    first, second = _empty(), _empty()
    for raw, x in ((first, 4), (second, 10)):
        _put_entity(raw, HUMAN, x, 8, logit=3.0)
        _put_entity(raw, PLATE, x + 8, 8, logit=1.0)
        _put_relation(raw, HOLD, (x, 8), (x + 8, 8))
    batch = {
        name: first[name] if name == "part_bias" else torch.cat([first[name], second[name]]) for name in first
    }
    found = _decode(batch)
    assert _triplets(found, 0) == _triplets(_decode(first))
    assert _triplets(found, 1) == _triplets(_decode(second))
    assert _triplets(found, 0) != _triplets(found, 1)


TINY_CHANNELS = {
    "entity": 141,
    "relation": 23,
    "displacement": 4,
    "part": 25,
    "parsing": 26,
    "mask_feature": D,
}


class TinyNetwork(nn.Module):
    """Stands in for SMS: one strided convolution per map, so that an export takes seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.config = CONFIG
        self.maps = nn.ModuleDict({name: nn.Conv2d(3, c, 4, stride=4) for name, c in TINY_CHANNELS.items()})
        self.kernels = nn.Conv2d(3, D, 4, stride=4)
        self.part_bias = nn.Parameter(torch.randn(23, 25))

    def forward(self, image: Tensor) -> dict[str, Tensor]:
        raw = {name: convolution(image) for name, convolution in self.maps.items()}
        raw["displacement"] = raw["displacement"] * 8
        raw["kernel"] = nn.functional.interpolate(self.kernels(image), size=(S, S), mode="bilinear")
        raw["part_bias"] = self.part_bias
        return raw


def test_the_image_is_normalised_inside() -> None:
    torch.manual_seed(0)
    network = TinyNetwork().eval()
    image = torch.randint(0, 256, (1, 64, 96, 3), dtype=torch.uint8)
    normalised = (image.float() - torch.tensor(MEAN)) / torch.tensor(STD)
    with torch.inference_mode():
        expected = decode(network(normalised.permute(0, 3, 1, 2)), CONFIG)
        for name, got, want in zip(OUTPUT_NAMES, SMSDeploy(network)(image), expected, strict=True):  # type: ignore[arg-type]
            torch.testing.assert_close(got, want, msg=name)


def test_one_graph_serves_every_size_and_agrees_with_pytorch(tmp_path: Path) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    torch.manual_seed(0)
    deployed = SMSDeploy(TinyNetwork()).eval()  # type: ignore[arg-type]
    path = tmp_path / "tiny.onnx"
    torch.onnx.export(
        deployed,
        (torch.zeros(2, 64, 96, 3, dtype=torch.uint8),),
        path,
        dynamo=True,
        opset_version=20,
        input_names=[INPUT_NAME],
        output_names=list(OUTPUT_NAMES),
        dynamic_shapes={
            "image": {
                0: torch.export.Dim("batch"),
                1: 32 * torch.export.Dim("rows", min=2),
                2: 32 * torch.export.Dim("columns", min=2),
            }
        },
        verbose=False,
    )
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    for shape in ((2, 64, 96, 3), (1, 96, 64, 3), (3, 64, 64, 3)):
        image = torch.randint(0, 256, shape, dtype=torch.uint8)
        with torch.inference_mode():
            expected = deployed(image)
        for name, got, want in zip(
            OUTPUT_NAMES, session.run(None, {INPUT_NAME: image.numpy()}), expected, strict=True
        ):
            assert got.dtype == want.numpy().dtype, name
            np.testing.assert_allclose(got, want.numpy(), atol=1e-4, rtol=1e-4, err_msg=f"{name} {shape}")
