"""The training loop."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from tqdm import tqdm

from hrs_ros.data.sample import Sample
from hrs_ros.network.backbone_weights import load_backbone_weights
from hrs_ros.network.checkpoint import load_checkpoint, save_checkpoint
from hrs_ros.network.config import load_config
from hrs_ros.network.losses import LOSS_WEIGHTS, sms_loss
from hrs_ros.network.sms import SMS
from hrs_ros.network.warm_start import starting_weights
from hrs_ros.training.average import WeightAverage
from hrs_ros.training.batches import Batch, make_sample, normalise, stream_batches
from hrs_ros.training.config import TrainConfig
from hrs_ros.training.console import progress_bar, stop_signals
from hrs_ros.training.distributed import Group, process_group
from hrs_ros.training.log import CsvLog
from hrs_ros.training.memory import keep_freed_memory
from hrs_ros.training.meter import Meter
from hrs_ros.training.pictures import write_samples
from hrs_ros.training.plan import DataPlan, Position
from hrs_ros.training.sources import Source
from hrs_ros.training.state import Progress, load_state, save_state
from hrs_ros.training.validation import FIGURES, Validation, columns, read_validation_samples, validate
from hrs_ros.vocabulary import vocabulary

STATE, LAST, BEST = "state.safetensors", "last.safetensors", "best.safetensors"
TRAIN_LOG, VALIDATION_LOG, SAMPLES = "train.csv", "validation.csv", "samples"
PICTURED = 4  # validation images in a sample picture
TRAIN_COLUMNS = ("epochs", "seconds", "rate", "side", *LOSS_WEIGHTS, "total", "gradient", "images_per_s")


class TrainingDivergedError(RuntimeError):
    """A loss that is no number."""


def train(config: TrainConfig) -> Progress:
    """Train until the budget is spent or SIGINT or SIGTERM comes; returns where it ended.

    Writes into ``config.out``: ``last.safetensors`` and ``best.safetensors`` (averaged weights, readable by
    ``load_model``), ``state.safetensors`` (for ``resume``), ``train.csv``, ``validation.csv`` and
    ``samples/*.jpg`` (the truth beside what is seen, at every validation). Raises SourceError for unusable
    data, StateError for a run that cannot be resumed, TrainingDivergedError.

    Started by ``torchrun``, every process takes its share of each batch; the first one writes.
    """
    with process_group(config.device) as group:
        return _Run(config, group).run()


class _Run:
    def __init__(self, config: TrainConfig, group: Group) -> None:
        if config.batch % group.world:
            raise ValueError(
                f"expected a batch of the same size for each of the {group.world} processes, "
                f"got {config.batch} images for all; change --batch"
            )
        keep_freed_memory()
        if config.threads is not None:
            torch.set_num_threads(config.threads)
        torch.manual_seed(config.seed + group.rank)
        self.config, self.group, self.device = config, group, group.device
        side = config.sizes.final
        self.model_config = load_config(
            config.model,
            input_height=side,
            input_width=side,
            vocabulary=config.vocabulary,
            **config.model_fields,
        )
        download = config.pretrained and config.backbone_weights is None and not config.resume
        self.model = SMS(self.model_config, pretrained=download).to(self.device)
        # Twice as fast on a CPU as the default layout.
        self.model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        if not config.resume:
            self._first_weights()
        if config.freeze is not None:
            self.model.backbone.freeze(config.freeze)
        self.shared_model = group.share_gradients(self.model)
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
            require=frozenset(vocabulary(config.vocabulary).relation_id(name) for name in config.require),
            vocabulary=config.vocabulary,
            scale=config.scale,
            rank=group.rank,
            world=group.world,
        )
        self.progress = Progress()
        if config.resume:
            self.progress = load_state(config.out / STATE, **self._parts())
        elif (config.out / STATE).exists():
            raise ValueError(
                f"{config.out} holds a run already: continue it with --resume or choose another --out"
            )
        if group.leads:
            self._open_logs()
        self.started = time.monotonic() - self.progress.seconds
        self.validation_samples: Sequence[Sample] = ()
        self.saved_step = -1

    def _first_weights(self) -> None:
        if self.config.start_from is not None:
            checkpoint = load_checkpoint(self.config.start_from)
            self.model.load_state_dict(starting_weights(checkpoint, self.model))
        if self.config.backbone_weights is not None:
            load_backbone_weights(self.model.backbone, self.config.backbone_weights)

    def _open_logs(self) -> None:
        config = self.config
        config.out.mkdir(parents=True, exist_ok=True)
        resume_step = self.progress.step if config.resume else None
        self.train_log = CsvLog(config.out / TRAIN_LOG, TRAIN_COLUMNS, resume_step=resume_step)
        self.validation_log = CsvLog(config.out / VALIDATION_LOG, columns(), resume_step=resume_step)
        (config.out / "config.json").write_text(config.summary() + "\n", encoding="utf-8")

    def run(self) -> Progress:
        config = self.config
        batches = stream_batches(
            self.plan,
            start=self.progress.position,
            side=lambda epochs: config.sizes.at(self._fraction(epochs)),
            model=self.model_config,
            workers=config.workers,
            pin_memory=self.device.type == "cuda",
        )
        meter = Meter()
        with stop_signals() as stop, progress_bar(config, self.progress, self.group) as bar:
            while True:
                fraction, stopped = self.group.leaders(self._fraction(self.progress.epochs), len(stop))
                if fraction >= 1 or stopped:
                    break
                waiting = time.monotonic()
                batch = next(batches)
                meter.waited += time.monotonic() - waiting
                rate = config.rate.at(fraction)
                losses = self._step(batch, rate)
                meter.add(losses, images=len(batch.image) * self.group.world)
                self._advance(batch)
                if not self.group.leads:
                    continue
                if self.progress.step % config.log_every == 0:
                    self._log(meter, rate, batch.image.shape[1], bar)
                    meter = Meter()
                if self.progress.step % config.validate_every == 0:
                    self._validate_and_save(bar)
                bar.n = round(1000 * self._fraction(self.progress.epochs))
                bar.refresh() if self.progress.step % 5 == 0 else None
            if self.group.leads and self.saved_step != self.progress.step:
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
            outputs = self.shared_model(image)
        losses = sms_loss(
            outputs,
            targets,
            masks=self.model_config.mask_head,
            weights=self.config.loss_weights,
            lovasz_pixels=self.config.lovasz_pixels,
        )
        numbers = self._numbers(losses)
        if not math.isfinite(numbers["total"]):
            raise TrainingDivergedError(
                f"loss is not a number at step {self.progress.step + 1}: {numbers}; images "
                f"{[(draw.source.root, draw.index) for draw in batch.drawn.draws]}; try a lower --lr"
            )
        self.optimizer.zero_grad(set_to_none=True)
        losses["total"].backward()
        norm = nn.utils.clip_grad_norm_(self.model.parameters(), self.config.clip)
        self.optimizer.step()
        self.average.update(self.model)
        self.model.count_parts(targets)
        return numbers | {"gradient": norm.item()}

    def _numbers(self, losses: Mapping[str, Tensor]) -> dict[str, float]:
        """Losses by name, as means over the processes."""
        values = self.group.mean(torch.stack([loss.detach() for loss in losses.values()]))
        return dict(zip(losses, values.tolist(), strict=True))

    def _advance(self, batch: Batch) -> None:
        self.progress.step += 1
        self.progress.epochs = batch.drawn.epoch_done
        self.progress.position = batch.drawn.following
        self.progress.seconds = time.monotonic() - self.started

    def _log(self, meter: Meter, rate: float, side: int, bar: tqdm) -> None:
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
            validation = self._validate()
            self.validation_log.write({"step": step} | validation.figures)
            best = self.progress.best is None or validation.score > self.progress.best
            if best:
                self.progress.best = validation.score
            shown = ", ".join(f"{name} {validation.figures[name]:.3f}" for name in ("total", *FIGURES))
            bar.write(f"step {step}: {shown}")
            write_samples(
                out / SAMPLES / f"{step:07d}.jpg",
                self.validation_samples[:PICTURED],
                validation.scenes[:PICTURED],
            )
        notes = {"training": self.config.summary()}
        for name in (LAST, BEST) if best else (LAST,):
            save_checkpoint(out / name, self.average.state, config=self.model_config, step=step, notes=notes)
        save_state(out / STATE, progress=self.progress, **self._parts())
        self.saved_step = step

    def _validate(self) -> Validation:
        if not self.validation_samples:
            self.validation_samples = self._read_validation()
        averaged = copy.deepcopy(self.model)
        averaged.load_state_dict(self.average.state)
        # Random numbers must not depend on whether a run validates.
        state = torch.get_rng_state()
        validation = validate(averaged, self.validation_samples, device=self.device)
        torch.set_rng_state(state)
        return validation

    def _read_validation(self) -> Sequence[Sample]:
        side = self.config.sizes.final
        if self.config.overfit is None:
            return read_validation_samples(
                self.config.validation,
                most=self.config.validation_images,
                side=side,
                vocabulary=self.config.vocabulary,
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


def _parameter_groups(model: nn.Module, weight_decay: float) -> list[dict]:
    """Weights decay; biases, normalisation and other vectors do not."""
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    return [
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": weight_decay},
        {"params": [p for p in parameters if p.dim() <= 1], "weight_decay": 0.0},
    ]
