"""A node in the states of the ROS 2 lifecycle: unconfigured, inactive, active, finalized."""

from __future__ import annotations

import traceback
from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import Any

from lifecycle_msgs.msg import State
from lifecycle_msgs.srv import ChangeState
from rcl_interfaces.msg import SetParametersResult
from rclpy.impl.implementation_singleton import rclpy_implementation
from rclpy.lifecycle import LifecycleNodeMixin, LifecycleState, TransitionCallbackReturn
from rclpy.parameter import Parameter

from hrs_ros.nodes.parameters import Setting, declare
from hrs_ros.nodes.process import USER_ERRORS, HRSNode

AUTOSTART = Setting(
    "autostart",
    True,
    "configure and activate at once, and end the process where that fails; "
    "false: wait for a lifecycle manager or `ros2 lifecycle set`",
)


class ManagedNode(LifecycleNodeMixin, HRSNode):
    """``configure``, ``activate``, ``deactivate`` and ``cleanup`` do the work and raise what they raise.

    This class turns that into transitions that fail cleanly: the node is back where it was, or unconfigured
    after an error that nobody foresaw, with the reason in the log and in ``reason``.
    """

    def __init__(self, name: str, settings: Iterable[Setting], **options: Any) -> None:
        HRSNode.__init__(self, name, **options)
        settings = (AUTOSTART, *settings)
        declare(self, settings)
        self._while_unconfigured = {setting.name for setting in settings if setting.configured}
        self.reason = ""
        """Why the last transition failed; empty when it did not."""
        self._failure: Exception | None = None
        LifecycleNodeMixin.__init__(self)
        self.add_on_set_parameters_callback(self._refuse_while_configured)
        self._guard_change_state()

    @abstractmethod
    def cleanup(self) -> None:
        """Give back what ``configure`` took, however far it came."""

    @property
    def state(self) -> int:
        """One of lifecycle_msgs/State's constants."""
        return int(self._state_machine.current_state[0])

    @property
    def state_label(self) -> str:
        """The state in a word, such as "active"."""
        return str(self._state_machine.current_state[1])

    def start(self) -> None:
        if self.value("autostart"):
            for trigger in (self.trigger_configure, self.trigger_activate):
                if trigger() != TransitionCallbackReturn.SUCCESS and self._failure is not None:
                    raise self._failure
        else:
            self.get_logger().info("unconfigured: waiting for a lifecycle manager")

    def stop(self) -> None:
        """From any state, and also when the context is gone and transitions with it."""
        self.deactivate()
        self.cleanup()

    def give_up(self, error: Exception) -> None:
        """From active back to unconfigured, for ``reason``; ends the process if it started by itself."""
        self.get_logger().error(str(error))
        self.trigger_deactivate()
        self.trigger_cleanup()
        self.reason = str(error)
        if self.value("autostart"):
            self.finished.set_exception(error)

    # --- transitions ---

    def on_configure(self, state: LifecycleState) -> TransitionCallbackReturn:
        return self._step(self.configure, undo=(self.cleanup,))

    def on_activate(self, state: LifecycleState) -> TransitionCallbackReturn:
        return self._step(self.activate, undo=(self.deactivate,))

    def on_deactivate(self, state: LifecycleState) -> TransitionCallbackReturn:
        return self._step(self.deactivate)

    def on_cleanup(self, state: LifecycleState) -> TransitionCallbackReturn:
        return self._step(self.cleanup)

    def on_shutdown(self, state: LifecycleState) -> TransitionCallbackReturn:
        return self._step(self.stop)

    def on_error(self, state: LifecycleState) -> TransitionCallbackReturn:
        """After an error nobody foresaw: everything is given back, and the node may be configured again."""
        self.stop()
        return TransitionCallbackReturn.SUCCESS

    def _step(
        self, action: Callable[[], None], *, undo: Iterable[Callable[[], None]] = ()
    ) -> TransitionCallbackReturn:
        self.reason, self._failure = "", None
        try:
            action()
        except Exception as error:
            self.reason, self._failure = str(error) or repr(error), error
            if not isinstance(error, USER_ERRORS):
                self.get_logger().error(traceback.format_exc())
                return TransitionCallbackReturn.ERROR
            for step in undo:
                step()
            if not self.value("autostart"):  # else the process ends, and says it as its last word
                self.get_logger().error(self.reason)
            return TransitionCallbackReturn.FAILURE
        return TransitionCallbackReturn.SUCCESS

    # --- guards ---

    def _refuse_while_configured(self, parameters: Iterable[Parameter]) -> SetParametersResult:
        fixed = [parameter.name for parameter in parameters if parameter.name in self._while_unconfigured]
        if fixed and self.state != State.PRIMARY_STATE_UNCONFIGURED:
            return SetParametersResult(
                successful=False,
                reason=f"{fixed[0]} can be set while the node is unconfigured, and it is {self.state_label}: "
                "deactivate and clean up first (`ros2 lifecycle set`)",
            )
        return SetParametersResult(successful=True)

    def _guard_change_state(self) -> None:
        """A transition that does not exist, or not from here, is refused; rclpy alone would end the node."""
        service = self._service_change_state
        change = service.callback

        def guarded(request: ChangeState.Request, response: ChangeState.Response) -> ChangeState.Response:
            try:
                return change(request, response)
            except rclpy_implementation.RCLError:
                transition = request.transition
                self.get_logger().warning(
                    f"no transition {transition.label or transition.id} from state {self.state_label}"
                )
                response.success = False
                return response

        service.callback = guarded
