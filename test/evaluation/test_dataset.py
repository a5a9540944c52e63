import dataclasses
import gc
import weakref

import numpy as np
import pytest

from hrs_ros.data.sample import RelationLabel, Sample
from hrs_ros.evaluation.dataset import evaluate_dataset
from hrs_ros.evaluation.perception import Perceived
from hrs_ros.evaluation.rarity import split_by_rarity
from hrs_ros.evaluation.truth import scene_from_sample
from hrs_ros.scene import Relation, Scene
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
HOLD, NEXT_TO = WORDS.relation_id("hold"), WORDS.relation_id("next to")
LEFT_ARM, RIGHT_ARM = WORDS.part_id("left arm"), WORDS.part_id("right arm")


def always(scene, *, seen=None):
    """Perceives this in every image; users see the same, unless told otherwise."""
    return lambda image: Perceived(seen=scene if seen is None else seen, ranked=scene)


def sample():
    masks = np.zeros((2, 60, 80), np.uint8)
    masks[0, 5:50, 10:30] = 1
    masks[1, 20:30, 40:50] = 1
    parsing = np.zeros((60, 80), np.uint8)
    parsing[10:40, 24:30] = LEFT_ARM
    parsing[10:40, 10:16] = RIGHT_ARM
    return Sample(
        name="one.jpg",
        image=np.zeros((60, 80, 3), np.uint8),
        masks=masks,
        class_ids=np.array([WORDS.human, WORDS.entity_id("cup")]),
        parsing=parsing,
        relations=[RelationLabel(0, HOLD, 1, (LEFT_ARM,)), RelationLabel(0, NEXT_TO, 1)],
    )


def rows(report):
    return {row.name: row.average for row in report.rows[:3]} | {
        row.name: row.average for row in report.rows if row.name == "RS"
    }


@pytest.mark.parametrize("public_evaluator", [False, True])
def test_a_perfect_prediction_scores_one(public_evaluator):
    truth = scene_from_sample(sample())
    report = evaluate_dataset([sample()] * 2, always(truth), public_evaluator=public_evaluator)
    assert report.images == 2
    assert all(row.average == 1 and (row.recall == 1).all() for row in report.rows)
    assert report.queries.asked > 0 and report.queries.success_rate == 1
    assert (report.sides.limbs, report.sides.correct) == (4, 4)
    assert report.other_side.asked > 0 and report.other_side.answered == 0
    assert (report.shown[0].true, report.shown[0].shown, report.shown[0].precision) == (4, 4, 1.0)
    assert [(score.index, score.name, score.hrs, score.rs) for score in report.scores] == [
        (0, "one.jpg", 1, 1),
        (1, "one.jpg", 1, 1),
    ]


def test_the_wrong_arm_costs_hrs_but_not_rs():
    truth = scene_from_sample(sample())
    wrong = Scene(
        60, 80, truth.entities, (Relation(1, HOLD, 2, 0.9, (RIGHT_ARM,), (1.0,)), truth.relations[1])
    )
    report = evaluate_dataset([sample()], always(wrong))
    assert rows(report) == {"HRS": 0.5, "  geometric": 1, "  action": 0, "RS": 1}


def test_mean_recall_ranks_what_users_do_not_see_and_queries_do_not():
    truth = scene_from_sample(sample())
    faint = Scene(60, 80, truth.entities, (Relation(1, HOLD, 2, 0.05, (LEFT_ARM,), (1.0,)),))
    seen = Scene(60, 80, truth.entities)
    report = evaluate_dataset([sample()], always(faint, seen=seen))
    assert rows(report)["  action"] == 1
    assert report.queries.success == 0 and report.queries.refused == report.queries.asked


def test_every_image_is_watched():
    seen = []
    evaluate_dataset(
        [sample()],
        always(Scene(60, 80)),
        watch=lambda name, image, scene: seen.append((name, image.shape, scene.entities)),
    )
    assert seen == [("one.jpg", (60, 80, 3), ())]


def test_rows_of_rare_relations_come_with_the_counts():
    truth = scene_from_sample(sample())
    holding = Scene(60, 80, truth.entities, truth.relations[:1])
    report = evaluate_dataset(
        [sample()],
        always(holding),
        rarity=split_by_rarity({HOLD: 799, NEXT_TO: 800}),
    )
    hrs = {row.name.strip(): row.average for row in report.rows[:7]}
    assert (hrs["rare"], hrs["non-rare"]) == (1, 0)
    assert list(hrs) == [
        "HRS",
        "geometric",
        "action",
        "rare",
        "non-rare",
        "pooled over images",
        "duplicate masks merged",
    ]


def test_merged_duplicates_make_room_for_what_they_pushed_out():
    """25 twins of one triplet fill the places of mR@25; merged, the second triplet comes up to rank 1."""
    truth = scene_from_sample(sample())
    person, cup = truth.entities
    twins = [dataclasses.replace(cup, id=number, score=0.5) for number in range(3, 28)]
    relations = [Relation(1, HOLD, twin.id, 0.9, (LEFT_ARM,), (1.0,)) for twin in twins]
    seen = Scene(60, 80, (person, cup, *twins), (*relations, Relation(1, NEXT_TO, 2, 0.5)))
    report = evaluate_dataset([sample()], always(seen))
    at_25 = {row.name.strip(): row.recall[0] for row in report.rows[:5]}
    assert at_25["HRS"] == 0.5 and at_25["duplicate masks merged"] == 1


def test_no_picture_is_kept():
    """What a split leaves behind while it runs: samples are gone as soon as the next one is read."""
    images: list[weakref.ref] = []
    alive: list[int] = []

    def reading():
        for _ in range(5):
            one = sample()
            images.append(weakref.ref(one.image))
            yield one
            del one
            gc.collect()
            alive.append(sum(image() is not None for image in images))

    evaluate_dataset(reading(), always(Scene(60, 80)))
    assert len(alive) == 5 and max(alive) <= 1
