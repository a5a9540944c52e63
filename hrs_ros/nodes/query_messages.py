"""Requests and answers <-> hrs_msgs. Plain functions, no node needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

from hrs_msgs.msg import ParsedQuery as ParsedQueryMessage
from hrs_msgs.msg import QueryCandidate, QueryEntity, QueryLink, SpatialObject
from hrs_ros.language import (
    MAX_COUNT,
    Answer,
    Candidate,
    Description,
    Intent,
    Link,
    NotUnderstood,
    ParsedQuery,
    PartRequirement,
    Place,
    describe,
    parse,
)
from hrs_ros.nodes.messages import SceneEncoder
from hrs_ros.scene import Scene
from hrs_ros.vocabulary import vocabulary


class Request(Protocol):
    """What Query.Request and Find.Goal have in common."""

    text: str
    query: ParsedQueryMessage
    want_masks: bool
    want_pose: bool
    want_cloud: bool
    target_frame: str


Response = TypeVar("Response", bound=Any)
"""Query.Response or Find.Result: fields of the same names."""

Locate = Callable[[Candidate], SpatialObject]


def read_request(request: Request) -> ParsedQuery | NotUnderstood:
    """What is asked for, in words or, where there are none, as data."""
    if request.text or not request.query.entities:
        return parse(request.text)
    return query_from_message(request.query)


# --- requests as data ---


def parsed_to_message(query: ParsedQuery) -> ParsedQueryMessage:
    """Entities and links in the order of a walk from what is asked for; the likeliest reading of several."""
    entities: list[QueryEntity] = []
    links: list[QueryLink] = []
    _add(query.asked, entities, links)
    return ParsedQueryMessage(
        text=describe(query), intent=int(query.intent), count=query.count, entities=entities, links=links
    )


def _add(description: Description, entities: list[QueryEntity], links: list[QueryLink]) -> None:
    """Append ``description`` and all that hangs on it.

    Not a function inside the other: one that calls itself is a cycle, and would hold the lists of every query
    until Python next looks through its old objects, minutes later.
    """
    index = len(entities)
    entities.append(
        QueryEntity(
            class_ids=list(description.class_ids or ()),
            place=int(description.place),
            worn_part_ids=list(description.worn),
        )
    )
    for link in description.links:
        other = len(entities)
        subject, target = (index, other) if link.is_subject else (other, index)
        links.append(
            QueryLink(
                subject=subject,
                object=target,
                predicate_ids=list(link.predicate_ids),
                part_ids=list(link.part.part_ids) if link.part else [],
                every_part=link.part is not None and link.part.every,
                negated=link.negated,
            )
        )
        _add(link.other, entities, links)


def query_from_message(message: ParsedQueryMessage) -> ParsedQuery | NotUnderstood:
    """The query that a message says, or what is wrong with it."""
    try:
        query = ParsedQuery(
            text="",
            asked=_description(message, 0),
            intent=Intent(_within(message.intent, len(Intent) - 1, "intent")),
            count=_within(max(message.count, 1), MAX_COUNT, "count"),
        )
    except ValueError as error:
        return NotUnderstood(f"The request as data cannot be read: {error}.")
    return query


def _description(message: ParsedQueryMessage, index: int) -> Description:
    """Entity ``index`` with all that hangs on it. Link k adds entity k + 1 to one of those before it."""
    words, entity = vocabulary(), message.entities[index]
    if len(message.links) != len(message.entities) - 1:
        raise ValueError(
            f"expected one link less than its {len(message.entities)} entities, got {len(message.links)}"
        )
    links: list[Link] = []
    for row, link in enumerate(message.links):
        parent, child = min(link.subject, link.object), max(link.subject, link.object)
        if child != row + 1 or parent == child:
            raise ValueError(
                f"link {row} joins entities {link.subject} and {link.object}, "
                f"expected {row + 1} and one before it"
            )
        if list(message.entities[link.subject].class_ids) not in ([], [words.human]):
            raise ValueError(f"the subject of link {row} is not a person; every relation starts at one")
        if not link.predicate_ids:
            raise ValueError(f"link {row} names no relation")
        if parent != index:
            continue
        parts = _ids(link.part_ids, words.part_count, f"a part of link {row}")
        links.append(
            Link(
                predicate_ids=_ids(link.predicate_ids, words.relation_count, f"a relation of link {row}"),
                other=_description(message, child),
                is_subject=link.subject == index,
                part=PartRequirement(parts, every=link.every_part) if parts else None,
                negated=link.negated,
            )
        )
    class_ids = _ids(entity.class_ids, words.entity_count, f"a class of entity {index}")
    if any(link.subject == index for link in message.links):
        class_ids = (words.human,)
    return Description(
        class_ids=class_ids or None,
        place=Place(_within(entity.place, len(Place) - 1, f"the place of entity {index}")),
        worn=_ids(entity.worn_part_ids, words.part_count, f"a worn part of entity {index}"),
        links=tuple(links),
    )


def _ids(ids: Sequence[int], highest: int, what: str) -> tuple[int, ...]:
    if wrong := [number for number in ids if not 1 <= number <= highest]:
        raise ValueError(f"{what} is {wrong[0]}, expected 1 to {highest}")
    return tuple(int(number) for number in ids)


def _within(number: int, highest: int, what: str) -> int:
    if number > highest:
        raise ValueError(f"{what} is {number}, expected at most {highest}")
    return int(number)


# --- answers ---


def fill_response(
    response: Response,
    answer: Answer,
    *,
    scene: Scene | None,
    encoding: int | None,
    locate: Locate | None = None,
) -> Response:
    """Status, sentence, parsed query and candidates; header and age are the caller's.

    ``scene`` is the one the answer speaks of; without ``encoding`` the candidates' masks stay empty, without
    ``locate`` their places in space.
    """
    response.status = int(answer.status)
    response.sentence = answer.sentence
    response.did_you_mean = list(answer.did_you_mean)
    response.count = answer.count
    if answer.query is not None:
        response.parsed = parsed_to_message(answer.query)
    if scene is not None:
        response.image_height, response.image_width = scene.height, scene.width
        response.candidates = list(_candidates(answer, scene, encoding, locate))
    return response


def _candidates(
    answer: Answer, scene: Scene, encoding: int | None, locate: Locate | None
) -> Iterable[QueryCandidate]:
    encoder = SceneEncoder(scene, encoding=encoding)
    for candidate in answer.candidates:
        rows = [] if candidate.relation_index is None else [scene.relations[candidate.relation_index]]
        yield QueryCandidate(
            entity=encoder.entity(scene.entity(candidate.entity_id)),
            relation=[encoder.relation(row) for row in rows],
            score=candidate.score,
            sentence=candidate.sentence,
            spatial=[] if locate is None else [locate(candidate)],
        )
