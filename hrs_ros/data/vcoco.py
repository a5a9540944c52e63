"""V-COCO as relation segmentation: COCO's masks, V-COCO's action-role pairs (paper section 5.5)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hrs_ros.data.coco_instances import CocoImage, Instance, read_instances
from hrs_ros.data.people_annotations import read_photo
from hrs_ros.data.sample import PARSING_IGNORE, RelationLabel, Sample
from hrs_ros.data.vcoco_folder import find_files
from hrs_ros.data.vcoco_roles import Acts, read_acts
from hrs_ros.scene import Mask
from hrs_ros.vocabulary import vocabulary

PERSON = "person"


@dataclass(frozen=True, slots=True, eq=False)
class RoleTruth:
    """A labelled action of a person in one role."""

    person: int  # row of ``RolesTruth.people``
    relation_id: int  # of the V-COCO vocabulary
    object: Mask | None  # None: the role has no visible object


@dataclass(frozen=True, slots=True, eq=False)
class RolesTruth:
    """What AP_role compares predictions of one image with."""

    people: tuple[Mask, ...]  # crowds, too
    asked: tuple[bool, ...]  # whether V-COCO labels the actions of each
    roles: tuple[RoleTruth, ...]


class VcocoDataset:
    """Images of one split as ``Sample``s of the V-COCO vocabulary, see docs/vcoco.md for the folder.

    - every COCO instance but crowds is an entity, and all 80 classes are complete; crowds are ``ignore``;
    - relations are the 24 action-role pairs whose object is labelled. They are complete where all people
      were asked about; where some were not, no relation that is not listed is a negative;
    - nothing says anything about parts: the parsing map is not labelled.
    """

    def __init__(self, root: Path, split: str) -> None:
        self.root, self.split = Path(root), split
        self._files = find_files(self.root, split)
        images = read_instances(self._files.instances)
        acts = read_acts(self._files.roles, images)
        self._rows: list[tuple[CocoImage, Acts]] = [(images[image], acts[image]) for image in sorted(acts)]
        names = vocabulary("vcoco")
        self._relation_ids = {name: number for number, name in enumerate(names.relations) if number}

    def __len__(self) -> int:
        return len(self._rows)

    def name(self, index: int) -> str:
        """File name of an image, "COCO_train2014_000000000009.jpg"."""
        return self._rows[index][0].file_name

    def predicates(self, index: int) -> frozenset[int]:
        """Ids of the relations listed for the image, without reading its picture."""
        acts = self._rows[index][1].acts
        return frozenset(self._relation_ids.get(act.verb, 0) for act in acts if act.object) - {0}

    def image(self, index: int) -> NDArray[np.uint8]:
        """(H, W, 3) RGB."""
        image, _ = self._rows[index]
        return read_photo(self._files.image(image.file_name), height=image.height, width=image.width)

    def truth(self, index: int) -> RolesTruth:
        """People, and what they do, with masks in image pixels."""
        image, acts = self._rows[index]
        people = [instance for instance in image.instances if instance.category == PERSON]
        rows = {instance.id: row for row, instance in enumerate(people)}
        things = {instance.id: instance for instance in image.instances}
        return RolesTruth(
            people=tuple(_crop(instance, image) for instance in people),
            asked=tuple(instance.id in acts.asked for instance in people),
            roles=tuple(
                RoleTruth(
                    person=rows[act.person],
                    relation_id=self._relation_ids[act.verb],
                    object=None if act.object is None else _crop(things[act.object], image),
                )
                for act in acts.acts
                if act.verb in self._relation_ids
            ),
        )

    def __getitem__(self, index: int) -> Sample:
        image, acts = self._rows[index]
        names = vocabulary("vcoco")
        drawn = [(instance, instance.mask(image.height, image.width)) for instance in image.instances]
        kept = [(instance, mask) for instance, mask in drawn if not instance.crowd and mask.any()]
        ignore = np.zeros((image.height, image.width), np.uint8)
        for instance, mask in drawn:
            if instance.crowd:
                ignore |= mask
        people = {instance.id for instance, _ in kept if instance.category == PERSON}
        every_relation = frozenset(range(1, len(names.relations)))
        return Sample(
            name=image.file_name,
            image=self.image(index),
            masks=np.stack([mask for _, mask in kept])
            if kept
            else np.zeros((0, image.height, image.width), np.uint8),
            class_ids=np.array([names.entity_id(instance.category) for instance, _ in kept], np.int64),
            parsing=np.full((image.height, image.width), PARSING_IGNORE, np.uint8),
            relations=self._relations(acts, [instance for instance, _ in kept]),
            complete_entities=frozenset(range(1, len(names.entities))),
            complete_relations=every_relation if people <= acts.asked else frozenset(),
            ignore=ignore,
            vocabulary="vcoco",
        )

    def _relations(self, acts: Acts, kept: list[Instance]) -> list[RelationLabel]:
        rows = {instance.id: row for row, instance in enumerate(kept)}
        return [
            RelationLabel(
                subject=rows[act.person], predicate_id=self._relation_ids[act.verb], object=rows[act.object]
            )
            for act in acts.acts
            if act.verb in self._relation_ids and act.person in rows and act.object in rows
            if act.person != act.object
        ]


def _crop(instance: Instance, image: CocoImage) -> Mask:
    return Mask.from_full(instance.mask(image.height, image.width))
