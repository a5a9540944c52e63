"""Raw maps -> entities and relations, in torch operations that export into one ONNX graph (spec section 5).

Fixed numbers of slots, no control flow, no operator the exporter cannot translate: coordinates are taken from
flat indices by ``i - (i // W) * W`` because the remainder by a symbolic size does not export.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from hrs_ros.network.cells import read_cells
from hrs_ros.network.config import ModelConfig
from hrs_ros.network.mask_heads import mask_head
from hrs_ros.network.normalise import MEAN, STD
from hrs_ros.network.parts import most_frequent_part, nearest_part, sampled_part
from hrs_ros.network.sms import SMS
from hrs_ros.vocabulary import vocabulary

OUTSHONE = 1e4  # taken from the logit of a cell that a neighbour outshines: its score is exactly 0
IMPOSSIBLE = 1e9  # cost of matching a relation with one human twice
SMALLEST_SCORE = 1e-6  # eq. 7 divides by the score

# The order of the outputs; names and meanings in hrs_ros.inference.graph.
Decoded = tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]


class SMSDeploy(nn.Module):
    """The whole way of one frame: uint8 image, normalisation, network, decode. ``model`` is used in place."""

    mean: Tensor
    std: Tensor

    def __init__(self, model: SMS) -> None:
        super().__init__()
        self.model = model
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(STD).view(1, 3, 1, 1), persistent=False)

    def forward(self, image: Tensor) -> Decoded:
        """(B, H, W, 3) uint8 RGB, letterboxed, sides multiples of 32 -> see ``decode``."""
        return decode(self.raw(image), self.model.config)

    def raw(self, image: Tensor) -> dict[str, Tensor]:
        """The same image -> the maps of ``SMS.forward``, before decode."""
        # To float before anything else: the CUDA provider cannot move uint8 axes about.
        pixels = image.to(torch.float32).permute(0, 3, 1, 2)
        pixels = (pixels - self.mean) / self.std
        return self.model(pixels.to(self.model.part_bias.dtype))


def decode(raw: dict[str, Tensor], config: ModelConfig) -> Decoded:
    """Entities, masks and relations of the raw maps that ``SMS.forward`` returns; always in float32.

    E = Ks + Ko entity slots: first the top peaks of the human channel, then the top peaks over all classes.
    R = Kr relation slots, in the order of their heatmap score P_r, not of the final score. Returns

    - ``entity_class`` (B, E) int64 1-based, ``entity_score`` (B, E), ``entity_centre`` (B, E, 2) x, y in
      stride-4 cells, ``entity_mask`` (B, E, h, w) logits;
    - ``relation_class`` (B, R) int64 1-based, ``relation_score`` (B, R), ``relation_subject`` and
      ``relation_object`` (B, R) int64 slots, ``relation_part`` (B, R, 25) probabilities;
    - ``parsing`` (B, h, w) int64.

    A slot without a peak, a duplicate and a relation without two different ends have score 0.
    """
    raw = {name: tensor.float() for name, tensor in raw.items()}
    words = vocabulary(config.vocabulary)
    human = words.human - 1
    entity = _peaks(raw["entity"])
    subject_score, subject_class, subject_centre = _top(entity[:, human : human + 1], config.subjects)
    object_score, object_class, object_centre = _top(entity, config.objects)
    relation_peak, channel, point = _top(_peaks(raw["relation"]), config.relations)
    direction = channel // words.relation_count  # 0 unless pairs are directed
    relation_class = channel - direction * words.relation_count

    to_subject, to_object = _displacements(read_cells(raw["displacement"], point), direction, config)
    subject_cost = _cost(point + to_subject, subject_centre, subject_score)  # (B, R, Ks)
    subject = subject_cost.argmin(dim=2)
    object_cost = _cost(point + to_object, object_centre, object_score)  # (B, R, Ko)
    taken = _gather(subject_centre, subject)[:, :, None, :]  # (B, R, 1, 2)
    same = (object_centre[:, None] == taken).all(dim=3) & (object_class == human)[:, None]
    object_cost = torch.where(same, IMPOSSIBLE, object_cost)
    least, object_ = object_cost.min(dim=2)
    score = subject_score.gather(1, subject) * object_score.gather(1, object_) * relation_peak
    score = torch.where(least < IMPOSSIBLE, score, 0.0)
    score = _keep_best(score, subject, object_, relation_class)

    centre = torch.cat([subject_centre, object_centre], dim=1)
    masks = mask_head(config.mask_head).logits(raw, centre)
    parsing = raw["parsing"].argmax(dim=1)
    match config.part_classifier:
        case "learned":
            part = _part_logits(raw["part"], point, direction, config)
            part = (part + raw["part_bias"][relation_class]).sigmoid()
        case "most_frequent":
            part = most_frequent_part(raw["part_frequency"], relation_class)
        case "sample":
            part = sampled_part(raw["part_frequency"], relation_class, point)
        case "nearest":
            H, W = masks.shape[2:]
            chosen = subject[:, :, None, None].expand(-1, -1, H, W)
            part = nearest_part(masks.gather(1, chosen), parsing, point, parts=words.part_count)
    return (
        torch.cat([subject_class + (human + 1), object_class + 1], dim=1),
        torch.cat([subject_score, object_score], dim=1),
        centre.to(torch.float32),
        masks,
        relation_class + 1,
        score,
        subject,
        object_ + config.subjects,
        part,
        parsing,
    )


def _peaks(logits: Tensor) -> Tensor:
    """Push every logit that is no 3 x 3 maximum far down; maxima stay exact.

    On logits, as saturated scores would tie and make plateaus of peaks. By arithmetic, as ONNX Runtime's
    Where is slower than the whole max-pool.
    """
    outshone = logits < functional.max_pool2d(logits, 3, stride=1, padding=1)
    return logits - outshone.to(logits.dtype) * OUTSHONE


def _top(peaks: Tensor, count: int) -> tuple[Tensor, Tensor, Tensor]:
    """The ``count`` highest values of (B, C, h, w) logits: score (B, K), channel (B, K), cell x, y (B, K, 2).

    First the best cells by their best channel, then the best channels among those cells: the same answer as
    one top-K over all C * h * w values, at the cost of one maximum over the channels.
    """
    B, C, _, W = peaks.shape
    flat = peaks.flatten(2)  # (B, C, h * w)
    cells = flat.amax(dim=1).topk(count, dim=1).indices  # (B, K)
    candidates = flat.gather(2, cells[:, None, :].expand(B, C, count)).flatten(1)  # (B, C * K)
    logit, index = candidates.topk(count, dim=1)
    channel = index // count
    cell = cells.gather(1, index - channel * count)
    y = cell // W
    return logit.sigmoid(), channel, torch.stack([cell - y * W, y], dim=2)


def _displacements(displacement: Tensor, direction: Tensor, config: ModelConfig) -> tuple[Tensor, Tensor]:
    """(B, R, 4) or (B, R, 2) read at relation points -> the subject's and the object's, (B, R, 2) each."""
    first = displacement[..., :2]
    second = -first if config.displacement == "subject" else displacement[..., 2:]
    if not config.directed_pairs:
        return first, second
    swap = (direction == 1)[..., None]
    return torch.where(swap, second, first), torch.where(swap, first, second)


def _part_logits(part: Tensor, point: Tensor, direction: Tensor, config: ModelConfig) -> Tensor:
    """(B, R, 25) read at relation points; with directed pairs, the half of the channels that is theirs."""
    logits = read_cells(part, point)
    if not config.directed_pairs:
        return logits
    forward, backward = logits.chunk(2, dim=2)
    return torch.where((direction == 1)[..., None], backward, forward)


def _gather(rows: Tensor, index: Tensor) -> Tensor:
    """Rows (B, K, 2) by index (B, R) -> (B, R, 2)."""
    return rows.gather(1, index[:, :, None].expand(-1, -1, 2))


def _cost(expected: Tensor, centre: Tensor, score: Tensor) -> Tensor:
    """Eq. 7: distance of every candidate centre (B, K, 2) to the expected one (B, R, 2), over its score."""
    distance = (centre[:, None] - expected[:, :, None]).square().sum(dim=3).sqrt()
    return distance / score.clamp(min=SMALLEST_SCORE)[:, None]


def _keep_best(score: Tensor, subject: Tensor, object_: Tensor, relation: Tensor) -> Tensor:
    """Score 0 for a (subject, relation, object) that a better slot holds too; of equals the first stays."""
    triplet = torch.stack([subject, object_, relation], dim=2)  # (B, R, 3)
    same = (triplet[:, :, None] == triplet[:, None]).all(dim=3)  # (B, R, R)
    slot = torch.arange(score.shape[1], device=score.device)
    mine, other = score[:, :, None], score[:, None]
    better = (other > mine) | ((other == mine) & (slot[None, :] < slot[:, None]))
    return torch.where((same & better).any(dim=2), 0.0, score)
