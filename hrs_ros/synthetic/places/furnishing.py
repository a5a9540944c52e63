"""Where furniture goes: in rows along walls, and beside the free floor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hrs_ros.synthetic.places.shell import Room, Side
from hrs_ros.synthetic.places.site import Site
from hrs_ros.synthetic.things.model import Model, PlacedThing

GAP = 0.3  # dm between a wall and what stands against it
FREE_X, FREE_Z = 9.0, (-10.0, 2.0)  # the floor that stays free: |x| < FREE_X and z in FREE_Z
SIDES: dict[Side, float] = {"back": 0.0, "left": np.pi / 2, "right": -np.pi / 2}


def against(site: Site, built: Room, model: Model, along: float, *, side: Side = "back") -> PlacedThing:
    """Stand a model with its back to a wall; ``along`` = x of its middle, or z at side walls."""
    out = GAP - model.bounds[0][2]
    if side == "back":
        return site.put(model, along, built.back + out)
    x = built.left if side == "left" else built.right
    assert x is not None, "there is no such wall"
    return site.put(model, x + (out if side == "left" else -out), along, yaw=SIDES[side])


def line_up(
    site: Site,
    built: Room,
    kinds: Sequence[str],
    *,
    side: Side = "back",
    reach: tuple[float, float] = (-24.0, 24.0),
    gap: tuple[float, float] = (0.3, 6.0),
) -> list[PlacedThing]:
    """Furniture in a row along a wall, in the given order, as far as ``reach`` goes."""
    placed, at = [], reach[0] + site.between(*gap)
    for kind in kinds:
        model = site.thing(kind)
        low, high = model.bounds
        # Seen from the room, left is -X at the back wall; on side walls a row runs along Z.
        width = high[0] - low[0]
        middle = at - low[0] if side != "left" else at + high[0]
        if at + width > reach[1]:
            continue
        if (
            side == "back"
            and built.back + high[2] - low[2] > FREE_Z[0] - 0.5
            and abs(middle) < FREE_X + width / 2
        ):
            continue  # would stand on the free floor
        placed.append(against(site, built, model, middle, side=side))
        at += width + site.between(*gap)
    return placed


def along_sides(site: Site, built: Room, kinds: Sequence[str]) -> list[PlacedThing]:
    """A row along the side wall, where there is one."""
    for side, x in (("left", built.left), ("right", built.right)):
        if x is not None:
            order: Side = "left" if side == "left" else "right"
            return line_up(site, built, kinds, side=order, reach=(built.back + 7.0, -4 + (abs(x) - 9) * 1.1))
    return []


def beside(site: Site, model: Model, *, yaw: float | None = None) -> PlacedThing:
    """Stand a model left or right of the free floor."""
    x = site.rng.choice([-1, 1]) * (FREE_X + model.footprint + site.between(0.3, 4))
    return site.put(model, x, site.between(-10, -3), yaw=site.between(-np.pi, np.pi) if yaw is None else yaw)


def shuffled(site: Site, *kinds: str) -> list[str]:
    """The kinds in random order, each left out now and then."""
    return [kinds[k] for k in site.rng.permutation(len(kinds)) if site.chance(0.8)]
