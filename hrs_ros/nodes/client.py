"""A ROS 2 client of the perception node: listens to images and relations, and asks /hrs/query."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from rclpy.executors import SingleThreadedExecutor
from rclpy.node import Node
from rclpy.qos import qos_profile_sensor_data
from sensor_msgs.msg import Image

from hrs_msgs.msg import HRSScene
from hrs_msgs.srv import Query
from hrs_ros.nodes.image_message import image_to_rgb
from hrs_ros.nodes.messages import scene_from_message, stamp_ns
from hrs_ros.nodes.spinning import spin, spin_until
from hrs_ros.scene import Scene

Value = TypeVar("Value")

FRAME_SECONDS = 1.0  # how long after an answer its frame's own messages may come


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """A service response with the frame it speaks of; images travel best effort and may be lost."""

    response: Query.Response
    milliseconds: float  # from the call to the answer, measured here
    scene: Scene | None
    image: NDArray[np.uint8] | None  # (H, W, 3) RGB

    @property
    def whole(self) -> bool:
        """Whether the frame was seen here too."""
        return self.scene is not None and self.image is not None


class QueryClient:
    """Create inside an initialised rclpy context; relative names live in ``namespace``."""

    def __init__(self, *, namespace: str = "/hrs", keep: int = 90) -> None:
        self.node = Node("hrs_query_client", namespace=namespace)
        self.scenes_seen = 0
        self._keep = keep
        self._executor = SingleThreadedExecutor()
        self._executor.add_node(self.node)
        self._images: OrderedDict[int, Image] = OrderedDict()
        self._scenes: OrderedDict[int, HRSScene] = OrderedDict()
        self._client = self.node.create_client(Query, "query")
        self.node.create_subscription(Image, "image", self._on_image, qos_profile_sensor_data)
        self.node.create_subscription(HRSScene, "relations", self._on_scene, 10)

    def spin(self, seconds: float) -> None:
        """Handle what arrives for that long."""
        spin(self._executor, seconds)

    def wait_for_frames(self, count: int, *, timeout: float) -> bool:
        """Whether ``count`` images have come with their scenes, and the service is there, within ``timeout``
        seconds. The three are discovered one by one: scenes may come long before the first image does.
        """
        return spin_until(
            self._executor,
            lambda: (
                len(self._scenes.keys() & self._images.keys()) >= count and self._client.service_is_ready()
            ),
            timeout,
        )

    def ask(self, text: str, *, timeout: float = 5.0) -> Reply:
        """Call the service, then wait for the frame that it speaks of: the answer may overtake it.

        Raises TimeoutError when no answer comes.
        """
        start = time.perf_counter()
        future = self._client.call_async(Query.Request(text=text, want_masks=True))
        self._executor.spin_until_future_complete(future, timeout_sec=timeout)
        if not future.done():
            raise TimeoutError(
                f"no answer from {self._client.srv_name} within {timeout} s: is hrs_perception running?"
            )
        milliseconds = (time.perf_counter() - start) * 1e3
        response = future.result()
        key = stamp_ns(response.header)  # joins the answer with its scene and image
        if key:  # an answer without a frame has no stamp
            spin_until(self._executor, lambda: key in self._scenes and key in self._images, FRAME_SECONDS)
        scene, image = self._scenes.get(key), self._images.get(key)
        return Reply(
            response=response,
            milliseconds=milliseconds,
            scene=None if scene is None else scene_from_message(scene),
            image=None if image is None else image_to_rgb(image),
        )

    def close(self) -> None:
        self._executor.shutdown()
        self.node.destroy_node()

    def _on_image(self, message: Image) -> None:
        self._remember(self._images, stamp_ns(message.header), message)

    def _on_scene(self, message: HRSScene) -> None:
        self.scenes_seen += 1
        self._remember(self._scenes, stamp_ns(message.header), message)

    def _remember(self, store: OrderedDict[int, Value], key: int, value: Value) -> None:
        store[key] = value
        while len(store) > self._keep:
            store.popitem(last=False)
