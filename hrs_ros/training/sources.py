"""Where training images come from: PIC folders, shards still being rendered, V-COCO, photos of people."""

from __future__ import annotations

import functools
import glob
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from hrs_ros.data.people import PeopleDataset
from hrs_ros.data.pic import PICDataset
from hrs_ros.data.sample import Sample
from hrs_ros.data.vcoco import VcocoDataset
from hrs_ros.data.vcoco_folder import is_vcoco
from hrs_ros.vocabulary import VocabularyName


class SampleSet(Protocol):
    """What a source opens to."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> Sample: ...


@dataclass(frozen=True, slots=True)
class Source:
    """A folder of labelled images; ``split`` is empty for photos."""

    kind: Literal["pic", "photos", "vcoco"]
    root: str
    split: str = ""

    @property
    def vocabulary(self) -> VocabularyName:
        """Whose entities and relations the labels are."""
        return "vcoco" if self.kind == "vcoco" else "pic"


class SourceError(ValueError):
    """Training data that cannot be used; names the folder or file."""


def find_sources(patterns: Iterable[str], *, vocabulary: VocabularyName = "pic") -> list[Source]:
    """Sources of ``ROOT[:split]`` arguments; ROOT may be a quoted pattern such as ``data/train_*``.

    A ROOT with V-COCO's role files is read as V-COCO, any other in the PIC layout; raises SourceError for
    labels of another vocabulary than the model's.

    A pattern yields the folders that hold the split's relation list. ``hrs synth`` writes it last, so
    a pattern can be read again and again while shards are added; it may yield none yet. A plain ROOT must
    exist. The split defaults to "train".
    """
    sources = []
    for pattern in patterns:
        root, colon, split = pattern.rpartition(":")
        if not colon:
            root, split = pattern, "train"
        if glob.has_magic(root):
            paths = sorted(glob.glob(root))  # noqa: PTH207 (Path.glob takes no absolute pattern)
            folders = [Path(path) for path in paths if _is_complete(Path(path), split)]
        else:
            folders = [Path(root)]
            if not folders[0].is_dir():
                raise SourceError(
                    f"no training data at {root}: expected a folder in PIC layout or of V-COCO; check --data"
                )
        sources += [Source(_kind(folder), str(folder), split) for folder in folders]
    for source in sources:
        if source.vocabulary != vocabulary:
            raise SourceError(
                f"{source.root} is labelled in the vocabulary {source.vocabulary!r}, the model learns "
                f"{vocabulary!r}; give other data or choose --vocabulary {source.vocabulary}"
            )
    return sources


@functools.lru_cache(maxsize=256)
def open_source(source: Source) -> SampleSet:
    """The source's images, listed once per process."""
    if source.kind == "photos":
        return PeopleDataset(Path(source.root))
    if source.kind == "vcoco":
        return VcocoDataset(Path(source.root), source.split)
    return PICDataset(Path(source.root), source.split)


def read_sample(source: Source, index: int) -> Sample:
    """One image; whatever is wrong with it comes back as a SourceError that names it."""
    try:
        return open_source(source)[index]
    except Exception as error:
        raise SourceError(
            f"cannot read image {index} of {source.root} {source.split}: {error}; repair or remove it"
        ) from error


def listed_predicates(source: Source, index: int) -> frozenset[int]:
    """Relation ids listed for a scene of a PIC folder or of V-COCO."""
    scenes = open_source(source)
    assert isinstance(scenes, PICDataset | VcocoDataset)  # photos have no relation list
    return scenes.predicates(index)


def _kind(folder: Path) -> Literal["pic", "vcoco"]:
    return "vcoco" if is_vcoco(folder) else "pic"


def _is_complete(folder: Path, split: str) -> bool:
    return (folder / f"relations_{split}.json").is_file()
