"""The vocabulary against the figures the paper gives."""

from __future__ import annotations

import pytest

from hrs_ros.vocabulary import vocabulary


def test_counts_are_the_papers() -> None:
    words = vocabulary()
    assert len(words.entities) - 1 == 141
    assert len(words.relations) - 1 == 23
    assert len(words.actions) == 14
    assert len(words.parts) - 1 == 25
    assert len(words.keypoints) - 1 == 16


def test_index_zero_is_background_and_one_is_human() -> None:
    words = vocabulary()
    assert words.entities[0] == words.relations[0] == words.parts[0] == "background"
    assert words.human == 1


def test_contact_relations_are_actions() -> None:
    words = vocabulary()
    named = {words.relations[relation] for relation in words.contact}
    assert named == {"hold", "touch", "pull", "push", "carry", "ride"}
    assert words.contact < words.actions and not vocabulary("vcoco").contact


def test_part_mirror_is_an_involution_that_swaps_only_sided_parts() -> None:
    words = vocabulary()
    assert all(words.part_mirror[words.part_mirror[part]] == part for part in range(26))
    swapped = {words.parts[part] for part in range(26) if words.part_mirror[part] != part}
    assert swapped == {"left arm", "right arm", "left leg", "right leg", "left shoe", "right shoe"}


def test_keypoint_mirror_swaps_left_and_right_joints() -> None:
    words = vocabulary()
    wrist = words.keypoints.index("left wrist")
    assert words.keypoints[words.keypoint_mirror[wrist]] == "right wrist"
    assert words.keypoint_mirror[words.keypoints.index("pelvis")] == words.keypoints.index("pelvis")


def test_aliases_name_known_parts() -> None:
    words = vocabulary()
    assert words.part_aliases["left hand"] == (words.part_id("left arm"),)
    assert set(words.part_aliases["head"]) == {words.part_id("face"), words.part_id("hair")}


def test_unknown_name_says_what_was_asked() -> None:
    with pytest.raises(KeyError, match=r"unknown entity 'spaceship'"):
        vocabulary().entity_id("spaceship")


def test_v_coco_has_80_entities_24_relations_and_pics_parts() -> None:
    words = vocabulary("vcoco")
    assert (words.entity_count, words.relation_count, words.human) == (80, 24, words.entity_id("person"))
    assert words.entities[1] == "person" and words.entities[80] == "toothbrush"
    assert words.parts == vocabulary().parts and words.part_mirror == vocabulary().part_mirror
    assert words.digest != vocabulary().digest


def test_only_pic_says_which_parts_act() -> None:
    assert vocabulary().has_acting_parts and not vocabulary("vcoco").has_acting_parts


def test_an_unknown_vocabulary_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown vocabulary 'coco': expected one of pic, vcoco"):
        vocabulary("coco")  # type: ignore[arg-type]


def test_the_digest_of_shipped_models_stays() -> None:
    assert vocabulary().digest.startswith("b0fa1be31f7a")
