"""What a measurement ran on: figures without the machine behind them mean nothing."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Any

from hrs_ros import __version__

PACKAGES = (
    "numpy",
    "opencv-python-headless",
    "opencv-python",
    "onnxruntime",
    "onnxruntime-gpu",
    "pycocotools",
)


def machine() -> dict[str, Any]:
    """Processor, usable cores, memory (GB), load of the last minute, system; NVIDIA GPUs if any."""
    facts: dict[str, Any] = {
        "cpu": _cpu_model(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "load_average": round(os.getloadavg()[0], 2),  # above 0 before the start: somebody else was running
        "system": platform.platform(),
    }
    gpus = _gpus()
    return facts | ({"gpus": gpus} if gpus else {})


def versions() -> dict[str, str]:
    """Python, this package, and those of PACKAGES that are installed."""
    found = {"python": platform.python_version(), "hrs_ros": __version__}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def _cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    # ARM boards name no model here.
    return next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine()
    )


def _gpus() -> list[str]:
    """Names of NVIDIA's GPUs with the driver's version, as nvidia-smi gives them."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return []
    command = [tool, "--query-gpu=name,driver_version", "--format=csv,noheader"]
    try:
        text = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):  # a driver that does not answer is no GPU to measure on
        return []
    return [line.strip() for line in text.splitlines() if line.strip()]
