from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from hrs_ros.synthetic.rotation import about, cross, frame, from_quaternion

angles = st.floats(-7, 7)
axes = st.tuples(*[st.floats(-3, 3)] * 3).filter(lambda axis: np.linalg.norm(axis) > 0.1)


@given(axes, angles)
def test_about_is_the_rotation_vector(axis: tuple[float, float, float], angle: float) -> None:
    vector = np.array(axis) / np.linalg.norm(axis) * angle
    np.testing.assert_allclose(about(axis, angle), Rotation.from_rotvec(vector).as_matrix(), atol=1e-9)


def test_quaternions_are_w_first() -> None:
    rotations = Rotation.random(20, random_state=3)
    x, y, z, w = rotations.as_quat().T
    np.testing.assert_allclose(from_quaternion(np.stack([w, x, y, z], 1)), rotations.as_matrix(), atol=1e-12)


def test_frame_is_right_handed_and_keeps_the_first_direction() -> None:
    basis = frame((0, 0, 2), (1, 0, 5))
    np.testing.assert_allclose(basis, [[0, 1, 0], [0, 0, 1], [1, 0, 0]], atol=1e-12)
    assert np.linalg.det(basis) > 0.999


def test_cross_is_numpys_to_the_last_bit() -> None:
    rng = np.random.default_rng(4)
    many, few = rng.normal(size=(7, 3)), rng.normal(size=3)
    for first, second in ((many, many[::-1]), (few, many), (many[:, None], few), (few, (0.0, 1.0, 0.0))):
        np.testing.assert_array_equal(cross(first, second), np.cross(first, second))
    assert cross(many.astype("f4"), many.astype("f4")).dtype == np.float32
