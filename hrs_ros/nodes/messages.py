"""Scenes <-> hrs_msgs. Plain functions, no node needed."""

from __future__ import annotations

from typing import Any

import numpy as np
from builtin_interfaces.msg import Duration, Time
from pycocotools import mask as coco
from std_msgs.msg import Header

from hrs_msgs.msg import (
    Entity as EntityMessage,
)
from hrs_msgs.msg import (
    HRSRelation,
    HRSScene,
    HumanPart,
    Labels,
)
from hrs_msgs.msg import (
    Mask as MaskMessage,
)
from hrs_ros.scene import Entity, Mask, Relation, Scene
from hrs_ros.vocabulary import vocabulary

MASK_ENCODINGS = {"rle": MaskMessage.COCO_RLE, "bits": MaskMessage.BITS}
_NANOSECONDS = 1_000_000_000


class MessageError(ValueError):
    """A message whose fields contradict each other."""


def duration(nanoseconds: int) -> Duration:
    return Duration(sec=nanoseconds // _NANOSECONDS, nanosec=nanoseconds % _NANOSECONDS)


def time_message(nanoseconds: int) -> Time:
    return Time(sec=nanoseconds // _NANOSECONDS, nanosec=nanoseconds % _NANOSECONDS)


def time_ns(message: Time) -> int:
    return int(message.sec) * _NANOSECONDS + int(message.nanosec)


def stamp_ns(header: Header) -> int:
    return time_ns(header.stamp)


# --- masks ---


def mask_to_message(mask: Mask, *, encoding: int, image_height: int, image_width: int) -> MaskMessage:
    """``encoding`` is Mask.COCO_RLE (small) or Mask.BITS (fast). The crop must lie inside the image."""
    message = MaskMessage(encoding=encoding, image_width=image_width, image_height=image_height)
    if not mask.bits.size:
        return message
    message.x, message.y, message.width, message.height = mask.x, mask.y, mask.width, mask.height
    if encoding == MaskMessage.COCO_RLE:
        data = coco.encode(np.asfortranarray(mask.bits.view(np.uint8)))["counts"]
    elif encoding == MaskMessage.BITS:
        data = np.packbits(mask.bits).tobytes()
    else:
        raise ValueError(f"mask encoding: expected one of {sorted(MASK_ENCODINGS.values())}, got {encoding}")
    message.data.frombytes(data)  # fast: other ways are checked byte by byte
    return message


def mask_from_message(message: MaskMessage) -> Mask:
    """Raises MessageError when the data does not fill the crop, or the encoding is unknown."""
    height, width = message.height, message.width
    if height == 0 or width == 0:
        return Mask.empty()
    if message.x + width > message.image_width or message.y + height > message.image_height:
        raise MessageError(
            f"expected a mask inside its image of {message.image_width} x {message.image_height}, "
            f"got a crop of {width} x {height} at ({message.x}, {message.y})"
        )
    data = bytes(message.data)
    if message.encoding == MaskMessage.BITS:
        expected = (height * width + 7) // 8
        if len(data) != expected:
            raise MessageError(f"expected {expected} bytes for {width} x {height} bits, got {len(data)}")
        flat = np.unpackbits(np.frombuffer(data, np.uint8), count=height * width)
        bits = flat.reshape(height, width).astype(bool)
    elif message.encoding == MaskMessage.COCO_RLE:
        bits = _decode_rle(data, height, width)
    else:
        raise MessageError(
            f"mask encoding: expected one of {sorted(MASK_ENCODINGS.values())}, got {message.encoding}"
        )
    return Mask(x=message.x, y=message.y, bits=bits)


def _decode_rle(data: bytes, height: int, width: int) -> np.ndarray:
    total = sum(_rle_counts(data))
    if total != height * width:
        raise MessageError(f"expected run lengths of {height * width} pixels, got {total}")
    return coco.decode({"size": [height, width], "counts": data}).astype(bool)


def _rle_counts(data: bytes) -> list[int]:
    """Run lengths of a compressed COCO RLE; checked here because the C decoder trusts its input.

    Five bits a character from the lowest up, bit 5 = more follow, bit 4 of the last = sign; from the fourth
    run on, a run is stored as the difference to the one two before it.
    """
    counts: list[int] = []
    value = shift = 0
    for byte in data:
        digit = byte - 48
        if not 0 <= digit < 64:
            raise MessageError(f"expected COCO RLE characters '0' to 'o', got byte {byte}")
        value |= (digit & 31) << shift
        shift += 5
        if digit & 32:
            continue
        if digit & 16:
            value -= 1 << shift
        if len(counts) > 2:
            value += counts[-2]
        if value < 0:
            raise MessageError("expected run lengths of 0 or more in a COCO RLE, got a negative one")
        counts.append(value)
        value = shift = 0
    if shift:
        raise MessageError("expected a whole COCO RLE, got one that is cut off")
    return counts


# --- scenes ---


class SceneEncoder:
    """Messages of one scene's entities and relations; each mask is encoded once, however often it is used.

    ``encoding`` None leaves all masks empty.
    """

    def __init__(self, scene: Scene, *, encoding: int | None) -> None:
        self._scene = scene
        self._encoding = encoding
        self._masks: dict[tuple[Any, ...], MaskMessage] = {}

    def entity(self, entity: Entity) -> EntityMessage:
        return EntityMessage(
            id=entity.id,
            track_id=entity.track_id,
            class_id=entity.class_id,
            name=entity.name,
            label=self._scene.label(entity.id),
            score=entity.score,
            box_x=entity.mask.x,
            box_y=entity.mask.y,
            box_width=entity.mask.width,
            box_height=entity.mask.height,
            mask=self._mask((entity.id,), entity.mask),
            parts=[
                HumanPart(
                    part_id=part, name=vocabulary().parts[part], mask=self._mask((entity.id, part), mask)
                )
                for part, mask in sorted(entity.parts.items())
            ],
        )

    def relation(self, relation: Relation) -> HRSRelation:
        scene = self._scene
        target = scene.entity(relation.object_id)
        subject_mask = scene.subject_mask(relation)
        return HRSRelation(
            subject_id=relation.subject_id,
            subject_label=scene.label(relation.subject_id),
            part_ids=list(relation.part_ids),
            part_names=list(relation.part_names),
            part_scores=list(relation.part_scores),
            predicate_id=relation.predicate_id,
            predicate=relation.predicate,
            object_id=target.id,
            object_class_id=target.class_id,
            object_label=scene.label(target.id),
            score=relation.score,
            since=time_message(relation.since_ns),
            subject_part_mask=self._mask((relation.subject_id, *relation.part_ids), subject_mask),
            object_mask=self._mask((target.id,), target.mask),
        )

    def _mask(self, key: tuple[int, ...], mask: Mask) -> MaskMessage:
        """``key``: entity id and the ids of the parts that make the mask; none = the whole entity."""
        if key not in self._masks:
            self._masks[key] = mask_to_message(
                mask if self._encoding is not None else Mask.empty(),
                encoding=self._encoding or MaskMessage.COCO_RLE,
                image_height=self._scene.height,
                image_width=self._scene.width,
            )
        return self._masks[key]


def scene_to_message(
    scene: Scene,
    *,
    header: Header,
    encoding: int,
    latency_ns: int = 0,
    dropped: int = 0,
    model_hash: str = "",
) -> HRSScene:
    """``header`` is the source image's, passed on unchanged; ``encoding`` as in ``mask_to_message``."""
    encoder = SceneEncoder(scene, encoding=encoding)
    return HRSScene(
        header=header,
        height=scene.height,
        width=scene.width,
        entities=[encoder.entity(entity) for entity in scene.entities],
        relations=[encoder.relation(relation) for relation in scene.relations],
        latency=duration(latency_ns),
        dropped=dropped,
        model_hash=model_hash,
    )


def scene_from_message(message: HRSScene) -> Scene:
    """The Scene a message was made of (scores at float32). MessageError for masks that do not decode."""
    return Scene(
        height=message.height,
        width=message.width,
        entities=tuple(entity_from_message(entity) for entity in message.entities),
        relations=tuple(relation_from_message(relation) for relation in message.relations),
        stamp_ns=stamp_ns(message.header),
        frame_id=message.header.frame_id,
    )


def entity_from_message(message: EntityMessage) -> Entity:
    return Entity(
        id=message.id,
        class_id=message.class_id,
        score=message.score,
        mask=mask_from_message(message.mask),
        parts={part.part_id: mask_from_message(part.mask) for part in message.parts},
        track_id=message.track_id,
        number=_number(message.label),
    )


def _number(label: str) -> int:
    """2 of "plate 2", which keeps its label then; 0 where there is none."""
    last = label.rpartition(" ")[2]
    return int(last) if last.isascii() and last.isdecimal() and len(last) < 10 else 0


def relation_from_message(message: HRSRelation) -> Relation:
    return Relation(
        subject_id=message.subject_id,
        predicate_id=message.predicate_id,
        object_id=message.object_id,
        score=message.score,
        part_ids=tuple(message.part_ids),
        part_scores=tuple(message.part_scores),
        since_ns=time_ns(message.since),
    )


def labels_message() -> Labels:
    """The vocabulary of this package."""
    words = vocabulary()
    return Labels(
        version=words.version,
        digest=words.digest,
        entities=list(words.entities),
        relations=list(words.relations),
        parts=list(words.parts),
        actions=sorted(words.actions),
    )
