"""Which image is read at which place of which epoch: a function of seed and sources, so runs can resume."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from hrs_ros.data.transforms import SCALE
from hrs_ros.training.sources import Source, SourceError, find_sources, listed_predicates, open_source
from hrs_ros.vocabulary import VocabularyName


@dataclass(frozen=True, slots=True)
class Position:
    """A batch by its number within an epoch; both count from 0."""

    epoch: int = 0
    batch: int = 0


@dataclass(frozen=True, slots=True)
class Draw:
    """An image to read. ``seed``, epoch and place give the random stream of its augmentation."""

    source: Source
    index: int
    seed: int
    epoch: int
    place: int  # in the epoch
    side: int  # of the square network input, pixels
    augmented: bool
    scale: tuple[float, float] = SCALE  # range of the augmentation's zoom


@dataclass(frozen=True, slots=True)
class BatchDraws:
    """The images of one batch. ``position`` is its place, ``following`` that of the batch after it."""

    draws: tuple[Draw, ...]
    position: Position
    following: Position
    epoch_done: float  # epochs finished with this batch, with their fraction


class DataPlan:
    """Order of the images of every epoch.

    The patterns are read anew at every epoch, as shards may appear while a run goes on. What an epoch has
    seen is remembered (``sources_of``), so that a run resumed in its middle continues with the same list.
    ``require``: take only scenes that list one of these relations, by their ids in ``vocabulary``.
    ``scale``: range of the zoom of augmented images, see ``augment``. ``rank`` and ``world`` split every
    batch between processes.
    """

    def __init__(
        self,
        patterns: Sequence[str],
        *,
        photos: Source | None,
        photo_ratio: float,
        batch: int,
        seed: int,
        overfit: int | None = None,
        require: frozenset[int] = frozenset(),
        vocabulary: VocabularyName = "pic",
        scale: tuple[float, float] = SCALE,
        rank: int = 0,
        world: int = 1,
    ) -> None:
        if not 0 <= photo_ratio < 1:
            raise ValueError(f"ratio of photos: expected a number in [0, 1), got {photo_ratio}")
        self.patterns, self.photos, self.photo_ratio = tuple(patterns), photos, photo_ratio
        self.batch, self.seed, self.overfit, self.require = batch, seed, overfit, require
        self.vocabulary, self.scale = vocabulary, scale
        self.rank, self.world = rank, world
        self.sources_of: dict[int, list[tuple[Source, int]]] = {}  # epoch -> sources with their lengths

    def batches(self, start: Position, side: Callable[[float], int]) -> Iterator[BatchDraws]:
        """Batches from ``start`` on, without end; ``side(epochs done)`` is asked as each one is drawn."""
        epoch, first = start.epoch, start.batch
        while True:
            order = self._order(epoch)
            # Shares are equal: a step waits for the slowest process.
            size = min(self.batch, len(order)) // self.world * self.world
            if not size:
                raise SourceError(
                    f"{len(order)} training images for {self.world} processes: expected at least one each; "
                    "start fewer processes or give more --data"
                )
            count = len(order) // size
            for number in range(first, count):
                done = epoch + number / count
                pixels = side(done)
                places = range(number * size, (number + 1) * size)[self.rank :: self.world]
                last = number + 1 == count
                yield BatchDraws(
                    draws=tuple(
                        Draw(
                            *order[place],
                            seed=self.seed,
                            epoch=epoch,
                            place=place,
                            side=pixels,
                            augmented=self.overfit is None,
                            scale=self.scale,
                        )
                        for place in places
                    ),
                    position=Position(epoch, number),
                    following=Position(epoch + 1, 0) if last else Position(epoch, number + 1),
                    epoch_done=epoch + (number + 1) / count,
                )
            epoch, first = epoch + 1, 0

    def _order(self, epoch: int) -> list[tuple[Source, int]]:
        """(source, index) of every image of the epoch, shuffled."""
        sources = self._sources(epoch)
        scenes = [
            (source, i)
            for source, length in sources
            if source.kind != "photos"
            for i in range(length)
            if not self.require or self.require & listed_predicates(source, i)
        ]
        photos = [(source, i) for source, length in sources if source.kind == "photos" for i in range(length)]
        if not scenes and not photos:
            raise SourceError(
                f"no training images in {', '.join(self.patterns) or 'no --data'}: "
                "expected a PIC folder, a complete shard or --photos"
            )
        if self.overfit is not None:
            scenes, photos = (scenes + photos)[: self.overfit], []
        stream = np.random.default_rng([self.seed, epoch])
        if scenes and photos:
            count = round(len(scenes) * self.photo_ratio / (1 - self.photo_ratio))
            # Whole rounds of shuffled photos: none comes twice before every one came once.
            rounds = [stream.permutation(len(photos)) for _ in range(-(-count // len(photos)))]
            photos = [photos[i] for i in np.concatenate([*rounds, np.zeros(0, np.int64)])[:count]]
        order = scenes + photos
        return [order[i] for i in stream.permutation(len(order))]

    def _sources(self, epoch: int) -> list[tuple[Source, int]]:
        if epoch not in self.sources_of:
            found = find_sources(self.patterns, vocabulary=self.vocabulary)
            found += [self.photos] if self.photos else []
            self.sources_of[epoch] = [(source, len(open_source(source))) for source in found]
        return self.sources_of[epoch]
