"""A managed node seen from outside: its states, its parameters, its diagnostics."""

from __future__ import annotations

from collections.abc import Callable
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

    def diagnosis(
        self,
        subject: str,
        message: str,
        timeout: float = 20.0,
        *,
        where: Callable[[dict[str, str]], bool] = lambda values: True,
    ) -> DiagnosticStatus:
        """The status of "<node>: <subject>", once it holds ``message`` and its values satisfy ``where``.

        A status comes once a second: one that was kept may be older than what the test has just done.
        """
        key = f"{self.name}: {subject}"

        def came() -> bool:
            status = self._diagnostics.get(key)
            return status is not None and message in status.message and where(values_of(status))

        self.peer.spin_until(
            came, timeout=timeout, what=f"{message!r}, as asked for, in the diagnostics of {subject}"
        )
        return self._diagnostics[key]


def values_of(status: DiagnosticStatus) -> dict[str, str]:
    return {pair.key: pair.value for pair in status.values}
