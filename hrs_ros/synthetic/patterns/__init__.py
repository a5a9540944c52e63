"""Procedural textures that tile: grounds, what is built, cloths, foliage, skies, pictures."""

from __future__ import annotations

from hrs_ros.synthetic.patterns import built, cloth, foliage, ground, prints, sky
from hrs_ros.synthetic.patterns.field import Pattern

# (pattern, number of variants); order matters, since a texture's random stream is keyed by its place.
PATTERNS: dict[str, tuple[Pattern, int]] = {
    **ground.PATTERNS,
    **built.PATTERNS,
    **cloth.PATTERNS,
    **foliage.PATTERNS,
    **sky.PATTERNS,
    **prints.PATTERNS,
}
