"""AP_role on masks: how well action-role pairs of V-COCO are found (spec section 7, paper section 5.5).

``judge`` compares one image, ``ap_role`` ranks the predictions of a split: V-COCO's own evaluation with
masks for boxes. The class of the object does not matter; people whose actions are not labelled are left out.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.vcoco import RolesTruth, RoleTruth
from hrs_ros.evaluation.instances import average_precision
from hrs_ros.scene import Mask, Scene
from hrs_ros.vocabulary import vocabulary

MATCH_IOU = 0.5  # both masks of a true prediction reach it


class Scenario(enum.Enum):
    """What counts where a person acts and the object cannot be seen."""

    ONE = 1  # only a prediction without an object
    TWO = 2  # any prediction: the object is not looked at


@dataclass(frozen=True, slots=True, eq=False)
class RolePrediction:
    """A predicted action of a person in one role."""

    subject: Mask
    relation_id: int  # of the V-COCO vocabulary
    object: Mask | None  # None: predicted to have no visible object
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Outcome for the D predictions of one image that count, and what there was to find."""

    relation_ids: NDArray[np.int64]  # (D,)
    scores: NDArray[np.float64]  # (D,)
    true: dict[Scenario, NDArray[np.bool_]]  # (D,) each
    positives: NDArray[np.int64]  # (C,) labelled acts by relation id, index 0 unused


@dataclass(frozen=True, slots=True, eq=False)
class APRole:
    """AP in [0, 1] by relation id, NaN for relations without a labelled act (and for index 0)."""

    by_relation: NDArray[np.float64]  # (C,)
    positives: NDArray[np.int64]  # (C,)

    @property
    def mean(self) -> float:
        """AP_role: mean over the relations that occur; NaN when none does."""
        present = self.by_relation[self.positives > 0]
        return float(present.mean()) if present.size else float("nan")


def role_predictions(scene: Scene) -> list[RolePrediction]:
    """The relations of a predicted scene; SMS relates two masks, so each of them has an object."""
    masks = {entity.id: entity.mask for entity in scene.entities}
    return [
        RolePrediction(
            subject=masks[relation.subject_id],
            relation_id=relation.predicate_id,
            object=masks[relation.object_id],
            score=relation.score,
        )
        for relation in scene.relations
    ]


def judge(truth: RolesTruth, predictions: Sequence[RolePrediction]) -> Judged:
    """Tell true from false predictions of one image.

    A prediction goes to the labelled person of the best subject IoU. Where V-COCO does not label the actions
    of that person, it is left out. It is true if the person does it, both IoUs reach ``MATCH_IOU`` and no
    better prediction found the act before. A subject that overlaps nobody is false.
    """
    ranked = sorted(predictions, key=lambda prediction: -prediction.score)
    relation_ids = np.array([prediction.relation_id for prediction in ranked], np.int64)
    scores = np.array([prediction.score for prediction in ranked], np.float64)

    # Column 0 is nobody: what overlaps no one, and everything in an image without people, goes there.
    people = np.zeros((len(ranked), 1 + len(truth.people)))
    people[:, 1:] = _ious([prediction.subject for prediction in ranked], truth.people)
    person = people.argmax(axis=1)  # (D,)
    counted = np.array([True, *truth.asked])[person]

    acts = truth.roles
    does_it = (
        (people.max(axis=1) >= MATCH_IOU)[:, None]
        & (person[:, None] == np.array([act.person + 1 for act in acts], np.int64))
        & (relation_ids[:, None] == np.array([act.relation_id for act in acts], np.int64))
    )  # (D, G)
    objects = _object_ious(acts, ranked)
    return Judged(
        relation_ids=relation_ids[counted],
        scores=scores[counted],
        true={scenario: _first_of_each(does_it * objects[scenario])[counted] for scenario in Scenario},
        positives=np.bincount([act.relation_id for act in acts], minlength=_classes()),
    )


def ap_role(judged: Iterable[Judged], *, scenario: Scenario) -> APRole:
    """All-point interpolated AP of every relation over ``judge`` results, one per image."""
    images = list(judged)
    positives = sum((image.positives for image in images), np.zeros(_classes(), np.int64))
    by_relation = np.full(_classes(), np.nan)
    if images:
        relation_ids = np.concatenate([image.relation_ids for image in images])
        scores = np.concatenate([image.scores for image in images])
        true = np.concatenate([image.true[scenario] for image in images])
        for relation in np.flatnonzero(positives):
            own = relation_ids == relation
            by_relation[relation] = average_precision(scores[own], true[own], int(positives[relation]))
    return APRole(by_relation, positives)


def _classes() -> int:
    return len(vocabulary("vcoco").relations)


def _object_ious(
    acts: Sequence[RoleTruth], predictions: Sequence[RolePrediction]
) -> dict[Scenario, NDArray[np.float64]]:
    """IoU (D, G) of predicted and labelled objects; where there is none to see, 1 for a right answer."""
    ious = _ious(
        [prediction.object or Mask.empty() for prediction in predictions],
        [act.object or Mask.empty() for act in acts],
    )
    unseen = np.array([act.object is None for act in acts], bool)  # (G,)
    without = np.array([prediction.object is None for prediction in predictions], bool)[:, None]  # (D, 1)
    return {
        Scenario.ONE: np.where(unseen, without, ious),
        Scenario.TWO: np.where(unseen, 1.0, ious),
    }


def _first_of_each(ious: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(D,) whether a prediction, in order, is the first to find its best act; ``ious`` (D, G)."""
    true = np.zeros(len(ious), bool)
    if ious.size:
        fits = np.flatnonzero(ious.max(axis=1) >= MATCH_IOU)
        _, first = np.unique(ious[fits].argmax(axis=1), return_index=True)
        true[fits[first]] = True
    return true


def _ious(first: Sequence[Mask], second: Sequence[Mask]) -> NDArray[np.float64]:
    """(N, M) IoUs; masks that stand in several triplets are compared once."""
    known: dict[tuple[int, int], float] = {}
    result = np.zeros((len(first), len(second)))
    for row, one in enumerate(first):
        for column, other in enumerate(second):
            key = id(one), id(other)
            if key not in known:
                known[key] = one.iou(other)
            result[row, column] = known[key]
    return result
