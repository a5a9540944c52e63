"""Labels -> targets -> ideal maps -> decode: what comes back is what went in, as far as the design allows."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
import torch

from hrs_ros.data.sample import RelationLabel, Sample
from hrs_ros.inference.graph import OUTPUT_NAMES
from hrs_ros.inference.reference import decode_image
from hrs_ros.network.config import ModelConfig, load_config
from hrs_ros.network.decode import decode
from hrs_ros.network.ideal import ideal_maps
from hrs_ros.network.part_table import part_frequency
from hrs_ros.network.targets import encode_targets
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.torch

V = vocabulary()
HUMAN, CUP = V.human, V.entity_id("cup")
HOLD, LOOK_AT, NEXT_TO = (V.relation_id(name) for name in ("hold", "look at", "next to"))
LEFT_ARM, FACE = V.part_id("left arm"), V.part_id("face")
PAPER = load_config("sms_lite", subjects=10, objects=10, relations=20, kernel_grid=16, condition_parts=False)

Triplet = tuple[int, int, int, tuple[int, ...]]


def two_people_and_a_cup() -> Sample:
    """Each is next to the other; the left one looks at the cup he holds in his left arm."""
    masks = np.zeros((3, 128, 160), np.uint8)
    masks[0, 20:110, 20:50] = 1
    masks[1, 24:112, 110:140] = 1
    masks[2, 60:72, 60:74] = 1
    return Sample(
        name="two",
        image=np.zeros((128, 160, 3), np.uint8),
        masks=masks,
        class_ids=np.array([HUMAN, HUMAN, CUP]),
        parsing=np.zeros((128, 160), np.uint8),
        relations=[
            RelationLabel(0, NEXT_TO, 1),
            RelationLabel(1, NEXT_TO, 0),
            RelationLabel(0, HOLD, 2, (LEFT_ARM,)),
            RelationLabel(0, LOOK_AT, 2, (FACE,)),
        ],
    )


def round_trip(sample: Sample, config: ModelConfig) -> set[Triplet]:
    """(subject row, predicate, object row, acting parts) that come back."""
    targets = encode_targets(
        sample, grid=config.kernel_grid, rays=config.mask_head == "polar", directed=config.directed_pairs
    )
    raw = ideal_maps(targets, config, frequency=part_frequency(sample.relations))
    out = decode_image(raw, config)
    row_of = {(x, y): row for row, (y, x) in enumerate(targets.centre_index.tolist())}
    rows = [row_of.get((int(x), int(y)), -1) for x, y in out["entity_centre"]]
    return {
        (
            rows[out["relation_subject"][slot]],
            int(out["relation_class"][slot]),
            rows[out["relation_object"][slot]],
            tuple(int(part) + 1 for part in np.flatnonzero(out["relation_part"][slot] > 0.5)),
        )
        for slot in np.flatnonzero(out["relation_score"] > 0.5)
    }


def truth(sample: Sample) -> set[Triplet]:
    return {(r.subject, r.predicate_id, r.object, tuple(r.parts or ())) for r in sample.relations}


def test_both_switches_bring_everything_back() -> None:
    config = dataclasses.replace(PAPER, directed_pairs=True, condition_parts=True)
    sample = two_people_and_a_cup()
    assert round_trip(sample, config) == truth(sample)


def test_the_paper_loses_reversed_pairs_and_mixes_parts() -> None:
    found = round_trip(two_people_and_a_cup(), PAPER)
    # Opposite displacements have the median 0: two people equally far, of whom only the one order can come.
    assert len([t for t in found if t[1] == NEXT_TO]) <= 1
    # Half of the cell's two part vectors: neither is sure, and both relations get the same.
    assert {t[3] for t in found if t[1] in (HOLD, LOOK_AT)} == {()}


def test_one_switch_mends_one_fault() -> None:
    sample = two_people_and_a_cup()
    neighbours = {t for t in truth(sample) if t[1] == NEXT_TO}
    actions = truth(sample) - neighbours
    directed = round_trip(sample, dataclasses.replace(PAPER, directed_pairs=True))
    conditioned = round_trip(sample, dataclasses.replace(PAPER, condition_parts=True))
    assert neighbours <= directed and not actions & directed
    assert actions <= conditioned and not neighbours <= conditioned


@pytest.mark.parametrize("masks", ["dynamic", "solo", "decoupled_solo", "polar"])
@pytest.mark.parametrize("displacement", ["both", "subject"])
def test_masks_come_back(masks: Any, displacement: Any) -> None:
    config = dataclasses.replace(
        PAPER, mask_head=masks, displacement=displacement, directed_pairs=True, condition_parts=True
    )
    sample = two_people_and_a_cup()
    targets = encode_targets(sample, grid=config.kernel_grid, rays=True, directed=True)
    out = decode_image(ideal_maps(targets, config, frequency=part_frequency(sample.relations)), config)
    for row, (y, x) in enumerate(targets.centre_index.tolist()):
        slot = next(n for n, (u, v) in enumerate(out["entity_centre"]) if (u, v) == (x, y))
        drawn, true = out["entity_mask"][slot] > 0, targets.masks[row] > 0.5
        iou = (drawn & true).sum() / (drawn | true).sum()
        # 36 rays cut the corners of a box off.
        assert iou > (0.8 if masks == "polar" else 0.99)
    assert round_trip(sample, config) == truth(sample)


def test_pytorch_decodes_the_same() -> None:
    config = dataclasses.replace(PAPER, directed_pairs=True, condition_parts=True)
    sample = two_people_and_a_cup()
    raw = ideal_maps(
        encode_targets(sample, grid=16, directed=True), config, frequency=part_frequency(sample.relations)
    )
    expected = decode_image(raw, config)
    tables = ("part_bias", "part_frequency")
    tensors = {n: torch.from_numpy(v) if n in tables else torch.from_numpy(v)[None] for n, v in raw.items()}
    got = dict(zip(OUTPUT_NAMES, decode(tensors, config), strict=True))
    triplets = [_sure_rows(expected), _sure_rows({name: value[0].numpy() for name, value in got.items()})]
    assert len(triplets[0]) == 4
    np.testing.assert_allclose(triplets[1], triplets[0], atol=1e-5)


def _sure_rows(out: dict[str, np.ndarray]) -> list[list[float]]:
    """Class, score and parts of every sure relation, sorted: equal scores may come in any order."""
    names = ("relation_class", "relation_score", "relation_part")
    rows = np.column_stack([out[name] for name in names])
    return sorted(rows[out["relation_score"] > 0.5].tolist())
