"""What happens in each clip."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hrs_ros.synthetic.people.body import Side
from hrs_ros.synthetic.rotation import Array

STANDING_Z = -4.0


@dataclass(frozen=True, slots=True)
class Walk:
    """From one point on the floor to another in the time of the clip, at an even pace."""

    start: tuple[float, float]  # x, z [dm]
    end: tuple[float, float]

    def at(self, share: float) -> Array:
        """(x, 0, z) after ``share`` of the time."""
        x, z = np.asarray(self.start) + share * np.subtract(self.end, self.start)
        return np.array([x, 0.0, z])

    @property
    def length(self) -> float:
        return float(np.hypot(*np.subtract(self.end, self.start)))

    @property
    def yaw(self) -> float:
        """Heading in radians about +Y, 0 towards +Z."""
        x, z = np.subtract(self.end, self.start)
        return float(np.arctan2(x, z))


@dataclass(frozen=True, slots=True)
class Role:
    """One person of a clip."""

    sides: tuple[Side, ...]  # arms that hold a plate
    x: float  # where a standing person stands
    female: bool
    phase: float  # radians; keeps people from moving in step
    walk: Walk | None = None  # None: stands and turns a little
    z: float = STANDING_Z


@dataclass(frozen=True, slots=True)
class ClipScript:
    """What happens in a clip. ``seed`` fixes people, clothes, room and light."""

    seed: int
    roles: tuple[Role, ...]
    span: float  # decimetres of height in view
    occlusions: bool = False  # somebody may be hidden; otherwise every plate and its arm are always seen


SCRIPTS = {
    "two_plates": ClipScript(seed=12, roles=(Role(("L", "R"), 0.0, True, 0.0),), span=15.0),
    "two_people": ClipScript(
        seed=1,
        roles=(Role(("R",), -3.5, False, 0.0), Role(("L",), 3.5, True, 2.0)),
        span=14.5,
    ),
    # Two people pass each other and, one after the other, the third, who stands behind them.
    "crossing": ClipScript(
        seed=5,
        roles=(
            Role(("L",), 0.0, True, 0.0, Walk((-10.5, -2.0), (10.5, -2.0))),
            Role(("R",), 0.0, False, 1.0, Walk((11.5, -6.0), (-11.5, -6.0))),
            Role(("L",), 1.0, False, 2.0, z=-10.0),
        ),
        span=17.0,
        occlusions=True,
    ),
}
