"""Command-line options that name a model and where it runs, the same for every command."""

from __future__ import annotations

import argparse
from pathlib import Path

from hrs_ros.inference.models import default_model
from hrs_ros.inference.predictor import Predictor
from hrs_ros.vocabulary import VocabularyName


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """``--model``, ``--providers`` and ``--threads``."""
    parser.add_argument("--model", type=Path, metavar="ONNX", help="model (default: the one shipped)")
    parser.add_argument(
        "--providers",
        choices=("auto", "cpu", "cuda"),
        default="auto",
        help="where to run it; auto = CUDA if it works, else the CPU (default)",
    )
    parser.add_argument(
        "--threads", type=int, default=0, metavar="N", help="CPU threads, 0 = one per physical core (default)"
    )


def open_predictor(options: argparse.Namespace, *, speaks: VocabularyName = "pic") -> Predictor:
    """The predictor those options ask for, warmed up; ``speaks`` as for ``Predictor``."""
    predictor = Predictor(
        options.model or default_model(),
        providers=options.providers,
        threads=options.threads,
        speaks=speaks,
    )
    predictor.warm_up()
    return predictor
