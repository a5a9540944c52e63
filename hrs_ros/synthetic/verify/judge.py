"""Claims of a scene against its geometry."""

from __future__ import annotations

from collections.abc import Iterable

from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.scene_graph import SceneGraph, TrueRelation
from hrs_ros.synthetic.verify.actions import check_action
from hrs_ros.synthetic.verify.geometric import GeometricRelations, Triple
from hrs_ros.synthetic.verify.support import carriers
from hrs_ros.synthetic.verify.world import IN_HANDS, World
from hrs_ros.vocabulary import vocabulary

Rejected = tuple[TrueRelation, str]


class Judge:
    """Knows what is true of a finished scene. Only the order of people and things depends on the camera."""

    def __init__(self, graph: SceneGraph) -> None:
        words = vocabulary()
        self._world = World(graph)
        claims = _merged(graph.relations)
        self._geometric_claims = [claim for claim in claims if not words.is_action(claim.predicate_id)]
        self._actions: list[TrueRelation] = []
        self._rejected_actions: list[Rejected] = []
        for claim in claims:
            if words.is_action(claim.predicate_id):
                kept, refused = _judge_action(self._world, claim)
                self._actions += kept
                self._rejected_actions += refused
        ridden, in_hands = _pairs(self._actions, ("ride",)), _pairs(self._actions, IN_HANDS)
        self._geometric = GeometricRelations(self._world, ridden, in_hands)

    def relations(self, camera: Camera) -> list[TrueRelation]:
        """Claimed actions that hold, with the parts that act, and all true geometric relations."""
        words = vocabulary()
        triples = self._geometric.seen_by(camera)
        return self._actions + [TrueRelation(s, words.relation_id(name), o) for s, name, o in triples]

    def rejected(self, camera: Camera) -> list[Rejected]:
        """Claims that do not hold and why; of an action that some parts do, those that do not."""
        words, triples = vocabulary(), self._geometric.seen_by(camera)
        rejected = list(self._rejected_actions)
        for claim in self._geometric_claims:
            triple = (claim.subject, words.relations[claim.predicate_id], claim.object)
            if triple not in triples:
                rejected.append((claim, _why_not(self._world, triple, triples)))
        return rejected


def _merged(claims: Iterable[TrueRelation]) -> list[TrueRelation]:
    """Each triple once, with all its parts in the order of their ids."""
    parts: dict[tuple[int, int, int], list[int]] = {}
    for claim in claims:
        parts.setdefault((claim.subject, claim.predicate_id, claim.object), []).extend(claim.parts)
    return [TrueRelation(*triple, tuple(sorted(set(named)))) for triple, named in parts.items()]


def _judge_action(world: World, claim: TrueRelation) -> tuple[list[TrueRelation], list[Rejected]]:
    words = vocabulary()
    if (problem := _ends(world, claim)) is not None:
        return [], [(claim, problem)]
    if not claim.parts:
        return [], [(claim, "no acting part is named")]
    names = tuple(words.parts[part] for part in claim.parts)
    person, predicate = world.people[claim.subject], words.relations[claim.predicate_id]
    verified, refused = check_action(world, person, predicate, claim.object, names)

    def with_parts(chosen: list[str]) -> TrueRelation:
        ids = tuple(words.part_id(name) for name in chosen)
        return TrueRelation(claim.subject, claim.predicate_id, claim.object, ids)

    kept = [with_parts(verified)] if verified else []
    reasons: dict[str, list[str]] = {}
    for part, reason in refused:
        reasons.setdefault(reason, []).append(part)
    return kept, [(with_parts(chosen), reason) for reason, chosen in reasons.items()]


def _ends(world: World, claim: TrueRelation) -> str | None:
    if claim.subject not in world.people:
        return f"instance {claim.subject} is no person of the scene"
    if claim.object not in world.surfaces or claim.object == 0:
        return f"instance {claim.object} has no triangles"
    return f"{world.name(claim.subject)} is both ends" if claim.subject == claim.object else None


def _pairs(actions: list[TrueRelation], predicates: tuple[str, ...]) -> frozenset[tuple[int, int]]:
    wanted = [vocabulary().relation_id(name) for name in predicates]
    return frozenset((row.subject, row.object) for row in actions if row.predicate_id in wanted)


def _why_not(world: World, triple: Triple, found: list[Triple]) -> str:
    """What is true of the pair and of the subject instead of a geometric claim."""
    subject, _, target = triple
    if subject not in world.people or target not in world.surfaces:
        return "an end has no triangles, or the subject is no person"
    instead = [predicate for s, predicate, o in found if (s, o) == (subject, target)]
    person = world.people[subject]
    under = ", ".join(f"{world.name(c.instance)} ({c.gap:.2f} dm)" for c in carriers(world, person))
    true = (
        f"{world.name(subject)} is {' and '.join(instead)} {world.name(target)}"
        if instead
        else "no relation found"
    )
    return f"{true}; posture {person.posture}, carried by {under or 'nothing'}"
