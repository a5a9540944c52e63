"""One small configuration file per model: everything that decides the network's shape and its decode."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal, get_args

import yaml

from hrs_ros.vocabulary import VocabularyName, vocabulary

STRIDE = 4  # output stride of every head (P)
RAYS = 36  # of PolarMask, from a centre to the contour

MaskHeadName = Literal["dynamic", "solo", "decoupled_solo", "polar"]
DisplacementName = Literal["both", "subject"]
PartClassifierName = Literal["learned", "sample", "most_frequent", "nearest"]


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """A member of the SMS family; the YAML files in ``configs/`` hold one each.

    Values marked (P) are the paper's, the rest our defaults.
    """

    name: str
    backbone: str  # timm name, e.g. "resnet50"
    # "fused": FPN levels upsampled by convolutions and summed; "deformable": DLA's up-path;
    # "topdown": light 1x1 + depthwise.
    neck: str
    neck_channels: int
    # "plain": the paper's separate heads; "deep": SMS-L's; "light": depthwise-separable, shared trunk.
    head: str
    head_channels: int  # width of the heads (P: 128)
    mask_channels: int  # D, length of a mask kernel
    kernel_grid: int  # S, side of the kernel grid
    input_height: int  # default network input, multiples of 32
    input_width: int
    subjects: int  # Ks, top peaks of the human channel
    objects: int  # Ko, top peaks over all classes
    relations: int  # Kr, top relation points
    condition_parts: bool = False  # False: the paper's part head, blind to the action (spec section 6)
    vocabulary: VocabularyName = "pic"  # whose entities and relations the network tells apart
    multi_level: bool = True  # False: the neck's stride-4 level alone ("single-level" in the paper's Table 8)
    feature_channels: int | None = None  # of the map a fused neck gives; None: head_channels
    # How an entity's pixels are found (P: dynamic; Table 9 has the others), see ``network.mask_heads``.
    mask_head: MaskHeadName = "dynamic"
    # Learned offsets of a relation point (P: both); "subject": the object lies opposite (Table 10).
    displacement: DisplacementName = "both"
    # Where the acting parts come from (P: learned; Table 11 has the others), see ``network.parts``.
    part_classifier: PartClassifierName = "learned"
    # False: "A next to B" and "B next to A" share one cell with opposite targets, as in the paper.
    # True: a relation has two channels, one for each order of the pair (spec section 6).
    directed_pairs: bool = False

    def __post_init__(self) -> None:
        vocabulary(self.vocabulary)  # says which names there are
        self._check_choice("mask_head", get_args(MaskHeadName))
        self._check_choice("displacement", get_args(DisplacementName))
        self._check_choice("part_classifier", get_args(PartClassifierName))
        for side in (self.input_height, self.input_width):
            if side <= 0 or side % 32:
                raise ValueError(f"{self.name}: input sides must be positive multiples of 32, got {side}")
        if min(self.subjects, self.objects, self.relations) < 1:
            raise ValueError(f"{self.name}: subjects, objects and relations (the K's) must be at least 1")

    @property
    def mask_maps(self) -> dict[str, int]:
        """Channels of each raw map that the mask head reads, see ``network.mask_heads``."""
        match self.mask_head:
            case "dynamic":
                return {"kernel": self.mask_channels, "mask_feature": self.mask_channels}
            case "solo":
                return {"grid_mask": self.kernel_grid**2}
            case "decoupled_solo":
                return {"column_mask": self.kernel_grid, "row_mask": self.kernel_grid}
            case "polar":
                return {"ray": RAYS}

    def _check_choice(self, name: str, choices: tuple[str, ...]) -> None:
        if getattr(self, name) not in choices:
            raise ValueError(
                f"{self.name}: unknown {name} {getattr(self, name)!r}, expected one of {', '.join(choices)}"
            )


def config_names() -> list[str]:
    """Names accepted by ``load_config``."""
    return sorted(
        Path(entry.name).stem for entry in resources.files(__package__).joinpath("configs").iterdir()
    )


def load_config(name: str, **overrides: object) -> ModelConfig:
    """Read ``configs/<name>.yaml``; keyword overrides replace single values (``input_height=320``)."""
    if name not in config_names():
        raise ValueError(f"unknown model {name!r}: expected one of {', '.join(config_names())}")
    text = resources.files(__package__).joinpath("configs", f"{name}.yaml").read_text(encoding="utf-8")
    return config_from_dict({"name": name, **yaml.safe_load(text), **overrides})


def config_from_dict(values: dict[str, object]) -> ModelConfig:
    """Build a configuration from plain data (YAML, metadata); unknown or missing keys are errors."""
    known = {field.name: field for field in dataclasses.fields(ModelConfig)}
    unknown = sorted(set(values) - set(known))
    missing = sorted(n for n, f in known.items() if f.default is dataclasses.MISSING and n not in values)
    if unknown or missing:
        raise ValueError(f"model configuration: unknown keys {unknown}, missing keys {missing}")
    return ModelConfig(**values)  # type: ignore[arg-type]
