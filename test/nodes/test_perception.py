"""hrs_perception over a real process boundary: images in, scenes and answers out, bad input survived."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")

from builtin_interfaces.msg import Time
from rcl_interfaces.msg import Parameter as ParameterMessage
from rcl_interfaces.msg import ParameterType, ParameterValue
from rcl_interfaces.srv import DescribeParameters, SetParameters
from rclpy.qos import DurabilityPolicy, QoSProfile, ReliabilityPolicy
from sensor_msgs.msg import CompressedImage, Image
from std_msgs.msg import Header

from hrs_msgs.msg import HRSScene, Labels, Mask
from hrs_msgs.srv import Query
from hrs_ros.nodes.image_message import array_to_image, image_to_rgb
from hrs_ros.nodes.messages import mask_from_message, scene_from_message
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.ros


class Robot:
    """The node under test and everything a robot has around it."""

    def __init__(self, process: Any, peer: Any) -> None:
        self.process, self.peer, node = process, peer, peer.node
        self.scenes: list[HRSScene] = []
        self.labels: list[Labels] = []
        self.stamp = 0
        self.images = node.create_publisher(Image, "image", 5)
        self.queries = node.create_client(Query, "query")
        self.setter = node.create_client(SetParameters, "hrs_perception/set_parameters")
        self.describer = node.create_client(DescribeParameters, "hrs_perception/describe_parameters")
        node.create_subscription(HRSScene, "relations", self.scenes.append, 10)
        latched = QoSProfile(depth=1, durability=DurabilityPolicy.TRANSIENT_LOCAL)
        node.create_subscription(Labels, "labels", self.labels.append, latched)

    def header(self) -> Header:
        self.stamp += 1
        return Header(stamp=Time(sec=self.stamp, nanosec=7), frame_id="eye")

    def show(self, height: int = 120, width: int = 120) -> HRSScene:
        """Publish a good image until its scene comes back."""
        message = array_to_image(np.zeros((height, width, 3), np.uint8), header=self.header())
        return self.scene_of(message)

    def scene_of(self, message: Image) -> HRSScene:
        """Images travel best effort: one may be lost, the next is not."""
        for _ in range(5):
            self.images.publish(message)
            try:
                self.peer.spin_until(lambda: any(s.header == message.header for s in self.scenes), timeout=4)
            except AssertionError:
                continue
            return next(scene for scene in self.scenes if scene.header == message.header)
        raise AssertionError(
            f"no scene for the image of stamp {message.header.stamp}:\n{self.process.output}"
        )

    def ask(self, text: str, *, want_masks: bool = True) -> Query.Response:
        return self.peer.call(self.queries, Query.Request(text=text, want_masks=want_masks))

    def set(self, name: str, value: ParameterValue) -> Any:
        request = SetParameters.Request(parameters=[ParameterMessage(name=name, value=value)])
        return self.peer.call(self.setter, request).results[0]


@pytest.fixture(scope="module")
def robot(start_node: Any, peer: Any, constant_model: Path) -> Iterator[Robot]:
    process = start_node("perception", model=constant_model, provider="cpu", threads=1, stale_after=3600.0)
    robot = Robot(process, peer)
    process.wait_for("waiting for images on /hrs/image")
    peer.spin_until(robot.queries.service_is_ready, what="query service")
    # Before the first image: what the node says when it has seen nothing.
    robot.first_answer = robot.ask("plate in left arm")  # type: ignore[attr-defined]
    peer.spin_until(lambda: robot.images.get_subscription_count() == 1, what="the node's subscription")
    peer.spin_until(robot.setter.service_is_ready, what="parameter service")
    robot.show()
    yield robot


def box(message: Mask) -> tuple[int, int, int, int]:
    return message.x, message.y, message.width, message.height


def test_says_where_it_runs(robot: Robot) -> None:
    robot.process.wait_for("ONNX Runtime gave CPUExecutionProvider (asked for: cpu)")


def test_no_frame_before_the_first_image(robot: Robot) -> None:
    answer = robot.first_answer  # type: ignore[attr-defined]
    assert (answer.status, answer.image_width, len(answer.candidates)) == (Query.Response.NO_FRAME, 0, 0)
    assert "No frame" in answer.sentence


def test_scene_is_the_models_in_source_pixels(robot: Robot) -> None:
    message = robot.show(height=128, width=128)  # 8 source pixels a cell of the 16 x 16 map
    assert (message.header.frame_id, message.height, message.width) == ("eye", 128, 128)
    scene = scene_from_message(message)
    assert [scene.label(entity.id) for entity in scene.entities] == ["human 1", "plate 1", "plate 2"]
    human, left_plate, right_plate = (message.entities[i] for i in range(3))
    for entity, wanted in (
        (human, (32, 16, 64, 96)),
        (left_plate, (80, 48, 40, 24)),
        (right_plate, (8, 48, 40, 24)),
    ):
        assert np.abs(np.subtract(box(entity.mask), wanted)).max() <= 2  # upsampled edges
        assert box(entity.mask) == (entity.box_x, entity.box_y, entity.box_width, entity.box_height)
    assert [part.name for part in human.parts] == ["uppercloth", "left arm", "right arm"]
    assert len(message.model_hash) == 64 and message.latency.sec == 0 and message.latency.nanosec > 0


def test_relations_are_complete_in_themselves(robot: Robot) -> None:
    message = robot.show()
    first, second = message.relations
    assert (first.subject_label, first.part_names, first.predicate, first.object_label) == (
        "human 1",
        ["left arm"],
        "hold",
        "plate 1",
    )
    assert first.score == pytest.approx(0.8) and list(first.part_scores) == pytest.approx([0.9])
    assert (list(second.part_names), second.object_label) == (["right arm"], "plate 2")
    human = message.entities[0]
    arm = next(part for part in human.parts if part.name == "left arm")
    assert first.subject_part_mask == arm.mask
    assert first.object_mask == message.entities[1].mask


def test_labels_are_latched(robot: Robot) -> None:
    robot.peer.spin_until(lambda: robot.labels, what="latched labels")
    labels = robot.labels[0]
    assert labels.digest == vocabulary().digest
    assert (labels.entities[1], labels.relations[1], labels.parts[5]) == ("human", "hold", "left arm")


@pytest.mark.parametrize(
    ("text", "label", "sentence"),
    [
        ("plate in left arm", "plate 1", "<human 1 [left arm], hold, plate 1>"),
        ("plate in right arm", "plate 2", "<human 1 [right arm], hold, plate 2>"),
    ],
)
def test_query_names_the_plate_and_gives_its_mask(robot: Robot, text: str, label: str, sentence: str) -> None:
    shown = robot.show()
    answer = robot.ask(text)
    assert (answer.status, answer.candidates[0].entity.label) == (Query.Response.OK, label)
    assert answer.candidates[0].sentence == sentence
    assert answer.header == shown.header and (answer.image_height, answer.image_width) == (120, 120)
    assert answer.age.sec == 0 and answer.age.nanosec > 0
    seen = next(entity for entity in shown.entities if entity.label == label)
    assert answer.candidates[0].entity.mask == seen.mask
    assert answer.candidates[0].relation[0].object_label == label
    assert answer.parsed.text and list(answer.parsed.entities[0].class_ids) == [
        vocabulary().entity_id("plate")
    ]


def test_query_without_masks_is_small(robot: Robot) -> None:
    robot.show()
    candidate = robot.ask("plate in left arm", want_masks=False).candidates[0]
    assert box(candidate.entity.mask) == (0, 0, 0, 0) and len(candidate.entity.mask.data) == 0
    assert candidate.entity.box_width > 0  # the box still says where


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("plate", Query.Response.AMBIGUOUS),
        ("ball in left arm", Query.Response.NO_OBJECT),
        ("plate kicked by the man", Query.Response.NO_RELATION),
        ("plate in the left leg", Query.Response.WRONG_PART),
        ("", Query.Response.NOT_UNDERSTOOD),
        ("   \t", Query.Response.NOT_UNDERSTOOD),
        ("plate " * 1667, Query.Response.NOT_UNDERSTOOD),  # 10,000 characters
        ("x" * 10_000, Query.Response.NOT_UNDERSTOOD),
        ("plaet in left arm", Query.Response.NOT_UNDERSTOOD),
        ("тарелка в левой руке", Query.Response.NOT_UNDERSTOOD),
    ],
)
def test_query_statuses(robot: Robot, text: str, status: int) -> None:
    robot.show()
    answer = robot.ask(text)
    assert answer.status == status, answer.sentence
    assert 10 < len(answer.sentence) < 400
    if status == Query.Response.AMBIGUOUS:
        assert [candidate.entity.label for candidate in answer.candidates] == ["plate 1", "plate 2"]
    if text.startswith("plaet"):
        assert "plate" in answer.did_you_mean


def bad_image(robot: Robot, **fields: Any) -> Image:
    message = array_to_image(np.zeros((40, 50, 3), np.uint8), header=robot.header())
    for name, value in fields.items():
        setattr(message, name, value)
    return message


@pytest.mark.parametrize(
    ("problem", "fields", "log"),
    [
        ("encoding", {"encoding": "32FC1"}, "got encoding '32FC1'"),
        ("zero size", {"width": 0}, "got 0 x 40"),
        ("truncated", {"height": 41}, "the image is truncated"),
        ("step", {"step": 10}, "expected a step of at least 150 bytes"),
    ],
)
def test_bad_image_is_named_and_survived(
    robot: Robot, problem: str, fields: dict[str, Any], log: str
) -> None:
    before = len(robot.scenes)
    bad = bad_image(robot, **fields)
    for _ in range(3):
        robot.images.publish(bad)
    robot.process.wait_for(log, timeout=10)
    robot.show()
    assert robot.process.running
    assert not any(scene.header == bad.header for scene in robot.scenes[before:])
    assert robot.process.output.count(log) == 1, "one line, not one per frame"


def test_frame_size_may_change_mid_stream(robot: Robot) -> None:
    for height, width in ((48, 64), (720, 1280), (3, 5), (333, 77)):
        message = robot.show(height, width)
        assert (message.height, message.width) == (height, width)
        for entity in message.entities:
            assert mask_from_message(entity.mask).full(height, width).any()


def test_live_parameters(robot: Robot) -> None:
    double = ParameterType.PARAMETER_DOUBLE
    assert robot.set("relation_threshold", ParameterValue(type=double, double_value=0.85)).successful
    assert [relation.object_label for relation in robot.show().relations] == ["plate 1"]
    assert robot.set("relation_threshold", ParameterValue(type=double, double_value=0.1)).successful
    assert len(robot.show().relations) == 2
    refused = robot.set("relation_threshold", ParameterValue(type=double, double_value=1.5))
    assert not refused.successful and "relation_threshold" in refused.reason


def test_mask_encoding_is_live_and_checked(robot: Robot) -> None:
    string = ParameterType.PARAMETER_STRING
    rle = robot.show()
    assert robot.set("mask_encoding", ParameterValue(type=string, string_value="bits")).successful
    bits = robot.show()
    assert robot.set("mask_encoding", ParameterValue(type=string, string_value="rle")).successful
    for one, other in zip(rle.entities, bits.entities, strict=True):
        assert (one.mask.encoding, other.mask.encoding) == (Mask.COCO_RLE, Mask.BITS)
        assert (mask_from_message(one.mask).bits == mask_from_message(other.mask).bits).all()
    refused = robot.set("mask_encoding", ParameterValue(type=string, string_value="png"))
    assert not refused.successful and "expected one of rle, bits" in refused.reason


def test_parameters_are_described(robot: Robot) -> None:
    names = ["model", "score_threshold", "mask_encoding", "threads"]
    request = DescribeParameters.Request(names=names)
    model, score, encoding, threads = robot.peer.call(robot.describer, request).descriptors
    assert not model.read_only and "hrs export" in model.description
    assert (score.floating_point_range[0].from_value, score.floating_point_range[0].to_value) == (0, 1)
    assert not score.read_only
    assert encoding.additional_constraints == "one of rle, bits"
    assert threads.integer_range[0].to_value == 256


def test_stale_frames_are_not_answered_from(robot: Robot) -> None:
    shown = robot.show()
    double = ParameterType.PARAMETER_DOUBLE
    assert robot.set("stale_after", ParameterValue(type=double, double_value=0.01)).successful
    answer = robot.ask("plate in left arm")
    while answer.status == Query.Response.OK:  # asked within 10 ms
        answer = robot.ask("plate in left arm")
    assert robot.set("stale_after", ParameterValue(type=double, double_value=3600.0)).successful
    assert answer.status == Query.Response.STALE and not answer.candidates
    assert answer.header == shown.header and answer.parsed.text


def test_annotated_image_comes_only_when_subscribed(robot: Robot) -> None:
    images: list[Image] = []
    node = robot.peer.node
    subscription = node.create_subscription(Image, "annotated", images.append, 5)
    try:
        robot.peer.spin_until(subscription.get_publisher_count, what="publisher of annotated")
        shown = robot.show()
        robot.peer.spin_until(lambda: any(i.header == shown.header for i in images), what="annotated image")
    finally:
        node.destroy_subscription(subscription)
    drawn = image_to_rgb(next(image for image in images if image.header == shown.header))
    assert drawn.shape == (120, 120, 3) and drawn.any()  # the source was black


def test_newest_frame_wins_and_the_others_are_counted(robot: Robot) -> None:
    before = robot.show().dropped
    # A burst: large frames arrive faster than they are converted and answered.
    burst = [array_to_image(np.zeros((720, 1280, 3), np.uint8), header=robot.header()) for _ in range(30)]
    for message in burst:
        robot.images.publish(message)
    last = robot.show()
    seen = sum(scene.header == message.header for scene in robot.scenes for message in burst)
    assert seen + (last.dropped - before) <= len(burst) + 5
    stamps = [scene.header.stamp.sec for scene in robot.scenes]
    assert stamps == sorted(stamps), "an older frame never comes after a newer one"


def test_compressed_images(start_node: Any, peer: Any, constant_model: Path) -> None:
    process = start_node(
        "perception", "-r", "__ns:=/packed", model=constant_model, threads=1, use_compressed=True
    )
    scenes: list[HRSScene] = []
    quality = QoSProfile(depth=5, reliability=ReliabilityPolicy.RELIABLE)
    publisher = peer.node.create_publisher(CompressedImage, "/packed/image/compressed", quality)
    peer.node.create_subscription(HRSScene, "/packed/relations", scenes.append, 10)
    process.wait_for("waiting for images on /packed/image/compressed")
    peer.spin_until(publisher.get_subscription_count)
    broken = CompressedImage(format="jpeg")
    broken.data.frombytes(b"\xff\xd8\xff\xe0 cut off")
    good = CompressedImage(header=Header(frame_id="jpeg"), format="bgr8; jpeg compressed bgr8")
    good.data.frombytes(cv2.imencode(".jpg", np.zeros((60, 80, 3), np.uint8))[1].tobytes())

    def publish_until(message: CompressedImage, condition: Any, what: str) -> None:
        timer = peer.node.create_timer(0.1, lambda: publisher.publish(message))
        peer.spin_until(condition, what=what)
        peer.node.destroy_timer(timer)

    publish_until(broken, lambda: process.said("do not decode"), "complaint")
    publish_until(good, lambda: scenes, "a scene of the good image")
    assert (scenes[0].header.frame_id, scenes[0].height, scenes[0].width) == ("jpeg", 60, 80)
    assert process.interrupt() == 0


# --- start and end ---


def test_missing_model_is_named(start_node: Any, tmp_path: Path) -> None:
    process = start_node("perception", model=tmp_path / "nowhere.onnx")
    assert process.wait() == 2
    assert "no model file at" in process.output and "nowhere.onnx" in process.output
    assert "Traceback" not in process.output


@pytest.mark.parametrize("content", [b"", b"this is not a model", b"\x08\x0a" + bytes(100)])
def test_corrupt_model_is_named(start_node: Any, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.onnx"
    path.write_bytes(content)
    process = start_node("perception", model=path)
    assert process.wait() == 2
    assert "broken.onnx" in process.output and "Traceback" not in process.output


@pytest.mark.parametrize(
    ("parameters", "word"),
    [
        ({"score_threshold": 2.0}, "score_threshold"),
        ({"provider": "abacus"}, "provider"),
        ({"threads": "two"}, "threads"),
    ],
)
def test_wrong_parameter_is_named(
    start_node: Any, constant_model: Path, parameters: dict[str, Any], word: str
) -> None:
    process = start_node("perception", model=constant_model, **parameters)
    assert process.wait() == 2
    assert word in process.output and "Traceback" not in process.output


def test_sigint_ends_cleanly(start_node: Any, constant_model: Path) -> None:
    process = start_node("perception", "-r", "__ns:=/brief", model=constant_model, threads=1)
    process.wait_for("waiting for images on /brief/image")
    assert process.interrupt() == 0
    assert "Traceback" not in process.output


def test_the_node_of_this_module_ends_cleanly_too(robot: Robot) -> None:
    """After everything above, images and queries included."""
    robot.show()
    assert robot.process.interrupt() == 0
    assert "Traceback" not in robot.process.output
