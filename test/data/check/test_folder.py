"""Every kind of damage, done to a small valid folder, against the exact finding."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from hrs_ros.data.check import Damage, check_split
from hrs_ros.data.check.finding import Finding, Place
from hrs_ros.data.pic import PICDataset
from hrs_ros.vocabulary import vocabulary

from .conftest import TinyFolder

Change = Callable[[TinyFolder], object]

# Lines of relations_train.json as TinyFolder.edit writes it: the relations of kitchen.jpg.
HOLD_PLATE, LOOK_AT_PLATE, HOLD_CUP, STAND_ON, NEXT_TO = 6, 14, 22, 30, 36


def findings(tiny: TinyFolder) -> list[str]:
    """What the check says, with paths relative to the folder."""
    return [str(finding).replace(f"{tiny.root}/", "") for finding in check_split(tiny.root, "train")]


def relation(index: int, **change: object) -> Change:
    """Change a relation of kitchen.jpg; a value of None takes the key away."""

    def edit(rows: list[dict]) -> None:
        rows[0]["relations"][index].update(change)
        for key in [key for key, value in change.items() if value is None]:
            del rows[0]["relations"][index][key]

    return lambda tiny: tiny.edit(tiny.relations, edit)


def at(line: int) -> str:
    return f"relations_train.json:{line}:7"


def test_the_example_is_whole(tiny: TinyFolder) -> None:
    done: list[None] = []
    assert list(check_split(tiny.root, "train", image_done=lambda: done.append(None))) == []
    assert len(done) == 2


def test_the_other_layout_is_checked_too(tiny: TinyFolder) -> None:
    for kind in ("instance", "semantic"):
        (tiny.root / kind).mkdir()
        (tiny.root / f"segmentation/train/{kind}").rename(tiny.root / f"{kind}/train")
    (tiny.root / "relation").mkdir()
    tiny.relations.rename(tiny.root / "relation/relations_train.json")
    assert findings(tiny) == []
    (tiny.root / "instance/train/meadow.png").unlink()
    assert findings(tiny) == ["instance/train/meadow.png: missing file: the lists name this image"]


MISSING = "missing file: the lists name this image"
FILES: dict[str, tuple[Change, list[str]]] = {
    "image": (lambda t: t.image("kitchen").unlink(), [f"image/train/kitchen.jpg: {MISSING}"]),
    "instance map": (
        lambda t: t.label("instance", "kitchen").unlink(),
        [f"segmentation/train/instance/kitchen.png: {MISSING}"],
    ),
    "class map": (
        lambda t: t.label("semantic", "kitchen").unlink(),
        [f"segmentation/train/semantic/kitchen.png: {MISSING}"],
    ),
    "part map": (lambda t: t.label("parsing", "kitchen").unlink(), [f"parsing/train/kitchen.png: {MISSING}"]),
    "list of relations": (
        lambda t: t.relations.unlink(),
        [
            "relations_train.json: missing file: the PIC layout needs it for its relations",
        ],
    ),
    "segmentation": (
        lambda t: shutil.rmtree(t.root / "segmentation"),
        [
            "{root}: missing file: no split 'train' in PIC layout, neither segmentation/train/instance nor "
            "instance/train is there"
        ],
    ),
}


@pytest.mark.parametrize("what", FILES)
def test_missing_files(tiny: TinyFolder, what: str) -> None:
    damage, expected = FILES[what]
    damage(tiny)
    assert findings(tiny) == [text.format(root=tiny.root) for text in expected]


def cut(path: Path, count: int) -> None:
    path.write_bytes(path.read_bytes()[:count])


def flip_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def add_an_image(tiny: TinyFolder) -> None:
    shutil.copy(tiny.image("kitchen"), tiny.image("attic"))
    shutil.copy(tiny.label("parsing", "kitchen"), tiny.label("parsing", "attic"))


PICTURES: dict[str, tuple[Change, list[str]]] = {
    "JPEG cut off": (
        lambda t: cut(t.image("kitchen"), 4000),
        ["image/train/kitchen.jpg: unreadable image: a JPEG that ends early, after 4000 bytes"],
    ),
    "no picture": (
        lambda t: t.image("kitchen").write_bytes(b"hello"),
        ["image/train/kitchen.jpg: unreadable image: no decoder reads these 5 bytes"],
    ),
    "empty": (
        lambda t: t.label("instance", "meadow").write_bytes(b""),
        ["segmentation/train/instance/meadow.png: unreadable image: no decoder reads these 0 bytes"],
    ),
    "PNG cut off": (
        lambda t: cut(t.label("parsing", "meadow"), 900),
        ["parsing/train/meadow.png: unreadable image: no decoder reads these 900 bytes"],
    ),
    "colour": (
        lambda t: t.paint("semantic", "kitchen", lambda m: np.dstack([m] * 3)),
        [
            "segmentation/train/semantic/kitchen.png: wrong pixel format: expected one channel of 8 bits, "
            "got 3 of 8"
        ],
    ),
    "16 bits": (
        lambda t: t.paint("instance", "kitchen", lambda m: m.astype(np.uint16)),
        [
            "segmentation/train/instance/kitchen.png: wrong pixel format: expected one channel of 8 bits, "
            "got 1 of 16"
        ],
    ),
    "another size": (
        lambda t: t.paint("parsing", "kitchen", lambda m: m[:, :-2]),
        ["parsing/train/kitchen.png: sizes differ: 190 x 144, but its image is 192 x 144"],
    ),
    "nobody's files": (
        add_an_image,
        [
            "image/train/attic.jpg: unlisted file: relations_train.json does not list it",
            "parsing/train/attic.png: unlisted file: relations_train.json does not list it",
        ],
    ),
}


@pytest.mark.parametrize("what", PICTURES)
def test_damaged_pictures(tiny: TinyFolder, what: str) -> None:
    damage, expected = PICTURES[what]
    damage(tiny)
    assert findings(tiny) == expected


def test_a_flipped_byte_of_a_label_map_is_seen(tiny: TinyFolder) -> None:
    flip_a_byte(tiny.label("instance", "kitchen"))
    (finding,) = check_split(tiny.root, "train")
    assert (finding.damage, finding.path) == (Damage.UNREADABLE_IMAGE, tiny.label("instance", "kitchen"))


def test_depth_is_16_bit(tiny: TinyFolder) -> None:
    folder = tiny.root / "depth/train"
    folder.mkdir(parents=True)
    cv2.imwrite(str(folder / "kitchen.png"), np.ones((144, 192), np.uint16))
    cv2.imwrite(str(folder / "meadow.png"), np.ones((144, 192), np.uint8))
    assert findings(tiny) == [
        "depth/train/meadow.png: wrong pixel format: expected one channel of 16 bits, got 1 of 8"
    ]


def set_where(of: int, to: int) -> Callable[[np.ndarray], None]:
    return lambda labels: labels.__setitem__(labels == of, to)


def set_corner(value: int) -> Callable[[np.ndarray], None]:
    """The corner is background in both examples: 2 x 3 pixels."""
    return lambda labels: labels.__setitem__((slice(0, 2), slice(0, 3)), value)


CUP = vocabulary().entity_id("cup")
SEMANTIC = "segmentation/train/semantic/kitchen.png"
LABELS: dict[str, tuple[Change, list[str]]] = {
    "instance without class": (
        lambda t: t.paint("semantic", "kitchen", set_where(CUP, 0)),
        [f"{SEMANTIC}: instance without class: the 180 pixels of instance 5 have class 0"],
    ),
    "unknown class": (
        lambda t: t.paint("semantic", "kitchen", set_where(CUP, 200)),
        [f"{SEMANTIC}: unknown entity class: class 200 (180 pixels) is not in the category list"],
    ),
    "class without instance": (
        lambda t: t.paint("semantic", "kitchen", set_corner(CUP)),
        [f"{SEMANTIC}: class without instance: 6 pixels of class {CUP} belong to no instance"],
    ),
    "part on the wall": (
        lambda t: t.paint("parsing", "kitchen", set_corner(5)),
        ["parsing/train/kitchen.png: part outside humans: 6 pixels of 'left arm' lie on no human"],
    ),
    "unknown part": (
        lambda t: t.paint("parsing", "kitchen", set_corner(26)),
        ["parsing/train/kitchen.png: unknown part: part 26 (6 pixels): expected 0 to 25 or 255"],
    ),
    "acting part that is not seen": (
        lambda t: (t.paint("parsing", "kitchen", set_where(6, 4)), t.edit(t.relations, lambda rows: None)),
        [
            f"{at(HOLD_CUP)}: part not on its human: kitchen.jpg: 'right arm' acts in <3, relation 1, 5> but "
            "has no pixel on human 3"
        ],
    ),
}


@pytest.mark.parametrize("what", LABELS)
def test_damaged_labels(tiny: TinyFolder, what: str) -> None:
    damage, expected = LABELS[what]
    damage(tiny)
    assert findings(tiny) == expected


def test_parts_of_a_human_not_labelled_all_over_may_be_hidden(tiny: TinyFolder) -> None:
    tiny.paint("parsing", "kitchen", set_where(6, 255))
    assert findings(tiny) == []


TRIPLETS: dict[str, tuple[Change, list[str]]] = {
    "unknown object": (
        relation(3, object=9),
        [f"{at(STAND_ON)}: unknown instance: kitchen.jpg: instance 9 has no pixel in the instance map"],
    ),
    "subject is a plate": (
        relation(1, subject=4, object=3, parts=[]),
        [f"{at(LOOK_AT_PLATE)}: not a human: kitchen.jpg: subject 4 of <4, relation 2, 3>"],
    ),
    "subject is object": (
        relation(4, object=3),
        [f"{at(NEXT_TO)}: subject is object: kitchen.jpg: instance 3 is both ends of relation 17"],
    ),
    "unknown relation": (
        relation(0, relation=24),
        [
            f"{at(HOLD_PLATE)}: unknown relation class: kitchen.jpg: relation 24 is not in the category list",
        ],
    ),
    "unknown part": (
        relation(0, parts=[5, 26]),
        [
            f"{at(HOLD_PLATE)}: unknown part: kitchen.jpg: part 26 of <3, relation 1, 4>: expected 1 to 25",
        ],
    ),
    "parts of a geometric relation": (
        relation(3, parts=[17]),
        [
            f"{at(STAND_ON)}: parts of a geometric relation: kitchen.jpg: 'stand on' is of the whole human, "
            "but has parts [17]"
        ],
    ),
    "a name for an id": (
        relation(0, subject="human"),
        [
            f"{at(HOLD_PLATE)}: malformed entry: kitchen.jpg: expected integers subject, object, "
            "relation, got {'subject': 'human', 'object': 4, 'relation': 1, 'parts': [5]}"
        ],
    ),
    "no object": (
        relation(3, object=None),
        [
            f"{at(STAND_ON)}: malformed entry: kitchen.jpg: expected integers subject, object, relation, got "
            "{'subject': 3, 'relation': 18, 'parts': []}"
        ],
    ),
    "parts are no list": (
        relation(0, parts=5),
        [
            f"{at(HOLD_PLATE)}: malformed entry: kitchen.jpg: parts of <3, relation 1, 4>: expected a "
            "list of part ids, got 5"
        ],
    ),
    "twice": (
        relation(2, object=4, parts=[6]),
        [
            f"{at(HOLD_CUP)}: duplicate relation: kitchen.jpg: <3, relation 1, 4> is already in line "
            f"{HOLD_PLATE}"
        ],
    ),
}


@pytest.mark.parametrize("what", TRIPLETS)
def test_damaged_relations(tiny: TinyFolder, what: str) -> None:
    damage, expected = TRIPLETS[what]
    damage(tiny)
    assert findings(tiny) == expected


def test_relations_of_an_image_that_cannot_be_read_are_checked_as_far_as_they_go(tiny: TinyFolder) -> None:
    tiny.label("instance", "kitchen").unlink()
    relation(0, relation=24, object=9)(tiny)
    assert findings(tiny) == [
        f"segmentation/train/instance/kitchen.png: {MISSING}",
        f"{at(HOLD_PLATE)}: unknown relation class: kitchen.jpg: relation 24 is not in the category list",
    ]


def test_damaged_lists(tiny: TinyFolder) -> None:
    tiny.edit(tiny.relations, lambda rows: rows.append(rows[0]))
    assert findings(tiny) == ["relations_train.json:91:3: listed twice: kitchen.jpg is already in line 2"]


@pytest.mark.parametrize("entry", [7, {"relations": []}, {"name": "../kitchen.jpg", "relations": []}])
def test_entries_without_an_image(tiny: TinyFolder, entry: object) -> None:
    tiny.edit(tiny.relations, lambda rows: rows.insert(0, entry))
    assert findings(tiny) == [
        "relations_train.json:2:3: malformed entry: expected an object with the name of an image file"
    ]


def test_entry_without_relations(tiny: TinyFolder) -> None:
    tiny.edit(tiny.relations, lambda rows: rows[1].pop("relations"))
    assert findings(tiny) == [
        "relations_train.json:44:3: malformed entry: meadow.jpg: expected a list 'relations'"
    ]


def test_text_that_is_no_json(tiny: TinyFolder) -> None:
    text = tiny.relations.read_text(encoding="utf-8")
    tiny.relations.write_text(text.replace('"meadow.jpg",', '"meadow.jpg"'), encoding="utf-8")
    assert findings(tiny) == ["relations_train.json:3:21: unreadable JSON: Expecting ',' delimiter"]


def human(change: Callable[[dict], object]) -> Change:
    return lambda tiny: tiny.edit(tiny.keypoints, lambda rows: change(rows[0]["humans"][0]))


KEYPOINTS: dict[str, tuple[Change, str]] = {
    "of nobody": (
        human(lambda row: row.update(instance=8)),
        "unknown instance: kitchen.jpg: instance 8 has no pixel in the instance map",
    ),
    "of a table": (
        human(lambda row: row.update(instance=2)),
        "not a human: kitchen.jpg: instance 2 has keypoints",
    ),
    "outside": (
        human(lambda row: row["keypoints"][0].__setitem__(0, 192.5)),
        "keypoint outside: kitchen.jpg: right ankle of human 3 at (192.5, 126.0), image 192 x 144",
    ),
    "15 rows": (
        human(lambda row: row["keypoints"].pop()),
        "malformed entry: kitchen.jpg: human 3: expected 16 rows x, y, visibility (0, 1 or 2)",
    ),
    "NaN": (
        human(lambda row: row["keypoints"][3].__setitem__(1, float("nan"))),
        "malformed entry: kitchen.jpg: human 3: expected 16 rows x, y, visibility (0, 1 or 2)",
    ),
    "visibility 3": (
        human(lambda row: row["keypoints"][3].__setitem__(2, 3)),
        "malformed entry: kitchen.jpg: human 3: expected 16 rows x, y, visibility (0, 1 or 2)",
    ),
    "no number": (
        human(lambda row: row.update(instance=None)),
        "malformed entry: kitchen.jpg: expected an object with an integer instance and keypoints",
    ),
}


@pytest.mark.parametrize("what", KEYPOINTS)
def test_damaged_keypoints(tiny: TinyFolder, what: str) -> None:
    damage, expected = KEYPOINTS[what]
    damage(tiny)
    (finding,) = findings(tiny)
    assert finding.startswith(f"keypoints_train.json:6:7: {expected}")


def test_keypoints_outside_the_image_may_be_marked_so(tiny: TinyFolder) -> None:
    human(lambda row: row["keypoints"][0].__setitem__(slice(None), [300, 126.0, 0]))(tiny)
    assert findings(tiny) == []


def test_a_human_with_keypoints_twice(tiny: TinyFolder) -> None:
    tiny.edit(tiny.keypoints, lambda rows: rows[0]["humans"].append(rows[0]["humans"][0]))
    (finding,) = check_split(tiny.root, "train")
    assert (finding.damage, finding.message) == (
        Damage.LISTED_TWICE,
        "kitchen.jpg: human 3 has keypoints already",
    )


def test_keypoints_of_an_unlisted_image(tiny: TinyFolder) -> None:
    tiny.edit(tiny.keypoints, lambda rows: rows.append({"name": "attic.jpg", "humans": []}))
    (finding,) = check_split(tiny.root, "train")
    assert (finding.damage, finding.place is not None) == (Damage.UNLISTED_FILE, True)
    assert finding.message == "attic.jpg has keypoints, but relations_train.json does not list it"


def write_categories(tiny: TinyFolder, rows: object) -> None:
    path = tiny.root / "categories_list/relation_categories.json"
    path.write_text(json.dumps(rows, indent=0), encoding="utf-8")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [{"name": "hold", "id": 1}, {"name": "hold", "id": 2}],
            "6:1: bad category list: 'hold' is already in line 2",
        ),
        (
            [{"name": "hold", "id": 1}, {"name": "on", "id": 1}],
            "6:1: bad category list: 1 is already in line 2",
        ),
        ([{"name": "hold"}], "2:1: malformed entry: expected an object with a name and an integer id, got "),
        ({"hold": 1}, "1:1: unreadable JSON: expected a list, got {"),
    ],
)
def test_damaged_category_lists(tiny: TinyFolder, rows: object, expected: str) -> None:
    write_categories(tiny, rows)
    (finding,) = findings(tiny)
    assert finding.startswith(f"categories_list/relation_categories.json:{expected}")


def test_names_that_the_vocabulary_lacks_are_no_damage(tiny: TinyFolder) -> None:
    rows = [{"name": name, "id": number} for number, name in enumerate(vocabulary().relations) if number]
    write_categories(tiny, [*rows, {"name": "drive", "id": 24}])
    relation(0, relation=24)(tiny)
    assert findings(tiny) == []


def test_unknown_complete_relation(tiny: TinyFolder) -> None:
    path = tiny.root / "categories_list/complete_relations.json"
    path.write_text('["hold", "grab"]', encoding="utf-8")
    (finding,) = findings(tiny)
    assert finding.startswith("categories_list/complete_relations.json: bad category list: ")
    assert "grab" in finding


def test_findings_of_one_image_do_not_hide_those_of_the_next(tiny: TinyFolder) -> None:
    tiny.image("kitchen").unlink()
    tiny.paint("parsing", "meadow", set_corner(3))
    kinds = [finding.damage for finding in check_split(tiny.root, "train")]
    assert kinds == [Damage.MISSING_FILE, Damage.PART_OUTSIDE_HUMANS]


def test_what_the_check_passes_the_reader_reads(tiny: TinyFolder) -> None:
    dataset = PICDataset(tiny.root, "train")
    assert [dataset[index].name for index in range(len(dataset))] == ["kitchen.jpg", "meadow.jpg"]


def test_a_finding_without_a_place_has_no_colons_too_many() -> None:
    assert str(Finding(Damage.MISSING_FILE, Path("a.png"), "gone")) == "a.png: missing file: gone"
    placed = Finding(Damage.MALFORMED, Path("a.json"), "odd", Place(3, 7))
    assert str(placed) == "a.json:3:7: malformed entry: odd"
