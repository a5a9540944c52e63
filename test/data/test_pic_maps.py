import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hrs_ros.data.pic_maps import common_pixels, instance_classes

MAPS = arrays(np.uint8, (4, 5), elements=st.integers(0, 255))


def test_counts_pairs() -> None:
    rows = np.array([[1, 1, 0], [2, 255, 255]], np.uint8)
    columns = np.array([[7, 7, 0], [0, 255, 3]], np.uint8)
    common = common_pixels(rows, columns)
    expected = {(1, 7): 2, (0, 0): 1, (2, 0): 1, (255, 255): 1, (255, 3): 1}
    assert {tuple(cell): int(common[tuple(cell)]) for cell in np.argwhere(common).tolist()} == expected


@settings(max_examples=25)
@given(MAPS, MAPS)
def test_counting_one_by_one_gives_the_same(rows: np.ndarray, columns: np.ndarray) -> None:
    expected = np.zeros((256, 256), int)
    np.add.at(expected, (rows.ravel(), columns.ravel()), 1)
    np.testing.assert_array_equal(common_pixels(rows, columns), expected)


def test_the_commonest_class_counts_and_background_does_not() -> None:
    instance = np.array([[1, 1, 1, 1, 1, 2, 2, 0]], np.uint8)
    semantic = np.array([[0, 0, 0, 9, 9, 0, 0, 5]], np.uint8)
    semantic[0, 2] = 4
    assert instance_classes(common_pixels(instance, semantic)) == {1: 9, 2: 0}
