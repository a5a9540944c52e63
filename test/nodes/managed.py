"""A managed node seen from outside: its states, its parameters, its diagnostics."""

from __future__ import annotations

from typing import Any

from diagnostic_msgs.msg import DiagnosticArray, DiagnosticStatus
from lifecycle_msgs.msg import Transition
from lifecycle_msgs.srv import ChangeState, GetState
from rcl_interfaces.srv import SetParameters
from rclpy.parameter import Parameter


class Managed:
    """Clients of the node ``name`` (full), made on a ``Peer``."""

    def __init__(self, peer: Any, name: str) -> None:
        self.peer, self.name = peer, name
        node = peer.node
        self._change = node.create_client(ChangeState, f"{name}/change_state")
        self._state = node.create_client(GetState, f"{name}/get_state")
        self._set = node.create_client(SetParameters, f"{name}/set_parameters")
        self._diagnostics: dict[str, DiagnosticStatus] = {}
        node.create_subscription(DiagnosticArray, "/diagnostics", self._keep, 10)
        for client in (self._change, self._state, self._set):
            peer.spin_until(client.service_is_ready, timeout=60, what=client.srv_name)

    def _keep(self, message: DiagnosticArray) -> None:
        self._diagnostics.update({status.name: status for status in message.status})

    def change(self, transition: int, label: str = "") -> bool:
        request = ChangeState.Request(transition=Transition(id=transition, label=label))
        return bool(self.peer.call(self._change, request, timeout=60).success)

    def state(self) -> str:
        return str(self.peer.call(self._state, GetState.Request()).current_state.label)

    def set(self, **values: Any) -> list[Any]:
        """One result for each parameter: successful and reason."""
        parameters = [Parameter(name=name, value=value).to_parameter_msg() for name, value in values.items()]
        return list(self.peer.call(self._set, SetParameters.Request(parameters=parameters)).results)

    def diagnosis(self, subject: str, message: str, timeout: float = 20.0) -> DiagnosticStatus:
        """The status of "<node>: <subject>", once its message holds ``message``."""
        key = f"{self.name}: {subject}"
        self.peer.spin_until(
            lambda: key in self._diagnostics and message in self._diagnostics[key].message,
            timeout=timeout,
            what=f"{message!r} in the diagnostics of {subject}",
        )
        return self._diagnostics[key]
