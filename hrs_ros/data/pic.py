"""Reads the PIC layout (spec section 8): photos with instance, class and parsing maps and relation lists.

Two folder layouts are known and both are read::

    image/{split}/N.jpg   segmentation/{split}/instance/N.png   segmentation/{split}/semantic/N.png
    image/{split}/N.jpg   instance/{split}/N.png                semantic/{split}/N.png

beside ``relations_{split}.json``, and where they exist ``parsing/{split}/N.png``,
``keypoints_{split}.json`` and ``categories_list/{label,relation}_categories.json``. One file is our own:
``categories_list/complete_relations.json``, a list of the relation names of which every true triplet is
written down; a generator that does not annotate all that is true says so there.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.pic_categories import read_complete_relations, read_entities, read_list, read_relations
from hrs_ros.data.pic_folders import find_folders, label_path
from hrs_ros.data.pic_maps import common_pixels, instance_classes
from hrs_ros.data.sample import PARSING_IGNORE, RelationLabel, Sample
from hrs_ros.vocabulary import vocabulary


class PICDataset:
    """Images of one split as ``Sample``s, read from disk when asked for.

    Class ids of the files become vocabulary ids by the names in ``categories_list`` (the files' ids are
    the vocabulary's where that folder is absent). ``entity_categories`` and ``relation_categories`` say how,
    and which names have no counterpart: their instances and relations are left out. Everything else is
    labelled, so all entity classes are complete. ``complete_relations`` says for which relations every true
    triplet is written down; None: what ``complete_relations.json`` says, all without that file. Data without
    parsing maps has them not labelled, actions without parts likewise. An instance without any class is
    something that nobody named: its pixels are ``ignore`` and have no parts, its relations are left out, and
    a warning says so.
    """

    def __init__(self, root: Path, split: str, *, complete_relations: frozenset[int] | None = None) -> None:
        self.folders = find_folders(Path(root), split)
        self._records = read_list(self.folders.listing, required=("name", "relations"))
        keypoints = self.folders.keypoints
        self._humans: dict[str, list[dict[str, Any]]] = (
            {row["name"]: row["humans"] for row in read_list(keypoints, required=("name", "humans"))}
            if keypoints.is_file()
            else {}
        )
        self.entity_categories = read_entities(self.folders.entity_list)
        self.relation_categories = read_relations(self.folders.relation_list)
        self._warned: set[Path] = set()  # class maps with instances of no class
        self._complete_entities = frozenset(range(1, len(vocabulary().entities)))
        self._complete_relations = (
            read_complete_relations(self.folders.complete_relations)
            if complete_relations is None
            else complete_relations
        )

    def __len__(self) -> int:
        return len(self._records)

    def name(self, index: int) -> str:
        """File name of an image, "000012.jpg"."""
        return str(self._records[index]["name"])

    def predicates(self, index: int) -> frozenset[int]:
        """Vocabulary ids of the relations listed for the image, without reading its pictures."""
        listed = {relation.get("relation") for relation in self._records[index]["relations"]}
        return frozenset(
            self.relation_categories.ids[file_id] or 0
            for file_id in listed
            if file_id in self.relation_categories.ids
        )

    def keypoints(self, index: int) -> dict[int, NDArray[np.float32]]:
        """Instance-map id of each human -> (16, 3) x, y, visibility in vocabulary order; empty if unlabelled.

        Visibility: 2 visible, 1 hidden, 0 outside the image.
        """
        humans = self._humans.get(self.name(index), [])
        return {
            int(human["instance"]): np.asarray(human["keypoints"], np.float32).reshape(-1, 3)
            for human in humans
        }

    def instance_ids(self, index: int) -> list[int]:
        """Instance-map ids of the rows of ``self[index].masks``, in order."""
        return list(self._classes(index, *self._maps(index)))

    def __getitem__(self, index: int) -> Sample:
        name = self.name(index)
        image = _read(self.folders.image / name, cv2.IMREAD_COLOR_RGB)
        instances, semantic = self._maps(index)
        if instances.shape != image.shape[:2]:
            path = label_path(self.folders.instance, name)
            raise ValueError(f"{path}: {_size(instances)}, but its image is {_size(image)}")
        classes = self._classes(index, instances, semantic)
        rows = {instance: row for row, instance in enumerate(classes)}
        ids = np.array(list(classes), np.uint8)
        parsing, unnamed = self._parsing(name, instances.shape), _unnamed(instances, semantic)
        if unnamed is not None:  # perhaps a person
            parsing[unnamed > 0] = PARSING_IGNORE
        return Sample(
            name=name,
            image=image,
            masks=(instances[None] == ids[:, None, None]).view(np.uint8),
            class_ids=np.array(list(classes.values()), np.int64),
            parsing=parsing,
            relations=self._relations(index, instances, rows),
            complete_entities=self._complete_entities,
            complete_relations=self._complete_relations,
            ignore=unnamed,
        )

    def _maps(self, index: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Instance and class maps (H, W)."""
        folders = (self.folders.instance, self.folders.semantic)
        paths = [label_path(folder, self.name(index)) for folder in folders]
        instances, semantic = (_read(path, cv2.IMREAD_UNCHANGED) for path in paths)
        for path, labels in zip(paths, (instances, semantic), strict=True):
            if labels.ndim != 2 or labels.dtype != np.uint8:
                raise ValueError(f"{path}: expected 8-bit grey, got {labels.dtype} of shape {labels.shape}")
        if instances.shape != semantic.shape:
            raise ValueError(f"{paths[1]}: {_size(semantic)}, but the instance map is {_size(instances)}")
        return instances, semantic

    def _classes(
        self, index: int, instances: NDArray[np.uint8], semantic: NDArray[np.uint8]
    ) -> dict[int, int]:
        """Instance id -> vocabulary class: the commonest class under the instance."""
        classes = {}
        for instance, file_id in instance_classes(common_pixels(instances, semantic)).items():
            if file_id == 0:
                self._warn_of_unnamed(index, instance)
                continue
            if file_id not in self.entity_categories.ids:
                path = label_path(self.folders.semantic, self.name(index))
                raise ValueError(f"{path}: class {file_id} is not in the category list")
            class_id = self.entity_categories.ids[file_id]
            if class_id is not None:
                classes[instance] = class_id
        return classes

    def _warn_of_unnamed(self, index: int, instance: int) -> None:
        """Say once for each file that nobody knows what an instance is."""
        path = label_path(self.folders.semantic, self.name(index))
        if path not in self._warned:
            self._warned.add(path)
            warnings.warn(f"{path}: no class under instance {instance}: not labelled", stacklevel=4)

    def _parsing(self, name: str, shape: tuple[int, ...]) -> NDArray[np.uint8]:
        if not self.folders.parsing.is_dir():
            return np.full(shape, PARSING_IGNORE, np.uint8)
        path = label_path(self.folders.parsing, name)
        parsing = _read(path, cv2.IMREAD_UNCHANGED)
        if parsing.shape != shape or parsing.dtype != np.uint8:
            raise ValueError(f"{path}: {parsing.dtype} of shape {parsing.shape}, expected 8-bit grey {shape}")
        last = len(vocabulary().parts) - 1
        if bool(((parsing > last) & (parsing != PARSING_IGNORE)).any()):
            raise ValueError(f"{path}: part ids must be 0 to {last} or {PARSING_IGNORE}, got {parsing.max()}")
        return parsing

    def _relations(
        self, index: int, instances: NDArray[np.uint8], rows: dict[int, int]
    ) -> list[RelationLabel]:
        names = vocabulary()
        labels = []
        for relation in self._records[index]["relations"]:
            where = f"{self.folders.listing}: {self.name(index)}: relation {relation}"
            try:
                ends = int(relation["subject"]), int(relation["object"])
                file_id = int(relation["relation"])
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{where}: expected integers subject, object and relation") from error
            for end in ends:
                if end not in rows and not bool((instances == end).any()):
                    raise ValueError(f"{where}: no instance {end} in the instance map")
            if file_id not in self.relation_categories.ids:
                raise ValueError(f"{where}: relation {file_id} is not in the category list")
            predicate = self.relation_categories.ids[file_id]
            if predicate is None or ends[0] not in rows or ends[1] not in rows:
                continue  # of a class that the vocabulary does not have: a dropped one
            parts: tuple[int, ...] | None = tuple(int(part) for part in relation.get("parts", ()))
            if names.is_action(predicate):
                if any(not 0 < part < len(names.parts) for part in parts or ()):
                    raise ValueError(f"{where}: part ids must be 1 to {len(names.parts) - 1}")
                parts = parts or None  # an action always has an acting part: none written = not labelled
            else:
                parts = ()
            labels.append(
                RelationLabel(
                    subject=rows[ends[0]], predicate_id=predicate, object=rows[ends[1]], parts=parts
                )
            )
        return labels


def _unnamed(instances: NDArray[np.uint8], semantic: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """(H, W) of 0 or 1: pixels of instances without any class; None if there are none."""
    classes = instance_classes(common_pixels(instances, semantic))
    unknown = np.array([instance for instance, file_id in classes.items() if file_id == 0], np.uint8)
    return np.isin(instances, unknown).view(np.uint8) if len(unknown) else None


def _read(path: Path, flags: int) -> NDArray[Any]:
    if not path.is_file():
        raise FileNotFoundError(f"{path} not found")
    image = cv2.imread(str(path), flags)
    if image is None:
        raise ValueError(f"{path}: not readable as an image (damaged or cut off?)")
    return image


def _size(image: NDArray[np.uint8]) -> str:
    return f"{image.shape[1]} x {image.shape[0]}"
