"""Points as sensor_msgs/PointCloud2, as sensor_msgs_py.point_cloud2.create_cloud_xyz32 makes them.

That package is no wheel; the message is simple enough to be written here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from sensor_msgs.msg import PointCloud2, PointField
from std_msgs.msg import Header

_SIZE = 4  # bytes of a coordinate


def cloud_message(points: ArrayLike, *, header: Header) -> PointCloud2:
    """An unordered cloud of (N, 3) points [m], x, y and z as float32."""
    xyz = np.ascontiguousarray(points, "<f4").reshape(-1, 3)
    message = PointCloud2(
        header=header,
        height=1,
        width=len(xyz),
        fields=[
            PointField(name=name, offset=_SIZE * index, datatype=PointField.FLOAT32, count=1)
            for index, name in enumerate("xyz")
        ],
        is_bigendian=False,
        point_step=3 * _SIZE,
        row_step=3 * _SIZE * len(xyz),
        is_dense=bool(np.isfinite(xyz).all()),
    )
    message.data.frombytes(xyz.data.cast("B") if xyz.size else b"")
    return message
