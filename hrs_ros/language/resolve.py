"""Parsed query + scene -> answer.

Never picks silently: what is not clearly one entity is AMBIGUOUS, and a request that nothing fits is told the
first missing link of person, object, relation, part.
"""

from __future__ import annotations

from collections.abc import Iterator

from hrs_ros.language.answer import Answer, Candidate, Status, not_understood
from hrs_ros.language.describe import part_text, thing_text
from hrs_ros.language.lexicon import lexicon
from hrs_ros.language.parser import parse
from hrs_ros.language.query import NotUnderstood, ParsedQuery, PartRequirement, Target
from hrs_ros.scene import Entity, Relation, Scene
from hrs_ros.vocabulary import vocabulary

DEFAULT_MARGIN = 0.5
SAME_THING_IOU = 0.7  # masks of one class that overlap this much are one thing
MAX_NAMED = 3  # things a sentence lists


def answer(text: str, scene: Scene, *, margin: float = DEFAULT_MARGIN) -> Answer:
    """Parse and resolve. Raises nothing for any text."""
    query = parse(text)
    return not_understood(query) if isinstance(query, NotUnderstood) else resolve(query, scene, margin=margin)


def resolve(query: ParsedQuery, scene: Scene, *, margin: float = DEFAULT_MARGIN) -> Answer:
    """Find what the query asks for.

    ``margin`` in [0, 1]: with a second entity whose score is at least ``margin`` times the best one's, the
    answer is AMBIGUOUS. 0 makes any second entity ambiguous; at 1 only an equal score is.
    """
    candidates = _candidates(query, scene)
    if not candidates:
        return _missing_link(query, scene)
    rivals = [candidate for candidate in candidates if candidate.score >= margin * candidates[0].score]
    if len(rivals) == 1:
        label = scene.label(candidates[0].entity_id)
        if candidates[0].relation_index is None:
            sentence = f"{label} fits."
        else:
            sentence = f"{label} fits: {candidates[0].sentence}."
        return Answer(Status.OK, sentence, query, candidates)
    listed = ", ".join(
        f"{scene.label(rival.entity_id)} ({rival.score:.2f})" for rival in rivals[: MAX_NAMED + 1]
    )
    more = f" and {len(rivals) - MAX_NAMED - 1} more" if len(rivals) > MAX_NAMED + 1 else ""
    sentence = f"{len(rivals)} fit: {listed}{more}; say more about the person, the relation or the part."
    return Answer(Status.AMBIGUOUS, sentence, query, candidates)


def _candidates(query: ParsedQuery, scene: Scene) -> tuple[Candidate, ...]:
    """One per thing, its best support; best first, entity id breaks ties."""
    best: dict[int, Candidate] = {}
    if query.predicate_ids:
        for index, relation in _relations(query, scene):
            share = part_share(relation, query.part)
            if relation.predicate_id not in query.predicate_ids or share is None:
                continue
            asked = relation.object_id if query.target is Target.OBJECT else relation.subject_id
            candidate = Candidate(asked, index, relation.score * share, scene.sentence(relation))
            if asked not in best or candidate.score > best[asked].score:
                best[asked] = candidate
    else:
        matches = scene.humans() if query.target is Target.SUBJECT else _objects(query, scene)
        best = {match.id: Candidate(match.id, None, match.score, scene.label(match.id)) for match in matches}
    ranked = sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.entity_id))
    return _without_doubles(ranked, scene)


def _without_doubles(ranked: list[Candidate], scene: Scene) -> tuple[Candidate, ...]:
    """Drop entities of the class and nearly the pixels of a better one: one thing detected twice."""
    kept: list[Candidate] = []
    for candidate in ranked:
        entity = scene.entity(candidate.entity_id)
        others = (scene.entity(better.entity_id) for better in kept)
        if not any(
            other.class_id == entity.class_id and other.mask.iou(entity.mask) >= SAME_THING_IOU
            for other in others
        ):
            kept.append(candidate)
    return tuple(kept)


def part_share(relation: Relation, part: PartRequirement | None) -> float | None:
    """Score of the asked parts in a relation: best of any-of, worst of all-of; None when they do not act.

    A part listed without a score counts as certain.
    """
    if part is None:
        return 1.0
    scores = dict.fromkeys(relation.part_ids, 1.0) | dict(
        zip(relation.part_ids, relation.part_scores, strict=False)
    )
    found = [scores[part_id] for part_id in part.part_ids if part_id in scores]
    if part.every:
        return min(found) if len(found) == len(part.part_ids) else None
    return max(found, default=None)


def _objects(query: ParsedQuery, scene: Scene) -> list[Entity]:
    """Entities of an asked class."""
    ids = query.object_ids
    return [entity for entity in scene.entities if ids is None or entity.class_id in ids]


def _relations(query: ParsedQuery, scene: Scene) -> Iterator[tuple[int, Relation]]:
    """Relations of a person to an entity of the asked class, with their rows; lost ends are passed over."""
    humans = {human.id for human in scene.humans()}
    things = {thing.id for thing in _objects(query, scene)}
    for index, relation in enumerate(scene.relations):
        if relation.subject_id in humans and relation.object_id in things - {relation.subject_id}:
            yield index, relation


def _missing_link(query: ParsedQuery, scene: Scene) -> Answer:
    def no(status: Status, sentence: str) -> Answer:
        return Answer(status, sentence, query)

    thing = thing_text(query.object_ids)
    humans, things = scene.humans(), _objects(query, scene)
    if not humans and (query.predicate_ids or query.target is Target.SUBJECT):
        return no(Status.NO_PERSON, "No person is in view.")
    if not things:
        return no(Status.NO_OBJECT, f"No {thing} is in view.")
    if len(humans) == 1 and [entity.id for entity in things] == [humans[0].id]:
        other = "other person" if query.object_ids else "thing"
        return no(Status.NO_OBJECT, f"No {other} is in view, only {scene.label(humans[0].id)}.")

    related = [relation for _, relation in _relations(query, scene)]
    near = [relation for relation in related if relation.predicate_id in query.predicate_ids]
    if near and query.part is not None:
        return no(Status.WRONG_PART, f"{'; '.join(_other_part(query.part, near, scene))}.")
    wording = lexicon().wording(query.predicate_ids)
    labels = _listed([scene.label(entity.id) for entity in things])
    pronoun = "it" if len(things) == 1 else "any of them"
    if query.object_ids is None:
        sentence = f"No person {wording.third} anything"
    else:
        sentence = f"In view: {labels}, but no person {wording.third} {pronoun}"
    if related:
        sentence += f"; seen instead: {_listed([scene.sentence(relation) for relation in related])}"
    return no(Status.NO_RELATION, sentence + ".")


def _other_part(asked: PartRequirement, near: list[Relation], scene: Scene) -> Iterator[str]:
    """human 1 holds plate 1, but in the right arm, not in the left arm"""
    names = vocabulary()
    for relation in near[:MAX_NAMED]:
        wording = lexicon().wording((relation.predicate_id,))
        seen = " and ".join(f"the {names.parts[part]}" for part in relation.part_ids)
        seen = f"{wording.preposition} {seen}" if seen else "with no part that was seen to act"
        fact = f"{scene.label(relation.subject_id)} {wording.third} {scene.label(relation.object_id)}"
        yield f"{fact}, but {seen}, not {wording.preposition} the {part_text(asked)}"


def _listed(names: list[str]) -> str:
    """The first few, and how many more."""
    more = len(names) - MAX_NAMED
    return ", ".join(names[:MAX_NAMED]) + (f" and {more} more" if more > 0 else "")
