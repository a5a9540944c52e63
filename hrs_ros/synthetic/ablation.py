"""What can be taken away from the scenes, to measure what it is worth."""

from __future__ import annotations

from collections.abc import Iterable

ABLATIONS = {
    "backdrops": "no photographed surroundings (environment maps); procedural skies and rooms remain",
    "blur": "no defocus, camera shake or low resolution",
    "texture_variety": "one procedural texture of each kind instead of several",
}


def checked(names: Iterable[str]) -> tuple[str, ...]:
    """The names in alphabetical order. Raises ValueError for unknown ones."""
    chosen = tuple(sorted(set(names)))
    unknown = [name for name in chosen if name not in ABLATIONS]
    if unknown:
        raise ValueError(f"unknown ablation {unknown[0]!r}: expected {', '.join(ABLATIONS)}")
    return chosen
