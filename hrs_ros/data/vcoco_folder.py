"""Where the files of V-COCO lie; docs/vcoco.md says where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# Of V-COCO's own repository, of the works that use it, and the simplest one.
LABEL_FOLDERS = (".", "data", "data/vcoco", "vcoco", "annotations")
IMAGE_FOLDERS = tuple(
    f"{above}{name}"
    for above in ("images/", "", "coco/images/")
    for name in ("train2014", "val2014", "train2017", "val2017")
)
HELP = "see docs/vcoco.md for where the files come from and how the folder must look"


@dataclass(frozen=True, slots=True)
class VcocoFolder:
    """The files of one split."""

    roles: Path
    instances: tuple[Path, ...]
    images: tuple[Path, ...]  # folders

    def image(self, file_name: str) -> Path:
        """Where an image lies; raises FileNotFoundError if it is in none of the folders."""
        for folder in self.images:
            if (folder / file_name).is_file():
                return folder / file_name
        tried = ", ".join(str(folder) for folder in self.images)
        raise FileNotFoundError(f"{file_name} not found in {tried}, but V-COCO lists it; {HELP}")


def is_vcoco(root: Path) -> bool:
    """Whether a folder holds V-COCO roles of any split."""
    return bool(_splits(root))


def find_files(root: Path, split: str) -> VcocoFolder:
    """The files of ``split`` below ``root``; V-COCO's own form goes before the HOI form.

    Raises FileNotFoundError that says which files were expected and where.
    """
    names = (f"vcoco_{split}.json", f"{split}_vcoco.json")
    roles = [root / folder / name for name in names for folder in LABEL_FOLDERS]
    found = next((path for path in roles if path.is_file()), None)
    if found is None:
        there = ", ".join(sorted(_splits(root))) or "none"
        raise FileNotFoundError(
            f"{root}: no V-COCO roles of split {split!r}, expected {names[0]} or {names[1]} in "
            f"{', '.join(LABEL_FOLDERS)}; splits found: {there}; {HELP}"
        )
    instances = _instance_files(root)
    if not instances:
        raise FileNotFoundError(
            f"{root}: no COCO instances, expected instances_vcoco_all_2014.json or "
            f"instances_train2014.json and instances_val2014.json in {', '.join(LABEL_FOLDERS)}; {HELP}"
        )
    folders = tuple(root / name for name in IMAGE_FOLDERS if (root / name).is_dir())
    if not folders:
        raise FileNotFoundError(
            f"{root}: no COCO images, expected images/train2014 and images/val2014 (links will do); {HELP}"
        )
    return VcocoFolder(found, instances, folders)


def _instance_files(root: Path) -> tuple[Path, ...]:
    for name in ("instances_vcoco_all_2014.json", "instances_*20??.json"):
        for folder in LABEL_FOLDERS:
            if paths := sorted((root / folder).glob(name)):
                return tuple(paths)
    return ()


def _splits(root: Path) -> set[str]:
    stems = [path.stem for folder in LABEL_FOLDERS for path in (root / folder).glob("*vcoco*.json")]
    return {
        stem.removeprefix("vcoco_") if stem.startswith("vcoco_") else stem.removesuffix("_vcoco")
        for stem in stems
        if stem.startswith("vcoco_") or stem.endswith("_vcoco")
    }
