"""Detections of a frame to tracks: the assignment that agrees best as a whole, births and deaths."""

from __future__ import annotations

from collections.abc import Sequence

from scipy.optimize import linear_sum_assignment

from hrs_ros.scene import Entity
from hrs_ros.tracking.affinity import affinities
from hrs_ros.tracking.options import TrackingOptions
from hrs_ros.tracking.track import Sight, Track


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

    def update(self, entities: Sequence[Entity], *, elapsed: float, width: int) -> list[Track]:
        """The track of each entity of a frame ``width`` pixels wide, ``elapsed`` seconds after the last."""
        for track in self._tracks:
            track.missing += elapsed
        self._tracks = [track for track in self._tracks if self._lives(track, elapsed)]
        sights = [Sight.of(entity) for entity in entities]
        found: dict[int, Track] = {}
        table = affinities(self._tracks, sights, width=width)
        for row, column in zip(*linear_sum_assignment(table, maximize=True), strict=True):
            if table[row, column] >= self._options.affinity:
                self._tracks[row].see(sights[column])
                found[int(column)] = self._tracks[row]
        return [found.get(index) or self._birth(sight) for index, sight in enumerate(sights)]

    def _lives(self, track: Track, elapsed: float) -> bool:
        # Absent in the frames before this one, that is: or no track of a slow camera would live.
        absent = track.missing - elapsed
        return track.missing <= self._options.patience and absent <= track.followed + self._options.grace

    def _birth(self, sight: Sight) -> Track:
        taken = {track.number for track in self._tracks if track.class_id == sight.class_id}
        number = next(number for number in range(1, len(taken) + 2) if number not in taken)
        self._born += 1
        track = Track(self._born, number, sight)
        self._tracks.append(track)
        return track
