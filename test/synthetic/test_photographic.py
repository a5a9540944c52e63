from __future__ import annotations

from dataclasses import astuple, fields

import numpy as np
import pytest

from hrs_ros.synthetic import photographic
from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.photographic import BEST_QUALITY, BLURS, MOST_DISTORTION, Effects, Photographer
from hrs_ros.synthetic.renderer import Picture
from hrs_ros.synthetic.sensor import to_light

NAMES = tuple(field.name for field in fields(Effects))
ALWAYS = Effects(*[1.0] * len(NAMES))
NEVER = Effects().without(*NAMES)
CAMERA = Camera.looking_at((0, 10, 20), (0, 9, -4), 1.0)


@pytest.fixture(autouse=True)
def _blurs_for_small_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photographic, "REFERENCE", 96)


@pytest.fixture
def picture() -> Picture:
    """A person before a far wall."""
    rng = np.random.default_rng(0)
    rgb = np.full((96, 96, 3), (90, 120, 60), np.uint8)
    rgb[::8] = 200
    inside = np.zeros((96, 96), np.uint8)
    inside[20:90, 30:60] = 1
    rgb[inside > 0] = rng.integers(60, 200, 3)
    depth = np.where(inside, 20, 60).astype(np.float32)
    return Picture(rgb, inside, inside * 4, inside, depth)


def test_nothing_changes_a_picture_without_effects(picture: Picture) -> None:
    photographer = Photographer(np.random.default_rng(0), NEVER)
    image, quality = photographer.photograph(picture)
    assert photographer.seen == () and quality == BEST_QUALITY
    assert photographer.through_lens(CAMERA) is CAMERA
    assert np.abs(image.astype(int) - picture.rgb).max() <= 1


@pytest.mark.parametrize("name", NAMES)
def test_each_effect_is_seen_alone(picture: Picture, name: str) -> None:
    only = ALWAYS.without(*(other for other in NAMES if other != name))  # type: ignore[arg-type]
    changed = 0
    for seed in range(3):
        photographer = Photographer(np.random.default_rng(seed), only)
        assert photographer.seen == (name,)
        image, quality = photographer.photograph(picture)
        bent = photographer.through_lens(CAMERA).distortion
        assert abs(bent) <= MOST_DISTORTION and (bent != 0) is (name == "distortion")
        assert (quality != BEST_QUALITY) is (name == "jpeg")
        changed += int(np.abs(image.astype(int) - picture.rgb).max() > 1)
    assert changed == (0 if name in ("distortion", "jpeg") else 3)


def test_switching_one_off_leaves_the_others_as_they_were(picture: Picture) -> None:
    def seen(effects: Effects) -> tuple[str, ...]:
        return Photographer(np.random.default_rng(4), effects).seen

    without = seen(Effects().without(*BLURS))
    assert without == tuple(name for name in seen(Effects()) if name not in BLURS)
    everything = ALWAYS.without("noise", "low_resolution", "sharpening", "grading")
    soft, _ = Photographer(np.random.default_rng(4), everything).photograph(picture)
    sharp, _ = Photographer(np.random.default_rng(4), everything.without("focus", "shake")).photograph(
        picture
    )
    # The same vignette, exposure and white balance: as much light on average, but not in detail.
    light = [to_light(image).mean((0, 1)) for image in (soft, sharp)]
    np.testing.assert_allclose(light[0], light[1], rtol=0.02)
    assert np.abs(soft.astype(int) - sharp).max() > 20


def test_shares_are_shares_of_pictures() -> None:
    seen = [Photographer(np.random.default_rng(seed), Effects()).seen for seed in range(600)]
    for name, share in zip(NAMES, astuple(Effects()), strict=True):
        assert np.mean([name in names for names in seen]) == pytest.approx(share, abs=0.07)


def test_most_pictures_stay_plausible(picture: Picture) -> None:
    """Neither black nor white nor unrecognisable: contours of what was drawn remain."""
    correlations, means = [], []
    for seed in range(60):
        image, _ = Photographer(np.random.default_rng(seed), Effects()).photograph(picture)
        correlations.append(np.corrcoef(image.mean(2).ravel(), picture.rgb.mean(2).ravel())[0, 1])
        means.append(image.mean())
    assert np.percentile(correlations, 10) > 0.7 and np.median(correlations) > 0.93
    assert np.percentile(means, 5) > 60 and np.percentile(means, 95) < 190
