"""The training loop."""

from __future__ import annotations

import copy
import math
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor, nn
from tqdm import tqdm

from hrs_ros.data.sample import Sample
from hrs_ros.network.checkpoint import load_checkpoint, save_checkpoint
from hrs_ros.network.config import load_config
from hrs_ros.network.losses import LOSS_WEIGHTS, sms_loss
from hrs_ros.network.sms import SMS
from hrs_ros.training.average import WeightAverage
from hrs_ros.training.batches import Batch, make_sample, normalise, stream_batches
from hrs_ros.training.config import TrainConfig
from hrs_ros.training.log import CsvLog
from hrs_ros.training.memory import keep_freed_memory
from hrs_ros.training.plan import DataPlan, Position
from hrs_ros.training.sources import Source
from hrs_ros.training.state import Progress, load_state, save_state
from hrs_ros.training.validation import columns, read_validation_samples, score, validate
from hrs_ros.vocabulary import vocabulary

STATE, LAST, BEST = "state.safetensors", "last.safetensors", "best.safetensors"
TRAIN_LOG, VALIDATION_LOG = "train.csv", "validation.csv"
TRAIN_COLUMNS = ("epochs", "seconds", "rate", "side", *LOSS_WEIGHTS, "total", "gradient", "images_per_s")


class TrainingDivergedError(RuntimeError):
    """A loss that is no number."""


def train(config: TrainConfig) -> Progress:
    """Train until the budget is spent or SIGINT or SIGTERM comes; returns where it ended.

    Writes into ``config.out``: ``last.safetensors`` and ``best.safetensors`` (averaged weights, readable by
    ``load_model``), ``state.safetensors`` (for ``resume``), ``train.csv`` and ``validation.csv``. Raises
    SourceError for unusable data, StateError for a run that cannot be resumed, TrainingDivergedError.
    """
    return _Run(config).run()


class _Run:
    def __init__(self, config: TrainConfig) -> None:
        keep_freed_memory()
        if config.threads is not None:
            torch.set_num_threads(config.threads)
        torch.manual_seed(config.seed)
        self.config = config
        self.device = torch.device(config.device or ("cuda" if torch.cuda.is_available() else "cpu"))
        side = config.sizes.final
        self.model_config = load_config(config.model, input_height=side, input_width=side)
        self.model = SMS(self.model_config, pretrained=config.pretrained).to(self.device)
        # Twice as fast on a CPU as the default layout.
        self.model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        if config.start_from is not None:
            self.model.load_state_dict(load_checkpoint(config.start_from).weights)
        self.average = WeightAverage(self.model, decay=config.average_decay)
        self.optimizer = torch.optim.AdamW(
            _parameter_groups(self.model, config.weight_decay), lr=config.rate.base, fused=True
        )
        self.plan = DataPlan(
            config.data,
            photos=Source("photos", str(config.photos)) if config.photos else None,
            photo_ratio=config.photo_ratio,
            batch=config.batch,
            seed=config.seed,
            overfit=config.overfit,
            require=frozenset(vocabulary().relation_id(name) for name in config.require),
        )
        self.progress = Progress()
        config.out.mkdir(parents=True, exist_ok=True)
        if config.resume:
            self.progress = load_state(config.out / STATE, **self._parts())
        elif (config.out / STATE).exists():
            raise ValueError(
                f"{config.out} holds a run already: continue it with --resume or choose another --out"
            )
        resume_step = self.progress.step if config.resume else None
        self.train_log = CsvLog(config.out / TRAIN_LOG, TRAIN_COLUMNS, resume_step=resume_step)
        self.validation_log = CsvLog(config.out / VALIDATION_LOG, columns(), resume_step=resume_step)
        (config.out / "config.json").write_text(config.summary() + "\n", encoding="utf-8")
        self.started = time.monotonic() - self.progress.seconds
        self.validation_samples: Sequence[Sample] = ()
        self.saved_step = -1

    def run(self) -> Progress:
        config = self.config
        batches = stream_batches(
            self.plan,
            start=self.progress.position,
            side=lambda epochs: config.sizes.at(self._fraction(epochs)),
            grid=self.model_config.kernel_grid,
            workers=config.workers,
            pin_memory=self.device.type == "cuda",
        )
        meter = _Meter()
        with _stop_signals() as stop, _progress_bar(config, self.progress) as bar:
            while self._fraction(self.progress.epochs) < 1 and not stop:
                waiting = time.monotonic()
                batch = next(batches)
                meter.waited += time.monotonic() - waiting
                rate = config.rate.at(self._fraction(self.progress.epochs))
                losses = self._step(batch, rate)
                meter.add(losses, images=len(batch.image))
                self._advance(batch)
                if self.progress.step % config.log_every == 0:
                    self._log(meter, rate, batch.image.shape[1], bar)
                    meter = _Meter()
                if self.progress.step % config.validate_every == 0:
                    self._validate_and_save(bar)
                bar.n = round(1000 * self._fraction(self.progress.epochs))
                bar.refresh() if self.progress.step % 5 == 0 else None
            if self.saved_step != self.progress.step:
                self._validate_and_save(bar)
        return self.progress

    def _fraction(self, epochs: float) -> float:
        seconds = time.monotonic() - self.started
        return self.config.budget.progress(step=self.progress.step, epoch=epochs, seconds=seconds)

    def _step(self, batch: Batch, rate: float) -> dict[str, float]:
        """One optimiser step; returns the losses and the gradient's norm."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        image = normalise(batch.image.to(self.device, non_blocking=True))
        targets = batch.targets.to(self.device, non_blocking=True)
        with torch.autocast("cuda", dtype=torch.bfloat16, enabled=self.device.type == "cuda"):
            outputs = self.model(image)
        losses = sms_loss(
            outputs, targets, weights=self.config.loss_weights, lovasz_pixels=self.config.lovasz_pixels
        )
        total = losses["total"]
        if not math.isfinite(total.item()):
            raise TrainingDivergedError(
                f"loss is not a number at step {self.progress.step + 1}: {_numbers(losses)}; images "
                f"{[(draw.source.root, draw.index) for draw in batch.drawn.draws]}; try a lower --lr"
            )
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()
        norm = nn.utils.clip_grad_norm_(self.model.parameters(), self.config.clip)
        self.optimizer.step()
        self.average.update(self.model)
        return _numbers(losses) | {"gradient": norm.item()}

    def _advance(self, batch: Batch) -> None:
        self.progress.step += 1
        self.progress.epochs = batch.drawn.epoch_done
        self.progress.position = batch.drawn.following
        self.progress.seconds = time.monotonic() - self.started

    def _log(self, meter: _Meter, rate: float, side: int, bar: tqdm) -> None:
        means = meter.means()
        row = {
            "step": self.progress.step,
            "epochs": self.progress.epochs,
            "seconds": self.progress.seconds,
            "rate": rate,
            "side": side,
            "images_per_s": meter.speed(),
        }
        self.train_log.write(row | means)
        bar.set_postfix_str(
            f"step {self.progress.step}, loss {means['total']:.3f}, {meter.speed():.1f} img/s, "
            f"data wait {meter.waited_share():.0%}, {side} px"
        )

    def _validate_and_save(self, bar: tqdm) -> None:
        out, step = self.config.out, self.progress.step
        best = False
        if self.config.validation or self.config.overfit is not None:
            figures = self._figures()
            self.validation_log.write({"step": step} | figures)
            best = self.progress.best is None or score(figures) > self.progress.best
            if best:
                self.progress.best = score(figures)
            shown = ("total", "person_recall", "person_iou", "side_accuracy", "rs_recall", "hrs_recall")
            bar.write(f"step {step}: " + ", ".join(f"{name} {figures[name]:.3f}" for name in shown))
        notes = {"training": self.config.summary()}
        for name in (LAST, BEST) if best else (LAST,):
            save_checkpoint(out / name, self.average.state, config=self.model_config, step=step, notes=notes)
        save_state(out / STATE, progress=self.progress, **self._parts())
        self.saved_step = step

    def _figures(self) -> dict[str, float]:
        if not self.validation_samples:
            self.validation_samples = self._read_validation()
        averaged = copy.deepcopy(self.model)
        averaged.load_state_dict(self.average.state)
        # Random numbers must not depend on whether a run validates.
        state = torch.get_rng_state()
        figures = validate(averaged, self.validation_samples, device=self.device)
        torch.set_rng_state(state)
        return figures

    def _read_validation(self) -> Sequence[Sample]:
        side = self.config.sizes.final
        if self.config.overfit is None:
            return read_validation_samples(
                self.config.validation, most=self.config.validation_images, side=side
            )
        # Learning by heart is judged on the very same images.
        drawn = next(self.plan.batches(Position(), lambda _: side))
        return [make_sample(draw) for draw in drawn.draws]

    def _parts(self) -> dict:
        return {
            "model": self.model,
            "average": self.average,
            "optimizer": self.optimizer,
            "plan": self.plan,
            "config": self.model_config,
        }


class _Meter:
    """Means over the steps since the last log line."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = {}
        self._steps = self._images = 0
        self._start = time.monotonic()
        self.waited = 0.0  # seconds without a batch to work on

    def add(self, losses: Mapping[str, float], *, images: int) -> None:
        for name, value in losses.items():
            self._sums[name] = self._sums.get(name, 0.0) + value
        self._steps += 1
        self._images += images

    def means(self) -> dict[str, float]:
        return {name: value / self._steps for name, value in self._sums.items()}

    def speed(self) -> float:
        """Images per second."""
        return self._images / (time.monotonic() - self._start)

    def waited_share(self) -> float:
        return self.waited / (time.monotonic() - self._start)


def _parameter_groups(model: nn.Module, weight_decay: float) -> list[dict]:
    """Weights decay; biases, normalisation and other vectors do not."""
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    return [
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": weight_decay},
        {"params": [p for p in parameters if p.dim() <= 1], "weight_decay": 0.0},
    ]


def _numbers(losses: Mapping[str, Tensor]) -> dict[str, float]:
    names = list(losses)
    return dict(zip(names, torch.stack([losses[name].detach() for name in names]).tolist(), strict=True))


def _progress_bar(config: TrainConfig, progress: Progress) -> tqdm:
    """Runs to 1000 whatever the budget counts; says step, loss, speed and the time left."""
    done = config.budget.progress(step=progress.step, epoch=progress.epochs, seconds=progress.seconds)
    return tqdm(
        total=1000,
        initial=round(1000 * done),
        desc=f"train {config.model}",
        bar_format="{desc} {percentage:.1f}% |{bar:20}| {elapsed}<{remaining} {postfix}",
        mininterval=2,
    )


@contextmanager
def _stop_signals() -> Iterator[list[int]]:
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
