"""The published figures are those of the committed results."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_readme_and_model_card_say_what_the_results_say(repository: Path) -> None:
    run = subprocess.run(
        [sys.executable, str(repository / "scripts" / "figures"), "--check"], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
