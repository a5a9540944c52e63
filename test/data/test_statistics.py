import json
from collections import Counter

import numpy as np

from hrs_ros.data.sample import RelationLabel, Sample
from hrs_ros.data.statistics import Statistics, Tail, Triplet, long_tail, statistics
from hrs_ros.data.statistics_text import comparison, count_lines, table_lines
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
ARM, FACE = WORDS.part_id("left arm"), WORDS.part_id("face")
HOLD, LOOK, BEHIND = (WORDS.relation_id(name) for name in ("hold", "look at", "behind"))


def make_sample(*relations: RelationLabel, width: int = 8) -> Sample:
    """Two people and a plate; the left arm is seen, the lower half of the part map is not labelled."""
    parsing = np.full((8, width), 255, np.uint8)
    parsing[:4] = ARM
    return Sample(
        name="a",
        image=np.zeros((8, width, 3), np.uint8),
        masks=np.ones((3, 8, width), np.uint8),
        class_ids=np.array([WORDS.human, WORDS.human, WORDS.entity_id("plate")]),
        parsing=parsing,
        relations=list(relations),
    )


def two_images() -> Statistics:
    return statistics(
        [
            make_sample(RelationLabel(0, HOLD, 2, (ARM, FACE)), RelationLabel(1, BEHIND, 0), width=20),
            make_sample(RelationLabel(1, HOLD, 2, None), RelationLabel(0, LOOK, 1, (FACE,))),
        ]
    )


def test_counts_by_name() -> None:
    found = two_images()
    assert found.images == 2
    assert found.entities == {"human": 4, "plate": 2}
    assert found.relations == {"hold": 2, "behind": 1, "look at": 1}
    assert found.parts == {"left arm": 2}  # what is not labelled counts for nothing
    assert found.acting == {"left arm": 1, "face": 2}
    assert found.actions_without_parts == 1
    assert found.action_parts == {("hold", "left arm"): 1, ("hold", "face"): 1, ("look at", "face"): 1}
    assert found.triplets == {
        Triplet("left arm", "hold", "plate"): 1,
        Triplet("face", "hold", "plate"): 1,
        Triplet("", "hold", "plate"): 1,
        Triplet("face", "look at", "human"): 1,
        Triplet("", "behind", "human"): 1,
    }
    assert found.resolutions == {(8, 20): 1, (8, 8): 1} and found.average_resolution == (8, 14)


def test_json_holds_the_same_counts() -> None:
    found = json.loads(json.dumps(two_images().as_dict()))
    assert found["per_image"] == {"entities": 3.0, "humans": 2.0, "relations": 2.0}
    assert found["things"] == {"human": 4, "plate": 2} and found["stuff"] == {}
    assert found["actions"] == {"hold": 2, "look at": 1} and found["geometric"] == {"behind": 1}
    assert found["average_resolution"] == {"height": 8, "width": 14}
    assert {"part": "face", "relation": "look at", "object": "human", "count": 1} in found["triplets"]
    assert {"action": "hold", "part": "left arm", "count": 1} in found["action_parts"]
    assert found["long_tail"]["entities"] == {"half": 1, "nine_tenths": 2, "classes": 2}


def test_long_tail() -> None:
    assert long_tail(Counter({"a": 50, "b": 40, "c": 9, "d": 1})) == Tail(half=1, nine_tenths=2, classes=4)
    assert long_tail(Counter({"a": 1, "b": 1, "c": 1})) == Tail(half=2, nine_tenths=3, classes=3)
    assert long_tail(Counter()) == Tail(0, 0, 0)


def test_text() -> None:
    assert count_lines(two_images())[:5] == [
        "2 images, each with 3.0 entities (2.0 human) and 2.0 relations",
        "1 actions without labelled parts",
        "entities: 6, 2 classes, 2 hold nine tenths",
        "        4  human",
        "        2  plate",
    ]


def test_comparison_with_the_papers_table() -> None:
    mine = comparison("mine", two_images())
    assert mine == ("mine", False, True, True, 8, 14)
    with_stuff = make_sample()
    with_stuff.class_ids[2] = WORDS.entity_id("grass")
    assert comparison("mine", statistics([with_stuff]))[1:4] == (True, True, False)
    lines = table_lines("mine", two_images())
    assert lines[5].split() == ["PIC", "yes", "yes", "yes", "1427", "x", "1882"]
    assert lines[6].split() == ["mine", "-", "yes", "yes", "8", "x", "14"]


def test_nothing_is_no_error() -> None:
    empty = statistics([])
    assert count_lines(empty)[0] == "0 images, each with 0.0 entities (0.0 human) and 0.0 relations"
    assert empty.as_dict()["average_resolution"] == {"height": 0, "width": 0}
