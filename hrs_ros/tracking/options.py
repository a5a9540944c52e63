"""How long things may be away, and how sure a relation must be to begin and to end."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrackingOptions:
    """Times in seconds, so that behaviour does not depend on the frame rate."""

    patience: float = 1.5
    """A thing keeps its identity while it is not seen for this long; more than a second, since a model needs
    some frames to find again what comes out of an occlusion."""

    grace: float = 0.2
    """... but no longer than it was followed before, plus this: spurious detections are soon forgotten."""

    affinity: float = 0.25
    """Least affinity (see ``affinity``) of a detection with a track to be the same thing."""

    smoothing: float = 0.3
    """Time constant of the evidence for a relation; 0 takes each frame as it is."""

    enter: float = 0.4
    """Evidence in [0, 1] from which a relation begins: two frames in a row at 10 Hz."""

    leave: float = 0.15
    """Evidence under which it ends: 1.9 time constants after it was last detected."""

    def __post_init__(self) -> None:
        for name in ("patience", "grace", "smoothing"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name}: expected seconds >= 0, got {getattr(self, name)}")
        if not 0 < self.affinity <= 1:
            raise ValueError(f"affinity: expected a number in (0, 1], got {self.affinity}")
        if not 0 < self.leave <= self.enter <= 1:
            raise ValueError(
                f"expected 0 < leave <= enter <= 1, got leave {self.leave} and enter {self.enter}: "
                "a relation that ends above where it begins would flicker"
            )


DEFAULT_OPTIONS = TrackingOptions()
