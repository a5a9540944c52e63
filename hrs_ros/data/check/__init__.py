"""Finds what is damaged in a PIC folder, image by image, without ever holding the folder in memory."""

from hrs_ros.data.check.finding import Damage, Finding
from hrs_ros.data.check.folder import check_split

__all__ = ["Damage", "Finding", "check_split"]
