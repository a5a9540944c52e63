"""Write a checkpoint as one ONNX graph with decode inside, and check that it still says the same.

An --out that ends in .safetensors gets the weights themselves, in 8 bits a number.
"""

from __future__ import annotations

import argparse
import dataclasses
from itertools import islice
from pathlib import Path

import numpy as np

from hrs_ros.data.frames import open_frames
from hrs_ros.evaluation.table import table
from hrs_ros.inference.compare import Difference, Tolerance
from hrs_ros.inference.letterbox import Letterbox

# float16 rounds scores by up to 1e-3 and logits by up to 1 part in 2000. That is enough for a peak to lose to
# a neighbour as high, and for a relation point between two entities to go to the other one.
HALF_TOLERANCE = Tolerance(score=2e-2, part=5e-2, mask=1.0, parsing=2e-2, raw=2e-2, missing=3, rematched=0.1)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checkpoint", type=Path, required=True, metavar="FILE", help=".safetensors file")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="ONNX (or .safetensors) file to write"
    )
    parser.add_argument(
        "--input",
        type=_size,
        metavar="HxW",
        help="size that images are fitted to at run time, if not the one the checkpoint names",
    )
    parser.add_argument(
        "--static",
        type=_size,
        metavar="HxW",
        help="fix batch 1 and this input size, as CUDA graphs and TensorRT want (default: free sizes)",
    )
    parser.add_argument(
        "--fp16", action="store_true", help="network in float16, decode in float32 (for GPUs)"
    )
    parser.add_argument(
        "--check",
        type=Path,
        metavar="IMAGES",
        help="picture, folder or video: compare ONNX Runtime with PyTorch and with the numpy reference on it",
    )
    parser.add_argument(
        "--check-on",
        choices=("auto", "cpu", "cuda"),
        default="cpu",
        help="where the graph runs for it (default cpu)",
    )
    parser.add_argument("--check-images", type=int, default=8, metavar="N", help="at most N (default 8)")


def run(args: argparse.Namespace) -> int:
    """0, or 1 if a comparison of --check is outside its tolerance (the file is written all the same)."""
    try:
        from hrs_ros.inference.export import check_export, export_onnx
        from hrs_ros.network.checkpoint import load_model
    except ImportError as error:
        raise ImportError(
            f"export needs PyTorch and ONNX ({error}): install hrs_ros with its 'train' requirements"
        ) from error
    if args.out.suffix == ".safetensors":
        return _compact(args)
    if args.check_images < 1:
        raise ValueError(f"--check-images: expected at least 1, got {args.check_images}")
    frames = None if args.check is None else open_frames(args.check)
    model, checkpoint = load_model(args.checkpoint)
    if args.input is not None:
        height, width = args.input
        model.config = dataclasses.replace(model.config, input_height=height, input_width=width)
    print(f"{checkpoint.config.name}, step {checkpoint.step}: exporting ...", flush=True)
    export_onnx(model, args.out, training_step=checkpoint.step, static_size=args.static, half=args.fp16)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB")
    if frames is None:
        return 0
    height, width = args.static or (model.config.input_height, model.config.input_width)
    images = []
    for frame in islice(frames, args.check_images):
        rows, columns = frame.image.shape[:2]
        box = Letterbox.fit(source_height=rows, source_width=columns, height=height, width=width)
        images.append(box.apply(np.ascontiguousarray(frame.image)))
    print(f"comparing on {len(images)} images of {args.check} ...", flush=True)
    comparisons = check_export(
        model,
        args.out,
        images,
        tolerance=HALF_TOLERANCE if args.fp16 else Tolerance(),
        providers=args.check_on,
    )
    return report(comparisons)


def _compact(args: argparse.Namespace) -> int:
    from hrs_ros.network.checkpoint import load_checkpoint, save_checkpoint

    if args.static or args.input or args.fp16 or args.check:
        raise ValueError(
            f"{args.out}: --input, --static, --fp16 and --check are for graphs; give an --out ending in .onnx"
        )
    checkpoint = load_checkpoint(args.checkpoint)
    save_checkpoint(
        args.out,
        checkpoint.weights,
        config=checkpoint.config,
        step=checkpoint.step,
        notes=checkpoint.notes,
        compact=True,
    )
    before, after = (path.stat().st_size / 1e6 for path in (args.checkpoint, args.out))
    print(f"{args.out}: {after:.1f} MB, {before:.1f} MB before")
    return 0


def report(comparisons: dict[str, list[Difference]]) -> int:
    """Print the comparisons; 0 if every one is within its limits, else 1."""
    good = True
    for title, lines in comparisons.items():
        rows = [
            (line.name, f"{line.value:.2g}", f"{line.limit:.2g}", "ok" if line.ok else "DIFFERS")
            for line in lines
        ]
        print(f"\n{table((title, 'worst', 'limit', ''), rows)}")
        good &= all(line.ok for line in lines)
    print("\nthe graph agrees" if good else "\nthe graph DIFFERS from the checkpoint")
    return 0 if good else 1


def _size(text: str) -> tuple[int, int]:
    try:
        height, width = (int(side) for side in text.lower().split("x"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected HEIGHTxWIDTH such as 320x320, got {text!r}") from None
    return height, width
