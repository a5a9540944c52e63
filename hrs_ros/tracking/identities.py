"""Detections of a frame to tracks: the assignment that agrees best as a whole, births and deaths."""

from __future__ import annotations

from collections.abc import Sequence

from scipy.optimize import linear_sum_assignment

from hrs_ros.scene import Entity
from hrs_ros.tracking.affinity import affinities
from hrs_ros.tracking.options import TrackingOptions
from hrs_ros.tracking.track import Track


class Identities:
    """The living tracks. An identity is never given twice; a number is free again when its track ends."""

    def __init__(self, options: TrackingOptions) -> None:
        self._options = options
        self._tracks: list[Track] = []
        self._born = 0

    @property
    def living(self) -> frozenset[int]:
        """Identities of all that may come back, seen now or not."""
        return frozenset(track.id for track in self._tracks)

    def clear(self) -> None:
        """Forget all tracks; their identities are not given again."""
        self._tracks = []

    def update(self, entities: Sequence[Entity], *, elapsed: float) -> list[Track]:
        """The track of each entity of a new frame, ``elapsed`` seconds after the last one."""
        for track in self._tracks:
            track.missing += elapsed
        self._tracks = [
            track
            for track in self._tracks
            if track.missing <= self._options.patience and track.missing - elapsed <= track.followed
        ]
        found: dict[int, Track] = {}
        table = affinities(self._tracks, entities)
        for row, column in zip(*linear_sum_assignment(table, maximize=True), strict=True):
            if table[row, column] >= self._options.affinity:
                self._tracks[row].see(entities[column])
                found[int(column)] = self._tracks[row]
        return [found.get(index) or self._birth(entity) for index, entity in enumerate(entities)]

    def _birth(self, entity: Entity) -> Track:
        taken = {track.number for track in self._tracks if track.class_id == entity.class_id}
        number = next(number for number in range(1, len(taken) + 2) if number not in taken)
        self._born += 1
        track = Track.begin(entity, identity=self._born, number=number)
        self._tracks.append(track)
        return track
