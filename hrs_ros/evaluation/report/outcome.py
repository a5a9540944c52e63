"""One image after the comparison: which triplets were found, missed or invented, and who has part in them."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from hrs_ros.evaluation.instances import match_instances
from hrs_ros.scene import Relation, Scene

MATCH_IOU = 0.5  # both ends, as in the paper's Figure 7
MOST = 25  # triplets that count as predicted there


class Verdict(enum.Enum):
    """What became of a triplet."""

    HIT = "found"
    MISS = "missed"
    FALSE_ALARM = "not in the truth"


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in a graph: of the truth, or predicted where the truth has nothing."""

    key: str  # unique in its image
    label: str
    in_truth: bool
    matched: bool  # a thing of the other scene, of its class, overlaps it enough
    x: float  # centre of mass, pixels
    y: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A triplet between two nodes."""

    subject: str
    target: str
    text: str  # "hold [left arm]"
    is_action: bool
    verdict: Verdict
    score: float  # of the prediction; 0 for a miss


@dataclass(frozen=True, slots=True)
class Outcome:
    """Nodes that a triplet of the truth or of the prediction uses, and these triplets."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def count(self, verdict: Verdict) -> int:
        return sum(edge.verdict is verdict for edge in self.edges)


def compare(truth: Scene, predicted: Scene, *, most: int = MOST) -> Outcome:
    """Judge the ``most`` best predicted triplets against the truth, as HRS: acting parts must agree by mask.

    Things are first matched one to one within their class, best score first, mask IoU >= 0.5. A prediction
    hits the triplet of the matched things with its predicate; for an action, its acting parts' pixels must
    overlap the true ones as much. A true triplet is hit once; repetitions of it are no false alarms.
    """
    partner = _partners(truth, predicted)
    ranked = sorted(predicted.relations, key=lambda relation: -relation.score)[:most]
    best: dict[int, float] = {}
    edges: list[Edge] = []
    for relation in ranked:
        row = _true_row(relation, truth, predicted, partner)
        if row is not None:
            best.setdefault(row, relation.score)
        else:
            edges.append(_edge(relation, Verdict.FALSE_ALARM, predicted, partner))
    for row, relation in enumerate(truth.relations):
        verdict = Verdict.HIT if row in best else Verdict.MISS
        edges.append(_edge(relation, verdict, truth, {}, score=best.get(row, 0.0)))
    used = {key for edge in edges for key in (edge.subject, edge.target)}
    nodes = [
        _node(truth, entity.id, f"t{entity.id}", in_truth=True, matched=entity.id in partner.values())
        for entity in truth.entities
    ] + [
        _node(predicted, entity.id, f"p{entity.id}", in_truth=False, matched=False)
        for entity in predicted.entities
        if entity.id not in partner
    ]
    order = list(Verdict)
    edges.sort(key=lambda edge: (order.index(edge.verdict), -edge.score))
    return Outcome(tuple(node for node in nodes if node.key in used), tuple(edges))


def _partners(truth: Scene, predicted: Scene) -> dict[int, int]:
    """Predicted entity id -> true entity id."""
    pairs: dict[int, int] = {}
    for class_id in {entity.class_id for entity in truth.entities}:
        ours = [entity for entity in predicted.entities if entity.class_id == class_id]
        true = [entity for entity in truth.entities if entity.class_id == class_id]
        found = match_instances(
            [entity.mask for entity in true],
            [entity.mask for entity in ours],
            scores=[entity.score for entity in ours],
            threshold=MATCH_IOU,
        )
        pairs |= {ours[pair.predicted].id: true[row].id for row, pair in found.items()}
    return pairs


def _true_row(relation: Relation, truth: Scene, predicted: Scene, partner: dict[int, int]) -> int | None:
    """Row of the true triplet that the prediction finds."""
    for row, true in enumerate(truth.relations):
        same = (
            partner.get(relation.subject_id) == true.subject_id
            and partner.get(relation.object_id) == true.object_id
            and relation.predicate_id == true.predicate_id
        )
        if same and (
            not true.part_ids or truth.subject_mask(true).iou(predicted.subject_mask(relation)) >= MATCH_IOU
        ):
            return row
    return None


def _edge(
    relation: Relation, verdict: Verdict, scene: Scene, partner: dict[int, int], *, score: float | None = None
) -> Edge:
    """``partner`` translates the ends of a prediction; those of the truth stand for themselves."""
    own = "t" if verdict is not Verdict.FALSE_ALARM else "p"

    def key(entity_id: int) -> str:
        return f"t{partner[entity_id]}" if entity_id in partner else f"{own}{entity_id}"

    parts = f" [{', '.join(relation.part_names)}]" if relation.part_ids else ""
    return Edge(
        subject=key(relation.subject_id),
        target=key(relation.object_id),
        text=f"{relation.predicate}{parts}",
        is_action=relation.is_action,
        verdict=verdict,
        score=relation.score if score is None else score,
    )


def _node(scene: Scene, entity_id: int, key: str, *, in_truth: bool, matched: bool) -> Node:
    x, y = scene.entity(entity_id).mask.centroid
    # The numbers of the two scenes have nothing to do with each other.
    label = scene.label(entity_id) if in_truth else f"{scene.label(entity_id)} (predicted)"
    return Node(key, label, in_truth, matched, x, y)
