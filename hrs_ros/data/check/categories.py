"""Checks the category lists, on which the meaning of every id in the other files rests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hrs_ros.data.check.finding import Damage, Finding, Place
from hrs_ros.data.check.json_records import JSONListError, read_records
from hrs_ros.data.check.relations import is_id
from hrs_ros.data.pic_categories import Categories, read_complete_relations, read_entities, read_relations
from hrs_ros.data.pic_folders import PICFolders


class CategoryCheck:
    """``findings`` runs the check; ``entities`` and ``relations`` are then the lists.

    They stay None where a list cannot be used: the labels cannot be checked then.
    """

    def __init__(self, folders: PICFolders) -> None:
        self._folders = folders
        self.entities: Categories | None = None
        self.relations: Categories | None = None

    def findings(self) -> Iterator[Finding]:
        usable = True
        for path in (self._folders.entity_list, self._folders.relation_list):
            for finding in _list_findings(path):
                usable = False
                yield finding
        if usable:
            self.entities = read_entities(self._folders.entity_list)
            self.relations = read_relations(self._folders.relation_list)
        try:
            read_complete_relations(self._folders.complete_relations)
        except ValueError as error:
            yield Finding(Damage.CATEGORY_LIST, self._folders.complete_relations, str(error))


def _list_findings(path: Path) -> Iterator[Finding]:
    if not path.is_file():
        return  # the ids are the vocabulary's
    ids: dict[int, Place] = {}
    names: dict[str, Place] = {}
    try:
        for record in read_records(path):
            row = record.value
            if not isinstance(row, dict) or not is_id(row.get("id")) or not isinstance(row.get("name"), str):
                message = f"expected an object with a name and an integer id, got {row}"
                yield Finding(Damage.MALFORMED, path, message, record.place)
                continue
            for seen, key in ((ids, row["id"]), (names, row["name"])):
                if key in seen:
                    message = f"{key!r} is already in line {seen[key].line}"
                    yield Finding(Damage.CATEGORY_LIST, path, message, record.place)
                seen.setdefault(key, record.place)
    except JSONListError as error:
        yield Finding(Damage.UNREADABLE_JSON, path, str(error), error.place)
