"""One thing followed over frames: where it was, and where it should be now."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hrs_ros.scene import Entity, Mask

AGREEMENT = 0.5  # weight of a new velocity against the old one
GLIDE = 0.5  # seconds in which an unseen thing loses all but 1/e of its speed


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """One detection; its centre of mass is computed once."""

    class_id: int
    mask: Mask
    centre: tuple[float, float]  # (x, y)

    @classmethod
    def of(cls, entity: Entity) -> Sight:
        return cls(entity.class_id, entity.mask, entity.mask.centroid)


@dataclass(slots=True, eq=False)
class Track:
    """Constant velocity that fades while the thing is not seen. Positions in pixels, times in seconds."""

    id: int
    number: int  # among the living of its class
    last: Sight
    velocity: tuple[float, float] = (0.0, 0.0)  # pixels a second
    followed: float = 0.0  # from the first to the last sight
    missing: float = 0.0  # since the last sight

    @property
    def class_id(self) -> int:
        return self.last.class_id

    def glide(self) -> tuple[float, float]:
        """(dx, dy) since it was last seen: the integral of a velocity that fades with time constant GLIDE."""
        way = GLIDE * (1 - math.exp(-self.missing / GLIDE))
        return self.velocity[0] * way, self.velocity[1] * way

    def expected_mask(self) -> Mask:
        """The last mask, moved to where it should be now."""
        dx, dy = self.glide()
        mask = self.last.mask
        return Mask(mask.x + round(dx), mask.y + round(dy), mask.bits)

    def expected_centre(self) -> tuple[float, float]:
        dx, dy = self.glide()
        return self.last.centre[0] + dx, self.last.centre[1] + dy

    def see(self, sight: Sight) -> None:
        """It is here now; ``missing`` must hold the time since the last sight."""
        (x, y), (old_x, old_y) = sight.centre, self.last.centre
        if self.missing > 0:
            self.velocity = (
                _blend(self.velocity[0], (x - old_x) / self.missing),
                _blend(self.velocity[1], (y - old_y) / self.missing),
            )
        self.followed += self.missing
        self.missing = 0.0
        self.last = sight


def _blend(old: float, new: float) -> float:
    return (1 - AGREEMENT) * old + AGREEMENT * new
