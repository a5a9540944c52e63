"""The asset pack, a studio with small textures, and a renderer, each made once per run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hrs_ros.synthetic.assets import AssetError, AssetPack, default_folder
from hrs_ros.synthetic.people.body import Body, BodyShape, Figure
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.textures import TextureArray, build

if TYPE_CHECKING:
    from hrs_ros.synthetic.renderer import Renderer

TEXTURE_SIZE = 64


@pytest.fixture(scope="session")
def pack() -> AssetPack:
    try:
        return AssetPack(default_folder())
    except AssetError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def body(pack: AssetPack) -> Body:
    return Body(pack)


@pytest.fixture(scope="session")
def figure(body: Body) -> Figure:
    """A grown-up woman."""
    return body.shaped(BodyShape(gender=0.2, age=0.6))


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("textures")


@pytest.fixture(scope="session")
def textures(pack: AssetPack, cache: Path) -> TextureArray:
    return build(pack, cache, size=TEXTURE_SIZE)


@pytest.fixture(scope="session")
def studio(pack: AssetPack, textures: TextureArray) -> Studio:
    return Studio(pack, textures.layer, "train")


@pytest.fixture(scope="session")
def renderer(textures: TextureArray) -> Iterator[Renderer]:
    """192 x 192, two samples per pixel and axis."""
    from hrs_ros.synthetic.renderer import Renderer, RenderError

    try:
        renderer = Renderer(textures, width=192, height=192)
    except RenderError as error:
        pytest.skip(str(error))
    yield renderer
    renderer.close()
