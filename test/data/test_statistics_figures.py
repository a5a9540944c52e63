from collections import Counter
from pathlib import Path

import cv2
import pytest

pytest.importorskip("matplotlib")

from matplotlib.figure import Figure

from hrs_ros.data.statistics import Statistics, Triplet
from hrs_ros.data.statistics_figures import (
    action_part_figure,
    entity_figure,
    part_figure,
    relation_figure,
    resolution_figure,
    triplet_figure,
    write_figures,
)

COUNTS = Statistics(
    images=3,
    resolutions=Counter({(480, 640): 2, (300, 400): 1}),
    entities=Counter({"human": 1200, "plate": 30, "grass": 4}),
    relations=Counter({"hold": 1500, "behind": 2}),
    triplets=Counter({Triplet("left arm", "hold", "plate"): 1500, Triplet("", "behind", "human"): 2}),
    parts=Counter({"left arm": 3, "face": 1}),
    action_parts=Counter({("hold", "left arm"): 1500, ("look at", "face"): 7}),
)


def texts(figure: Figure) -> set[str]:
    """All words and numbers that a figure shows."""
    found = set()
    for axes in figure.axes:
        found |= {text.get_text() for text in axes.texts}
        found |= {label.get_text() for label in (*axes.get_xticklabels(), *axes.get_yticklabels())}
        legend = axes.get_legend()
        found |= {text.get_text() for text in legend.get_texts()} if legend else set()
    return found


def test_relations_are_ranked_with_their_share() -> None:
    figure = relation_figure(COUNTS)
    (axes,) = figure.axes
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names[:2] == ["hold", "behind"] and len(names) == 23
    assert [bar.get_width() for bar in axes.patches][:3] == [1500, 2, 0]
    assert {"1,500", "action, 100% of 1,502", "geometric, 0%"} <= texts(figure)


def test_triplets_name_the_acting_part() -> None:
    assert {"[left arm] hold · plate", "1,500", "behind · human"} <= texts(triplet_figure(COUNTS))


def test_things_and_stuff_are_told_apart() -> None:
    (axes,) = (figure := entity_figure(COUNTS)).axes
    human, plate, grass = axes.patches[:3]
    assert [bar.get_height() for bar in (human, plate, grass)] == [1200, 30, 4]
    assert human.get_facecolor() == plate.get_facecolor() != grass.get_facecolor()
    assert {"things, 2 classes", "stuff, 1 classes"} <= texts(figure)


def test_parts_seen_and_acting() -> None:
    seen, acting = part_figure(COUNTS).axes
    names = [label.get_text() for label in seen.get_yticklabels()]
    assert names[:2] == ["left arm", "face"] and len(names) == 25
    assert [bar.get_width() for bar in seen.patches][:3] == [3, 1, 0]
    assert [bar.get_width() for bar in acting.patches][:3] == [1500, 7, 0]


def test_matrix_of_actions_and_parts() -> None:
    (axes,) = (figure := action_part_figure(COUNTS)).axes
    assert [label.get_text() for label in axes.get_xticklabels()] == ["face", "left arm"]
    cells = {text.get_text(): text.get_position() for text in axes.texts if text.get_text()}
    assert cells["1500"] == (1, 0) and cells["7"] == (0, 1)  # (part, action)
    assert "talk" in texts(figure)


def test_resolutions_stand_beside_the_papers() -> None:
    shown = texts(resolution_figure(COUNTS))
    assert {"PIC", "VRD", "3 images in 2 sizes, average 560 x 420 (cross)"} <= shown


@pytest.mark.parametrize("counts", [COUNTS, Statistics()])
def test_every_figure_becomes_a_picture(counts: Statistics, tmp_path: Path) -> None:
    paths = write_figures(counts, tmp_path / "pictures")
    assert [path.name for path in paths] == [
        "relations.png",
        "triplets.png",
        "entities.png",
        "parts.png",
        "action_parts.png",
        "resolutions.png",
    ]
    for path in paths:
        picture = cv2.imread(str(path))
        assert min(picture.shape[:2]) > 300
        assert picture.std() > 1
