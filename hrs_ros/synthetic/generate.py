"""Generates labelled pictures with several processes; a run that was stopped is resumed by the same call."""

from __future__ import annotations

import itertools
import multiprocessing
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from tqdm import tqdm

from hrs_ros import __version__
from hrs_ros.data.pic_image import InstanceRelation, PICImage
from hrs_ros.data.pic_writer import PICWriter
from hrs_ros.synthetic import manifest, scene, textures
from hrs_ros.synthetic.ablation import checked
from hrs_ros.synthetic.annotate import seen, visible_keypoints
from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.depth_image import millimetres
from hrs_ros.synthetic.photographic import BLURS, Effects, Photographer
from hrs_ros.synthetic.renderer import Renderer
from hrs_ros.synthetic.shot import Shot
from hrs_ros.synthetic.splits import SPLITS, Split
from hrs_ros.synthetic.studio import Studio

CAMERA = 0xCA3E4A  # tells the camera's random streams from the scenes'
TEXTURE_SIZE = 512  # pixels of a texture layer; a person seen whole shows no more
# One core per renderer process: neither the rasteriser nor the numeric libraries start threads.
SINGLE_THREAD = {"LP_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class GenerateConfig:
    """What to generate: pictures start .. start + count - 1 of the split.

    Picture k shows scene k // views by its camera k % views. One view a scene shows most variety; more of
    them share the work of composing it.
    """

    assets: Path
    out: Path
    split: Split
    count: int
    start: int = 0
    size: int = 384  # pixels, square
    supersample: int = 2
    processes: int = 1
    texture_size: int = TEXTURE_SIZE
    depth: bool = True
    cache: Path = field(default_factory=textures.default_cache)
    ablate: tuple[str, ...] = ()  # names of ablation.ABLATIONS
    views: int = 1  # pictures of each scene, each by a camera of its own

    def __post_init__(self) -> None:
        for name in ("count", "processes", "views"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, got {getattr(self, name)}")
        object.__setattr__(self, "ablate", checked(self.ablate))


Mark = Callable[[str], None]


class SceneMaker:
    """Renders and writes scenes one by one in this process."""

    def __init__(self, config: GenerateConfig) -> None:
        cv2.setNumThreads(1)
        self._config = config
        pack = AssetPack(config.assets)
        array = textures.build(pack, config.cache, size=config.texture_size)
        # The renderer first: it needs the most memory while it starts.
        self.renderer = Renderer(array, width=config.size, height=config.size, supersample=config.supersample)
        self.studio = Studio(pack, array.layer, config.split, ablate=config.ablate)
        self._writer = PICWriter(config.out, config.split, depth=config.depth)
        self._effects = Effects().without(*(BLURS if "blur" in config.ablate else ()))

    def make(self, numbers: Sequence[int], mark: Mark = lambda step: None) -> None:
        """Write pictures of one scene; ``mark`` is told each step when it is done."""
        views = self._config.views
        seed = numbers[0] // views
        first = scene.make_scene(self.studio, seed)
        mark("compose")
        self.renderer.load(first.graph, first.light)
        mark("draw")
        for number in numbers:
            view = number - seed * views
            shot = scene.another_view(first, self.studio.split, seed, view) if view else first
            mark("compose")
            self._take(shot, number, _camera_stream(self.studio.split, seed, view), mark)

    def _take(self, shot: Shot, number: int, rng: np.random.Generator, mark: Mark) -> None:
        """Write one picture of the scene that the renderer holds."""
        photographer = Photographer(rng, self._effects)
        camera = photographer.through_lens(shot.camera)
        picture = self.renderer.draw(camera)
        mark("draw")
        image, quality = photographer.photograph(picture)
        mark("photograph")
        relations = [
            InstanceRelation(r.subject, r.predicate_id, r.object, r.parts)
            for r in seen(shot.relations, shot.graph, picture, camera)
        ]
        labelled = PICImage(
            name=_name(number),
            image_id=number,
            image=image,
            instance=picture.instance,
            semantic=picture.semantic,
            parsing=picture.part,
            depth=millimetres(picture),
            relations=tuple(relations),
            humans=tuple(visible_keypoints(shot.graph, picture, camera)),
        )
        mark("label")
        self._writer.write(labelled, quality=quality)
        mark("write")

    def maker(self) -> dict[str, Any]:
        """What else the bytes of a scene depend on: code, packages, OpenGL driver."""
        packages = {name: metadata.version(name) for name in ("numpy", "scipy", "moderngl")}
        packages["opencv"] = cv2.__version__
        return {
            "hrs_ros": __version__,
            "code_sha256": manifest.code_digest(),
            "packages": packages,
            "driver": self.renderer.driver,
        }


def _name(number: int) -> str:
    return f"{number:06d}"


def _camera_stream(split: Split, seed: int, view: int) -> np.random.Generator:
    """Random stream of what the camera does, independent of how much the scene drew."""
    further = [view] if view else []  # the first is the same however many follow
    return np.random.default_rng([CAMERA, scene.VERSION, SPLITS.index(split), seed, *further])


def by_scene(numbers: Iterable[int], views: int) -> list[list[int]]:
    """Numbers of pictures, those of one scene together."""
    return [list(group) for _, group in itertools.groupby(numbers, lambda number: number // views)]


_maker: SceneMaker | None = None  # of a worker process


def _start_worker(config: GenerateConfig) -> None:
    global _maker
    _maker = SceneMaker(config)


def _make(numbers: Sequence[int]) -> int:
    assert _maker is not None, "worker not started"
    _maker.make(numbers)
    return len(numbers)


def _describe(_: int) -> dict[str, Any]:
    assert _maker is not None, "worker not started"
    return _maker.maker()


def generate(config: GenerateConfig) -> int:
    """Generate what is missing; returns how many pictures the folder holds now.

    Raises AssetError for an unusable pack, ValueError when the folder was made with other settings or holds
    files that are not as they were written.
    """
    pack = AssetPack(config.assets)
    config.out.mkdir(parents=True, exist_ok=True)
    manifest.start(config.out, config.split, _settings(config, pack))
    writer = PICWriter(config.out, config.split, depth=config.depth)
    numbers = range(config.start, config.start + config.count)
    missing = [number for number in numbers if not writer.is_written(_name(number))]
    makers = []
    if missing:
        textures.build(pack, config.cache, size=config.texture_size)  # once, before the workers race for it
        context = multiprocessing.get_context("spawn")
        # Set in the parent: children read them when they load their libraries.
        os.environ.update(SINGLE_THREAD)
        scenes = by_scene(missing, config.views)
        processes = min(config.processes, len(scenes))
        title = f"{config.out.name}/{config.split}"
        with (
            context.Pool(processes, _start_worker, (config,)) as pool,
            tqdm(total=len(missing), desc=title, unit="picture") as bar,
        ):
            for made in pool.imap_unordered(_make, scenes):
                bar.update(made)
            makers = [pool.apply(_describe, (0,))]
    count = writer.finish()
    manifest.finish(config.out, config.split, makers)
    return count


def _settings(config: GenerateConfig, pack: AssetPack) -> dict[str, Any]:
    """What scenes of one folder must have in common."""
    return {
        "scene_version": scene.VERSION,
        "texture_version": textures.VERSION,
        "split": config.split,
        "size": config.size,
        "supersample": config.supersample,
        "texture_size": config.texture_size,
        "depth": config.depth,
        "ablate": list(config.ablate),
        "views": config.views,
        "assets_sha256": pack.digest,
    }
