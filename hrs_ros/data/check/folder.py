"""Checks one split of a PIC folder: its lists, every image they name, and files that they do not name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from hrs_ros.data.check.categories import CategoryCheck
from hrs_ros.data.check.entries import Entries
from hrs_ros.data.check.finding import Damage, Finding
from hrs_ros.data.check.image import ImageCheck, Labelled
from hrs_ros.data.check.keypoints import check_keypoints
from hrs_ros.data.check.relations import check_relations
from hrs_ros.data.pic_categories import Categories
from hrs_ros.data.pic_folders import PICFolders, find_folders


def check_split(root: Path, split: str, *, image_done: Callable[[], object] = bool) -> Iterator[Finding]:
    """Everything that is damaged in the split, in the order in which it is found.

    ``image_done`` is called after every image. Held in memory: one image, and of the others their names and
    the numbers of their instances and parts.
    """
    try:
        folders = find_folders(root, split)
    except FileNotFoundError as error:
        yield Finding(Damage.MISSING_FILE, root, str(error).removeprefix(f"{root}: "))
        return
    categories = CategoryCheck(folders)
    yield from categories.findings()
    if categories.entities is None or categories.relations is None:
        return
    labelled: dict[str, Labelled | None] = {}
    entries = Entries(folders.listing, "relations")
    yield from _images(folders, entries, categories.entities, categories.relations, labelled, image_done)
    if folders.keypoints.is_file():
        yield from _keypoints(folders, entries, labelled)
    if entries.whole:
        yield from _unlisted_files(folders, {Path(name).stem for name in entries.places})


def _images(
    folders: PICFolders,
    entries: Entries,
    entities: Categories,
    relations: Categories,
    labelled: dict[str, Labelled | None],
    image_done: Callable[[], object],
) -> Iterator[Finding]:
    """Fills ``labelled``: image name -> what its maps show, None if they cannot be read."""
    for entry in entries:
        if isinstance(entry, Finding):
            yield entry
            continue
        name = entry.value["name"]
        check = ImageCheck(folders, entities, name)
        yield from check.findings()
        yield from check_relations(folders.listing, entry, relations, check.labelled)
        labelled[name] = check.labelled
        image_done()


def _keypoints(
    folders: PICFolders, images: Entries, labelled: dict[str, Labelled | None]
) -> Iterator[Finding]:
    path = folders.keypoints
    for entry in Entries(path, "humans"):
        if isinstance(entry, Finding):
            yield entry
            continue
        name = entry.value["name"]
        if images.whole and name not in images.places:
            message = f"{name} has keypoints, but {folders.listing.name} does not list it"
            yield Finding(Damage.UNLISTED_FILE, path, message, entry.place)
        yield from check_keypoints(path, entry, labelled.get(name))


def _unlisted_files(folders: PICFolders, stems: set[str]) -> Iterator[Finding]:
    for folder in (folders.image, folders.instance, folders.semantic, folders.parsing, folders.depth):
        for path in sorted(folder.iterdir()) if folder.is_dir() else []:
            if path.stem not in stems:
                yield Finding(Damage.UNLISTED_FILE, path, f"{folders.listing.name} does not list it")
