"""What is seen at the end of the world, unlit and unlabelled, and the light that goes with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hrs_ros.synthetic.light import Colour, Lighting, environment_lighting
from hrs_ros.synthetic.mesh import Mesh
from hrs_ros.synthetic.patterns.sky import GLOW_AT
from hrs_ros.synthetic.places.land import EDGE
from hrs_ros.synthetic.places.site import Site
from hrs_ros.synthetic.scene_graph import BACKGROUND, Material

EYE = 13.0  # dm; height of the dome's horizon, about that of most cameras
INDOORS = frozenset({"hdri_interior", "hdri_studio", "hdri_courtyard"})  # maps that are not open country


def dome(brightest: float, azimuth: float) -> Mesh:
    """Sphere around everything; column ``brightest`` (share of its picture's width) lies at ``azimuth``."""
    columns, rows = 120, 61  # fine enough that no crease is seen
    u, v = np.meshgrid(np.linspace(0, 1, columns + 1), np.linspace(0.002, 0.998, rows))
    turn, elevation = azimuth + (u - brightest) * 2 * np.pi, (v - 0.5) * np.pi
    level = EDGE * np.cos(elevation)
    points = np.stack([level * np.sin(turn), EYE + EDGE * np.sin(elevation), -4 + level * np.cos(turn)], -1)
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(columns), indexing="ij")
    q = (i * (columns + 1) + j).ravel()
    below = q + columns + 1
    faces = np.concatenate([np.stack([q, q + 1, below], 1), np.stack([q + 1, below + 1, below], 1)])
    vertices = points.reshape(-1, 3)
    inward = np.array([0, EYE, -4]) - vertices
    normals = inward / np.linalg.norm(inward, axis=1, keepdims=True)
    return Mesh(vertices, normals, np.stack([u, v], -1).reshape(-1, 2), faces)


def _add(site: Site, layer: int, tint: Colour, brightest: float, azimuth: float) -> None:
    row = site.graph.material(Material(layer, tint, subsurface=-1.0))
    site.graph.add_mesh(dome(brightest, azimuth), instance=BACKGROUND, material=row)


def sky(site: Site, *, maps: float = 0.25) -> Lighting:
    """A procedural sky or, with probability ``maps``, a photographed one; returns its light."""
    open_maps = [name for name in site.studio.backdrops if name not in INDOORS]
    if open_maps and site.chance(maps):
        return photographed(site, open_maps)
    sort = site.pick(("clear", "clear", "cloudy", "dusk"))
    shade = site.between(0.85, 1.15)
    layer = site.studio.surface(site.rng, f"sky_{sort}")
    azimuth = site.between(-1.3, 1.3)
    if sort == "clear":
        warm = site.between(0.0, 0.15)
        lighting = Lighting(
            azimuth=(azimuth, azimuth),
            elevation=(0.55, 1.25),
            key_share=(0.55, 0.8),
            key_colour=(1.06 + warm, 1.0, 0.9 - warm),
            sky=(0.82, 0.96, 1.2),
            softness=(0.0006, 0.003),
        )
    elif sort == "cloudy":
        lighting = Lighting(
            azimuth=(azimuth, azimuth),
            elevation=(0.8, 1.3),
            key_share=(0.12, 0.35),
            sky=(0.97, 1.0, 1.04),
            softness=(0.008, 0.014),
        )
    else:
        # The sun stands behind or beside people as often as before them.
        azimuth = site.between(-np.pi, np.pi)
        lighting = Lighting(
            azimuth=(azimuth, azimuth),
            elevation=(0.3, 0.55),
            key_share=(0.35, 0.6),
            key_colour=(1.4, 0.92, 0.6),
            sky=(0.95, 0.92, 1.1),
            ground=(0.5, 0.42, 0.4),
            softness=(0.002, 0.006),
            exposure=(0.6, 0.9),
        )
    _add(site, layer, (shade, shade, shade), GLOW_AT, azimuth)
    return lighting


def photographed(site: Site, names: list[str]) -> Lighting:
    """One of the pack's environment maps, turned so that its light falls from the front or a flank."""
    name = site.pick(names)
    lighting, brightest = environment_lighting(site.studio.environment(name))
    azimuth = site.between(-1.7, 1.7)
    shade = site.between(0.8, 1.2)
    _add(site, site.studio.backdrop_layer(name), (shade, shade, shade), brightest, azimuth)
    return replace(lighting, azimuth=(azimuth, azimuth))
