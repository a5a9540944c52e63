"""Scenes and masks through messages and back; the RLE reader against pycocotools."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")

from rclpy.serialization import deserialize_message, serialize_message
from std_msgs.msg import Header

from hrs_msgs.msg import Mask as MaskMessage
from hrs_ros.nodes.messages import (
    MASK_ENCODINGS,
    MessageError,
    duration,
    labels_message,
    mask_from_message,
    mask_to_message,
    scene_from_message,
    scene_to_message,
)
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

masks = st.builds(
    Mask.from_full,
    hnp.arrays(bool, hnp.array_shapes(min_dims=2, max_dims=2, max_side=20)),
)


def same(one: Mask, other: Mask) -> bool:
    return (one.x, one.y) == (other.x, other.y) and np.array_equal(one.bits, other.bits)


@settings(max_examples=200)
@given(mask=masks, encoding=st.sampled_from(sorted(MASK_ENCODINGS.values())))
def test_masks_survive_the_wire(mask: Mask, encoding: int) -> None:
    sent = mask_to_message(mask, encoding=encoding, image_height=20, image_width=20)
    received = deserialize_message(serialize_message(sent), MaskMessage)
    assert same(mask_from_message(received), mask)
    assert (received.image_height, received.image_width) == (20, 20)


@settings(max_examples=200)
@given(
    data=st.binary(max_size=40), encoding=st.integers(0, 3), width=st.integers(0, 9), height=st.integers(0, 9)
)
def test_any_bytes_are_a_mask_or_a_message_error(data: bytes, encoding: int, width: int, height: int) -> None:
    """The C decoder would read and write beyond its arrays; nothing of the kind gets there."""
    message = MaskMessage(encoding=encoding, width=width, height=height, image_width=9, image_height=9)
    message.data.frombytes(data)
    try:
        assert mask_from_message(message).bits.shape in ((height, width), (0, 0))
    except MessageError as error:
        assert "expected" in str(error)


def test_bits_are_packed_row_by_row_from_the_highest_bit() -> None:
    bits = np.array([[1, 0, 1], [0, 1, 1]], bool)
    message = mask_to_message(
        Mask(x=4, y=2, bits=bits), encoding=MaskMessage.BITS, image_height=9, image_width=9
    )
    assert list(message.data) == [0b10101100]
    assert (message.x, message.y, message.width, message.height) == (4, 2, 3, 2)


def test_rle_is_what_coco_tools_write() -> None:
    bits = np.array([[1, 0], [1, 1]], bool)  # column by column: 1 1 0 1 -> runs 0 2 1 1, the last as -1
    message = mask_to_message(
        Mask(x=0, y=0, bits=bits), encoding=MaskMessage.COCO_RLE, image_height=2, image_width=2
    )
    assert bytes(message.data) == b"021O"


def test_mask_outside_its_image_is_refused() -> None:
    message = MaskMessage(encoding=MaskMessage.BITS, x=5, width=8, height=1, image_width=9, image_height=9)
    message.data.frombytes(b"\xff")
    with pytest.raises(MessageError, match="inside its image of 9 x 9"):
        mask_from_message(message)


def small_scene() -> Scene:
    words = vocabulary()
    body = np.zeros((12, 12), bool)
    body[1:11, 3:9] = True
    left, right = np.zeros_like(body), np.zeros_like(body)
    left[4:6, 7:9], right[4:6, 3:5] = True, True
    plate = np.zeros_like(body)
    plate[4:6, 9:12] = True
    human = Entity(
        id=1,
        class_id=words.human,
        score=0.75,
        mask=Mask.from_full(body),
        parts={
            words.part_id("left arm"): Mask.from_full(left),
            words.part_id("right arm"): Mask.from_full(right),
        },
    )
    thing = Entity(
        id=2,
        class_id=words.entity_id("plate"),
        score=0.5,
        mask=Mask.from_full(plate),
        track_id=70_000,
        number=12,
    )
    hold = Relation(
        subject_id=1,
        predicate_id=words.relation_id("hold"),
        object_id=2,
        score=0.25,
        part_ids=(words.part_id("left arm"), words.part_id("right arm")),
        part_scores=(0.75, 0.5),
        since_ns=2_000_000_007,
    )
    beside = Relation(subject_id=1, predicate_id=words.relation_id("next to"), object_id=2, score=0.125)
    return Scene(
        height=12,
        width=12,
        entities=(human, thing),
        relations=(hold, beside),
        stamp_ns=3_000_000_005,
        frame_id="eye",
    )


@pytest.mark.parametrize("encoding", sorted(MASK_ENCODINGS.values()))
def test_scene_survives_the_wire(encoding: int) -> None:
    scene = small_scene()
    header = Header(frame_id="eye")
    header.stamp.sec, header.stamp.nanosec = 3, 5
    sent = scene_to_message(scene, header=header, encoding=encoding, latency_ns=1_500_000_000, dropped=4)
    received = deserialize_message(serialize_message(sent), type(sent))
    assert (received.latency.sec, received.latency.nanosec, received.dropped) == (1, 500_000_000, 4)
    back = scene_from_message(received)
    assert (back.height, back.width, back.stamp_ns, back.frame_id) == (12, 12, 3_000_000_005, "eye")
    assert back.relations == scene.relations  # scores were exact in float32
    assert [back.label(entity.id) for entity in back.entities] == ["human 1", "plate 12"]
    assert [entity.track_id for entity in back.entities] == [0, 70_000]
    for one, other in zip(back.entities, scene.entities, strict=True):
        assert (one.id, one.class_id, one.score) == (other.id, other.class_id, other.score)
        assert same(one.mask, other.mask)
        assert {part: mask.area for part, mask in one.parts.items()} == {
            part: mask.area for part, mask in other.parts.items()
        }


def test_subject_mask_of_a_relation_is_its_parts_or_the_whole_human() -> None:
    scene = small_scene()
    message = scene_to_message(scene, header=Header(), encoding=MaskMessage.BITS)
    action, geometric = message.relations
    assert same(mask_from_message(action.subject_part_mask), scene.subject_mask(scene.relations[0]))
    assert mask_from_message(action.subject_part_mask).area == 8
    assert same(mask_from_message(geometric.subject_part_mask), scene.entities[0].mask)
    assert (list(geometric.part_ids), geometric.predicate) == ([], "next to")
    assert (action.object_label, action.object_class_id) == ("plate 12", vocabulary().entity_id("plate"))


def test_labels_index_is_the_id() -> None:
    labels = labels_message()
    words = vocabulary()
    assert [len(labels.entities), len(labels.relations), len(labels.parts)] == [142, 24, 26]
    assert labels.entities[words.human] == "human" and labels.digest == words.digest
    assert {labels.relations[index] for index in labels.actions} >= {"hold", "kick"}


@pytest.mark.parametrize(
    ("nanoseconds", "fields"), [(0, (0, 0)), (1_500_000_000, (1, 500_000_000)), (7, (0, 7))]
)
def test_duration(nanoseconds: int, fields: tuple[int, int]) -> None:
    made = duration(nanoseconds)
    assert (made.sec, made.nanosec) == fields
