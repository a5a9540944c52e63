"""config/hrs.yaml, the code's defaults and the declared ranges are one and the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

pytest.importorskip("rclpy", reason="needs ROS 2 (scripts/setup installs it as wheels)")
pytest.importorskip("hrs_msgs.srv", reason="needs the built messages (scripts/build_messages)")

from hrs_ros.nodes import player, settings
from hrs_ros.nodes.lifecycle import AUTOSTART
from hrs_ros.nodes.parameters import Setting

PERCEPTION = (AUTOSTART, *settings.SETTINGS)


@pytest.mark.parametrize(
    ("node", "settings"), [("hrs_perception", PERCEPTION), ("hrs_player", player.SETTINGS)]
)
def test_config_file_holds_every_parameter_at_its_default(
    repository: Path, node: str, settings: Sequence[Setting]
) -> None:
    config = yaml.safe_load((repository / "config" / "hrs.yaml").read_text(encoding="utf-8"))
    values = config[f"/**/{node}"]["ros__parameters"]
    assert values == {setting.name: setting.default for setting in settings}
    # A whole number in the file would be an integer parameter, and refused for a float one.
    assert {name: type(value) for name, value in values.items()} == {
        s.name: type(s.default) for s in settings
    }


@pytest.mark.parametrize("setting", [*PERCEPTION, *player.SETTINGS], ids=lambda setting: setting.name)
def test_defaults_lie_in_their_ranges(setting: Setting) -> None:
    assert setting.description and not setting.description.endswith(".")
    if isinstance(setting.default, int | float) and not isinstance(setting.default, bool):
        assert setting.low <= setting.default <= setting.high
    if setting.choices:
        assert setting.default in setting.choices
