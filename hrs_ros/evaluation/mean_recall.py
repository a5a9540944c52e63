"""Mean recall of triplets, for relation segmentation (RS) and human-centric relation segmentation (HRS).

Spec section 7, paper eq. 8. ``match`` compares one image; ``mean_recall`` averages over a split.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Sequence
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

    def recall_by_threshold(
        self, *, pooled: bool = False, predicates: Collection[int] | None = None
    ) -> NDArray[np.float64]:
        """mR@K for each IoU threshold and limit, (T, K): mean over present classes, in [0, 1].

        ``predicates`` keeps a subset of classes (geometric, action, rare); NaN when none of them is present.
        """
        chosen = [p for p in self.present if predicates is None or p in predicates]
        if not chosen:
            return np.full((len(self.thresholds), len(self.limits)), np.nan)
        return (self.pooled if pooled else self.by_image)[:, :, chosen].mean(axis=2)

    def recall(
        self, *, pooled: bool = False, predicates: Collection[int] | None = None
    ) -> NDArray[np.float64]:
        """mR@K for each limit, (K,): mean over thresholds, too."""
        return self.recall_by_threshold(pooled=pooled, predicates=predicates).mean(axis=0)

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
    wanted = [r for r in truth.relations if task is Task.RS or not _unlabelled_subject(truth, r)]
    ranked = sorted(predicted.relations, key=lambda relation: -relation.score)[:most]
    # Only predictions of the same three classes can find a triplet: most pairs of masks are never compared.
    same = _classes(truth, wanted)[:, None] == _classes(predicted, ranked)[None]  # (G, P, 3)
    rows, ranks = np.nonzero(same.all(axis=2))
    overlaps = _Overlaps(truth, predicted, task)
    weaker = np.array(
        [
            overlaps.weaker_end(wanted[row], ranked[rank])
            for row, rank in zip(rows.tolist(), ranks.tolist(), strict=True)
        ]
    )
    found = weaker[:, None] >= np.asarray(thresholds)
    first_rank = np.full((len(wanted), len(thresholds)), NOT_FOUND)
    np.minimum.at(first_rank, rows, np.where(found, ranks[:, None], NOT_FOUND))
    return Matches(
        predicate_ids=np.array([triplet.predicate_id for triplet in wanted], np.int64),
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
    rows = list(matches)
    for one in rows:
        if one.first_rank.shape[1] != len(thresholds):
            raise ValueError(
                f"matches hold {one.first_rank.shape[1]} thresholds, expected the {len(thresholds)} given"
            )
    C, T, K = len((words or vocabulary()).relations), len(thresholds), len(limits)
    image = np.repeat(np.arange(len(rows)), [len(one.predicate_ids) for one in rows])
    predicate = np.concatenate([np.zeros(0, np.int64), *(one.predicate_ids for one in rows)])
    first_rank = np.concatenate([np.zeros((0, T), np.int64), *(one.first_rank for one in rows)])
    place = image * C + predicate
    held = np.bincount(place, minlength=len(rows) * C)
    found = np.zeros((len(rows) * C, T, K))
    np.add.at(found, place, first_rank[:, :, None] < np.asarray(limits))
    recall_sum = (found / np.maximum(held, 1)[:, None, None]).reshape(-1, C, T, K).sum(axis=0)
    found_sum = found.reshape(-1, C, T, K).sum(axis=0)
    held = held.reshape(-1, C)
    images, triplets = (held > 0).sum(axis=0), held.sum(axis=0)
    with np.errstate(invalid="ignore"):  # 0 / 0 is the NaN of an absent class
        by_image, pooled = recall_sum.T / images, found_sum.T / triplets  # (K, T, C)
    return MeanRecall(
        limits=tuple(limits),
        thresholds=tuple(thresholds),
        by_image=by_image.swapaxes(0, 1),
        pooled=pooled.swapaxes(0, 1),
        images=images,
        triplets=triplets,
    )


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


def _classes(scene: Scene, relations: Sequence[Relation]) -> NDArray[np.int64]:
    """(R, 3) classes of subject, predicate and object."""
    class_of = {entity.id: entity.class_id for entity in scene.entities}
    rows = [(class_of[r.subject_id], r.predicate_id, class_of[r.object_id]) for r in relations]
    return np.array(rows, np.int64).reshape(-1, 3)


_End = tuple[int, tuple[int, ...]]  # entity id, acting parts (none: the whole entity)


class _Overlaps:
    """IoUs between the ends of truth and predicted triplets of one image, each pair of masks once."""

    def __init__(self, truth: Scene, predicted: Scene, task: Task) -> None:
        self._task = task
        self._truth, self._predicted = _Ends(truth), _Ends(predicted)
        self._known: dict[tuple[_End, _End], float] = {}

    def weaker_end(self, truth: Relation, predicted: Relation) -> float:
        """The smaller IoU of subject and object."""
        target = self._iou((truth.object_id, ()), (predicted.object_id, ()))
        return min(target, self._iou(self._subject(truth), self._subject(predicted))) if target else 0.0

    def _subject(self, relation: Relation) -> _End:
        parts = relation.part_ids if self._task is Task.HRS and relation.is_action else ()
        return relation.subject_id, tuple(sorted(parts))

    def _iou(self, truth: _End, predicted: _End) -> float:
        known = self._known.get((truth, predicted))
        if known is None:
            (mine, my_area), (theirs, their_area) = self._truth[truth], self._predicted[predicted]
            shared = mine.intersection(theirs)
            known = shared / (my_area + their_area - shared) if shared else 0.0
            self._known[truth, predicted] = known
        return known


class _Ends:
    """Masks and areas of a scene's entities and unions of parts, each made once."""

    def __init__(self, scene: Scene) -> None:
        self._entities = {entity.id: entity for entity in scene.entities}
        self._known: dict[_End, tuple[Mask, int]] = {}

    def __getitem__(self, end: _End) -> tuple[Mask, int]:
        if end not in self._known:
            entity, part_ids = self._entities[end[0]], end[1]
            parts = (entity.parts[part] for part in part_ids if part in entity.parts)
            mask = union(parts) if part_ids else entity.mask
            self._known[end] = mask, mask.area
        return self._known[end]
