from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import pytest

from hrs_ros.commands import synth
from hrs_ros.synthetic.assets import AssetError, AssetPack, check


@pytest.fixture
def small_pack(tmp_path: Path) -> Path:
    """Two files and their manifest."""
    contents = {"index.json": b"{}", "body.npz": b"body"}
    source = {"repo": "makehumancommunity/makehuman", "commit": "abc", "path": "data/3dobjs/base.obj"}
    files = {}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "sources": [source]}
    (tmp_path / "MANIFEST.json").write_text(json.dumps({"files": files}))
    return tmp_path


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    synth.add_arguments(parser)
    return synth.run(parser.parse_args(arguments))


def test_a_whole_pack_has_no_problems(small_pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(small_pack) == []
    assert run("check", "--assets", str(small_pack)) == 0
    assert "every file is as recorded" in capsys.readouterr().out


def test_missing_and_damaged_files_are_named_with_their_origin(small_pack: Path) -> None:
    (small_pack / "body.npz").write_bytes(b"bodx")
    (small_pack / "index.json").unlink()
    missing, damaged = sorted(check(small_pack), reverse=True)
    assert missing.startswith("missing index.json")
    assert damaged.startswith("damaged body.npz: expected SHA-256")
    assert "makehumancommunity/makehuman@abc:data/3dobjs/base.obj" in damaged
    assert run("check", "--assets", str(small_pack)) == 1


def test_without_a_manifest_nothing_is_called_whole(tmp_path: Path) -> None:
    assert len(check(tmp_path)) == 1


def test_an_absent_pack_says_how_to_name_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AssetError, match="HRS_HUMAN_ASSETS"):
        AssetPack(tmp_path)
    assert run("--assets", str(tmp_path), "--out", str(tmp_path / "out")) == 1
    assert "expected the human asset pack" in capsys.readouterr().err


def test_a_missing_file_points_to_the_check(small_pack: Path) -> None:
    with pytest.raises(AssetError, match="hrs synth check"):
        AssetPack(small_pack).arrays("targets.npz")


def test_the_real_pack_is_whole(pack: AssetPack) -> None:
    assert check(pack.root) == []
