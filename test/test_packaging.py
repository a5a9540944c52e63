"""What pip and colcon install: one version everywhere, every named file there."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

import hrs_ros


@pytest.mark.parametrize("path", ["package.xml", "hrs_msgs/package.xml"])
def test_one_version_and_licence(repository: Path, path: str) -> None:
    root = ElementTree.parse(repository / path).getroot()
    assert root.findtext("version") == hrs_ros.__version__
    assert root.findtext("license") == "Apache-2.0"


def test_every_installed_file_exists(repository: Path) -> None:
    text = (repository / "setup.py").read_text(encoding="utf-8")
    named = re.findall(r'"((?:launch|config|resource)/[^"]+)"', text)
    assert named
    assert [name for name in named if not (repository / name).is_file()] == []
    # A file added to these folders must be installed too.
    present = {
        f"{folder}/{p.name}"
        for folder in ("launch", "config")
        for p in (repository / folder).iterdir()
        if p.is_file()
    }
    assert present == set(named) - {name for name in named if name.startswith("resource")}


def test_every_message_file_is_generated(repository: Path) -> None:
    folder = repository / "hrs_msgs"
    files = {str(p.relative_to(folder)) for kind in ("msg", "srv") for p in (folder / kind).iterdir()}
    named = set(re.findall(r'"((?:msg|srv)/[^"]+)"', (folder / "CMakeLists.txt").read_text(encoding="utf-8")))
    assert named == files


def test_onnxruntime_is_never_a_base_dependency(repository: Path) -> None:
    """Its builds for CPU and GPU overwrite each other: only extras may name one."""
    text = (repository / "setup.py").read_text(encoding="utf-8")
    base = text[text.index("install_requires") : text.index("extras_require")]
    assert "onnxruntime" not in base and "torch" not in base
