"""scripts/build_messages: what it mends, when it builds again, what it says when it cannot."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

WHEEL = "/opt/python/cp311-cp311"
CMAKE = f"""
set(include "{WHEEL}/lib/python3.11/site-packages/numpy/_core/include;{WHEEL}/include/python3.11")
set(other "/opt/ros/include")
"""


@pytest.fixture
def script(repository: Path) -> ModuleType:
    loader = SourceFileLoader("build_messages", str(repository / "scripts" / "build_messages"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_include_paths_of_the_wheels_are_mended(script: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "share" / "some_msgs" / "cmake"
    folder.mkdir(parents=True)
    (folder / "export.cmake").write_text(CMAKE)
    (folder / "fine.cmake").write_text("set(a b)\n")
    code = f"import sys; sys.prefix = {str(tmp_path)!r}\n" + script.MEND_INCLUDE_PATHS
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True) for _ in range(2)]
    assert [run.stdout.strip() for run in runs] == ["1", "0"], runs[0].stderr
    text = (folder / "export.cmake").read_text()
    include = sysconfig.get_paths()["include"]
    assert f'"{np.get_include()};{include}"' in text and "/opt/ros/include" in text
    assert "/opt/python" not in text


def test_a_changed_source_changes_the_digest(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(script, "SOURCES", tmp_path)
    (tmp_path / "A.msg").write_text("uint8 a\n")
    first = script.digest("here")
    assert script.digest("here") == first != script.digest("there")
    (tmp_path / "A.msg").write_text("uint8 b\n")
    assert script.digest("here") != first


def test_an_up_to_date_build_is_left_alone(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stamp = tmp_path / "share" / "hrs_msgs" / "sources.sha256"
    stamp.parent.mkdir(parents=True)
    stamp.write_text(script.digest(str(tmp_path)) + "\n")
    monkeypatch.setattr(script, "run", lambda *_, **__: pytest.fail("nothing should be run"))
    script.build_into_venv(tmp_path)
    assert "up to date" in capsys.readouterr().out


def test_a_folder_without_environment_or_wheels_is_named(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        script.build_into_venv(tmp_path)
    assert "expected a virtual environment" in capsys.readouterr().err
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    with pytest.raises(SystemExit):
        script.build_into_venv(tmp_path)
    assert "no ROS 2 wheels" in capsys.readouterr().err


def test_without_a_sourced_ros_the_way_is_told(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("AMENT_PREFIX_PATH", raising=False)
    with pytest.raises(SystemExit):
        script.build_with_colcon(None)
    assert "setup.bash" in capsys.readouterr().err
