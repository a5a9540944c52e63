"""Parsed query + scene -> answer.

Never picks silently: what is not clearly one entity is AMBIGUOUS, and a request that nothing fits is told the
first missing link of person, object, relation, part.
"""

from __future__ import annotations

from collections.abc import Sequence

from hrs_ros.language.answer import Answer, Candidate, Status, not_understood
from hrs_ros.language.describe import described
from hrs_ros.language.matching import Match, Matcher
from hrs_ros.language.missing import MAX_NAMED, listed, missing_link
from hrs_ros.language.parser import parse
from hrs_ros.language.query import Description, Intent, NotUnderstood, ParsedQuery
from hrs_ros.scene import Scene

DEFAULT_MARGIN = 0.5


def answer(text: str, scene: Scene, *, margin: float = DEFAULT_MARGIN) -> Answer:
    """Parse and resolve. Raises nothing for any text."""
    query = parse(text)
    return not_understood(query) if isinstance(query, NotUnderstood) else resolve(query, scene, margin=margin)


def resolve(query: ParsedQuery, scene: Scene, *, margin: float = DEFAULT_MARGIN) -> Answer:
    """Find what the query asks for.

    ``margin`` in [0, 1]: with a second entity whose score is at least ``margin`` times the best one's, the
    answer is AMBIGUOUS. 0 makes any second entity ambiguous; at 1 only an equal score is. The readings of an
    ambiguous text are answered each on its own: the answer is OK only where those that fit anything agree.
    """
    matcher = Matcher(scene, margin=margin)
    answers = [_resolve_reading(query, reading, matcher, margin) for reading in query.readings]
    fitting = [found for found in answers if found.candidates]
    if not fitting:
        return answers[0]
    if len({_meant(query, found) for found in fitting}) == 1 and fitting[0].status is Status.OK:
        return fitting[0]
    if len(fitting) == 1:
        return fitting[0]
    pooled: dict[int, Candidate] = {}
    for candidate in sorted((row for found in fitting for row in found.candidates), key=_rank):
        pooled.setdefault(candidate.entity_id, candidate)
    meanings = "; or ".join(
        described(reading) for reading, found in zip(query.readings, answers, strict=True) if found.candidates
    )
    sentence = f"The request can be read in {len(fitting)} ways that differ: {meanings}."
    return Answer(Status.AMBIGUOUS, sentence, query, tuple(pooled.values()))


def _meant(query: ParsedQuery, found: Answer) -> tuple[Status, frozenset[int]]:
    count = len(found.candidates) if query.intent is Intent.COUNT else query.count
    return found.status, frozenset(candidate.entity_id for candidate in found.candidates[:count])


def _rank(candidate: Candidate) -> tuple[float, int]:
    return -candidate.score, candidate.entity_id


def _resolve_reading(query: ParsedQuery, asked: Description, matcher: Matcher, margin: float) -> Answer:
    matches = list(matcher.matches(asked).values())
    candidates = tuple(_candidate(match, matcher.scene) for match in matches)
    if query.intent is Intent.COUNT:
        return _counted(query, asked, candidates, matcher)
    if not candidates:
        status, sentence = missing_link(asked, matcher)
        return Answer(status, sentence, query)
    if len(candidates) < query.count:
        return _too_few(query, asked, candidates, matcher.scene)
    # As many as were asked for, and the next one clearly worse than the last of them.
    last = candidates[query.count - 1].score
    rivals = sum(candidate.score >= margin * last for candidate in candidates)
    if rivals > query.count:
        return _ambiguous(query, candidates, rivals, matcher.scene)
    return Answer(Status.OK, _fits(candidates[: query.count], matcher.scene), query, candidates)


def _candidate(match: Match, scene: Scene) -> Candidate:
    row = match.support[0] if match.support else None
    facts = ", ".join(scene.sentence(scene.relations[index]) for index in dict.fromkeys(match.support))
    return Candidate(match.entity.id, row, match.score, facts or scene.label(match.entity.id))


def _fits(candidates: Sequence[Candidate], scene: Scene) -> str:
    labels = listed(scene.label(candidate.entity_id) for candidate in candidates)
    verb = "fits" if len(candidates) == 1 else "fit"
    facts = [candidate.sentence for candidate in candidates if candidate.relation_index is not None]
    return f"{labels} {verb}: {listed(facts)}." if facts else f"{labels} {verb}."


def _counted(
    query: ParsedQuery, asked: Description, candidates: tuple[Candidate, ...], matcher: Matcher
) -> Answer:
    if candidates:
        sentence = f"{len(candidates)}: {_fits(candidates, matcher.scene)}"
    else:
        sentence = f"0: {missing_link(asked, matcher)[1]}"
    return Answer(Status.OK, sentence, query, candidates, count=len(candidates))


def _too_few(
    query: ParsedQuery, asked: Description, candidates: tuple[Candidate, ...], scene: Scene
) -> Answer:
    status = Status.NO_PERSON if asked.is_person else Status.NO_OBJECT
    status = Status.NO_RELATION if asked.links else status
    return Answer(status, f"{query.count} are asked for, only {_fits(candidates, scene)}", query)


def _ambiguous(query: ParsedQuery, candidates: tuple[Candidate, ...], rivals: int, scene: Scene) -> Answer:
    shown = candidates[: min(rivals, MAX_NAMED + 1)]
    names = ", ".join(f"{scene.label(rival.entity_id)} ({rival.score:.2f})" for rival in shown)
    more = f" and {rivals - len(shown)} more" if rivals > len(shown) else ""
    sentence = f"{rivals} fit: {names}{more}; say more about the person, the relation or the part."
    return Answer(Status.AMBIGUOUS, sentence, query, candidates)
