"""One thing followed over frames: where it was, and where it should be now."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hrs_ros.scene import Entity, Mask

AGREEMENT = 0.5  # weight of a new velocity against the old one
GLIDE = 0.5  # seconds in which an unseen thing loses all but 1/e of its speed


@dataclass(slots=True, eq=False)
class Track:
    """Constant velocity that fades while the thing is not seen. Positions in pixels, times in seconds."""

    id: int
    class_id: int
    number: int  # among the living of its class
    mask: Mask  # where it was last seen
    centre: tuple[float, float]  # (x, y) centre of mass of ``mask``
    velocity: tuple[float, float] = (0.0, 0.0)  # pixels a second
    followed: float = 0.0  # from the first to the last sight
    missing: float = 0.0  # since the last sight

    @classmethod
    def begin(cls, entity: Entity, *, identity: int, number: int) -> Track:
        return cls(identity, entity.class_id, number, entity.mask, entity.mask.centroid)

    def glide(self) -> tuple[float, float]:
        """(dx, dy) since it was last seen: the integral of a velocity that fades with time constant GLIDE."""
        way = GLIDE * (1 - math.exp(-self.missing / GLIDE))
        return self.velocity[0] * way, self.velocity[1] * way

    def expected_mask(self) -> Mask:
        """The last mask, moved to where it should be now."""
        dx, dy = self.glide()
        return Mask(self.mask.x + round(dx), self.mask.y + round(dy), self.mask.bits)

    def expected_centre(self) -> tuple[float, float]:
        dx, dy = self.glide()
        return self.centre[0] + dx, self.centre[1] + dy

    def see(self, entity: Entity) -> None:
        """It is here now; ``missing`` must hold the time since the last sight."""
        centre = entity.mask.centroid
        if self.missing > 0:
            self.velocity = (
                _blend(self.velocity[0], (centre[0] - self.centre[0]) / self.missing),
                _blend(self.velocity[1], (centre[1] - self.centre[1]) / self.missing),
            )
        self.followed += self.missing
        self.missing = 0.0
        self.mask, self.centre = entity.mask, centre


def _blend(old: float, new: float) -> float:
    return (1 - AGREEMENT) * old + AGREEMENT * new
