"""A parsed query as one canonical line, to show what was understood."""

from __future__ import annotations

from hrs_ros.language.lexicon import lexicon
from hrs_ros.language.query import Description, Intent, Link, ParsedQuery, PartRequirement, Place
from hrs_ros.vocabulary import vocabulary

PLACES = {
    Place.LEFT: "in the left half of the image",
    Place.RIGHT: "in the right half of the image",
    Place.MIDDLE: "in the middle third of the image",
    Place.LEFTMOST: "leftmost in the image",
    Place.RIGHTMOST: "rightmost in the image",
}


def describe(query: ParsedQuery) -> str:
    """The asked end first: "object: plate; held in: left arm", "2 persons; not: holds: cup"."""
    lines = [_asked(query, reading) for reading in query.readings]
    return " | or | ".join(lines)


def _asked(query: ParsedQuery, asked: Description) -> str:
    noun = "person" if asked.is_person else "object"
    if query.intent is Intent.COUNT:
        noun = f"number of {noun}s"
    elif query.count > 1:
        noun = f"{query.count} {noun}s"
    head = noun if asked.is_person else f"{noun}: {thing_text(asked.class_ids)}"
    return "; ".join([head, *_modifiers(asked)])


def described(description: Description) -> str:
    """A nested description: "human", "human (is next to: chair)"."""
    modifiers = "; ".join(_modifiers(description))
    return thing_text(description.class_ids) + (f" ({modifiers})" if modifiers else "")


def _modifiers(description: Description) -> list[str]:
    texts = [link_text(link) for link in description.links]
    if description.worn:
        texts.append(f"wears: {worn_text(description.worn)}")
    if description.place:
        texts.append(PLACES[description.place])
    return texts


def link_text(link: Link) -> str:
    """ "holds: cup; in: left arm", "held in: left arm", "not: held by: human" """
    wording, other = lexicon().wording(link.predicate_ids), described(link.other)
    part = "" if link.part is None else part_text(link.part)
    if link.is_subject:
        text = f"{wording.third}: {other}" + (f"; {wording.preposition}: {part}" if part else "")
    elif wording.participle is None:
        text = f"{other} {wording.third}: it"
    elif part:
        owner = "" if link.other.is_plain else f" of {other}"
        text = f"{wording.participle} {wording.preposition}: {part}{owner}"
    else:
        text = f"{wording.participle} by: {other}"
    return f"not: {text}" if link.negated else text


def thing_text(class_ids: tuple[int, ...] | None) -> str:
    """ "cup", "clothes or apparel", "thing" """
    return "thing" if class_ids is None else " or ".join(vocabulary().entities[index] for index in class_ids)


def part_text(part: PartRequirement) -> str:
    """ "left arm", "left arm or right arm", "left arm and right arm" """
    return (" and " if part.every else " or ").join(vocabulary().parts[index] for index in part.part_ids)


def worn_text(part_ids: tuple[int, ...]) -> str:
    """ "hat or headwear" """
    return " or ".join(vocabulary().parts[index] for index in part_ids)
