"""Where an object is: centroid, principal axes and extent of its visible surface."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrs_ros.scene import Mask
from hrs_ros.spatial.intrinsics import Intrinsics
from hrs_ros.spatial.region import object_pixels
from hrs_ros.spatial.rigid import Rigid

LEAST_POINTS = 20
GAP = 0.05  # metres without a point between two surfaces, one behind the other

Array = NDArray[np.float64]


class TooFewPointsError(ValueError):
    """Too little of the mask has depth."""


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """The visible surface of one object, in the optical frame of the camera unless moved to another."""

    pose: Rigid  # origin: centroid of the points; axes: x the longest, z the shortest extent
    size: Array  # (3,) extent of the points along these axes [m]
    points: Array  # (N, 3) [m]
    valid_depth_ratio: float  # share of the object's own pixels that had depth, [0, 1]

    def moved(self, motion: Rigid) -> Located:
        """The same in the target frame of ``motion``."""
        return Located(motion @ self.pose, self.size, motion.apply(self.points), self.valid_depth_ratio)


def locate(depth: NDArray[np.float32], mask: Mask, intrinsics: Intrinsics, *, acting: Mask) -> Located:
    """Locate what ``mask`` shows in ``depth`` (H, W) [m], NaN where nothing was measured.

    The depth image is registered: its pixels are the mask's. ``acting`` is the mask of the part that holds
    the object, whose pixels are not the object's; empty for none. Raises TooFewPointsError where fewer than
    LEAST_POINTS pixels are left, and ValueError for a mask beyond the image.
    """
    height, width = depth.shape
    if mask.x < 0 or mask.y < 0 or mask.x + mask.width > width or mask.y + mask.height > height:
        raise ValueError(
            f"expected a mask inside the depth image of {width} x {height}, got a crop of "
            f"{mask.width} x {mask.height} at ({mask.x}, {mask.y}); is the depth registered to the image?"
        )
    own = object_pixels(mask, acting, height=height, width=width)
    valid = own & np.isfinite(depth)
    total, measured = int(np.count_nonzero(own)), int(np.count_nonzero(valid))
    if measured < LEAST_POINTS:
        raise TooFewPointsError(
            f"{measured} of {total} pixels have depth, at least {LEAST_POINTS} are needed; "
            "is the object too near, too far, shiny or hidden behind the hand?"
        )
    rows, columns = np.nonzero(valid)
    points = intrinsics.back_project(columns, rows, depth[valid])
    points = points[inliers(points[:, 2])]
    return Located(*_principal_frame(points), points=points, valid_depth_ratio=measured / total)


def inliers(distances: Array) -> NDArray[np.bool_]:
    """(N,) bool: values of the group around the median; groups lie more than GAP apart.

    A rim of background is far behind the object. A limit on the distance from the median would instead cut
    long things that point at the camera.
    """
    order = np.argsort(distances)
    group = np.cumsum(np.diff(distances[order], prepend=distances[order[0]]) > GAP)
    kept = np.empty(len(distances), bool)
    kept[order] = group == group[len(group) // 2]
    return kept


def _principal_frame(points: Array) -> tuple[Rigid, Array]:
    """Frame at the centroid along the principal axes, and the extents along these.

    Of the two signs of an axis, z is the one towards the camera, x the one to the right in the image.
    """
    centroid = points.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(points.T))  # columns, the shortest first
    x, z = axes[:, 2], axes[:, 0]
    x = x if x[0] >= 0 else -x
    z = z if z @ centroid <= 0 else -z
    rotation = np.stack([x, np.cross(z, x), z], axis=1)
    return Rigid(rotation, centroid), np.ptp((points - centroid) @ rotation, axis=0)
