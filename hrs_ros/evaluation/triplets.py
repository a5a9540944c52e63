"""Relations by what they join: true ones and those predicted between the same two things."""

from __future__ import annotations

from collections import defaultdict

from hrs_ros.evaluation.correspondence import Pairs
from hrs_ros.scene import Relation, Scene

Triplet = tuple[int, int, int]  # true ids of subject and object around the predicate


def true_triplets(truth: Scene) -> dict[Triplet, Relation]:
    """The relations that hold."""
    return {
        (relation.subject_id, relation.predicate_id, relation.object_id): relation
        for relation in truth.relations
    }


def predicted_triplets(scene: Scene, pairs: Pairs) -> dict[Triplet, list[Relation]]:
    """Predicted relations whose two ends cover true things, under the ids of these."""
    true_ids = {entity.id: true for true, entity in pairs.items()}
    found: dict[Triplet, list[Relation]] = defaultdict(list)
    for relation in scene.relations:
        subject, target = true_ids.get(relation.subject_id), true_ids.get(relation.object_id)
        if subject is not None and target is not None:
            found[subject, relation.predicate_id, target].append(relation)
    return dict(found)


def agrees(true: Relation, predicted: list[Relation]) -> bool:
    """Whether one of the predictions has an acting part in common with the truth, where that names any."""
    return any(not true.part_ids or set(true.part_ids) & set(relation.part_ids) for relation in predicted)
