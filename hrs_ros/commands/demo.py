"""Play a clip through a real ROS 2 graph, ask /hrs/query, and save the answers as pictures.

Player and perception node run as separate processes over DDS; this command is a third one that asks.
For each request it writes <request>_overlay.png, <request>_mask.png and one line in answers.json.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from hrs_ros.inference.models import default_model

DEFAULT_REQUESTS = ("plate in left arm", "plate in right arm")
CLIP = Path(__file__).resolve().parent.parent / "clips" / "two_plates" / "clip.mp4"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--source", default=str(CLIP), help="video file, folder of images or camera index (bundled clip)"
    )
    parser.add_argument(
        "--text", action="append", help='a request; may be repeated ("plate in left arm", "... right arm")'
    )
    parser.add_argument(
        "--asks", type=int, default=10, help="how often each request is asked while the clip plays (10)"
    )
    parser.add_argument("--model", type=Path, default=None, help="ONNX model (the bundled SMS-Lite)")
    parser.add_argument(
        "--out", type=Path, default=Path("demo_output"), help="folder for the pictures (demo_output)"
    )
    parser.add_argument(
        "--timeout", type=float, default=60.0, help="seconds to wait for the first relations (60)"
    )


def run(options: argparse.Namespace) -> int:
    if options.asks < 1:
        raise ValueError(f"--asks must be at least 1, got {options.asks}")
    # ROS is imported only when the demonstration really runs: the other commands work without it.
    from hrs_ros.nodes.demonstration import demonstrate

    return demonstrate(
        source=options.source,
        requests=options.text or list(DEFAULT_REQUESTS),
        asks=options.asks,
        model=options.model or default_model(),
        out=options.out,
        timeout=options.timeout,
    )
