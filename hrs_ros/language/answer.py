"""The answer to a request: a numeric status, one sentence, ranked candidates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from hrs_ros.language.query import Intent, NotUnderstood, ParsedQuery


class Status(IntEnum):
    """Fixed numbers: they travel in the query service. 3 to 6 name the link that is missing."""

    OK = 0
    AMBIGUOUS = 1
    NOT_UNDERSTOOD = 2
    NO_PERSON = 3
    NO_OBJECT = 4
    NO_RELATION = 5
    WRONG_PART = 6
    STALE = 7  # the newest frame is too old to speak of now
    NO_FRAME = 8  # no frame has been seen yet


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entity that fits the request."""

    entity_id: int  # the thing or person asked for
    relation_index: int | None  # row of Scene.relations that supports it; None where none does
    score: float  # [0, 1]: relation score times the score of the asked parts, or the entity score
    sentence: str  # <human 1 [left arm], hold, plate 2>, one for each relation; or the entity's label


@dataclass(frozen=True, slots=True)
class Answer:
    status: Status
    sentence: str
    query: ParsedQuery | None = None  # None when not understood
    candidates: tuple[Candidate, ...] = ()  # best first; empty unless OK or AMBIGUOUS
    did_you_mean: tuple[str, ...] = ()  # for NOT_UNDERSTOOD
    count: int = 0  # how many were counted, for a query of the intent COUNT

    @property
    def entity_ids(self) -> tuple[int, ...]:
        """The entities that were asked for or counted; empty unless the status is OK."""
        if self.status is not Status.OK or self.query is None:
            return ()
        wanted = self.count if self.query.intent is Intent.COUNT else self.query.count
        return tuple(candidate.entity_id for candidate in self.candidates[:wanted])

    @property
    def entity_id(self) -> int | None:
        """The one entity that was asked for; None unless the status is OK and one was asked for."""
        one = self.query is not None and self.query.intent is Intent.FIND and self.query.count == 1
        return self.entity_ids[0] if one and self.entity_ids else None


def not_understood(problem: NotUnderstood) -> Answer:
    return Answer(Status.NOT_UNDERSTOOD, problem.reason, did_you_mean=problem.did_you_mean)


def stale(query: ParsedQuery, *, age_seconds: float, limit_seconds: float) -> Answer:
    """For a newest frame older than the limit: what it shows may no longer be so."""
    return Answer(
        Status.STALE,
        f"The newest frame is {age_seconds:.1f} s old, at most {limit_seconds:.1f} s is trusted; "
        "check that images still arrive.",
        query,
    )


def no_frame(query: ParsedQuery) -> Answer:
    """For a node that has not seen a frame yet."""
    return Answer(Status.NO_FRAME, "No frame has been seen yet; check that images arrive.", query)
