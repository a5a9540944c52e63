"""The walls of docs/architecture.md, held against the imports in the code."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import hrs_ros

PACKAGE = Path(hrs_ros.__file__).parent
MESSAGE_PACKAGES = {
    "hrs_msgs",
    "diagnostic_msgs",
    "lifecycle_msgs",
    "rcl_interfaces",
    "sensor_msgs",
    "std_msgs",
    "geometry_msgs",
    "builtin_interfaces",
}
ROS_PACKAGES = MESSAGE_PACKAGES | {"rclpy", "cv_bridge", "launch", "launch_ros"}
TORCH_PACKAGES = {"torch", "torchvision", "timm"}
TORCHLESS = {f"hrs_ros.network.{name}" for name in ("config", "normalise", "part_table", "rays")}


def _imports(path: Path) -> Iterator[str]:
    """Full names of everything a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def _offenders(packages: set[str], allowed: tuple[str, ...]) -> list[str]:
    return [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if not str(path.relative_to(PACKAGE)).startswith(allowed)
        for name in _imports(path)
        if name.split(".")[0] in packages
    ]


def test_only_nodes_import_ros() -> None:
    assert _offenders(ROS_PACKAGES, ("nodes/",)) == []


def test_only_the_learning_rooms_import_torch() -> None:
    assert _offenders(TORCH_PACKAGES, ("network/", "training/", "inference/export.py")) == []


@pytest.mark.parametrize(
    "room", ["inference", "language", "tracking", "drawing", "recording", "nodes", "evaluation", "data"]
)
def test_running_rooms_do_not_import_torch_rooms_at_module_level(room: str) -> None:
    """A robot without PyTorch can import every module of these rooms but the exporter."""
    for path in sorted((PACKAGE / room).rglob("*.py")):
        if path.name == "export.py":
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            # Plain data and numpy, shared by both sides.
            bad = [
                name
                for name in names
                if name.startswith(("hrs_ros.network", "hrs_ros.training", "hrs_ros.inference.export"))
                and name not in TORCHLESS
            ]
            assert not bad, f"{path.relative_to(PACKAGE)} imports {bad}"


@pytest.mark.parametrize("module", sorted(TORCHLESS))
def test_what_both_sides_share_needs_no_torch(module: str) -> None:
    code = f"import sys, {module}; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent).returncode == 0


def test_every_room_has_its_paragraph(repository: Path) -> None:
    text = (repository / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()]
    assert [room for room in rooms if f"`{room}/`" not in text] == []
