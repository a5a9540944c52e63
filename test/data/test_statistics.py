import numpy as np

from hrs_ros.data.sample import RelationLabel, Sample
from hrs_ros.data.statistics import statistics
from hrs_ros.vocabulary import vocabulary


def make_sample(*relations: RelationLabel) -> Sample:
    words = vocabulary()
    parsing = np.full((8, 8), 255, np.uint8)
    parsing[:4] = words.part_id("left arm")
    return Sample(
        name="a",
        image=np.zeros((8, 8, 3), np.uint8),
        masks=np.ones((3, 8, 8), np.uint8),
        class_ids=np.array([words.human, words.human, words.entity_id("plate")]),
        parsing=parsing,
        relations=list(relations),
    )


def test_counts_by_name() -> None:
    words = vocabulary()
    arm, hold = words.part_id("left arm"), words.relation_id("hold")
    found = statistics(
        [
            make_sample(RelationLabel(0, hold, 2, (arm,)), RelationLabel(1, words.relation_id("behind"), 0)),
            make_sample(RelationLabel(1, hold, 2, None)),
        ]
    )
    assert found.images == 2
    assert found.entities == {"human": 4, "plate": 2}
    assert found.relations == {"hold": 2, "behind": 1}
    assert found.parts == {"left arm": 2}  # what is not labelled counts for nothing
    assert found.acting == {"left arm": 1}
    assert found.actions_without_parts == 1
    assert found.lines()[:3] == [
        "2 images, 1 actions without labelled parts",
        "entities: 6, 2 classes",
        "        4  human",
    ]


def test_nothing_is_no_error() -> None:
    assert statistics([]).lines()[0] == "0 images, 0 actions without labelled parts"
