"""Tie-tolerant comparison of two decodes: ranks may swap and the last places may differ, content may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Outputs = Mapping[str, NDArray[Any]]  # graph.OUTPUT_NAMES, one image, no batch axis
EntityKey = tuple[int, int, int]  # class, x, y
RelationKey = tuple[EntityKey, int, EntityKey]


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of a comparison: the worst ``value`` met, and the ``limit`` it must not pass."""

    name: str
    value: float
    limit: float

    @property
    def ok(self) -> bool:
        return self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far two decodes of the same image may be apart."""

    score: float = 1e-4  # also the gap below which two candidates count as tied
    part: float = 1e-4
    mask: float = 1e-2  # on logits
    parsing: float = 1e-3  # share of cells with another label (argmax ties)
    raw: float = 1e-3  # on raw maps, over a map's largest value where that is above 1
    missing: int = 0  # entities or relations without counterpart
    rematched: float = 0.0  # share of relations whose point went to another entity, about as near (eq. 7)


def compare_outputs(
    first: Outputs, second: Outputs, *, subjects: int, tolerance: Tolerance
) -> list[Difference]:
    """Compare two decodes of one image as sets of (class, cell, score) and of relations between those.

    ``subjects`` is the model's Ks. A candidate may be missing on the other side only if its score is within
    the tolerance of that side's last place (another candidate was as good), and a relation also if an end of
    it is such a candidate. Scores within the tolerance of zero are no candidates.
    """
    tie = tolerance.score
    one, two = _Decoded(first, subjects, tie), _Decoded(second, subjects, tie)
    humans = _match(one.subjects, two.subjects, cuts=(one.subject_cut, two.subject_cut), tie=tie)
    things = _match(one.objects, two.objects, cuts=(one.object_cut, two.object_cut), tie=tie)
    marginal = humans.marginal | things.marginal
    points = _match(
        {key: found.point_score for key, found in one.relations.items()},
        {key: found.point_score for key, found in two.relations.items()},
        cuts=(one.relation_cut, two.relation_cut),
        tie=tie,
    )
    drawn = humans.common | things.common
    common = [(one.relations[key], two.relations[key]) for key in points.common]
    lost = {key for key in points.missing if not {key[0], key[2]} & marginal}
    rematched = {
        key
        for key in lost
        if {key[0], key[2]} <= drawn
        and _rematched(key, *((one, two) if key in one.relations else (two, one)), tie=tie)
    }
    return [
        Difference("entities missing", len(humans.missing | things.missing), tolerance.missing),
        Difference("entity score", max(humans.worst, things.worst), tie),
        Difference(
            "mask logit",
            max((_worst(one.masks[key], two.masks[key]) for key in drawn), default=0.0),
            tolerance.mask,
        ),
        Difference("relations missing", len(lost - rematched), tolerance.missing),
        Difference(
            "rematched share",
            len(rematched) / max(len(one.relations) + len(two.relations), 1),
            tolerance.rematched,
        ),
        Difference("relation score", max((abs(a.score - b.score) for a, b in common), default=0.0), tie),
        Difference(
            "part probability",
            max((_worst(a.parts, b.parts) for a, b in common if not (a.tied or b.tied)), default=0.0),
            tolerance.part,
        ),
        Difference("parsing share", float((first["parsing"] != second["parsing"]).mean()), tolerance.parsing),
    ]


def worst_of(comparisons: Iterable[list[Difference]]) -> list[Difference]:
    """Several images' comparisons as one: the worst value of each line."""
    return [
        Difference(lines[0].name, max(line.value for line in lines), lines[0].limit)
        for lines in zip(*comparisons, strict=True)
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Related:
    score: float
    point_score: float  # P_r, which the top Kr are chosen by
    parts: NDArray[Any]
    tied: bool  # another point gave the same triplet as good: which one's parts come is chance


class _Decoded:
    """One decode by key instead of rank; ``*_cut`` is the score of the last place, 0 if not full."""

    def __init__(self, outputs: Outputs, subjects: int, tie: float) -> None:
        keys: list[EntityKey] = [
            (int(class_id), int(x), int(y))
            for class_id, (x, y) in zip(outputs["entity_class"], outputs["entity_centre"], strict=True)
        ]
        scores = outputs["entity_score"].astype(np.float64)
        candidates = list(zip(keys, scores.tolist(), strict=True))
        self.subjects = {key: score for key, score in candidates[:subjects] if score > tie}
        self.objects = {key: score for key, score in candidates[subjects:] if score > tie}
        self.subject_cut, self.object_cut = float(scores[:subjects].min()), float(scores[subjects:].min())
        self.masks = dict(zip(keys, outputs["entity_mask"], strict=True))

        # The graph gives Y_s * Y_o * P_r; the top Kr were chosen by P_r alone.
        subject, target = outputs["relation_subject"], outputs["relation_object"]
        point_scores = outputs["relation_score"] / np.maximum(
            scores[subject] * scores[target], np.finfo(float).tiny
        )
        self.relation_cut = np.inf
        self.relations: dict[RelationKey, _Related] = {}
        for row in np.argsort(-outputs["relation_score"], kind="stable"):
            score = float(outputs["relation_score"][row])
            key = (keys[subject[row]], int(outputs["relation_class"][row]), keys[target[row]])
            best = self.relations.get(key)
            # A repeated triplet has score 0 and hides its P_r; any other score of 0 is an empty place.
            if score > 0 or best is None:
                self.relation_cut = min(self.relation_cut, float(point_scores[row]))
            if score <= tie:
                continue
            if best is None:
                parts = outputs["relation_part"][row]
                self.relations[key] = _Related(score, float(point_scores[row]), parts, tied=False)
            elif best.score - score <= tie:
                self.relations[key] = replace(best, tied=True)


Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, eq=False)
class _Matched(Generic[Key]):
    common: set[Key]
    missing: set[Key]  # on one side only, without excuse
    marginal: set[Key]  # on one side only, tied with the last place
    worst: float  # score difference of the common


def _match(
    one: Mapping[Key, float], two: Mapping[Key, float], *, cuts: tuple[float, float], tie: float
) -> _Matched[Key]:
    common = set(one) & set(two)
    alone = set(one) ^ set(two)
    # What one side has alone must have been no better than the other side's last place.
    missing = {key for key in alone if (one[key] > cuts[1] + tie if key in one else two[key] > cuts[0] + tie)}
    return _Matched(
        common=common,
        missing=missing,
        marginal=alone - missing,
        worst=max((abs(one[key] - two[key]) for key in common), default=0.0),
    )


def _rematched(key: RelationKey, mine: _Decoded, other: _Decoded, *, tie: float) -> bool:
    """Whether the other side has the same relation point, with another entity at one end."""
    subject, relation, target = key
    return any(
        found[1] == relation
        and (found[0] == subject or found[2] == target)
        and abs(mine.relations[key].point_score - value.point_score) <= tie
        for found, value in other.relations.items()
    )


def _worst(first: NDArray[Any], second: NDArray[Any]) -> float:
    return float(np.abs(first - second).max(initial=0.0))
