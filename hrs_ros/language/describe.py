"""A parsed query as one canonical line, to show what was understood."""

from __future__ import annotations

from hrs_ros.language.lexicon import lexicon
from hrs_ros.language.query import ParsedQuery, PartRequirement, Target
from hrs_ros.vocabulary import vocabulary


def describe(query: ParsedQuery) -> str:
    """The asked end first: "object: plate; held in: left arm", "person; holds: cup"."""
    thing = thing_text(query.object_ids)
    if not query.predicate_ids:
        return "person" if query.target is Target.SUBJECT else f"object: {thing}"
    wording = lexicon().wording(query.predicate_ids)
    part = "" if query.part is None else part_text(query.part)
    if query.target is Target.SUBJECT:
        return f"person; {wording.third}: {thing}" + (f"; {wording.preposition}: {part}" if part else "")
    if wording.participle is None:
        return f"object: {thing}; human {wording.third}: it"
    if part:
        return f"object: {thing}; {wording.participle} {wording.preposition}: {part}"
    return f"object: {thing}; {wording.participle} by: human"


def thing_text(object_ids: tuple[int, ...] | None) -> str:
    """ "cup", "clothes or apparel", "thing" """
    return (
        "thing" if object_ids is None else " or ".join(vocabulary().entities[index] for index in object_ids)
    )


def part_text(part: PartRequirement) -> str:
    """ "left arm", "left arm or right arm", "left arm and right arm" """
    return (" and " if part.every else " or ").join(vocabulary().parts[index] for index in part.part_ids)
