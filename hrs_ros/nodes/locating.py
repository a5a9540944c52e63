"""Where the candidates of an answer are: depth, camera and tf to SpatialObject messages."""

from __future__ import annotations

from geometry_msgs.msg import Point, Pose, Quaternion, Vector3
from std_msgs.msg import Header

from hrs_msgs.msg import SpatialObject
from hrs_ros.nodes.camera import Camera
from hrs_ros.nodes.cloud_message import cloud_message
from hrs_ros.nodes.component import Frame
from hrs_ros.nodes.depth import DepthCamera, SpatialError
from hrs_ros.nodes.memory import Seen
from hrs_ros.nodes.process import HRSNode
from hrs_ros.nodes.transforms import Transforms
from hrs_ros.scene import Mask, Scene, union
from hrs_ros.spatial import Located, TooFewPointsError, locate


class Locator:
    """Component, one camera's. What cannot be located says why; it never fails the answer."""

    def __init__(self, node: HRSNode, camera: Camera) -> None:
        self.depth = DepthCamera(node, camera)
        self._transforms = Transforms(node) if node.value("use_depth") else None

    def see(self, frame: Frame) -> None:
        """Frames are located when they are asked about, not before."""

    def close(self) -> None:
        self.depth.close()
        if self._transforms is not None:
            self._transforms.close()

    def locate(self, seen: Seen, entity_id: int, *, target_frame: str, want_cloud: bool) -> SpatialObject:
        """``target_frame`` empty: the frame of the depth image."""
        scene = seen.scene
        try:
            view = self.depth.at(scene.stamp_ns, height=scene.height, width=scene.width)
            assert self._transforms is not None  # where there is a depth image
            motion = self._transforms.motion(
                target=target_frame, source=view.frame_id, stamp=seen.header.stamp
            )
            mask, acting = scene.entity(entity_id).mask, acting_mask(scene, entity_id)
            located = locate(view.depth, mask, view.intrinsics, acting=acting).moved(motion)
        except TooFewPointsError as error:
            return SpatialObject(status=SpatialObject.TOO_FEW_POINTS, sentence=str(error))
        except SpatialError as error:
            return SpatialObject(status=error.status, sentence=str(error))
        header = Header(stamp=seen.header.stamp, frame_id=target_frame or view.frame_id)
        return spatial_message(located, header=header, want_cloud=want_cloud)


def acting_mask(scene: Scene, entity_id: int) -> Mask:
    """Pixels of all parts that act on an entity: the hands that hold it."""
    return union(
        scene.subject_mask(relation)
        for relation in scene.relations
        if relation.object_id == entity_id and relation.part_ids
    )


def spatial_message(located: Located, *, header: Header, want_cloud: bool) -> SpatialObject:
    x, y, z = located.pose.translation.tolist()
    qx, qy, qz, qw = located.pose.quaternion.tolist()
    length, width, height = located.size.tolist()
    return SpatialObject(
        status=SpatialObject.OK,
        sentence=f"{len(located.points)} points, {located.valid_depth_ratio:.0%} of its pixels had depth.",
        header=header,
        pose=Pose(position=Point(x=x, y=y, z=z), orientation=Quaternion(x=qx, y=qy, z=qz, w=qw)),
        size=Vector3(x=length, y=width, z=height),
        valid_depth_ratio=located.valid_depth_ratio,
        points=len(located.points),
        cloud=[cloud_message(located.points, header=header)] if want_cloud else [],
    )
