"""Does a request get the right thing? Asked of predicted scenes, judged by the truth.

A wrong thing handed over in silence is worse than a refusal, so the two are counted apart.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hrs_ros.evaluation.share import share
from hrs_ros.language import NotUnderstood, answer, parse, resolve_recent, unique_phrases
from hrs_ros.scene import Mask, Scene

MATCH_IOU = 0.5


class Outcome(enum.Enum):
    """What became of one request that has one right answer."""

    SUCCESS = "success"  # OK, and the mask is the right thing's
    SILENT_WRONG = "silent wrong"  # OK, but the mask is another thing's, or too poor
    REFUSED = "refused"  # AMBIGUOUS, no match: said so


@dataclass(frozen=True, slots=True)
class QueryResult:
    """One request put to one predicted scene."""

    text: str
    outcome: Outcome
    iou: float  # of the answered mask with the right one; 0 for a refusal
    poor_mask: bool = (
        False  # SILENT_WRONG, but nothing in the truth fits the mask better than the right thing
    )


@dataclass(frozen=True, slots=True)
class QueryFigures:
    """Counts over requests that have one right answer; rates are NaN when there was none."""

    asked: int
    success: int
    silent_wrong: int
    refused: int
    mean_iou: float  # over all that were asked, refusals count 0
    poor_mask: int = 0  # of the silent wrong: the right thing, by a mask that is too poor

    @property
    def success_rate(self) -> float:
        return share(self.success, self.asked)

    @property
    def silent_wrong_rate(self) -> float:
        return share(self.silent_wrong, self.asked)

    @property
    def poor_mask_rate(self) -> float:
        return share(self.poor_mask, self.asked)

    @property
    def refused_rate(self) -> float:
        return share(self.refused, self.asked)


def summarise_queries(results: Iterable[QueryResult]) -> QueryFigures:
    """Counts and rates of any set of requests."""
    rows = list(results)
    count = {outcome: sum(row.outcome is outcome for row in rows) for outcome in Outcome}
    return QueryFigures(
        asked=len(rows),
        success=count[Outcome.SUCCESS],
        silent_wrong=count[Outcome.SILENT_WRONG],
        refused=count[Outcome.REFUSED],
        mean_iou=share(sum(row.iou for row in rows), len(rows)),
        poor_mask=sum(row.poor_mask for row in rows),
    )


def ask_unique_phrases(truth: Scene, predicted: Scene) -> list[QueryResult]:
    """Every (object, relation, part) phrase that the truth answers with one thing, put to the prediction."""
    return [
        judge(text, truth=truth, right_id=entity_id, predicted=predicted)
        for text, entity_id in unique_phrases(truth)
    ]


@dataclass(frozen=True, slots=True)
class UnfoundedFigures:
    """Requests that nothing in the truth fits, so that any answer is wrong in silence; adds up with ``+``."""

    asked: int = 0
    answered: int = 0  # OK all the same

    def __add__(self, other: UnfoundedFigures) -> UnfoundedFigures:
        return UnfoundedFigures(self.asked + other.asked, self.answered + other.answered)

    @property
    def answered_rate(self) -> float:
        """NaN when nothing was asked."""
        return share(self.answered, self.asked)


def ask_other_side(truth: Scene, predicted: Scene) -> UnfoundedFigures:
    """The unique phrases with left and right swapped, where the truth then holds nothing that fits.

    "plate in right arm" for a plate in a left arm: a robot that answers takes the wrong person's left for
    right, or invents a second plate.
    """
    swapped = (swap_sides(text) for text, _ in unique_phrases(truth))
    unfounded = [text for text in swapped if text is not None and not answer(text, truth).candidates]
    answered = sum(answer(text, predicted).entity_id is not None for text in unfounded)
    return UnfoundedFigures(len(unfounded), answered)


def swap_sides(text: str) -> str | None:
    """The phrase with "left" and "right" exchanged; None if it names no side."""
    other = {"left": "right", "right": "left"}
    words = text.split()
    return " ".join(other.get(word, word) for word in words) if other.keys() & set(words) else None


def ask(text: str, truth: Scene, predicted: Scene) -> QueryResult | None:
    """One fixed request; None where the truth itself has no single answer (the thing is out of view)."""
    right_id = answer(text, truth).entity_id
    return None if right_id is None else judge(text, truth=truth, right_id=right_id, predicted=predicted)


def judge(text: str, *, truth: Scene, right_id: int, predicted: Scene) -> QueryResult:
    """Put the request to the predicted scene; the right mask is that of the truth's entity ``right_id``."""
    given_id = answer(text, predicted).entity_id
    if given_id is None:
        return QueryResult(text, Outcome.REFUSED, 0.0)
    return _judged(text, predicted.entity(given_id).mask, truth=truth, right_id=right_id)


def _judged(text: str, given: Mask, *, truth: Scene, right_id: int) -> QueryResult:
    """The mask of an OK answer beside those of the truth."""
    iou = given.iou(truth.entity(right_id).mask)
    if iou >= MATCH_IOU:
        return QueryResult(text, Outcome.SUCCESS, iou)
    best = max(given.iou(entity.mask) for entity in truth.entities)
    return QueryResult(text, Outcome.SILENT_WRONG, iou, poor_mask=0 < iou == best)


@dataclass(frozen=True, slots=True)
class ClipFigures:
    """One fixed request over the frames of a clip."""

    text: str
    frames: int
    answerable: QueryFigures  # frames where the truth has one answer
    unfounded: int  # other frames, where the prediction answered nevertheless


def remembered_query(
    truth: Sequence[Scene], predicted: Sequence[Scene], text: str, *, memory: float
) -> ClipFigures:
    """The request as the node answers it: from the last ``memory`` seconds of frames (``resolve_recent``).

    The mask is judged against the truth of the frame that the answer speaks of. Asked at every frame.
    """
    query = parse(text)
    if isinstance(query, NotUnderstood):
        raise ValueError(f"{text!r} is not understood: {query.reason}")
    results: list[QueryResult] = []
    unfounded = 0
    for now, true in enumerate(truth):
        oldest = true.stamp_ns - round(memory * 1e9)
        window = [row for row in range(now, -1, -1) if truth[row].stamp_ns >= oldest]
        given, index = resolve_recent(query, [predicted[row] for row in window])
        then = window[index]
        right_id = answer(text, truth[then]).entity_id
        if answer(text, true).entity_id is None or right_id is None:
            unfounded += given.entity_id is not None
        elif given.entity_id is None:
            results.append(QueryResult(text, Outcome.REFUSED, 0.0))
        else:
            found = predicted[then].entity(given.entity_id).mask
            results.append(_judged(text, found, truth=truth[then], right_id=right_id))
    return ClipFigures(text, len(truth), summarise_queries(results), unfounded)


def clip_query(truth: Iterable[Scene], predicted: Iterable[Scene], text: str) -> ClipFigures:
    """Put one request to every frame; raises ValueError if the two differ in length."""
    results: list[QueryResult] = []
    frames = unfounded = 0
    for true, seen in zip(truth, predicted, strict=True):
        frames += 1
        result = ask(text, true, seen)
        if result is not None:
            results.append(result)
        elif answer(text, seen).entity_id is not None:
            unfounded += 1
    return ClipFigures(text, frames, summarise_queries(results), unfounded)
