"""What a real camera adds to a rendered picture; every effect can be switched off by itself."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from hrs_ros.synthetic import optics, sensor
from hrs_ros.synthetic.camera import Camera
from hrs_ros.synthetic.optics import Light
from hrs_ros.synthetic.renderer import Picture

Name = Literal[
    "distortion", "focus", "shake", "vignette", "white_balance", "exposure", "noise", "grading", "sharpening",
    "low_resolution", "jpeg",
]  # fmt: skip
BLURS: tuple[Name, ...] = ("focus", "shake", "low_resolution")

MOST_DISTORTION = 0.06  # see Camera; a phone's or a webcam's lens
BEST_QUALITY = 98  # of a JPEG whose compression cannot be seen
REFERENCE = 512  # pixels of the picture height that blurs below are told for
ENLARGING = (cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4)


@dataclass(frozen=True, slots=True)
class Effects:
    """How often each effect is seen, as a share of all pictures; 0 = never."""

    distortion: float = 0.5
    focus: float = 0.18
    shake: float = 0.12
    vignette: float = 0.35
    white_balance: float = 0.6
    exposure: float = 0.6
    noise: float = 0.75
    grading: float = 0.6
    sharpening: float = 0.3
    low_resolution: float = 0.08
    jpeg: float = 0.9

    def without(self, *names: Name) -> Effects:
        """A copy that never shows some."""
        return replace(self, **dict.fromkeys(names, 0.0))


class Photographer:
    """The camera of one picture: which effects it shows, and how strongly, follows from ``rng`` alone."""

    def __init__(self, rng: np.random.Generator, effects: Effects) -> None:
        names = [field.name for field in fields(Effects)]
        # A stream an effect: switching one off leaves the others as they were.
        streams = zip(names, rng.spawn(len(names)), strict=True)
        self._streams = {name: stream for name, stream in streams if stream.random() < getattr(effects, name)}

    @property
    def seen(self) -> tuple[str, ...]:
        """Names of the effects that happen."""
        return tuple(self._streams)

    def through_lens(self, camera: Camera) -> Camera:
        """The camera with the distortion of its lens: what is drawn with it bends, labels and depth too."""
        rng = self._streams.get("distortion")
        if rng is None:
            return camera
        # Barrels are commoner than pincushions.
        return replace(camera, distortion=float(rng.uniform(-0.4, 1.0)) * MOST_DISTORTION)

    def photograph(self, picture: Picture) -> tuple[NDArray[np.uint8], int]:
        """The picture as it is saved: RGB (H, W, 3), and the quality of its JPEG, 0 to 100."""
        light = self._on_the_sensor(sensor.to_light(picture.rgb), picture)
        return self._developed(self._measured(light)), self._quality()

    def _on_the_sensor(self, light: Light, picture: Picture) -> Light:
        pixels = light.shape[0] / REFERENCE
        if rng := self._streams.get("focus"):
            radius = float(rng.uniform(0.8, 3.2)) * pixels
            if rng.random() < 0.35:  # missed: everything is slightly soft
                light = optics.spread(light, optics.disc(min(radius, 1.5 * pixels)))
            else:
                light = optics.out_of_focus(light, picture.depth, _subject(picture), radius)
        if rng := self._streams.get("shake"):
            length = float(np.exp(rng.uniform(np.log(1.5), np.log(9)))) * pixels
            light = optics.spread(light, optics.shake(length, rng))
        if rng := self._streams.get("vignette"):
            light = optics.vignette(light, float(rng.uniform(0.05, 0.4)))
        return light

    def _measured(self, light: Light) -> Light:
        gain = np.ones(3)
        if rng := self._streams.get("exposure"):
            gain *= 2 ** float(np.clip(rng.normal(0, 0.35), -0.8, 0.8))
        if rng := self._streams.get("white_balance"):
            warm, green = rng.normal(0, 0.1), rng.normal(0, 0.03)
            gain *= np.exp([warm, green, -warm])
        light = light * gain.astype(np.float32)
        if rng := self._streams.get("noise"):
            shot = float(np.exp(rng.uniform(np.log(0.006), np.log(0.06))))
            light = sensor.noise(light, shot, read=shot * float(rng.uniform(0.02, 0.09)), rng=rng)
        return light

    def _developed(self, light: Light) -> NDArray[np.uint8]:
        contrast = gamma = saturation = 1.0
        if rng := self._streams.get("grading"):
            contrast, gamma = float(rng.uniform(0.85, 1.22)), float(np.exp(rng.normal(0, 0.09)))
            saturation = float(rng.uniform(0.65, 1.3)) if rng.random() > 0.03 else 0.0  # or black and white
        rgb = sensor.to_colours(light, contrast, gamma)
        if saturation != 1.0:
            rgb = sensor.saturate(rgb, saturation)
        if rng := self._streams.get("sharpening"):
            rgb = sensor.sharpen(rgb, float(rng.uniform(0.2, 1.0)))
        if rng := self._streams.get("low_resolution"):
            kind = ENLARGING[rng.integers(len(ENLARGING))]
            rgb = sensor.fewer_pixels(rgb, float(rng.uniform(0.35, 0.8)), kind)
        return rgb

    def _quality(self) -> int:
        rng = self._streams.get("jpeg")
        if rng is None:
            return BEST_QUALITY
        return int(rng.integers(35, 62) if rng.random() < 0.1 else rng.integers(62, 96))


def _subject(picture: Picture) -> float:
    """Depth (dm) of the person who fills most of the picture, of anything where nobody is."""
    people = picture.instance[picture.part > 0]
    shown = picture.instance == np.bincount(people).argmax() if len(people) else picture.depth > 0
    return float(np.median(picture.depth[shown])) if shown.any() else 30.0
