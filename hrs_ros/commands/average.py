"""Write the mean of checkpoints that went on from one another, such as a run's last weights and its first."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "checkpoints",
        nargs="+",
        type=_portion,
        metavar="FILE[:SHARE]",
        help=".safetensors files; shares are divided by their sum (default 1 each)",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=".safetensors file to write")
    parser.add_argument(
        "--step", type=int, metavar="N", help="optimiser steps behind the mean (default: the first file's)"
    )


def run(args: argparse.Namespace) -> int:
    try:
        from hrs_ros.network.checkpoint import load_checkpoint, save_checkpoint, weights_digest
        from hrs_ros.network.mean import mean_weights
    except ImportError as error:
        raise ImportError(
            f"average needs PyTorch ({error}): install hrs_ros with its 'train' requirements"
        ) from error
    paths, shares = zip(*args.checkpoints, strict=True)
    checkpoints = [load_checkpoint(path) for path in paths]
    weights = mean_weights(checkpoints, shares)
    terms = [
        f"{share / sum(shares):.4g} x step {checkpoint.step} ({weights_digest(checkpoint.weights)[:12]})"
        for share, checkpoint in zip(shares, checkpoints, strict=True)
    ]
    first = checkpoints[0]
    save_checkpoint(
        args.out,
        weights,
        config=first.config,
        step=first.step if args.step is None else args.step,
        notes={**first.notes, "mean": " + ".join(terms)},
    )
    print(
        f"{args.out} = " + "\n    + ".join(f"{term} {path}" for term, path in zip(terms, paths, strict=True))
    )
    return 0


def _portion(text: str) -> tuple[Path, float]:
    """FILE or FILE:SHARE."""
    name, separator, share = text.rpartition(":")
    if not separator:
        return Path(text), 1.0
    try:
        return Path(name), float(share)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"expected FILE or FILE:SHARE such as a.safetensors:0.7, got {text!r}"
        ) from None
