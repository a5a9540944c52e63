"""Rotations against SciPy, and the laws of a group."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrs_ros.spatial import Rigid

Rotation = pytest.importorskip("scipy.spatial.transform", reason="the oracle is SciPy's").Rotation

numbers = st.floats(-1.0, 1.0)
quaternions = st.tuples(numbers, numbers, numbers, numbers).filter(lambda q: np.linalg.norm(q) > 1e-3)
rigids = st.builds(Rigid.from_quaternion, quaternions, st.tuples(numbers, numbers, numbers))


@settings(max_examples=200)
@given(quaternion=quaternions)
def test_quaternions_as_scipy_has_them(quaternion: tuple[float, float, float, float]) -> None:
    oracle = Rotation.from_quat(quaternion)
    rigid = Rigid.from_quaternion(quaternion, (0, 0, 0))
    np.testing.assert_allclose(rigid.rotation, oracle.as_matrix(), atol=1e-12)
    assert abs(rigid.quaternion @ oracle.as_quat()) == pytest.approx(1)
    assert rigid.quaternion[3] >= 0


@pytest.mark.parametrize("axis", np.eye(3))
def test_half_turns(axis: np.ndarray) -> None:
    rigid = Rigid.from_quaternion([*axis, 0], (0, 0, 0))
    np.testing.assert_allclose(np.abs(rigid.quaternion), [*axis, 0], atol=1e-12)


@settings(max_examples=100)
@given(first=rigids, second=rigids, point=st.tuples(numbers, numbers, numbers))
def test_one_motion_after_another(first: Rigid, second: Rigid, point: tuple[float, float, float]) -> None:
    np.testing.assert_allclose((second @ first).apply(point), second.apply(first.apply(point)), atol=1e-12)
    np.testing.assert_allclose((Rigid.identity() @ first).apply(point), first.apply(point))


@pytest.mark.parametrize("quaternion", [(0, 0, 0, 0), (np.nan, 0, 0, 1)])
def test_no_rotation_is_refused(quaternion: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="not zero"):
        Rigid.from_quaternion(quaternion, (0, 0, 0))
