"""Laws that mean recall obeys whatever the scenes, and the definition written out a second time."""

import dataclasses

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hrs_ros.evaluation.mean_recall import LIMITS, NOT_FOUND, THRESHOLDS, Task, match, mean_recall
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
PREDICATES = [WORDS.relation_id(name) for name in ("hold", "look at", "next to")]
PARTS = [WORDS.part_id(name) for name in ("left arm", "right arm")]
CLASSES = [WORDS.human, WORDS.entity_id("cup")]
HEIGHT = WIDTH = 12
FEW = (2, 4, 8)  # limits that small scenes reach

tasks = st.sampled_from(list(Task))


def random_scene(seed):
    """Two humans with arms, two cups, up to 10 relations; scores from a coarse scale, so that ties abound."""
    rng = np.random.default_rng(seed)
    entities = []
    for number, class_id in enumerate((CLASSES[0], CLASSES[0], CLASSES[1], CLASSES[1]), start=1):
        x, y = rng.integers(0, 6, 2).tolist()
        mask = Mask(x=x, y=y, bits=np.ones(rng.integers(2, 5, 2), bool))
        halves = {
            part: Mask(x=mask.x + side, y=mask.y, bits=mask.bits[:, side : side + 1])
            for part, side in zip(PARTS, (0, 1), strict=True)
        }
        entities.append(Entity(number, class_id, 1.0, mask, halves if class_id == CLASSES[0] else {}))
    relations = []
    for _ in range(rng.integers(0, 11)):
        predicate = int(rng.choice(PREDICATES))
        acting = [(), (PARTS[0],), (PARTS[1],), tuple(PARTS)][
            rng.integers(1, 4) if WORDS.is_action(predicate) else 0
        ]
        subject, target, score = rng.integers(1, 3), rng.integers(3, 5), rng.integers(1, 5) / 4
        ones = (1.0,) * len(acting)
        relations.append(Relation(int(subject), predicate, int(target), float(score), acting, ones))
    return Scene(HEIGHT, WIDTH, tuple(entities), tuple(relations))


# A seed, not a tree of draws: building these scenes by hypothesis takes a hundred times as long.
scenes = st.builds(random_scene, st.integers(0, 2**32 - 1))


def recall(truth, predicted, task):
    """(T, K, C) of one image."""
    return mean_recall([match(truth, predicted, task=task)], limits=FEW).by_image


def same(one, other):
    np.testing.assert_array_equal(one, other)


def plainly(truth, predicted, task):
    """Recall by class as eq. 8 says it, on whole images, one pair after the other."""

    def mask(scene, relation):
        return (
            scene.subject_mask(relation) if task is Task.HRS else scene.entity(relation.subject_id).mask
        ).full(HEIGHT, WIDTH)

    def iou(one, other):
        return (one & other).sum() / max((one | other).sum(), 1)

    ranked = sorted(predicted.relations, key=lambda relation: -relation.score)
    result = np.full((len(THRESHOLDS), len(FEW), len(WORDS.relations)), np.nan)
    for predicate in PREDICATES:
        wanted = [r for r in truth.relations if r.predicate_id == predicate]
        if not wanted:
            continue
        for t, threshold in enumerate(THRESHOLDS):
            for k, limit in enumerate(FEW):
                found = 0
                for one in wanted:
                    found += any(
                        other.predicate_id == predicate
                        and iou(mask(truth, one), mask(predicted, other)) >= threshold
                        and iou(
                            truth.entity(one.object_id).mask.full(HEIGHT, WIDTH),
                            predicted.entity(other.object_id).mask.full(HEIGHT, WIDTH),
                        )
                        >= threshold
                        for other in ranked[:limit]
                    )
                result[t, k, predicate] = found / len(wanted)
    return result


@given(scenes, scenes, tasks)
@settings(max_examples=150)
def test_agrees_with_the_definition_written_out(truth, predicted, task):
    same(recall(truth, predicted, task), plainly(truth, predicted, task))


@given(scenes, tasks)
@settings(max_examples=40)
def test_a_perfect_prediction_gives_one(truth, task):
    assume(truth.relations)
    result = mean_recall([match(truth, truth, task=task)])
    assert result.average() == 1 and (result.recall(pooled=True) == 1).all()


@given(scenes, scenes, tasks, st.integers(1, 10), st.data())
@settings(max_examples=40)
def test_a_false_alarm_after_the_last_place_changes_nothing(truth, predicted, task, extra, data):
    limit = max(FEW)
    assume(len(predicted.relations) >= limit)
    worst = min(relation.score for relation in predicted.relations) / 2
    noise = tuple(
        dataclasses.replace(data.draw(st.sampled_from(predicted.relations)), score=worst)
        for _ in range(extra)
    )
    longer = dataclasses.replace(predicted, relations=predicted.relations + noise)
    same(recall(truth, predicted, task), recall(truth, longer, task))


@given(scenes, scenes, tasks, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_permuting_equal_scores_changes_only_who_is_first_among_them(truth, predicted, task, random):
    """A rank moves within its tie alone, so recall at a limit that cuts no tie stays what it was."""
    shuffled = list(predicted.relations)
    random.shuffle(shuffled)
    other = dataclasses.replace(predicted, relations=tuple(shuffled))
    scores = sorted((relation.score for relation in predicted.relations), reverse=True)
    one, two = (match(truth, scene, task=task).first_rank for scene in (predicted, other))
    assert ((one == NOT_FOUND) == (two == NOT_FOUND)).all()
    found = one != NOT_FOUND
    assert [scores[rank] for rank in one[found]] == [scores[rank] for rank in two[found]]
    whole = [k for k, limit in enumerate(FEW) if limit >= len(scores) or scores[limit - 1] > scores[limit]]
    same(recall(truth, predicted, task)[:, whole], recall(truth, other, task)[:, whole])


@given(scenes, scenes, tasks, st.data())
@settings(max_examples=40)
def test_a_duplicate_never_helps(truth, predicted, task, data):
    """A triplet told twice, by the same things or by copies of them, takes a place and finds nothing new."""
    assume(predicted.relations)
    twice = data.draw(st.sampled_from(predicted.relations))
    subject, target = predicted.entity(twice.subject_id), predicted.entity(twice.object_id)
    copies = (dataclasses.replace(subject, id=11), dataclasses.replace(target, id=12))
    again = data.draw(st.sampled_from([twice, dataclasses.replace(twice, subject_id=11, object_id=12)]))
    again = dataclasses.replace(again, score=twice.score * data.draw(st.sampled_from([0.5, 1.0])))
    more = dataclasses.replace(
        predicted, entities=predicted.entities + copies, relations=(*predicted.relations, again)
    )
    before, after = recall(truth, predicted, task), recall(truth, more, task)
    present = ~np.isnan(before)
    assert (after[present] <= before[present]).all()


@given(st.lists(st.tuples(scenes, scenes), min_size=1, max_size=4), tasks)
@settings(max_examples=40)
def test_the_split_is_the_mean_of_its_images(pairs, task):
    alone = np.stack([recall(truth, predicted, task) for truth, predicted in pairs])
    together = mean_recall([match(*pair, task=task) for pair in pairs], limits=FEW).by_image
    for predicate in PREDICATES:
        rows = alone[..., predicate]
        rows = rows[~np.isnan(rows[:, 0, 0])]
        if len(rows):
            np.testing.assert_allclose(together[..., predicate], rows.mean(axis=0), atol=1e-12)


def test_every_threshold_has_its_own_figure():
    """A cup shifted to an IoU of 0.6 is found at 0.25 and 0.5 and not at 0.75."""
    person = Entity(1, CLASSES[0], 1.0, Mask(0, 0, np.ones((4, 4), bool)))
    near = [Entity(2, CLASSES[1], 1.0, Mask(x, 6, np.ones((2, 8), bool))) for x in (0, 2)]
    relation = Relation(1, WORDS.relation_id("next to"), 2, 1.0)
    truth, shifted = (Scene(HEIGHT, WIDTH, (person, cup), (relation,)) for cup in near)
    result = mean_recall([match(truth, shifted, task=Task.RS)])
    assert result.recall_by_threshold().tolist() == [[1] * len(LIMITS), [1] * len(LIMITS), [0] * len(LIMITS)]
    assert result.recall() == pytest.approx([2 / 3] * len(LIMITS))
