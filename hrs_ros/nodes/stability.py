"""Whether one answer lasts over frames. No node, no clock."""

from __future__ import annotations

from hrs_ros.language import Answer, Status
from hrs_ros.scene import Entity, Scene

SAME_THING_IOU = 0.3  # masks of one thing in two frames after another; it may move


class Stability:
    """Counts the frames in a row that gave the same answer."""

    def __init__(self) -> None:
        self.frames = 0
        self._previous: tuple[Entity, ...] = ()

    def add(self, answer: Answer, scene: Scene) -> int:
        """How many frames in a row, this one included, told the same things; 0 where it told none.

        Things are the same by their track, or by class and place where they are not followed.
        """
        if answer.status is not Status.OK:
            self.frames, self._previous = 0, ()
            return 0
        entities = tuple(scene.entity(entity_id) for entity_id in answer.entity_ids)
        known = self.frames > 0 and len(entities) == len(self._previous)
        unmatched = list(self._previous)
        for entity in entities:
            same = next((old for old in unmatched if same_thing(old, entity)), None)
            known = known and same is not None
            if same is not None:
                unmatched.remove(same)
        self.frames = self.frames + 1 if known else 1
        self._previous = entities
        return self.frames


def same_thing(old: Entity, new: Entity) -> bool:
    """Whether two frames show the same thing."""
    if old.class_id != new.class_id:
        return False
    if old.track_id and new.track_id:
        return old.track_id == new.track_id
    return old.mask.iou(new.mask) >= SAME_THING_IOU
