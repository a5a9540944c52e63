import math

import numpy as np

from hrs_ros.evaluation.shown import ALL, ShownFigures, shown_relations, summarise_shown
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
HOLD, NEXT_TO, LOOK_AT = (WORDS.relation_id(name) for name in ("hold", "next to", "look at"))
LEFT_ARM, RIGHT_ARM = WORDS.part_id("left arm"), WORDS.part_id("right arm")


def thing(number, name, *, x):
    class_id = WORDS.human if name == "human" else WORDS.entity_id(name)
    return Entity(id=number, class_id=class_id, score=1.0, mask=Mask(x, 0, np.ones((20, 10), bool)))


def relation(subject, predicate, target, *parts):
    return Relation(subject, predicate, target, score=1.0, part_ids=parts, part_scores=(1.0,) * len(parts))


ENTITIES = (thing(1, "human", x=0), thing(2, "cup", x=20), thing(3, "human", x=40))
TRUTH = Scene(
    60,
    80,
    entities=ENTITIES,
    relations=(
        relation(1, HOLD, 2, LEFT_ARM),
        relation(1, NEXT_TO, 3),
        relation(3, NEXT_TO, 1),
        relation(3, LOOK_AT, 2),
    ),
)


def test_truth_shown_whole_is_all_right():
    figures = summarise_shown(shown_relations(TRUTH, TRUTH))
    assert figures == (
        ShownFigures(ALL, 4, 4, 4, 0),
        ShownFigures("next to", 2, 2, 2, 0),
        ShownFigures("hold", 1, 1, 1, 0),
        ShownFigures("look at", 1, 1, 1, 0),
    )
    assert figures[0].precision == figures[0].recall == 1


def test_every_way_to_be_wrong_is_counted():
    seen = Scene(
        60,
        80,
        # Other ids; the second person is drawn elsewhere, so nothing said of them can be right.
        entities=(thing(9, "human", x=0), thing(8, "cup", x=21), thing(7, "human", x=70)),
        relations=(
            relation(9, HOLD, 8, RIGHT_ARM),  # the wrong arm
            relation(9, NEXT_TO, 7),  # a ghost
            relation(9, LOOK_AT, 8),  # does not hold
        ),
    )
    rows = {row.relation: row for row in summarise_shown(shown_relations(TRUTH, seen))}
    assert rows[ALL] == ShownFigures(ALL, true=4, shown=3, right=0, ghosts=1)
    assert rows["next to"] == ShownFigures("next to", true=2, shown=1, right=0, ghosts=1)
    assert rows["hold"] == ShownFigures("hold", true=1, shown=1, right=0, ghosts=0)


def test_one_acting_part_in_common_is_enough():
    seen = Scene(60, 80, entities=ENTITIES, relations=(relation(1, HOLD, 2, LEFT_ARM, RIGHT_ARM),))
    (total, *_) = summarise_shown(shown_relations(TRUTH, seen))
    assert (total.right, total.precision, total.recall) == (1, 1.0, 0.25)


def test_sums_over_images_and_rates_of_nothing():
    nothing = Scene(60, 80)
    rows = summarise_shown(shown_relations(TRUTH, TRUTH) + shown_relations(TRUTH, nothing))
    assert rows[0] == ShownFigures(ALL, true=8, shown=4, right=4, ghosts=0)
    (empty,) = summarise_shown(shown_relations(nothing, nothing))
    assert empty == ShownFigures(ALL) and math.isnan(empty.precision) and math.isnan(empty.recall)
