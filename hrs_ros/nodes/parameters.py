"""Parameters as data: name, default, meaning, range. config/hrs.yaml repeats the defaults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rcl_interfaces.msg import FloatingPointRange, IntegerRange, ParameterDescriptor, SetParametersResult
from rclpy.node import Node
from rclpy.parameter import Parameter


@dataclass(frozen=True, slots=True)
class Setting:
    """One parameter. Floats and ints need ``low`` and ``high``.

    ``live``: may be changed while the node runs. ``configured``: fixed from configure to cleanup, free in
    the lifecycle's state unconfigured. Neither: read-only.
    ``any_type``: a number is taken where text is meant.
    """

    name: str
    default: bool | int | float | str
    description: str
    low: float = 0
    high: float = 0
    choices: tuple[str, ...] = ()
    live: bool = False
    configured: bool = False
    any_type: bool = False

    def descriptor(self) -> ParameterDescriptor:
        descriptor = ParameterDescriptor(
            description=self.description,
            read_only=not (self.live or self.configured),
            dynamic_typing=self.any_type,
        )
        if isinstance(self.default, float):
            descriptor.floating_point_range = [
                FloatingPointRange(from_value=float(self.low), to_value=float(self.high))
            ]
        elif isinstance(self.default, int) and not isinstance(self.default, bool):
            descriptor.integer_range = [
                IntegerRange(from_value=int(self.low), to_value=int(self.high), step=1)
            ]
        elif self.choices:
            descriptor.additional_constraints = f"one of {', '.join(self.choices)}"
        return descriptor


def declare(node: Node, settings: Sequence[Setting]) -> None:
    """Declare all; what files and the command line give is checked against type, range and choices.

    Raises rclpy's ParameterException family with the parameter's name.
    """
    choices = {setting.name: setting.choices for setting in settings if setting.choices}

    def check(parameters: Iterable[Parameter]) -> SetParametersResult:
        for parameter in parameters:
            allowed = choices.get(parameter.name)
            if allowed and parameter.value not in allowed:
                return SetParametersResult(
                    successful=False,
                    reason=f"{parameter.name}: expected one of {', '.join(allowed)}, got {parameter.value!r}",
                )
        return SetParametersResult(successful=True)

    node.add_on_set_parameters_callback(check)
    for setting in settings:
        node.declare_parameter(setting.name, setting.default, setting.descriptor())
