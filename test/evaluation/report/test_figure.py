import cv2
import numpy as np
import pytest

from hrs_ros.evaluation.report.figure import draw_figure
from hrs_ros.scene import Scene

pytest.importorskip("matplotlib", reason="pictures of a report need the extra 'plot'")


def has_colour(picture, colour, *, tolerance=12):
    wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
    return int((np.abs(picture.astype(int) - wanted).max(axis=2) <= tolerance).sum())


def drawn(path, truth, predicted):
    image = np.full((truth.height, truth.width, 3), 90, np.uint8)
    draw_figure(path, image, truth, predicted, title="one")
    return cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)


def test_hits_are_green_and_misses_red(tmp_path, truth, predicted):
    legend = drawn(tmp_path / "empty.png", Scene(60, 80), Scene(60, 80))
    mixed = drawn(tmp_path / "mixed.png", truth, predicted)
    perfect = drawn(tmp_path / "perfect.png", truth, truth)
    assert mixed.shape == (1056, 1760, 3)
    green, red = ([has_colour(p, c) for p in (legend, mixed, perfect)] for c in ("#228833", "#EE6677"))
    # The key shows both colours; arrows and their texts add to it.
    assert green[0] < green[1] < green[2]
    assert red[0] < red[1] and red[2] == red[0]
