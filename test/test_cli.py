"""The command line: every command is documented, and a wrong call is answered in one line."""

from __future__ import annotations

import pytest

from hrs_ros import __version__, cli


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_status:
        cli.main(["--version"])
    assert exit_status.value.code == 0
    assert capsys.readouterr().out.strip() == f"hrs {__version__}"


def test_no_command_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_status:
        cli.main([])
    assert exit_status.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def test_unusable_input_is_one_line_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["query", "plate in left arm", "--scene", "/nonexistent/scenes.jsonl"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("hrs query:") and "/nonexistent/scenes.jsonl" in error
    assert error.count("\n") == 1
