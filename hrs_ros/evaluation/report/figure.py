"""One image of a report, in the manner of the paper's Figure 7: masks and parts above, graphs below."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.drawing import draw_scene
from hrs_ros.drawing.masks import hatch, outline
from hrs_ros.drawing.palette import part_colour
from hrs_ros.evaluation.report.graph import draw_graph, key_handles
from hrs_ros.evaluation.report.outcome import MOST, compare
from hrs_ros.scene import Mask, Scene
from hrs_ros.vocabulary import vocabulary

HEIGHT = 420  # pixels that small images are enlarged to, so that labels stay small beside things
DPI = 110


def draw_figure(path: Path, image: NDArray[np.uint8], truth: Scene, predicted: Scene, *, title: str) -> None:
    """Write a PNG. ``image`` (H, W, 3) RGB uint8; of ``predicted`` the 25 best triplets are shown.

    Raises ImportError, with what to install, where matplotlib is absent.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise ImportError("pictures of a report need matplotlib: pip install 'hrs_ros[plot]'") from None
    best = _best(predicted)
    shown, true, seen = (_enlarged(*pair) for pair in ((image, None), (image, truth), (image, best)))
    panels = {
        "Image": shown[0],
        "Truth": draw_scene(true[0], dataclasses.replace(true[1], relations=())),
        f"Predicted: things of the {MOST} best triplets": draw_scene(
            seen[0], dataclasses.replace(seen[1], relations=())
        ),
        "Predicted acting parts: left orange, right blue": _acting_parts(*seen),
    }
    figure = Figure(figsize=(16, 9.6), dpi=DPI, layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    grid = figure.add_gridspec(2, 4, height_ratios=(1, 1.45))
    for column, (name, picture) in enumerate(panels.items()):
        axes = figure.add_subplot(grid[0, column])
        axes.imshow(picture)
        axes.set_title(name, fontsize=10, loc="left")
        axes.axis("off")
    outcome = compare(truth, predicted)
    for column, action in ((0, False), (2, True)):
        draw_graph(figure.add_subplot(grid[1, column : column + 2]), outcome, action=action)
    figure.suptitle(title, fontsize=12, ha="left", x=0.01)
    figure.legend(handles=key_handles(), loc="outside lower center", ncols=3, fontsize=10, frameon=False)
    figure.savefig(path)


def _best(scene: Scene) -> Scene:
    """The ``MOST`` best relations and the entities they use."""
    relations = tuple(sorted(scene.relations, key=lambda relation: -relation.score)[:MOST])
    used = {end for relation in relations for end in (relation.subject_id, relation.object_id)}
    entities = tuple(entity for entity in scene.entities if entity.id in used)
    return dataclasses.replace(scene, entities=entities, relations=relations)


def _enlarged(image: NDArray[np.uint8], scene: Scene | None) -> tuple[NDArray[np.uint8], Scene]:
    """Image and scene by a whole factor, so that a mask's pixels stay squares."""
    height, width = image.shape[:2]
    scene = Scene(height, width) if scene is None else scene
    factor = max(1, round(HEIGHT / height))
    if factor == 1:
        return image, scene

    def grow(mask: Mask) -> Mask:
        return Mask(mask.x * factor, mask.y * factor, mask.bits.repeat(factor, 0).repeat(factor, 1))

    entities = tuple(
        dataclasses.replace(e, mask=grow(e.mask), parts={part: grow(m) for part, m in e.parts.items()})
        for e in scene.entities
    )
    larger = cv2.resize(image, (width * factor, height * factor), interpolation=cv2.INTER_CUBIC)
    return np.asarray(larger, np.uint8), dataclasses.replace(
        scene, height=height * factor, width=width * factor, entities=entities
    )


def _acting_parts(image: NDArray[np.uint8], scene: Scene) -> NDArray[np.uint8]:
    """The image darkened, with the acting parts of its actions hatched."""
    canvas = np.asarray(cv2.convertScaleAbs(image, alpha=0.5, beta=20), np.uint8)
    acting = dict.fromkeys((r.subject_id, part) for r in scene.relations for part in r.part_ids)
    for subject_id, part in acting:
        mask = scene.entity(subject_id).parts.get(part, Mask.empty())
        rising = not vocabulary().parts[part].startswith("right")
        hatch(canvas, mask, part_colour(part), period=8, rising=rising)
        outline(canvas, mask, part_colour(part), thickness=1)
    return canvas
