"""Where the files of one split of a PIC folder lie: two layouts are in circulation, and both are known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LISTING = "relations_{split}.json"


@dataclass(frozen=True, slots=True)
class PICFolders:
    """Paths of one split; the optional ones need not exist."""

    root: Path
    split: str
    instance: Path  # folder of 8-bit instance maps
    semantic: Path  # folder of 8-bit class maps
    listing: Path  # relations_{split}.json

    @property
    def image(self) -> Path:
        return self.root / "image" / self.split

    @property
    def parsing(self) -> Path:
        """Optional folder of part maps: 0 background, 1-25 part, 255 not labelled."""
        return self.root / "parsing" / self.split

    @property
    def depth(self) -> Path:
        """Optional folder of 16-bit depth in millimetres."""
        return self.root / "depth" / self.split

    @property
    def keypoints(self) -> Path:
        """Optional list of human keypoints."""
        return self.root / f"keypoints_{self.split}.json"

    @property
    def entity_list(self) -> Path:
        return self.root / "categories_list" / "label_categories.json"

    @property
    def relation_list(self) -> Path:
        return self.root / "categories_list" / "relation_categories.json"

    @property
    def complete_relations(self) -> Path:
        """Optional list of the relations of which every true triplet is written down; a file of our own."""
        return self.root / "categories_list" / "complete_relations.json"


def label_path(folder: Path, name: str) -> Path:
    """File in ``folder`` that labels the image file ``name``."""
    return folder / f"{Path(name).stem}.png"


def find_folders(root: Path, split: str) -> PICFolders:
    """The layout that ``root`` has; FileNotFoundError if it has neither.

    The lists of relations lie beside the folders or, in the first release, in ``relation/``.
    """
    nested = root / "segmentation" / split
    layouts = [
        (nested / "instance", nested / "semantic"),
        (root / "instance" / split, root / "semantic" / split),
    ]
    for instance, semantic in layouts:
        if instance.is_dir() and semantic.is_dir():
            name = LISTING.format(split=split)
            listing = root / name
            if not listing.is_file() and (root / "relation" / name).is_file():
                listing = root / "relation" / name
            return PICFolders(root, split, instance, semantic, listing)
    tried = " nor ".join(str(instance.relative_to(root)) for instance, _ in layouts)
    raise FileNotFoundError(f"{root}: no split {split!r} in PIC layout, neither {tried} is there")


def labelled_splits(root: Path) -> list[str]:
    """Names of the splits that have labels of any kind; PIC's own test split has images alone."""
    listings = [*root.glob(LISTING.format(split="*")), *root.glob("relation/" + LISTING.format(split="*"))]
    listed = {path.stem.removeprefix("relations_") for path in listings}
    folders = [*root.glob("segmentation/*"), *root.glob("instance/*"), *root.glob("semantic/*")]
    return sorted(listed | {path.name for path in folders if path.is_dir()})
