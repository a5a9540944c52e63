"""Why nothing fits: the first missing link, in the order person, object, relation, part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hrs_ros.language.answer import Status
from hrs_ros.language.describe import PLACES, described, part_text, thing_text, worn_text
from hrs_ros.language.lexicon import lexicon
from hrs_ros.language.matching import Matcher
from hrs_ros.language.query import Description, Link, PartRequirement
from hrs_ros.scene import Entity, Relation, Scene
from hrs_ros.vocabulary import vocabulary

MAX_NAMED = 3  # things a sentence lists

Missing = tuple[Status, str]


def missing_link(asked: Description, matcher: Matcher) -> Missing:
    """NO_PERSON, NO_OBJECT, NO_RELATION or WRONG_PART, and a sentence. Nothing may fit ``asked``."""
    return _missing_entity(asked, matcher) or _missing_in(asked, matcher)


def listed(names: Iterable[str]) -> str:
    """The first few, and how many more."""
    names = list(names)
    more = len(names) - MAX_NAMED
    return ", ".join(names[:MAX_NAMED]) + (f" and {more} more" if more > 0 else "")


def _needed(description: Description) -> Iterator[Description]:
    """What must be in view; what must not be related need not be there."""
    yield description
    for link in description.links:
        if not link.negated:
            yield from _needed(link.other)


def _missing_entity(asked: Description, matcher: Matcher) -> Missing | None:
    """A class of which nothing is in view."""
    scene = matcher.scene
    humans = scene.humans()
    needed = list(_needed(asked))
    if not humans and any(description.is_person for description in needed):
        return Status.NO_PERSON, "No person is in view."
    for description in needed:
        if not matcher.of_class(description):
            return Status.NO_OBJECT, f"No {thing_text(description.class_ids)} is in view."
    for description in needed:
        for link in description.links:
            target = link.other if link.is_subject else description
            if len(humans) == 1 and not link.negated and matcher.of_class(target) == list(humans):
                other = "other person" if target.class_ids else "thing"
                return Status.NO_OBJECT, f"No {other} is in view, only {scene.label(humans[0].id)}."
    return None


def _missing_in(description: Description, matcher: Matcher) -> Missing:
    for link in description.links:
        if not link.negated and not matcher.matches(link.other):
            return _missing_in(link.other, matcher)
    scene, entities = matcher.scene, matcher.of_class(description)
    for link in description.links:
        found = [matcher.support(entity.id, link) for entity in entities]
        if link.negated and all(found):
            rows = [scene.relations[match.support[0]] for match in found if match]
            seen = listed(scene.sentence(relation) for relation in rows)
            return Status.NO_RELATION, f"Each {thing_text(description.class_ids)} in view does: {seen}."
        if not link.negated and not any(found):
            return _missing_relation(entities, link, matcher)
    labels = listed(scene.label(entity.id) for entity in entities)
    if description.worn and not any(set(description.worn) & set(entity.parts) for entity in entities):
        return Status.NO_OBJECT, f"In view: {labels}, but no {worn_text(description.worn)} is seen on any."
    if description.place:
        kind = Status.NO_PERSON if description.is_person else Status.NO_OBJECT
        return kind, f"In view: {labels}, but none that fits is {PLACES[description.place]}."
    return Status.NO_RELATION, f"In view: {labels}, but none fits all of: {described(description)}."


def _missing_relation(entities: list[Entity], link: Link, matcher: Matcher) -> Missing:
    """None of the entities has the link, though something fits its other end."""
    scene = matcher.scene
    related = [relation for _, relation in matcher.relations([entity.id for entity in entities], link)]
    near = [relation for relation in related if relation.predicate_id in link.predicate_ids]
    if near and link.part is not None:
        return Status.WRONG_PART, f"{'; '.join(_other_part(link.part, near, scene))}."
    wording = lexicon().wording(link.predicate_ids)
    target = link.other if link.is_subject else None
    things = [match.entity for match in matcher.matches(link.other).values()] if target else entities
    who = "no person" if link.is_subject or link.other.is_plain else f"no {described(link.other)}"
    if target is not None and target.class_ids is None and target.is_plain:
        sentence = f"No person {wording.third} anything"
    elif target is None and len({entity.class_id for entity in entities}) > 1:
        sentence = f"{who[0].upper()}{who[1:]} {wording.third} anything"
    else:
        labels = listed(scene.label(entity.id) for entity in things)
        pronoun = "it" if len(things) == 1 else "any of them"
        sentence = f"In view: {labels}, but {who} {wording.third} {pronoun}"
    if related:
        sentence += f"; seen instead: {listed(scene.sentence(relation) for relation in related)}"
    return Status.NO_RELATION, sentence + "."


def _other_part(asked: PartRequirement, near: list[Relation], scene: Scene) -> Iterator[str]:
    """human 1 holds plate 1, but in the right arm, not in the left arm"""
    names = vocabulary()
    for relation in near[:MAX_NAMED]:
        wording = lexicon().wording((relation.predicate_id,))
        seen = " and ".join(f"the {names.parts[part]}" for part in relation.part_ids)
        seen = f"{wording.preposition} {seen}" if seen else "with no part that was seen to act"
        fact = f"{scene.label(relation.subject_id)} {wording.third} {scene.label(relation.object_id)}"
        yield f"{fact}, but {seen}, not {wording.preposition} the {part_text(asked)}"
