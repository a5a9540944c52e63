"""Walks through one of the lists that name images: relations or keypoints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hrs_ros.data.check.finding import Damage, Finding, Place
from hrs_ros.data.check.json_records import JSONListError, Record, read_records


class Entries:
    """Sound entries, whose value has a file name and a list ``key``, and findings in place of the others.

    After a walk ``places`` holds where each image is listed, and ``whole`` is true if the image of every
    entry could be told.
    """

    def __init__(self, path: Path, key: str) -> None:
        self._path = path
        self._key = key
        self.places: dict[str, Place] = {}
        self.whole = False

    def __iter__(self) -> Iterator[Record | Finding]:
        places = self.places = {}
        self.whole = False
        unnamed = 0
        try:
            for record in read_records(self._path, self._key):
                row, place = record.value, record.place
                name = row.get("name") if isinstance(row, dict) else None
                if not isinstance(name, str) or Path(name).name != name:
                    unnamed += 1
                    message = "expected an object with the name of an image file"
                    yield Finding(Damage.MALFORMED, self._path, message, place)
                elif name in places:
                    message = f"{name} is already in line {places[name].line}"
                    yield Finding(Damage.LISTED_TWICE, self._path, message, place)
                elif not isinstance(row.get(self._key), list):
                    places[name] = place
                    message = f"{name}: expected a list {self._key!r}"
                    yield Finding(Damage.MALFORMED, self._path, message, place)
                else:
                    places[name] = place
                    yield record
        except FileNotFoundError:
            yield Finding(Damage.MISSING_FILE, self._path, f"the PIC layout needs it for its {self._key}")
        except JSONListError as error:
            yield Finding(Damage.UNREADABLE_JSON, self._path, str(error), error.place)
        else:
            self.whole = not unnamed
