from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from numpy.typing import NDArray

from hrs_ros.inference.assemble import Thresholds, assemble
from hrs_ros.inference.letterbox import Letterbox
from hrs_ros.scene import Scene
from hrs_ros.vocabulary import vocabulary

Outputs = dict[str, NDArray[Any]]

V = vocabulary()
HUMAN, PLATE, BOOK = V.human, V.entity_id("plate"), V.entity_id("book")
HOLD, LOOK, NEXT_TO = V.relation_id("hold"), V.relation_id("look at"), V.relation_id("next to")
LEFT_ARM, RIGHT_ARM, FACE = V.part_id("left arm"), V.part_id("right arm"), V.part_id("face")

BOX = Letterbox.fit(source_height=64, source_width=64, height=64, width=64)
OPEN = Thresholds(score=0.3, relation=0.1, entity_weight=1.0)


def put(
    outputs: Outputs, slot: int, *, class_id: int, score: float, cell: tuple[int, int], box: tuple[int, ...]
) -> None:
    """An entity whose mask is the cells x0..x1, y0..y1 (exclusive) of ``box``."""
    x0, y0, x1, y1 = box
    outputs["entity_class"][slot] = class_id
    outputs["entity_score"][slot] = score
    outputs["entity_centre"][slot] = cell
    outputs["entity_mask"][slot] = -1
    outputs["entity_mask"][slot, y0:y1, x0:x1] = 1


def relate(
    outputs: Outputs,
    row: int,
    *,
    subject: int,
    predicate: int,
    target: int,
    score: float,
    parts: dict[int, float],
) -> None:
    outputs["relation_class"][row] = predicate
    outputs["relation_score"][row] = score
    outputs["relation_subject"][row] = subject
    outputs["relation_object"][row] = target
    for part, probability in parts.items():
        outputs["relation_part"][row, part - 1] = probability


def man_with_plate(outputs: Outputs) -> Outputs:
    """Slot 0 (subject) and slot 2 (object) are the same man; slot 3 is the plate he holds."""
    for slot in (0, 2):
        put(outputs, slot, class_id=HUMAN, score=0.9, cell=(5, 6), box=(2, 2, 8, 12))
    put(outputs, 3, class_id=PLATE, score=0.8, cell=(9, 5), box=(8, 4, 11, 7))
    relate(outputs, 0, subject=0, predicate=HOLD, target=3, score=0.6, parts={LEFT_ARM: 0.7, FACE: 0.2})
    outputs["parsing"][2:4, 2:8] = FACE
    outputs["parsing"][6:8, :] = LEFT_ARM
    return outputs


def build(outputs: Outputs, thresholds: Thresholds = OPEN) -> Scene:
    return assemble(outputs, BOX, thresholds=thresholds, stamp_ns=42, frame_id="camera")


def sentences(scene: Scene) -> list[str]:
    return [scene.sentence(relation) for relation in scene.relations]


def test_nothing_gives_an_empty_scene(outputs: Outputs) -> None:
    scene = build(outputs)
    assert (scene.height, scene.width, scene.stamp_ns, scene.frame_id) == (64, 64, 42, "camera")
    assert scene.entities == () and scene.relations == ()


def test_man_holding_a_plate(outputs: Outputs) -> None:
    scene = build(man_with_plate(outputs))
    assert [(e.id, e.class_id, round(e.score, 3)) for e in scene.entities] == [
        (1, HUMAN, 0.9),
        (2, PLATE, 0.8),
    ]
    assert sentences(scene) == ["<human 1 [left arm], hold, plate 1>"]
    relation = scene.relations[0]
    assert relation.score == pytest.approx(0.6)
    assert relation.part_scores == pytest.approx((0.7,))
    man, plate = scene.entities
    assert (man.mask.x, man.mask.y, man.mask.width, man.mask.height) == (8, 8, 24, 40)
    assert (plate.mask.x, plate.mask.y, plate.mask.width, plate.mask.height) == (32, 16, 12, 12)


def test_parts_lie_inside_their_human_only(outputs: Outputs) -> None:
    man, plate = build(man_with_plate(outputs)).entities
    assert sorted(man.parts) == sorted([LEFT_ARM, FACE])
    arm = man.parts[LEFT_ARM]
    # The parsing stripe spans the image: cells 6 and 7 are pixel rows 24 to 31, cut at the man's sides.
    assert (arm.x, arm.y, arm.width, arm.height, arm.area) == (8, 24, 24, 8, 24 * 8)
    for part in man.parts.values():
        assert part.intersection(man.mask) == part.area
    assert plate.parts == {}


def test_subject_mask_of_an_action_is_the_acting_part(outputs: Outputs) -> None:
    scene = build(man_with_plate(outputs))
    assert scene.subject_mask(scene.relations[0]).area == 24 * 8


def test_best_part_acts_when_none_passes(outputs: Outputs) -> None:
    man_with_plate(outputs)["relation_part"][0] = 0
    outputs["relation_part"][0, RIGHT_ARM - 1] = 0.3
    relation = build(outputs).relations[0]
    assert relation.part_ids == (RIGHT_ARM,)
    assert relation.part_scores == pytest.approx((0.3,))


def test_several_parts_act_together(outputs: Outputs) -> None:
    man_with_plate(outputs)["relation_part"][0, RIGHT_ARM - 1] = 0.51
    assert set(build(outputs).relations[0].part_ids) == {LEFT_ARM, RIGHT_ARM}


def test_geometric_relations_have_no_parts(outputs: Outputs) -> None:
    man_with_plate(outputs)["relation_class"][0] = NEXT_TO
    relation = build(outputs).relations[0]
    assert relation.part_ids == () and relation.part_scores == ()


def test_weak_entity_stays_if_a_relation_needs_it(outputs: Outputs) -> None:
    man_with_plate(outputs)["entity_score"][3] = 0.15
    put(outputs, 4, class_id=BOOK, score=0.15, cell=(2, 14), box=(1, 13, 3, 15))
    assert [entity.name for entity in build(outputs).entities] == ["human", "plate"]


def test_thresholds_decide(outputs: Outputs) -> None:
    man_with_plate(outputs)
    assert build(outputs, replace(OPEN, relation=0.61)).relations == ()
    assert [e.name for e in build(outputs, replace(OPEN, score=0.85, relation=0.61)).entities] == ["human"]
    assert build(outputs, Thresholds(part=0.1)).relations[0].part_ids == tuple(sorted((LEFT_ARM, FACE)))


def test_the_ends_count_for_the_threshold_by_their_weight(outputs: Outputs) -> None:
    man_with_plate(outputs)  # Y_s = 0.9, Y_o = 0.8, P_r = 0.6 / 0.72 = 0.8333
    for weight, limit in ((1.0, 0.6), (0.5, 0.70711), (0.3, 0.75513), (0.0, 0.83333)):
        kept, gone = (
            build(outputs, Thresholds(relation=limit + step, entity_weight=weight)) for step in (-1e-4, 1e-4)
        )
        assert [relation.score for relation in kept.relations] == [pytest.approx(0.6)]
        assert gone.relations == ()


def test_a_lower_weight_keeps_the_surer_relation_of_less_sure_things(outputs: Outputs) -> None:
    man_with_plate(outputs)["relation_score"][0] = 0.9 * 0.8 * 0.2
    put(outputs, 4, class_id=BOOK, score=0.2, cell=(2, 14), box=(1, 13, 3, 15))
    relate(outputs, 1, subject=0, predicate=LOOK, target=4, score=0.9 * 0.2 * 0.5, parts={FACE: 0.9})
    for weight, limit, kept in ((1.0, 0.1, "hold"), (0.3, 0.25, "look at")):
        scene = build(outputs, Thresholds(relation=limit, entity_weight=weight, contact_reach=None))
        assert [relation.predicate for relation in scene.relations] == [kept]


def test_empty_rows_stay_without_a_score(outputs: Outputs) -> None:
    assert build(outputs, Thresholds(relation=1e-6)).relations == ()


@pytest.mark.parametrize("field", ["score", "relation", "part", "duplicate_iou", "entity_weight"])
@pytest.mark.parametrize("value", [-0.1, 1.5, float("nan")])
def test_thresholds_outside_0_to_1_are_refused(field: str, value: float) -> None:
    with pytest.raises(ValueError, match=rf"{field}: expected a number in \[0, 1\]"):
        Thresholds(**{field: value})


@pytest.mark.parametrize("value", [-0.1, float("nan")])
def test_a_reach_below_0_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="contact_reach: expected a number from 0 on"):
        Thresholds(contact_reach=value)


def test_nobody_holds_what_his_arm_does_not_reach(outputs: Outputs) -> None:
    """The man covers 24 x 40 pixels, so his reach is 9; the plate moves from his side to 16 pixels off."""
    man_with_plate(outputs)
    put(outputs, 3, class_id=PLATE, score=0.2, cell=(13, 5), box=(12, 4, 15, 7))
    relate(outputs, 1, subject=0, predicate=LOOK, target=3, score=0.5, parts={FACE: 0.9})
    assert sentences(build(outputs)) == ["<human 1 [face], look at, plate 1>"]
    assert (
        sentences(build(outputs, Thresholds(contact_reach=None)))[0] == "<human 1 [left arm], hold, plate 1>"
    )
    # What was kept for that relation alone goes with it.
    outputs["relation_score"][1] = 0
    scene = build(outputs)
    assert [(entity.id, entity.name) for entity in scene.entities] == [(1, "human")] and scene.relations == ()


def test_relation_goes_with_an_empty_mask(outputs: Outputs) -> None:
    man_with_plate(outputs)["entity_mask"][3] = -1
    scene = build(outputs)
    assert [entity.name for entity in scene.entities] == ["human"]
    assert scene.relations == ()


def test_the_same_triplet_keeps_its_best(outputs: Outputs) -> None:
    man_with_plate(outputs)
    relate(outputs, 1, subject=0, predicate=HOLD, target=3, score=0.7, parts={RIGHT_ARM: 0.9})
    relation = build(outputs).relations
    assert [(r.score, r.part_ids) for r in relation] == [(pytest.approx(0.7), (RIGHT_ARM,))]


def test_several_relations_of_one_pair_come_best_first(outputs: Outputs) -> None:
    man_with_plate(outputs)
    relate(outputs, 1, subject=0, predicate=LOOK, target=3, score=0.65, parts={FACE: 0.9})
    assert sentences(build(outputs)) == [
        "<human 1 [face], look at, plate 1>",
        "<human 1 [left arm], hold, plate 1>",
    ]


def test_nobody_is_related_to_himself(outputs: Outputs) -> None:
    man_with_plate(outputs)["relation_object"][0] = 2  # his own object slot
    assert build(outputs).relations == ()


def test_duplicate_masks_become_one_entity_and_keep_its_relations(outputs: Outputs) -> None:
    man_with_plate(outputs)
    put(outputs, 4, class_id=PLATE, score=0.85, cell=(10, 5), box=(8, 4, 11, 7))
    scene = build(outputs)
    assert [(e.id, e.name, round(e.score, 3)) for e in scene.entities] == [
        (1, "human", 0.9),
        (2, "plate", 0.85),
    ]
    assert sentences(scene) == ["<human 1 [left arm], hold, plate 1>"]


def test_duplicates_stay_when_asked(outputs: Outputs) -> None:
    man_with_plate(outputs)
    put(outputs, 4, class_id=PLATE, score=0.85, cell=(10, 5), box=(8, 4, 11, 7))
    scene = build(outputs, Thresholds(duplicate_iou=None, exclusive_masks=False))
    assert [entity.name for entity in scene.entities] == ["human", "plate", "plate"]
    assert sentences(scene) == ["<human 1 [left arm], hold, plate 2>"]


def test_a_mask_that_spills_over_another_of_its_class_gives_the_pixels_up(outputs: Outputs) -> None:
    """The held plate's mask covers two of the five columns of a second plate, which claims itself more."""
    man_with_plate(outputs)
    put(outputs, 3, class_id=PLATE, score=0.8, cell=(9, 5), box=(8, 4, 13, 7))
    put(outputs, 4, class_id=PLATE, score=0.7, cell=(13, 5), box=(11, 4, 16, 7))
    outputs["entity_mask"][4] *= 2
    man, held, other = build(outputs).entities
    assert man.name == "human"
    assert [(plate.mask.x, plate.mask.width) for plate in (held, other)] == [(32, 12), (44, 20)]
    assert held.mask.intersection(other.mask) == 0
    overlapping = build(outputs, Thresholds(exclusive_masks=False)).entities[1]
    assert overlapping.mask.width == 20


def test_the_papers_thresholds_keep_twins_overlaps_and_any_reach() -> None:
    paper = Thresholds(score=0.2, relation=0.1, part=0.4).of_the_paper()
    assert paper == Thresholds(
        0.2, 0.1, 0.4, duplicate_iou=None, exclusive_masks=False, contact_reach=None, entity_weight=1.0
    )


def test_other_class_on_the_same_pixels_is_no_duplicate(outputs: Outputs) -> None:
    man_with_plate(outputs)
    put(outputs, 4, class_id=BOOK, score=0.85, cell=(9, 5), box=(8, 4, 11, 7))
    assert [entity.name for entity in build(outputs).entities] == ["human", "book", "plate"]


def test_duplicate_people_are_not_related_to_each_other(outputs: Outputs) -> None:
    man_with_plate(outputs)
    put(outputs, 1, class_id=HUMAN, score=0.7, cell=(5, 7), box=(2, 2, 8, 12))
    relate(outputs, 1, subject=1, predicate=NEXT_TO, target=2, score=0.5, parts={})
    relate(outputs, 2, subject=1, predicate=HOLD, target=3, score=0.4, parts={RIGHT_ARM: 0.9})
    scene = build(outputs)
    assert [entity.name for entity in scene.entities] == ["human", "plate"]
    assert sentences(scene) == ["<human 1 [left arm], hold, plate 1>"]


def test_two_people_and_each_others_neighbour(outputs: Outputs) -> None:
    man_with_plate(outputs)
    put(outputs, 1, class_id=HUMAN, score=0.7, cell=(13, 7), box=(12, 2, 15, 12))
    relate(outputs, 1, subject=1, predicate=NEXT_TO, target=2, score=0.5, parts={})
    assert sentences(build(outputs))[1] == "<human 2, next to, human 1>"


def test_scene_is_in_source_pixels(outputs: Outputs) -> None:
    box = Letterbox.fit(source_height=240, source_width=320, height=64, width=64)
    scene = assemble(man_with_plate(outputs), box, thresholds=OPEN)
    assert (scene.height, scene.width) == (240, 320)
    man = scene.entities[0].mask
    # 64 / 320: one cell is 20 source pixels.
    assert (man.x, man.y, man.width, man.height) == (40, 40, 120, 200)
