"""A clip in which people pass in front of each other."""

from __future__ import annotations

import numpy as np
import pytest

from hrs_ros.scene import Scene
from hrs_ros.synthetic.assets import AssetPack
from hrs_ros.synthetic.clips.film import RATE, ClipFrame, frame_count, frames
from hrs_ros.synthetic.clips.scripts import SCRIPTS
from hrs_ros.synthetic.renderer import Renderer, RenderError
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.textures import TextureArray

pytestmark = pytest.mark.render


@pytest.fixture(scope="module")
def film(pack: AssetPack, textures: TextureArray) -> list[ClipFrame]:
    try:
        renderer = Renderer(textures, width=160, height=120, supersample=1)
    except RenderError as error:
        pytest.skip(str(error))
    played = list(frames(SCRIPTS["crossing"], Studio(pack, textures.layer, "test"), renderer))
    renderer.close()
    return played


def people(scene: Scene) -> dict[int, int]:
    """Visible pixels of each person by id."""
    return {human.id: human.mask.area for human in scene.humans()}


def test_everybody_is_seen_and_one_vanishes_for_a_while_and_comes_back(film: list[ClipFrame]) -> None:
    assert len(film) == frame_count()
    seen = [people(frame.scene) for frame in film]
    ids = sorted(set().union(*seen))
    assert len(ids) == 3  # ids last
    last = ids[-1]  # stands behind the other two
    areas = np.array([row.get(last, 0) for row in seen])
    hidden = np.flatnonzero(areas < 0.35 * areas.max())
    assert 0.2 * RATE <= len(hidden) <= 2.5 * RATE
    assert areas[: hidden[0]].max() > 0.8 * areas.max() and areas[hidden[-1] :].max() > 0.8 * areas.max()


def test_the_walkers_pass_each_other(film: list[ClipFrame]) -> None:
    first, second = (
        np.array([frame.scene.entity(row).mask.centroid[0] for frame in film[10:-10]])
        for row in _walkers(film)
    )
    assert (first - second)[0] < 0 < (first - second)[-1]
    assert np.diff(first).min() > 0.5 and np.diff(first).max() < 4  # of 160 pixels: a steady pace


def test_each_plate_stays_in_its_arm_while_both_are_seen(film: list[ClipFrame]) -> None:
    holds = {
        (row.subject_id, row.object_id, row.part_ids)
        for frame in film
        for row in frame.scene.relations
        if row.predicate == "hold"
    }
    assert len(holds) == 3 and {parts for *_, parts in holds} == {(5,), (6,)}


def _walkers(film: list[ClipFrame]) -> tuple[int, int]:
    first, second, _ = sorted(set().union(*(people(frame.scene) for frame in film)))
    return first, second
