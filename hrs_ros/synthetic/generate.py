"""Generates labelled scenes with several processes; a run that was stopped is resumed by the same call."""

from __future__ import annotations

import json
import multiprocessing
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from hrs_ros.data.pic_image import InstanceRelation, PICImage
from hrs_ros.data.pic_writer import PICWriter, write_json
from hrs_ros.synthetic import scene, textures
from hrs_ros.synthetic.annotate import visible_keypoints, visible_relations
from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.photographic import degrade, jpeg_quality
from hrs_ros.synthetic.renderer import Picture, Renderer
from hrs_ros.synthetic.splits import Split
from hrs_ros.synthetic.studio import Studio

MILLIMETRES = 100.0  # per decimetre
TEXTURE_SIZE = 512  # pixels of a texture layer; a person seen whole shows no more
# One core per renderer process: neither the rasteriser nor the numeric libraries start threads.
SINGLE_THREAD = {"LP_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class GenerateConfig:
    """What to generate. Scenes start .. start + count - 1 of the split."""

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


class SceneMaker:
    """Renders and writes scenes one by one in this process."""

    def __init__(self, config: GenerateConfig) -> None:
        cv2.setNumThreads(1)
        pack = AssetPack(config.assets)
        array = textures.build(pack, config.cache, size=config.texture_size)
        self.studio = Studio(pack, array.layer, config.split)
        self.renderer = Renderer(array, width=config.size, height=config.size, supersample=config.supersample)
        self._writer = PICWriter(config.out, config.split, depth=config.depth)

    def make(self, seed: int) -> None:
        """Write scene ``seed``."""
        shot = scene.make_scene(self.studio, seed)
        picture = self.renderer.render(shot.graph, shot.camera, shot.light)
        rng = scene.generator(self.studio.split, seed).spawn(1)[0]  # independent of how much the recipe drew
        image, quality = degrade(picture.rgb, rng), jpeg_quality(rng)
        relations = [
            InstanceRelation(r.subject, r.predicate_id, r.object, r.parts)
            for r in visible_relations(shot.graph, picture, shot.camera)
        ]
        labelled = PICImage(
            name=_name(seed),
            image_id=seed,
            image=image,
            instance=picture.instance,
            semantic=picture.semantic,
            parsing=picture.part,
            depth=_millimetres(picture),
            relations=tuple(relations),
            humans=tuple(visible_keypoints(shot.graph, picture, shot.camera)),
        )
        self._writer.write(labelled, quality=quality)


def _name(seed: int) -> str:
    return f"{seed:06d}"


def _millimetres(picture: Picture) -> NDArray[np.uint16]:
    """(H, W) depth along the optical axis, 0 = background."""
    millimetres = np.clip(picture.depth * MILLIMETRES, 0, 65535)
    return np.where(picture.instance > 0, millimetres, 0).astype(np.uint16)


_maker: SceneMaker | None = None  # of a worker process


def _start_worker(config: GenerateConfig) -> None:
    global _maker
    _maker = SceneMaker(config)


def _make(seed: int) -> int:
    assert _maker is not None, "worker not started"
    _maker.make(seed)
    return seed


def generate(config: GenerateConfig) -> int:
    """Generate what is missing; returns how many scenes the folder holds now.

    Raises AssetError for an unusable pack, ValueError when the folder was made with other settings.
    """
    pack = AssetPack(config.assets)
    config.out.mkdir(parents=True, exist_ok=True)
    _check_manifest(config, pack)
    writer = PICWriter(config.out, config.split, depth=config.depth)
    seeds = range(config.start, config.start + config.count)
    missing = [seed for seed in seeds if not writer.is_written(_name(seed))]
    if missing:
        textures.build(pack, config.cache, size=config.texture_size)  # once, before the workers race for it
        context = multiprocessing.get_context("spawn")
        # Set in the parent: children read them when they load their libraries.
        os.environ.update(SINGLE_THREAD)
        with context.Pool(config.processes, _start_worker, (config,)) as pool:
            progress = pool.imap_unordered(_make, missing)
            for _ in tqdm(
                progress, total=len(missing), desc=f"{config.out.name}/{config.split}", unit="scene"
            ):
                pass
    return writer.finish()


def _check_manifest(config: GenerateConfig, pack: AssetPack) -> None:
    """Write manifest_{split}.json, or refuse a folder made with settings that would mix different data."""
    settings = {
        "scene_version": scene.VERSION,
        "texture_version": textures.VERSION,
        "split": config.split,
        "size": config.size,
        "supersample": config.supersample,
        "texture_size": config.texture_size,
        "depth": config.depth,
        "assets_sha256": pack.digest,
    }
    path = config.out / f"manifest_{config.split}.json"
    if path.is_file():
        found = json.loads(path.read_text(encoding="utf-8"))
        different = {
            key: (found.get(key), value) for key, value in settings.items() if found.get(key) != value
        }
        if different:
            texts = ", ".join(f"{key}: there {old!r}, asked {new!r}" for key, (old, new) in different.items())
            raise ValueError(f"{config.out} was made with other settings ({texts}): choose another --out")
    licence = "labels and pictures made from CC0 assets; see LICENSE.md of the asset pack"
    request = {key: str(value) for key, value in asdict(config).items() if key in ("start", "count")}
    write_json(path, settings | request | {"licence": licence})
