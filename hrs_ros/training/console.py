"""What a person at the terminal sees of a run, and how it is told to stop."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from hrs_ros.training.config import TrainConfig
from hrs_ros.training.distributed import Group
from hrs_ros.training.state import Progress


def progress_bar(config: TrainConfig, progress: Progress, group: Group) -> tqdm:
    """Runs to 1000 whatever the budget counts; says step, loss, speed and the time left."""
    done = config.budget.progress(step=progress.step, epoch=progress.epochs, seconds=progress.seconds)
    return tqdm(
        total=1000,
        initial=round(1000 * done),
        desc=f"train {config.model}",
        bar_format="{desc} {percentage:.1f}% |{bar:20}| {elapsed}<{remaining} {postfix}",
        mininterval=2,
        disable=not group.leads,
    )


@contextmanager
def stop_signals() -> Iterator[list[int]]:
    """A list that is no longer empty after SIGINT or SIGTERM: the step is finished and the state saved."""
    received: list[int] = []
    previous = {
        number: signal.signal(number, lambda signum, _: received.append(signum))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield received
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
