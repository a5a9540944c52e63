"""A pinhole camera in the optical frame of REP-103: x to the right, y down, z along the view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Intrinsics:
    """Focal lengths and principal point in pixels; the centre of the top-left pixel is (0, 0)."""

    fx: float
    fy: float
    cx: float
    cy: float

    @classmethod
    def from_matrix(cls, k: Sequence[float]) -> Intrinsics:
        """From the row-major 3 x 3 matrix of sensor_msgs/CameraInfo; ValueError without focal lengths."""
        if len(k) != 9 or not all(np.isfinite(k)) or k[0] <= 0 or k[4] <= 0:
            raise ValueError(
                f"expected a camera matrix of 9 finite numbers with positive focal lengths, got {list(k)}; "
                "calibrate the camera, or check camera_info"
            )
        return cls(fx=float(k[0]), fy=float(k[4]), cx=float(k[2]), cy=float(k[5]))

    def back_project(
        self, columns: NDArray[np.integer], rows: NDArray[np.integer], depth: NDArray[np.floating]
    ) -> NDArray[np.float64]:
        """Points (N, 3) [m] of N pixels and their depths along the optical axis [m]."""
        z = depth.astype(np.float64)
        return np.stack([(columns - self.cx) / self.fx * z, (rows - self.cy) / self.fy * z, z], axis=1)
