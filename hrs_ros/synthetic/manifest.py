"""What a folder of scenes was made with, and the SHA-256 of every file of it.

``manifest_{split}.json``   settings, makers (code, packages, OpenGL driver), which scenes are there
``SHA256SUMS_{split}``      one line a file, for `sha256sum --check`; the manifest holds its own digest
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from hrs_ros.data.pic_writer import write_json

LICENCE = "labels and pictures made from CC0 assets; see LICENSE.md of the asset pack"
COLLECTED = ("relations_{split}.json", "keypoints_{split}.json")  # grow with the scenes
CODE = (".py", ".glsl", ".yaml")
ONCE_ALWAYS = {"views": 1}  # settings that manifests written before there was a choice do not name


@dataclass(frozen=True, slots=True)
class Problems:
    """What a folder differs in from its manifest."""

    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """One for each file."""
        groups = (("missing", self.missing), ("changed", self.changed), ("not in the list", self.unlisted))
        return [f"{kind}: {name}" for kind, names in groups for name in names]


def code_digest() -> str:
    """SHA-256 of the package's source: scenes depend on no other code of ours."""
    digest = hashlib.sha256()
    root = resources.files("hrs_ros")
    with resources.as_file(root) as folder:
        for part in ("synthetic", "data", "vocabulary.py", "vocabulary.yaml"):
            path = folder / part
            for file in [path] if path.is_file() else sorted(path.rglob("*")):
                if file.suffix in CODE:
                    digest.update(f"{file.relative_to(folder)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def manifest_path(root: Path, split: str) -> Path:
    return root / f"manifest_{split}.json"


def sums_path(root: Path, split: str) -> Path:
    return root / f"SHA256SUMS_{split}"


def start(root: Path, split: str, settings: dict[str, Any]) -> None:
    """Write the settings, or raise ValueError for a folder made with ones that would mix different data."""
    path = manifest_path(root, split)
    found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if found:
        for key, value in ONCE_ALWAYS.items():
            found.setdefault(key, value)
        different = [
            f"{key}: there {found.get(key)!r}, asked {value!r}"
            for key, value in _plain(settings).items()
            if found.get(key) != value
        ]
        if different:
            raise ValueError(
                f"{root} was made with other settings ({', '.join(different)}): choose another --out"
            )
    write_json(path, {**found, **settings, "licence": LICENCE})


def finish(root: Path, split: str, makers: Iterable[dict[str, Any]]) -> None:
    """List every file of the split, and who made them. Raises ValueError if a file listed before changed."""
    path = manifest_path(root, split)
    found = json.loads(path.read_text(encoding="utf-8"))
    collected = {name.format(split=split) for name in COLLECTED}
    before = read_sums(root, split)
    sums = {name: _digest(root / name) for name in files(root, split)}
    changed = [
        name for name, value in before.items() if name not in collected and sums.get(name, value) != value
    ]
    if changed:
        raise ValueError(
            f"{root / changed[0]} is not as it was written ({len(changed)} such files): "
            f"delete the record of its scene in {root / 'records' / split}, and it will be made again"
        )
    text = "".join(f"{value}  {name}\n" for name, value in sums.items())
    unfinished = sums_path(root, split).with_suffix(".tmp")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(sums_path(root, split))
    all_makers = [*found.get("makers", ())]
    all_makers += [maker for maker in _plain(list(makers)) if maker not in all_makers]
    pictures = [int(record.stem) for record in (root / "records" / split).glob("*.json")]
    seeds = sorted({number // found.get("views", 1) for number in pictures})
    summary = {
        "pictures": len(pictures),
        "scenes": len(seeds),
        "seeds": [list(ends) for ends in _ranges(seeds)],
        "makers": all_makers,
        "files": len(sums),
        "sha256sums_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    write_json(path, {**found, **summary})


def verify(root: Path, split: str) -> Problems:
    """Compare every file with the list. Raises FileNotFoundError where there is none."""
    path, sums = manifest_path(root, split), sums_path(root, split)
    if not path.is_file() or not sums.is_file():
        raise FileNotFoundError(f"{root} has no finished split {split!r}: {path.name} or {sums.name} missing")
    listed, present = read_sums(root, split), set(files(root, split))
    problems = Problems()
    manifest = json.loads(path.read_text(encoding="utf-8"))
    if manifest.get("sha256sums_sha256") != _digest(sums):
        problems.changed.append(sums.name)
    for name, value in listed.items():
        if not (root / name).is_file():
            problems.missing.append(name)
        elif _digest(root / name) != value:
            problems.changed.append(name)
    problems.unlisted.extend(sorted(present - set(listed)))
    return problems


def read_sums(root: Path, split: str) -> dict[str, str]:
    """File -> digest of a split; empty where it was never finished."""
    path = sums_path(root, split)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {name: value for value, name in (line.split("  ", 1) for line in lines)}


def files(root: Path, split: str) -> list[str]:
    """Every file of a split below a root, but not the list and the manifest themselves."""
    folders = ("image", "segmentation", "parsing", "depth", "records")
    found = [
        path
        for folder in folders
        for path in (root / folder).rglob("*")
        if path.is_file() and split in path.relative_to(root / folder).parts and path.suffix != ".tmp"
    ]
    found += [root / name.format(split=split) for name in COLLECTED]
    found += (root / "categories_list").glob("*.json")
    return sorted(str(path.relative_to(root)) for path in found if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _ranges(seeds: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of consecutive numbers."""
    first = 0
    for place, seed in enumerate(seeds):
        if place + 1 == len(seeds) or seeds[place + 1] != seed + 1:
            yield seeds[first], seed
            first = place + 1


def _plain(data: Any) -> Any:
    """As it comes back from JSON."""
    return json.loads(json.dumps(data))
