"""What lasts over frames: identities of people and things, and relations that do not flicker. Numpy only."""

from hrs_ros.tracking.options import DEFAULT_OPTIONS, TrackingOptions
from hrs_ros.tracking.tracker import Tracker, track

__all__ = ["DEFAULT_OPTIONS", "Tracker", "TrackingOptions", "track"]
