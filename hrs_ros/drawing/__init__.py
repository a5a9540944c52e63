"""Overlays for people to look at: masks, acting parts, relations and answers drawn into the image."""

from hrs_ros.drawing.graph import draw_graph
from hrs_ros.drawing.masks import mask_image
from hrs_ros.drawing.overlay import draw_scene

__all__ = ["draw_graph", "draw_scene", "mask_image"]
