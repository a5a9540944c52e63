"""Mean recall of triplets, for relation segmentation (RS) and human-centric relation segmentation (HRS).

Spec section 7, paper eq. 8. ``match`` compares one image; ``mean_recall`` averages over a split.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrs_ros.scene import Mask, Relation, Scene, union
from hrs_ros.vocabulary import Vocabulary, vocabulary

LIMITS = (25, 50, 100)  # K of mR@K
THRESHOLDS = (0.25, 0.5, 0.75)  # mask IoU both ends must reach
NOT_FOUND = np.iinfo(np.int64).max


class Task(enum.Enum):
    """Which mask stands for the subject of an action."""

    RS = "RS"  # the whole human
    HRS = "HRS"  # the union of the acting parts; geometric relations keep the human


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Outcome for the G truth triplets of one image at T thresholds."""

    predicate_ids: NDArray[np.int64]  # (G,)
    first_rank: NDArray[np.int64]  # (G, T) 0-based rank of the best prediction that finds it, or NOT_FOUND


@dataclass(frozen=True, slots=True, eq=False)
class MeanRecall:
    """Recall by class: T thresholds x K limits x C predicate ids (index 0 unused), NaN for absent classes."""

    limits: tuple[int, ...]
    thresholds: tuple[float, ...]
    by_image: NDArray[np.float64]  # (T, K, C) mean over the images that hold the class (primary)
    pooled: NDArray[np.float64]  # (T, K, C) found / all, over the split
    images: NDArray[np.int64]  # (C,) images that hold the class
    triplets: NDArray[np.int64]  # (C,) truth triplets of the class

    @property
    def present(self) -> tuple[int, ...]:
        """Predicate ids with ground truth."""
        return tuple(int(predicate) for predicate in np.flatnonzero(self.triplets))

    def recall(
        self, *, pooled: bool = False, predicates: Collection[int] | None = None
    ) -> NDArray[np.float64]:
        """mR@K for each limit, (K,): mean over thresholds and over present classes, in [0, 1].

        ``predicates`` keeps a subset of classes (geometric, action, rare); NaN when none of them is present.
        """
        chosen = [p for p in self.present if predicates is None or p in predicates]
        if not chosen:
            return np.full(len(self.limits), np.nan)
        return (self.pooled if pooled else self.by_image)[:, :, chosen].mean(axis=(0, 2))

    def average(self, *, pooled: bool = False, predicates: Collection[int] | None = None) -> float:
        """AR: mean of mR@K over the limits."""
        return float(self.recall(pooled=pooled, predicates=predicates).mean())


def geometric_predicates() -> frozenset[int]:
    """Predicate ids whose subject stays the whole human."""
    words = vocabulary()
    return frozenset(range(1, len(words.relations))) - words.actions


def match(
    truth: Scene,
    predicted: Scene,
    *,
    task: Task,
    thresholds: tuple[float, ...] = THRESHOLDS,
    most: int = max(LIMITS),
) -> Matches:
    """Rank at which each truth triplet is found among the ``most`` best predictions.

    Found: subject, predicate and object classes agree and both mask IoUs reach the threshold. A truth triplet
    counts once however many predictions find it. For HRS, truth actions without labelled acting parts (or
    whose parts show no pixel) have no subject to find and are left out.
    """
    triplets = [r for r in truth.relations if task is Task.RS or not _unlabelled_subject(truth, r)]
    ranked = sorted(predicted.relations, key=lambda relation: -relation.score)[:most]
    # Only predictions of the same three classes can find a triplet: most pairs of masks are never compared.
    by_classes: dict[tuple[int, int, int], list[tuple[int, Relation]]] = {}
    for rank, relation in enumerate(ranked):
        by_classes.setdefault(_classes(predicted, relation), []).append((rank, relation))

    overlaps = _Overlaps(truth, predicted, task)
    levels = np.asarray(thresholds)
    first_rank = np.full((len(triplets), len(levels)), NOT_FOUND)
    for row, triplet in enumerate(triplets):
        for rank, relation in by_classes.get(_classes(truth, triplet), ()):
            found = overlaps.weaker_end(triplet, relation) >= levels
            first_rank[row] = np.where(found, np.minimum(first_rank[row], rank), first_rank[row])
    return Matches(
        predicate_ids=np.array([triplet.predicate_id for triplet in triplets], np.int64),
        first_rank=first_rank,
    )


def mean_recall(
    matches: Iterable[Matches],
    *,
    limits: tuple[int, ...] = LIMITS,
    thresholds: tuple[float, ...] = THRESHOLDS,
    words: Vocabulary | None = None,
) -> MeanRecall:
    """Average ``match`` results, one per image; ``thresholds`` are those the matches were made with.

    ``words`` are those of the scenes, None for PIC's.
    """
    classes = len((words or vocabulary()).relations)
    found_sum = np.zeros((len(thresholds), len(limits), classes))
    recall_sum = np.zeros_like(found_sum)
    images, triplets = np.zeros(classes, np.int64), np.zeros(classes, np.int64)
    for one in matches:
        if one.first_rank.shape[1] != len(thresholds):
            raise ValueError(
                f"matches hold {one.first_rank.shape[1]} thresholds, expected the {len(thresholds)} given"
            )
        total = np.bincount(one.predicate_ids, minlength=classes)
        found = np.stack(
            [
                [
                    np.bincount(one.predicate_ids, weights=one.first_rank[:, t] < limit, minlength=classes)
                    for limit in limits
                ]
                for t in range(len(thresholds))
            ]
        )  # (T, K, C)
        found_sum += found
        recall_sum += found / np.maximum(total, 1)
        triplets += total
        images += total > 0
    with np.errstate(invalid="ignore"):  # 0 / 0 is the NaN of an absent class
        by_image, pooled = recall_sum / images, found_sum / triplets
    return MeanRecall(tuple(limits), tuple(thresholds), by_image, pooled, images, triplets)


def group_recall(
    matches: Iterable[Matches],
    predicates: Collection[int],
    *,
    limits: tuple[int, ...] = LIMITS,
    thresholds: tuple[float, ...] = THRESHOLDS,
) -> NDArray[np.float64]:
    """(T, K) recall of a group taken as one class: mean over the images that hold it, NaN when none does.

    This is the public evaluator's "geometric" and "non-geometric" figure; ``MeanRecall.recall`` with a subset
    averages over classes instead.
    """
    members = np.array(sorted(predicates))
    recalls = [
        np.stack([(one.first_rank[inside] < limit).mean(axis=0) for limit in limits], axis=1)
        for one in matches
        if (inside := np.isin(one.predicate_ids, members)).any()
    ]
    return np.mean(recalls, axis=0) if recalls else np.full((len(thresholds), len(limits)), np.nan)


def _unlabelled_subject(scene: Scene, relation: Relation) -> bool:
    return relation.is_action and (not relation.part_ids or scene.subject_mask(relation).area == 0)


def _classes(scene: Scene, relation: Relation) -> tuple[int, int, int]:
    subject, target = scene.entity(relation.subject_id), scene.entity(relation.object_id)
    return subject.class_id, relation.predicate_id, target.class_id


class _Overlaps:
    """IoUs between the ends of truth and predicted triplets of one image, each pair of masks once."""

    def __init__(self, truth: Scene, predicted: Scene, task: Task) -> None:
        self._truth, self._predicted, self._task = truth, predicted, task
        self._known: dict[tuple[_End, _End], float] = {}

    def weaker_end(self, truth: Relation, predicted: Relation) -> float:
        """The smaller IoU of subject and object."""
        return min(
            self._iou(self._subject(truth), self._subject(predicted)),
            self._iou((truth.object_id, ()), (predicted.object_id, ())),
        )

    def _subject(self, relation: Relation) -> _End:
        parts = relation.part_ids if self._task is Task.HRS and relation.is_action else ()
        return relation.subject_id, tuple(sorted(parts))

    def _iou(self, truth: _End, predicted: _End) -> float:
        if (truth, predicted) not in self._known:
            masks = _mask(self._truth, truth), _mask(self._predicted, predicted)
            self._known[truth, predicted] = masks[0].iou(masks[1])
        return self._known[truth, predicted]


_End = tuple[int, tuple[int, ...]]  # entity id, acting parts (none: the whole entity)


def _mask(scene: Scene, end: _End) -> Mask:
    entity_id, part_ids = end
    entity = scene.entity(entity_id)
    if not part_ids:
        return entity.mask
    return union(entity.parts[part] for part in part_ids if part in entity.parts)
