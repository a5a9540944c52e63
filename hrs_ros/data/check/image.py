"""Checks the pictures of one image: photo, instance map, class map, part map, depth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.check.finding import Damage, Finding
from hrs_ros.data.check.pictures import read_label_map, read_picture
from hrs_ros.data.pic_categories import Categories
from hrs_ros.data.pic_folders import PICFolders, label_path
from hrs_ros.data.pic_maps import common_pixels, instance_classes
from hrs_ros.data.sample import PARSING_IGNORE
from hrs_ros.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Labelled:
    """What the lists may refer to in one image."""

    height: int
    width: int
    instances: frozenset[int]
    humans: frozenset[int]
    # Human -> its visible parts, of the humans whose every pixel is labelled with a part or none.
    parts: dict[int, frozenset[int]]


class ImageCheck:
    """The check of one image; ``findings`` runs it, ``labelled`` is then what it saw.

    ``labelled`` stays None where the maps cannot be read, and the lists cannot be held against them.
    """

    def __init__(self, folders: PICFolders, categories: Categories, name: str) -> None:
        self._folders = folders
        self._categories = categories
        self._name = name
        self.labelled: Labelled | None = None

    def findings(self) -> Iterator[Finding]:
        folders, name = self._folders, self._name
        photo = read_picture(folders.image / name, cv2.IMREAD_COLOR)
        if isinstance(photo, Finding):
            yield photo
            return
        size = photo.shape[:2]
        instance = read_label_map(label_path(folders.instance, name), np.uint8, size)
        semantic = read_label_map(label_path(folders.semantic, name), np.uint8, size)
        parsing = depth = None
        if folders.parsing.is_dir():
            parsing = read_label_map(label_path(folders.parsing, name), np.uint8, size)
        if folders.depth.is_dir():
            depth = read_label_map(label_path(folders.depth, name), np.uint16, size)
        yield from (found for found in (instance, semantic, parsing, depth) if isinstance(found, Finding))
        if isinstance(instance, Finding) or isinstance(semantic, Finding):
            return
        common = common_pixels(instance, semantic)
        yield from self._class_findings(common)
        classes = instance_classes(common)
        humans = [number for number, kind in classes.items() if self._is_human(kind)]
        parts: dict[int, frozenset[int]] = {}
        if parsing is not None and not isinstance(parsing, Finding):
            common = common_pixels(instance, parsing)
            yield from self._part_findings(common, humans)
            whole = [human for human in humans if not common[human, PARSING_IGNORE]]
            parts = {human: frozenset(np.flatnonzero(common[human]).tolist()) for human in whole}
        self.labelled = Labelled(size[0], size[1], frozenset(classes), frozenset(humans), parts)

    def _is_human(self, file_id: int) -> bool:
        return self._categories.ids.get(file_id) == vocabulary().human

    def _class_findings(self, common: NDArray[np.int64]) -> Iterator[Finding]:
        path = label_path(self._folders.semantic, self._name)
        for instance, file_id in instance_classes(common).items():
            if not file_id:
                message = f"the {common[instance].sum()} pixels of instance {instance} have class 0"
                yield Finding(Damage.INSTANCE_WITHOUT_CLASS, path, message)
        for file_id in np.flatnonzero(common.any(0)).tolist():
            if file_id and file_id not in self._categories.ids:
                message = f"class {file_id} ({common[:, file_id].sum()} pixels) is not in the category list"
                yield Finding(Damage.UNKNOWN_ENTITY, path, message)
        for file_id in (np.flatnonzero(common[0, 1:]) + 1).tolist():
            message = f"{common[0, file_id]} pixels of class {file_id} belong to no instance"
            yield Finding(Damage.CLASS_WITHOUT_INSTANCE, path, message)

    def _part_findings(self, common: NDArray[np.int64], humans: list[int]) -> Iterator[Finding]:
        """``common``: pixels of instance x part."""
        names = vocabulary().parts
        path = label_path(self._folders.parsing, self._name)
        outside = common.sum(0) - common[humans].sum(0)
        for part in np.flatnonzero(common.any(0)).tolist():
            if part in (0, PARSING_IGNORE):
                continue
            if part >= len(names):
                message = (
                    f"part {part} ({common[:, part].sum()} pixels): expected 0 to {len(names) - 1} or 255"
                )
                yield Finding(Damage.UNKNOWN_PART, path, message)
            elif outside[part]:
                message = f"{outside[part]} pixels of {names[part]!r} lie on no human"
                yield Finding(Damage.PART_OUTSIDE_HUMANS, path, message)
