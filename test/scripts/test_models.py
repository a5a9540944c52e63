"""The page about the models says what the committed measurement says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_page_says_what_the_record_says(repository: Path) -> None:
    command = [sys.executable, str(repository / "scripts" / "models"), "--check"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
