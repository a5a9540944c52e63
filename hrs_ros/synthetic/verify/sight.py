"""What somebody looks at: angles from the line of sight, and whether anything stands between."""

from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.rotation import Array
from hrs_ros.synthetic.verify import limits
from hrs_ros.synthetic.verify.person import Person
from hrs_ros.synthetic.verify.rays import blocked
from hrs_ros.synthetic.verify.surfaces import Surface, thinned
from hrs_ros.synthetic.verify.world import World

CANDIDATES = 600  # points of a thing that the line of sight is compared with
TARGETS = 8  # of them, those that must not all be hidden


def angles_to(surface: Surface, eye: Array, direction: Array) -> tuple[Array, Array]:
    """Points (N, 3) of a surface and the angle (N,) of each from a line of sight."""
    corners = thinned(surface.triangles, CANDIDATES)
    points = np.concatenate([corners.mean(1), corners.reshape(-1, 3)[::3]]).astype(float)
    points = np.concatenate([points, ((surface.low + surface.high) / 2)[None]])
    way = points - eye
    cosine = way @ direction / np.maximum(np.linalg.norm(way, axis=1), 1e-9)
    return points, np.arccos(np.clip(cosine, -1, 1))


def looks_at(world: World, person: Person, target: int) -> str | None:
    """Why somebody does not look at an instance; None if they do."""
    eye, direction = person.gaze
    surface = world.surfaces[target]
    points, angles = angles_to(surface, eye, direction)
    nearest = float(angles.min())
    if nearest > limits.GAZE:
        return f"gaze {np.rad2deg(nearest):.0f} degrees off {world.name(target)}, limit 15"
    within = np.flatnonzero(angles <= limits.GAZE)
    order = within[np.argsort(angles[within], kind="stable")]
    ends = thinned(points[order], TARGETS)
    free = np.ones(len(ends), bool)
    first_blocker = None
    low, high = np.minimum(ends.min(0), eye), np.maximum(ends.max(0), eye)
    for other in world.nearby(low, high, person.instance, target):
        hidden = blocked(eye, ends, world.surfaces[other], limits.NEAR_EYE)
        if hidden.any() and first_blocker is None:
            first_blocker = other
        free &= ~hidden
    if free.any() or first_blocker is None:
        return None
    return f"{world.name(first_blocker)} stands between the eyes and {world.name(target)}"
