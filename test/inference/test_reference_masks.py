import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hrs_ros.inference.reference_masks import polygon_logits, product_logit
from hrs_ros.network.config import RAYS

lengths = arrays(np.float32, RAYS, elements=st.floats(1.0, 12.0, width=32))


@settings(max_examples=30)
@given(lengths, st.integers(0, 31), st.integers(0, 23))
def test_polygon_is_the_one_opencv_fills(length: np.ndarray, x: int, y: int) -> None:
    inside = polygon_logits(np.log(length / 8), x, y, 24, 32) > 0
    angle = np.arange(RAYS) * 2 * np.pi / RAYS
    corners = np.stack([x + length * np.cos(angle), y + length * np.sin(angle)], axis=1).astype(np.float32)
    for v, u in np.ndindex(24, 32):
        distance = cv2.pointPolygonTest(corners, (float(u), float(v)), measureDist=True)
        if abs(distance) > 1e-3:
            assert inside[v, u] == (distance > 0)


@given(st.floats(-30, 30), st.floats(-30, 30))
def test_product_of_two_probabilities(a: float, b: float) -> None:
    p, q = 1 / (1 + np.exp(-a)), 1 / (1 + np.exp(-b))
    logit = float(product_logit(np.array(a), np.array(b)))
    np.testing.assert_allclose(1 / (1 + np.exp(-logit)), p * q, rtol=1e-5)
