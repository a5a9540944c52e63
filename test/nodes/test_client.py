"""The client against a node whose answers overtake the messages of their frame."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

rclpy = pytest.importorskip("rclpy", reason="needs ROS 2")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")

from builtin_interfaces.msg import Time  # noqa: E402
from rclpy.executors import SingleThreadedExecutor  # noqa: E402
from rclpy.node import Node  # noqa: E402
from rclpy.qos import qos_profile_sensor_data  # noqa: E402
from sensor_msgs.msg import Image  # noqa: E402
from std_msgs.msg import Header  # noqa: E402

from hrs_msgs.msg import HRSScene  # noqa: E402
from hrs_msgs.srv import Query  # noqa: E402
from hrs_ros.nodes.client import QueryClient  # noqa: E402
from hrs_ros.nodes.image_message import array_to_image  # noqa: E402

pytestmark = pytest.mark.ros

LATE = 0.3  # seconds from the answer to the messages of its frame


class LateNode:
    """Answers at once; scene and image of the answered frame come ``LATE`` seconds after, or never."""

    def __init__(self) -> None:
        self.context = rclpy.Context()
        rclpy.init(context=self.context)
        self.node = Node("late", namespace="/late", context=self.context)
        self.executor = SingleThreadedExecutor(context=self.context)
        self.executor.add_node(self.node)
        self.stamp = 0
        self.answers_with_frames = True
        self.images = self.node.create_publisher(Image, "image", qos_profile_sensor_data)
        self.scenes = self.node.create_publisher(HRSScene, "relations", 10)
        self.node.create_service(Query, "query", self._answer)
        self.timer = self.node.create_timer(LATE, self._tick)
        self.timer.cancel()
        self._thread = threading.Thread(target=self.executor.spin, daemon=True)
        self._thread.start()

    def publish(self, *, images: bool = True) -> None:
        header = self._header()
        self.scenes.publish(HRSScene(header=header, height=2, width=3))
        if images:
            value = self.stamp % 256
            self.images.publish(array_to_image(np.full((2, 3, 3), value, np.uint8), header=header))

    def close(self) -> None:
        self.executor.shutdown()
        self._thread.join()
        self.node.destroy_node()
        self.context.try_shutdown()

    def _header(self) -> Header:
        return Header(stamp=Time(sec=self.stamp), frame_id="camera")

    def _answer(self, request: Query.Request, response: Query.Response) -> Query.Response:
        if self.answers_with_frames:
            self.stamp += 1
            response.header = self._header()
            self.timer.reset()
        response.sentence = request.text
        return response

    def _tick(self) -> None:
        self.timer.cancel()
        self.publish()


@pytest.fixture
def late(ros_environment: dict[str, str]) -> Iterator[LateNode]:
    node = LateNode()
    yield node
    node.close()


@pytest.fixture
def client(ros_environment: dict[str, str]) -> Iterator[QueryClient]:
    rclpy.init()
    client = QueryClient(namespace="/late")
    yield client
    client.close()
    rclpy.shutdown()


def _meet(late: LateNode, client: QueryClient, *, images: bool) -> bool:
    """Publish until the client sees a frame, or, without ``images``, a scene. Whether it saw a frame."""
    for late.stamp in range(1, 200):
        late.publish(images=images)
        if client.wait_for_frames(1, timeout=0.1) or (client.scenes_seen and not images):
            break
    return client.wait_for_frames(1, timeout=0.0)


def test_scenes_without_their_images_are_not_frames(late: LateNode, client: QueryClient) -> None:
    assert not _meet(late, client, images=False)
    assert client.scenes_seen > 0
    assert _meet(late, client, images=True)


def test_a_reply_waits_for_the_frame_that_it_speaks_of(late: LateNode, client: QueryClient) -> None:
    assert _meet(late, client, images=True)
    late.stamp = 200
    for stamp in (201, 202):
        reply = client.ask("plate in left arm")
        assert reply.response.sentence == "plate in left arm"
        assert reply.response.header.stamp.sec == stamp
        assert reply.whole
        assert reply.scene is not None and (reply.scene.height, reply.scene.width) == (2, 3)
        assert reply.image is not None and np.unique(reply.image).tolist() == [stamp]


def test_an_answer_without_a_frame_is_complete(late: LateNode, client: QueryClient) -> None:
    assert _meet(late, client, images=True)
    late.answers_with_frames = False
    reply = client.ask("plate in left arm")
    assert reply.response.sentence == "plate in left arm"
    assert (reply.scene, reply.image, reply.whole) == (None, None, False)
