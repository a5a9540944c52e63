"""The pack of CC0 human assets: where its files are, and whether they are whole.

The pack is data only and is not part of this project. Its ``README.md`` describes the formats,
``LICENSE.md`` the origins, ``MANIFEST.json`` holds the SHA-256 of every file.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ENVIRONMENT_VARIABLE = "HRS_HUMAN_ASSETS"
ORIGIN = (
    "the pack is built from github.com/makehumancommunity/makehuman and makehuman-assets (CC0) and "
    "Poly Haven HDRIs; its LICENSE.md and MANIFEST.json name repository, commit and path of every file"
)


class AssetError(RuntimeError):
    """The asset pack is absent, incomplete or damaged."""


def default_folder() -> Path:
    """The folder named by HRS_HUMAN_ASSETS, else ``../shared/assets/humans`` beside the checkout."""
    fallback = Path(__file__).resolve().parents[2].parent / "shared" / "assets" / "humans"
    return Path(os.environ.get(ENVIRONMENT_VARIABLE, fallback))


class AssetPack:
    """Read access to one pack folder. Raises AssetError when the folder does not look like a pack."""

    def __init__(self, root: Path) -> None:
        self.root = root
        if not (root / "index.json").is_file():
            raise AssetError(
                f"expected the human asset pack (index.json, body.npz, ...) in {root}, found none: "
                f"name its folder with --assets or {ENVIRONMENT_VARIABLE}; {ORIGIN}"
            )

    @functools.cached_property
    def index(self) -> dict[str, Any]:
        """The catalogue: clothes, skins, textures, poses, hdri."""
        return json.loads((self.root / "index.json").read_text(encoding="utf-8"))

    @functools.cached_property
    def digest(self) -> str:
        """SHA-256 of the catalogue: tells versions of the pack apart."""
        return hashlib.sha256((self.root / "index.json").read_bytes()).hexdigest()

    def path(self, relative: str) -> Path:
        """A file of the pack; raises AssetError when it is missing."""
        path = self.root / relative
        if not path.is_file():
            raise AssetError(f"{path} is missing: run `hrs synth check --assets {self.root}`; {ORIGIN}")
        return path

    def arrays(self, relative: str) -> dict[str, NDArray]:
        """All arrays of an .npz file (never pickled)."""
        with np.load(self.path(relative), allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}

    def clothes(self, kind: str, gender: str | None = None) -> list[str]:
        """Sorted names of a kind (outfit, shoes, hat, hair, brow, lash, eyes) that fit a gender."""
        return sorted(
            name
            for name, entry in self.index["clothes"].items()
            if entry["kind"] == kind and (gender is None or entry["gender"] in (gender, "any"))
        )


def check(root: Path) -> list[str]:
    """Problems of a pack by its MANIFEST.json, one sentence each; empty when every hash is as recorded."""
    manifest = root / "MANIFEST.json"
    if not manifest.is_file():
        return [f"{manifest} is missing: without it nothing can be verified; {ORIGIN}"]
    problems = []
    for name, entry in json.loads(manifest.read_text(encoding="utf-8"))["files"].items():
        path = root / name
        sources = ", ".join(
            f"{source.get('repo')}@{source.get('commit')}:{source.get('path')}"
            for source in entry.get("sources", [])
        )
        origin = f"origin: {sources or 'derived, see LICENSE.md'}"
        if not path.is_file():
            problems.append(f"missing {name} ({origin})")
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != entry["sha256"]:
            problems.append(f"damaged {name}: expected SHA-256 {entry['sha256']}, got {digest} ({origin})")
    return problems
