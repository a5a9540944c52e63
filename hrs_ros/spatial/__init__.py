"""Depth image + camera + mask -> where an object's visible surface is. Plain numpy."""

from hrs_ros.spatial.intrinsics import Intrinsics
from hrs_ros.spatial.locate import Located, TooFewPointsError, locate
from hrs_ros.spatial.rigid import Rigid

__all__ = ["Intrinsics", "Located", "Rigid", "TooFewPointsError", "locate"]
