"""The parameter table of docs/node.md is the one that the code would write."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")

from hrs_ros.nodes.parameter_table import BEGIN, END, NODES, parameter_table, update
from hrs_ros.nodes.parameters import Setting


def test_documentation_is_up_to_date(repository: Path) -> None:
    text = (repository / "docs" / "node.md").read_text(encoding="utf-8")
    assert update(text) == text, "run `python -m hrs_ros.nodes.parameter_table`"


def test_rows_say_default_range_and_when() -> None:
    table = parameter_table(
        [
            Setting("margin", 0.5, "share of the best", high=1, live=True),
            Setting("model", "", "a file", configured=True),
            Setting("encoding", "rle", "how", choices=("rle", "bits")),
            Setting("pixels", 33_554_432, "most", low=1, high=1 << 30),
            Setting("on", True, "or off"),
        ]
    )
    assert table.splitlines()[2:] == [
        "| `margin` | `0.5` | 0 to 1 | live | share of the best |",
        "| `model` | empty | text | while unconfigured | a file |",
        "| `encoding` | `rle` | `rle`, `bits` | at the start | how |",
        "| `pixels` | `33554432` | 1 to 1073741824 | at the start | most |",
        "| `on` | true | true, false | at the start | or off |",
    ]


def test_only_what_is_generated_changes() -> None:
    text = f"before\n{BEGIN}\nan outdated row\n{END}\nafter\n"
    new = update(text)
    assert new.startswith(f"before\n{BEGIN}\n") and new.endswith(f"{END}\nafter\n") and "outdated" not in new
    assert update(new) == new
    assert all(f"### {node}" in new for node in NODES)


def test_a_file_without_the_place_is_refused() -> None:
    with pytest.raises(ValueError, match="expected the lines"):
        update("nothing here")
