"""Figures as a JSON file that says which model, code and command they come from."""

from __future__ import annotations

import dataclasses
import enum
import hashlib
import json
import math
import platform
import shlex
import sys
from pathlib import Path
from typing import Any

import numpy as np

from hrs_ros.inference.machine import versions


def provenance(model: Path, *, provider: str) -> dict[str, Any]:
    """Where a figure comes from: the command, the model's SHA-256, versions and machine."""
    return {
        "command": shlex.join(["hrs", *sys.argv[1:]]),
        "model": model.name,  # its folder means nothing elsewhere; the hash says which one it is
        "model_sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
        "provider": provider,
        "versions": versions(),
        "machine": platform.platform(),
    }


def page_facts(model: Path, *, provider: str) -> dict[str, str]:
    """``provenance`` as lines to read."""
    facts = provenance(model, provider=provider)
    versions = ", ".join(f"{name} {version}" for name, version in facts.pop("versions").items())
    return {name.replace("_", " "): str(value) for name, value in facts.items()} | {"versions": versions}


def write_record(path: Path, record: dict[str, Any]) -> None:
    """Write JSON; dataclasses become objects, arrays lists, NaN null."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(plain(record), indent=2, allow_nan=False) + "\n", encoding="utf-8")


def plain(value: Any) -> Any:
    """The value as JSON data."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        # Not asdict: rates are properties of frozen counts and belong into the record.
        names = [field.name for field in dataclasses.fields(value)]
        names += [name for name, item in vars(type(value)).items() if isinstance(item, property)]
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return plain(sorted(value))
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, float) and math.isnan(value):
        return None
    return str(value) if isinstance(value, Path) else value
