"""The requests that a scene answers with exactly one entity: what evaluation asks."""

from __future__ import annotations

from collections.abc import Iterator

from hrs_ros.language.lexicon import lexicon
from hrs_ros.scene import Relation, Scene
from hrs_ros.vocabulary import vocabulary


def unique_phrases(scene: Scene) -> list[tuple[str, int]]:
    """(phrase, id of the entity it asks for) in the order of the scene's relations.

    Every relation can be told as "plate the person holds", with each of its acting parts as "plate the person
    holds in left arm" and, for a thing in somebody's arm, "plate in left arm" ("both arms" where both act). A
    phrase that is true of two entities is left out. Scores play no role.
    """
    meant: dict[str, set[int]] = {}
    classes = {entity.id: entity.name.lower() for entity in scene.entities}
    humans = {human.id for human in scene.humans()}
    for relation in scene.relations:
        if relation.subject_id in humans and relation.object_id in classes.keys() - {relation.subject_id}:
            for text in _phrases(classes[relation.object_id], relation):
                meant.setdefault(text, set()).add(relation.object_id)
    return [(text, entities.pop()) for text, entities in meant.items() if len(entities) == 1]


def _phrases(thing: str, relation: Relation) -> Iterator[str]:
    names, lex = vocabulary(), lexicon()
    parts = [names.parts[part] for part in relation.part_ids]
    if {"left arm", "right arm"} <= set(parts):
        parts.append("both arms")
    for predicate_ids, wording in lex.wordings.items():
        if relation.predicate_id not in predicate_ids:
            continue
        if predicate_ids == lex.possession:
            # Arms only: "human in bag" would ask for the human who is in the bag.
            yield from (f"{thing} in {part}" for part in parts if part.endswith(("arm", "arms")))
            continue
        yield f"{thing} the person {wording.third}"
        if wording.participle is not None:
            yield from (f"{thing} the person {wording.third} {wording.preposition} {part}" for part in parts)
