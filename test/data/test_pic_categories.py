"""The names of PIC v2.0 against the vocabulary: written out, so that a change of the mapping shows."""

import json
from importlib import resources
from pathlib import Path

import pytest
import yaml

from hrs_ros.data.pic_categories import read_complete_relations, read_entities, read_relations
from hrs_ros.vocabulary import vocabulary

# id in PIC v2.0: name there -> name in the vocabulary, None = dropped
V2_RELATIONS = {
    1: ("hold", "hold"),
    2: ("touch", "touch"),
    3: ("drive", None),
    4: ("eat", "eat"),
    5: ("drink", "drink"),
    6: ("play", "play"),
    7: ("look", "look at"),
    8: ("throw", "throw"),
    9: ("ride", "ride"),
    10: ("talk", "talk"),
    11: ("carry", "carry"),
    12: ("use", "use"),
    13: ("pull", "pull"),
    14: ("push", "push"),
    15: ("hit", None),
    16: ("feed", None),
    17: ("kick", "kick"),
    18: ("wear", None),
    19: ("in-front-of", "in front of"),
    20: ("next-to", "next to"),
    21: ("on-top-of", None),
    22: ("behind", "behind"),
    23: ("on", "on"),
    24: ("with", None),
    25: ("in", "in"),
    26: ("sit-on", "sit on"),
    27: ("stand-on", "stand on"),
    28: ("lie-in", "lie on"),
    29: ("squat", "squat"),
    30: ("other", None),
}


def write(path: Path, names: dict[int, str]) -> Path:
    path.write_text(json.dumps([{"name": name, "id": number} for number, name in names.items()]))
    return path


def test_the_thirty_relations_of_v2(tmp_path: Path) -> None:
    names = {0: "background"} | {number: name for number, (name, _) in V2_RELATIONS.items()}
    found = read_relations(write(tmp_path / "relation_categories.json", names))
    words = vocabulary()
    assert found.ids == {
        number: None if ours is None else words.relation_id(ours)
        for number, (_, ours) in V2_RELATIONS.items()
    }
    assert found.dropped == ("drive", "hit", "feed", "wear", "on-top-of", "with", "other")
    assert found.renamed == (("look", "look at"), ("lie-in", "lie on"))
    # One-to-one: every one of the 23 is reached once.
    assert sorted(number for number in found.ids.values() if number) == list(range(1, 24))


def test_the_143_entities_of_v2(tmp_path: Path) -> None:
    rows = yaml.safe_load(resources.files("hrs_ros").joinpath("vocabulary.yaml").read_text())["entities"]
    names = {row["pic_v2_id"]: row["name"].replace(" ", "_") for row in rows}
    left = sorted(set(range(1, 144)) - set(names))
    assert left == [65, 80]
    names |= dict(zip(left, ("property", "train"), strict=True))  # which of the two is which is not known
    found = read_entities(write(tmp_path / "label_categories.json", names))
    assert len(found.ids) == 143
    assert found.dropped == ("property", "train") and found.renamed == ()
    assert {number: ours for number, ours in found.ids.items() if ours} == {
        row["pic_v2_id"]: row["id"] for row in rows
    }


def test_without_lists_ids_are_the_vocabularys(tmp_path: Path) -> None:
    absent = tmp_path / "absent.json"
    assert read_entities(absent).ids == {number: number for number in range(1, 142)}
    assert read_relations(absent).ids == {number: number for number in range(1, 24)}
    assert read_complete_relations(absent) == frozenset(range(1, 24))


def test_a_list_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "label_categories.json"
    path.write_text('[{"title": "human", "id": 1}]')
    with pytest.raises(ValueError, match="entry 0: expected an object with name, id"):
        read_entities(path)
