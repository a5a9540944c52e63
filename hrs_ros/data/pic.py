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

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.sample import PARSING_IGNORE, RelationLabel, Sample
from hrs_ros.vocabulary import vocabulary


class PICDataset:
    """Images of one split as ``Sample``s, read from disk when asked for.

    Class ids of the files become vocabulary ids by the names in ``categories_list`` (the files' ids are
    the vocabulary's where that folder is absent). ``dropped`` lists the names that have no counterpart:
    their instances and relations are left out. Everything else is labelled, so all entity classes are
    complete. ``complete_relations`` says for which relations every true triplet is written down; None: what
    ``complete_relations.json`` says, all without that file. Data without parsing maps has them not
    labelled, actions without parts likewise.
    """

    def __init__(self, root: Path, split: str, *, complete_relations: frozenset[int] | None = None) -> None:
        names = vocabulary()
        self.root = Path(root)
        self.split = split
        self._instance, self._semantic = self._segmentation_folders()
        listing = self.root / f"relations_{split}.json"
        self._records = _read_list(listing, required=("name", "relations"))
        keypoints = self.root / f"keypoints_{split}.json"
        self._humans: dict[str, list[dict[str, Any]]] = (
            {row["name"]: row["humans"] for row in _read_list(keypoints, required=("name", "humans"))}
            if keypoints.is_file()
            else {}
        )
        categories = self.root / "categories_list"
        self._entity_ids, dropped_entities = _mapping(
            categories / "label_categories.json", names.entities, kind="entity"
        )
        self._relation_ids, dropped_relations = _mapping(
            categories / "relation_categories.json", names.relations, kind="relation"
        )
        self.dropped: tuple[str, ...] = (*dropped_entities, *dropped_relations)
        self._complete_entities = frozenset(range(1, len(names.entities)))
        self._complete_relations = (
            _complete_relations(categories / "complete_relations.json")
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
            self._relation_ids[file_id] or 0 for file_id in listed if file_id in self._relation_ids
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
        path = self.root / "image" / self.split / name
        image = _read(path, cv2.IMREAD_COLOR_RGB)
        instances, semantic = self._maps(index)
        if instances.shape != image.shape[:2]:
            label_path = self._label_path(self._instance, name)
            raise ValueError(f"{label_path}: {_size(instances)}, but its image is {_size(image)}")
        classes = self._classes(index, instances, semantic)
        rows = {instance: row for row, instance in enumerate(classes)}
        ids = np.array(list(classes), np.uint8)
        return Sample(
            name=name,
            image=image,
            masks=(instances[None] == ids[:, None, None]).view(np.uint8),
            class_ids=np.array(list(classes.values()), np.int64),
            parsing=self._parsing(name, instances.shape),
            relations=self._relations(index, instances, rows),
            complete_entities=self._complete_entities,
            complete_relations=self._complete_relations,
        )

    def _segmentation_folders(self) -> tuple[Path, Path]:
        nested = self.root / "segmentation" / self.split
        layouts = [
            (nested / "instance", nested / "semantic"),
            (self.root / "instance" / self.split, self.root / "semantic" / self.split),
        ]
        for instance, semantic in layouts:
            if instance.is_dir() and semantic.is_dir():
                return instance, semantic
        tried = " nor ".join(str(instance.relative_to(self.root)) for instance, _ in layouts)
        raise FileNotFoundError(
            f"{self.root}: no split {self.split!r} in PIC layout, neither {tried} is there"
        )

    @staticmethod
    def _label_path(folder: Path, name: str) -> Path:
        return folder / f"{Path(name).stem}.png"

    def _maps(self, index: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Instance and class maps (H, W)."""
        paths = [self._label_path(folder, self.name(index)) for folder in (self._instance, self._semantic)]
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
        pairs = np.bincount((instances.astype(np.int32) * 256 + semantic).ravel(), minlength=256 * 256)
        counts = pairs.reshape(256, 256)
        counts[:, 0] = 0
        classes = {}
        for instance in np.flatnonzero(np.bincount(instances.ravel(), minlength=256)):
            if instance == 0:
                continue
            if not counts[instance].any():
                path = self._label_path(self._semantic, self.name(index))
                raise ValueError(f"{path}: no class under instance {instance}")
            file_id = int(counts[instance].argmax())
            if file_id not in self._entity_ids:
                path = self._label_path(self._semantic, self.name(index))
                raise ValueError(f"{path}: class {file_id} is not in the category list")
            class_id = self._entity_ids[file_id]
            if class_id is not None:
                classes[int(instance)] = class_id
        return classes

    def _parsing(self, name: str, shape: tuple[int, ...]) -> NDArray[np.uint8]:
        folder = self.root / "parsing" / self.split
        if not folder.is_dir():
            return np.full(shape, PARSING_IGNORE, np.uint8)
        path = self._label_path(folder, name)
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
        listing = self.root / f"relations_{self.split}.json"
        labels = []
        for relation in self._records[index]["relations"]:
            where = f"{listing}: {self.name(index)}: relation {relation}"
            try:
                ends = int(relation["subject"]), int(relation["object"])
                file_id = int(relation["relation"])
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{where}: expected integers subject, object and relation") from error
            for end in ends:
                if end not in rows and not bool((instances == end).any()):
                    raise ValueError(f"{where}: no instance {end} in the instance map")
            if file_id not in self._relation_ids:
                raise ValueError(f"{where}: relation {file_id} is not in the category list")
            predicate = self._relation_ids[file_id]
            if predicate is None or ends[0] not in rows or ends[1] not in rows:
                continue  # of a class that the vocabulary does not have: listed in ``dropped``
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


def _read_list(path: Path, *, required: tuple[str, ...]) -> list[dict[str, Any]]:
    """A JSON list of objects that all hold the ``required`` keys."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileNotFoundError(f"{path} not found: the PIC layout needs it") from None
    except ValueError as error:
        raise ValueError(f"{path}: not readable as JSON ({error})") from error
    if not isinstance(data, list):
        raise ValueError(f"{path}: expected a list, got {type(data).__name__}")
    for position, row in enumerate(data):
        if not isinstance(row, dict) or any(key not in row for key in required):
            raise ValueError(f"{path}: entry {position}: expected an object with {', '.join(required)}")
    return data


def _mapping(
    path: Path, names: tuple[str, ...], *, kind: str
) -> tuple[dict[int, int | None], tuple[str, ...]]:
    """Id in the files -> vocabulary id (None: no counterpart), and the names without counterpart."""
    if not path.is_file():
        return {number: number for number in range(1, len(names))}, ()
    by_name = {_plain(name): number for number, name in enumerate(names) if number}
    mapping: dict[int, int | None] = {}
    dropped = []
    for row in _read_list(path, required=("name", "id")):
        if int(row["id"]) == 0:
            continue  # some lists name the background
        mapping[int(row["id"])] = by_name.get(_plain(row["name"]))
        if mapping[int(row["id"])] is None:
            dropped.append(f"{kind} {row['name']!r}")
    return mapping, tuple(dropped)


def _complete_relations(path: Path) -> frozenset[int]:
    names = vocabulary().relations
    if not path.is_file():
        return frozenset(range(1, len(names)))
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
        return frozenset(vocabulary().relation_id(name) for name in listed)
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{path}: expected a list of relation names ({error})") from error


def _plain(name: str) -> str:
    """Public releases write one name as "next-to", "next_to" and "next to"."""
    return name.strip().lower().replace("-", " ").replace("_", " ")


def _read(path: Path, flags: int) -> NDArray[Any]:
    if not path.is_file():
        raise FileNotFoundError(f"{path} not found")
    image = cv2.imread(str(path), flags)
    if image is None:
        raise ValueError(f"{path}: not readable as an image (damaged or cut off?)")
    return image


def _size(image: NDArray[np.uint8]) -> str:
    return f"{image.shape[1]} x {image.shape[0]}"
