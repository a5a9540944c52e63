"""Labelled photos of people: figures over a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hrs_ros.data.frames import read_picture
from hrs_ros.data.people_annotations import Photo
from hrs_ros.evaluation.people import PeopleFigures, evaluate_photo, summarise
from hrs_ros.evaluation.perception import Predict, Watch


def evaluate_photos(
    photos: Iterable[Photo], predict: Predict, *, watch: Watch | None = None
) -> PeopleFigures:
    """Predict every photo and compare with its labels; raises ValueError for a photo that cannot be read."""
    results = []
    for photo in photos:
        image = read_picture(photo.path)
        if image is None:
            raise ValueError(f"{photo.path}: listed in the labels, but not readable as a picture")
        scene = predict(image)
        if watch is not None:
            watch(Path(photo.path).stem, image, scene)
        results.append(evaluate_photo(photo, scene))
    return summarise(results)
