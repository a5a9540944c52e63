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
        # Only the rows and columns that look into the mask's own crop: most masks are small.
        y0, y1 = np.searchsorted(rows, (mask.y, mask.y + mask.height))
        x0, x1 = np.searchsorted(columns, (mask.x, mask.x + mask.width))
        kept = Mask.from_full(mask.bits[np.ix_(rows[y0:y1] - mask.y, columns[x0:x1] - mask.x)])
        return dataclasses.replace(kept, x=int(x0) + kept.x, y=int(y0) + kept.y) if kept.bits.size else kept

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
