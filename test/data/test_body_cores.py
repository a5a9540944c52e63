import numpy as np

from hrs_ros.data.body_cores import body_cores, visible
from hrs_ros.data.people_annotations import Keypoint
from hrs_ros.vocabulary import vocabulary

FACE, LEFT_ARM, RIGHT_ARM = (vocabulary().part_id(name) for name in ("face", "left arm", "right arm"))


def seen(x: float, y: float) -> Keypoint:
    return Keypoint(x, y, 2)


def everywhere() -> np.ndarray:
    return np.ones((100, 120), np.uint8)


ARMS = {
    "left_elbow": seen(80, 20),
    "left_wrist": seen(80, 60),
    "right_elbow": seen(30, 20),
    "right_wrist": seen(30, 60),
}


def test_hand_ends_of_forearms_carry_their_own_side() -> None:
    parsing = body_cores(ARMS, everywhere())
    assert parsing[60, 80] == LEFT_ARM and parsing[60, 30] == RIGHT_ARM
    rows, columns = np.nonzero(parsing == LEFT_ARM)
    # Forearm of 40: from 0.8 to 1.2 of it, radius 4.8 -> rows 52 - 5 to 68 + 5, columns 80 +- 5.
    assert (rows.min(), rows.max()) == (47, 73) and (columns.min(), columns.max()) == (75, 85)
    assert set(np.unique(parsing)) == {LEFT_ARM, RIGHT_ARM, 255}


def test_hidden_unlabelled_or_short_arms_say_nothing() -> None:
    for change in (
        {"left_wrist": Keypoint(80, 60, 1)},
        {"left_elbow": Keypoint(0, 0, 0)},
        {"left_wrist": seen(80, 26)},
    ):
        assert not (body_cores({**ARMS, **change}, everywhere()) == LEFT_ARM).any()
    without = {name: point for name, point in ARMS.items() if name != "left_wrist"}
    assert visible(without, "left_wrist") is None
    assert not (body_cores(without, everywhere()) == LEFT_ARM).any()


def test_face_lies_about_the_nose() -> None:
    face = {"nose": seen(50, 50), "left_eye": seen(60, 40), "right_eye": seen(40, 40)}
    parsing = body_cores(face, everywhere())
    rows, columns = np.nonzero(parsing == FACE)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (42, 58, 42, 58)  # radius 0.4 x 20
    profile = {**face, "right_eye": Keypoint(0, 0, 0)}
    assert (body_cores(profile, everywhere()) == 255).all()


def test_never_outside_the_person_nor_on_others_nor_where_hands_meet() -> None:
    mask, crowded = everywhere(), np.zeros((100, 120), np.uint8)
    mask[:, 81:] = 0
    crowded[:, :30] = 1
    parsing = body_cores(ARMS, mask, crowded)
    assert (parsing[:, 81:] == 255).all() and (parsing[:, :30] == 255).all()
    assert parsing[60, 80] == LEFT_ARM and parsing[60, 30] == RIGHT_ARM
    folded = {**ARMS, "right_elbow": seen(40, 60), "right_wrist": seen(80, 60)}
    assert body_cores(folded, everywhere())[60, 80] == 255
