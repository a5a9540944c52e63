"""HRS nodes as child processes of a command: started alike, ended by SIGINT, kept to this machine."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import IO, Any

STOP_SECONDS = 10.0


def keep_to_this_machine() -> None:
    """No traffic beyond this machine, and a domain of its own, unless the user chose otherwise."""
    os.environ.setdefault("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST")
    os.environ.setdefault("ROS_DOMAIN_ID", str(1 + os.getpid() % 99))


@contextlib.contextmanager
def child_node(
    module: str, parameters: Mapping[str, Any], *, log: IO[str] | int
) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``python -m module`` with ROS parameters; its output goes to ``log``. Ended as Ctrl-C would."""
    arguments = [part for name, value in parameters.items() for part in ("-p", f"{name}:={value}")]
    command = [sys.executable, "-m", module, "--ros-args", *arguments]
    process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
