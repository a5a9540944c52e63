"""Labelled photos of people: figures over a folder."""

from __future__ import annotations

from collections.abc import Iterable

from hrs_ros.data.frames import read_picture
from hrs_ros.data.people_annotations import Photo
from hrs_ros.evaluation.people import PeopleFigures, evaluate_photo, summarise
from hrs_ros.evaluation.perception import OperatingPoint, Predict, Watch, at_operating_point


def evaluate_photos(
    photos: Iterable[Photo],
    predict: Predict,
    *,
    operating_point: OperatingPoint,
    watch: Watch | None = None,
) -> PeopleFigures:
    """Predict every photo and compare with its labels; raises ValueError for a photo that cannot be read.

    ``predict`` should give faint people, too: average precision ranks them all. Every other figure is of what
    ``operating_point`` lets through.
    """
    results = []
    for photo in photos:
        image = read_picture(photo.path)
        if image is None:
            raise ValueError(f"{photo.path}: listed in the labels, but not readable as a picture")
        ranked = predict(image)
        seen = at_operating_point(ranked, operating_point)
        if watch is not None:
            watch(photo.path.stem, image, seen)
        results.append(evaluate_photo(photo, seen, ranked=ranked))
    return summarise(results)
