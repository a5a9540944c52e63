"""Hand-made scenes: names in, Scene out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

# subject id, relation, object id, score, {part: score}
Row = tuple[int, str, int, float, dict[str, float]]


def _make_scene(names: Sequence[str], rows: Sequence[Row] = (), scores: Sequence[float] = ()) -> Scene:
    vocab = vocabulary()
    return Scene(
        height=1,
        width=max(1, len(names)),
        entities=tuple(
            Entity(
                id=index,
                class_id=vocab.entity_id(name),
                score=scores[index - 1] if scores else 1.0,
                mask=Mask(x=index - 1, y=0, bits=np.ones((1, 1), bool)),
            )
            for index, name in enumerate(names, start=1)
        ),
        relations=tuple(
            Relation(
                subject_id=subject,
                predicate_id=vocab.relation_id(relation),
                object_id=target,
                score=score,
                part_ids=tuple(vocab.part_id(part) for part in parts),
                part_scores=tuple(parts.values()),
            )
            for subject, relation, target, score, parts in rows
        ),
    )


@pytest.fixture(scope="session")
def make_scene() -> Callable[..., Scene]:
    """make_scene(entity names, relation rows, entity scores); ids are 1, 2, ...; masks do not overlap."""
    return _make_scene
