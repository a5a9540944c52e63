"""A request put to the last few scenes instead of one: a thing that flickers for a frame is still there."""

from __future__ import annotations

from collections.abc import Sequence

from hrs_ros.language.answer import Answer
from hrs_ros.language.query import ParsedQuery
from hrs_ros.language.resolve import DEFAULT_MARGIN, resolve
from hrs_ros.scene import Scene

DEFAULT_MEMORY = 0.15
"""Seconds that scenes are asked again: two frames at 15 Hz. Relations between tracked things outlast flicker
by themselves; a longer memory turned more refusals into wrong or unfounded answers than into right ones
(docs/design_choices.md)."""


def resolve_recent(
    query: ParsedQuery, scenes: Sequence[Scene], *, margin: float = DEFAULT_MARGIN
) -> tuple[Answer, int]:
    """The answer, and the index of the scene it speaks of. ``scenes`` are newest first, at least one.

    The newest scene decides. Where it has no candidate at all, those before it are asked, newest first; where
    none has one, the newest scene's refusal stands.
    """
    newest: Answer | None = None
    for index, scene in enumerate(scenes):
        answer = resolve(query, scene, margin=margin)
        if answer.candidates:
            return answer, index
        newest = newest or answer
    if newest is None:
        raise ValueError("expected at least one scene, got none")
    return newest, 0
