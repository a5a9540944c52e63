"""Scenes at another resolution, for comparison with the public PIC evaluator."""

from __future__ import annotations

import dataclasses

import numpy as np

from hrs_ros.scene import Mask, Scene

PUBLIC_EVALUATOR_SIZE = (480, 640)  # height, width (spec section 7)


def resize_scene(scene: Scene, height: int, width: int) -> Scene:
    """Every mask resampled to (height, width), nearest neighbour, as the public evaluator does with maps."""
    rows = np.arange(height) * scene.height // height
    columns = np.arange(width) * scene.width // width

    def resize(mask: Mask) -> Mask:
        return Mask.from_full(mask.full(scene.height, scene.width)[np.ix_(rows, columns)])

    return dataclasses.replace(
        scene,
        height=height,
        width=width,
        entities=tuple(
            dataclasses.replace(
                entity,
                mask=resize(entity.mask),
                parts={part: resize(mask) for part, mask in entity.parts.items()},
            )
            for entity in scene.entities
        ),
    )
