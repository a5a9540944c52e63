"""What tracking is worth on a clip: identities, steadiness of relations and requests, with and without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from hrs_ros.evaluation.clips import frames_with_truth
from hrs_ros.evaluation.correspondence import correspond
from hrs_ros.evaluation.gaps import with_gaps
from hrs_ros.evaluation.identities import IdentityFigures, identity_figures
from hrs_ros.evaluation.perception import Predict, Watch
from hrs_ros.evaluation.query_success import QueryFigures, ask_unique_phrases, summarise_queries
from hrs_ros.evaluation.steadiness import RelationFigures, relation_figures
from hrs_ros.scene import Scene
from hrs_ros.tracking import DEFAULT_OPTIONS, TrackingOptions, track


@dataclass(frozen=True, slots=True)
class TrackingFigures:
    """Of the scenes of one clip, in order."""

    identities: IdentityFigures
    relations: RelationFigures
    queries: QueryFigures  # every phrase that a frame's truth answers with one thing


@dataclass(frozen=True, slots=True)
class TrackingReport:
    """One clip, seen by a model or as truth with gaps."""

    name: str
    seen_by: str
    frames: int
    alone: TrackingFigures  # the identity of a thing is its id in the scene, which says nothing across frames
    tracked: TrackingFigures


def evaluate_tracking(
    folder: Path,
    predict: Predict,
    *,
    options: TrackingOptions = DEFAULT_OPTIONS,
    limit: int | None = None,
    watch: Watch | None = None,
) -> list[TrackingReport]:
    """What ``predict`` sees of ``folder/clip.mp4``, and its truth with gaps, both alone and tracked."""
    truths: list[Scene] = []
    predicted: list[Scene] = []
    for frame, truth in islice(frames_with_truth(folder), limit):
        scene = predict(frame.image)
        if watch is not None:
            watch(frame.name, frame.image, scene)
        truths.append(truth)
        predicted.append(replace(scene, stamp_ns=truth.stamp_ns, frame_id=truth.frame_id))
    return [
        TrackingReport(
            folder.name,
            seen_by,
            len(truths),
            alone=tracking_figures(truths, scenes),
            tracked=tracking_figures(truths, track(scenes, options)),
        )
        for seen_by, scenes in (("model", predicted), ("truth with gaps", with_gaps(truths)))
    ]


def tracking_figures(truths: Sequence[Scene], scenes: Sequence[Scene]) -> TrackingFigures:
    """Raises ValueError if the two differ in length."""
    pairs = correspond(truths, scenes)
    return TrackingFigures(
        identities=identity_figures(truths, scenes, pairs),
        relations=relation_figures(truths, scenes, pairs),
        queries=summarise_queries(
            result
            for truth, scene in zip(truths, scenes, strict=True)
            for result in ask_unique_phrases(truth, scene)
        ),
    )
