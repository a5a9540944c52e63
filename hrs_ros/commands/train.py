"""Train a network on PIC folders, synthetic shards, V-COCO and photos of people."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, get_args

import yaml

from hrs_ros.data.transforms import SCALE
from hrs_ros.network.config import config_names
from hrs_ros.vocabulary import VocabularyName

# Spec section 4: learning rate and batch of the paper's schedule, by the data.
PAPER_RATE: dict[VocabularyName, float] = {"pic": 3e-4, "vcoco": 4e-4}
PAPER_BATCH: dict[VocabularyName, int] = {"pic": 60, "vcoco": 40}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    data = parser.add_argument_group("data")
    data.add_argument(
        "--data",
        metavar="ROOT[:split]",
        action="append",
        default=[],
        help="folder in PIC layout or of V-COCO; may be repeated; a quoted pattern is read anew every epoch",
    )
    data.add_argument(
        "--vocabulary",
        choices=get_args(VocabularyName),
        default="pic",
        help="whose entities and relations the data have and the model learns (default pic)",
    )
    data.add_argument("--photos", type=Path, metavar="DIR", help="photos of people with annotations.json")
    data.add_argument("--photo-ratio", type=float, default=0.25, help="share of photos (default 0.25)")
    data.add_argument(
        "--require",
        metavar="RELATION",
        action="append",
        default=[],
        help="train only on scenes that list this relation (hold); may be repeated",
    )
    data.add_argument(
        "--val", metavar="ROOT[:split]", action="append", default=[], help="labelled scenes to validate on"
    )
    data.add_argument("--val-images", type=int, default=60, help="at most this many (default 60)")
    data.add_argument(
        "--scale",
        type=_range,
        default=SCALE,
        metavar="LOW,HIGH",
        help=f"zoom of the augmentation (default {SCALE[0]},{SCALE[1]}); '0.7,2' shows more from close up",
    )
    data.add_argument("--workers", type=int, default=1, help="processes that prepare images (default 1)")

    run = parser.add_argument_group("run")
    run.add_argument("--model", choices=config_names(), default="sms_lite", help="default sms_lite")
    run.add_argument(
        "--set",
        type=model_field,
        metavar="FIELD=VALUE",
        action="append",
        default=[],
        help="change a field of the model's configuration (mask_head=polar); may be repeated",
    )
    run.add_argument("--out", type=Path, required=True, metavar="RUN", help="folder of the run")
    run.add_argument("--resume", action="store_true", help="continue the run in --out")
    run.add_argument("--start-from", type=Path, metavar="FILE", help="begin with the weights of a checkpoint")
    run.add_argument("--pretrained", action="store_true", help="begin with timm's backbone weights")
    run.add_argument(
        "--backbone-weights",
        type=Path,
        metavar="FILE",
        help="begin with a backbone's ImageNet weights from a file: .safetensors, or .pth of tensors",
    )
    run.add_argument(
        "--freeze",
        type=int,
        choices=(4, 8, 16, 32),
        metavar="STRIDE",
        help="leave the backbone as it is up to its map of this stride (4, 8, 16, 32)",
    )
    run.add_argument("--seed", type=int, default=0)
    run.add_argument("--device", default=None, help="cpu or cuda (default: cuda where there is one)")
    run.add_argument("--threads", type=int, help="CPU threads of the network")
    run.add_argument(
        "--overfit", type=int, metavar="N", help="learn N images by heart: a check of the whole chain"
    )
    run.add_argument("--log-every", type=int, default=20, metavar="STEPS")
    run.add_argument("--val-every", type=int, default=500, metavar="STEPS", help="also saves (default 500)")

    length = parser.add_argument_group("length (the limit that is reached first ends the run)")
    length.add_argument("--steps", type=int)
    length.add_argument("--epochs", type=int, help="default 140 with --schedule paper")
    length.add_argument("--time-limit", type=float, metavar="MINUTES", help="wall clock, kept over --resume")

    optimisation = parser.add_argument_group("optimisation")
    optimisation.add_argument(
        "--schedule",
        choices=("short", "paper"),
        default="short",
        help="short: warm-up and cosine; paper: constant, a tenth at 90/140 and 110/140 of the run",
    )
    optimisation.add_argument("--lr", type=float, help="default 1e-3 (short), 3e-4 (paper; 4e-4 for V-COCO)")
    optimisation.add_argument(
        "--warm-up",
        type=float,
        default=0.03,
        metavar="SHARE",
        help="of the run in which the rate of the short schedule rises (default 0.03; wide heads: 0.1)",
    )
    optimisation.add_argument("--batch", type=int, help="default 16 (short), 60 (paper; 40 for V-COCO)")
    optimisation.add_argument(
        "--size",
        default="320",
        metavar="SIZES",
        help="side of the images; '256@0.6,320@1' trains 60 %% of the run at 256 (default 320)",
    )
    optimisation.add_argument("--weight-decay", type=float, help="default 0.01 (short), 0 (paper)")
    optimisation.add_argument(
        "--displacement-weight",
        type=float,
        default=1.0,
        help="of the displacement loss (default 1, the paper's)",
    )
    optimisation.add_argument("--average", type=float, default=0.998, help="decay of the weight average")


def model_field(text: str) -> tuple[str, Any]:
    """``FIELD=VALUE``, the value as in a configuration file: 40 is a number, true a truth value."""
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"expected FIELD=VALUE such as mask_head=polar, got {text!r}")
    return name, yaml.safe_load(value)


def _range(text: str) -> tuple[float, float]:
    try:
        low, high = (float(number) for number in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected LOW,HIGH such as 0.7,1.3, got {text!r}") from None
    return low, high


def run(args: argparse.Namespace) -> int:
    try:
        from hrs_ros.training.config import TrainConfig
        from hrs_ros.training.loop import train
        from hrs_ros.training.schedule import Budget, LearningRate, SizeSchedule
    except ImportError as error:
        raise ImportError(f"training needs the packages of the 'train' extra of hrs_ros: {error}") from None

    paper = args.schedule == "paper"
    minutes = args.time_limit
    epochs = 140 if paper and args.epochs is None and args.steps is None and minutes is None else args.epochs
    config = TrainConfig(
        model=args.model,
        model_fields=dict(args.set),
        out=args.out,
        budget=Budget(steps=args.steps, epochs=epochs, seconds=None if minutes is None else 60 * minutes),
        rate=LearningRate(
            base=args.lr or (PAPER_RATE[args.vocabulary] if paper else 1e-3),
            preset=args.schedule,
            warm_up=args.warm_up,
        ),
        sizes=SizeSchedule.parse(args.size),
        vocabulary=args.vocabulary,
        data=tuple(args.data),
        photos=args.photos,
        scale=args.scale,
        require=tuple(args.require),
        photo_ratio=args.photo_ratio,
        validation=tuple(args.val),
        validation_images=args.val_images,
        validate_every=args.val_every,
        log_every=args.log_every,
        batch=args.batch or (PAPER_BATCH[args.vocabulary] if paper else 16),
        weight_decay=(0.0 if paper else 0.01) if args.weight_decay is None else args.weight_decay,
        average_decay=args.average,
        displacement_weight=args.displacement_weight,
        workers=args.workers,
        threads=args.threads,
        seed=args.seed,
        overfit=args.overfit,
        resume=args.resume,
        start_from=args.start_from,
        pretrained=args.pretrained,
        backbone_weights=args.backbone_weights,
        freeze=args.freeze,
        device=args.device,
    )
    progress = train(config)
    print(f"{progress.step} steps, {progress.epochs:.1f} epochs, {progress.seconds / 60:.1f} min: {args.out}")
    return 0
