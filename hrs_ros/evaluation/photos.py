"""Labelled photos of people: figures over a folder."""

from __future__ import annotations

from collections.abc import Iterable

from hrs_ros.data.frames import read_picture
from hrs_ros.data.people_annotations import Photo
from hrs_ros.evaluation.people import PeopleFigures, evaluate_photo, summarise
from hrs_ros.evaluation.perception import Perceive, Watch


def evaluate_photos(
    photos: Iterable[Photo],
    perceive: Perceive,
    *,
    watch: Watch | None = None,
) -> PeopleFigures:
    """Predict every photo and compare with its labels; raises ValueError for a photo that cannot be read.

    Average precision ranks all people that are ``ranked``; every other figure is of those that are ``seen``.
    """
    results = []
    for photo in photos:
        image = read_picture(photo.path)
        if image is None:
            raise ValueError(f"{photo.path}: listed in the labels, but not readable as a picture")
        perceived = perceive(image)
        if watch is not None:
            watch(photo.path.stem, image, perceived.seen)
        results.append(evaluate_photo(photo, perceived.seen, ranked=perceived.ranked))
    return summarise(results)
