import json

import pytest

from hrs_ros.evaluation.rarity import RARE_BELOW, count_relations, split_by_rarity
from hrs_ros.vocabulary import vocabulary

HOLD, LOOK_AT, NEXT_TO = (vocabulary().relation_id(name) for name in ("hold", "look at", "next to"))


def write_listing(root, relations):
    for kind in ("instance", "semantic"):
        (root / kind / "train").mkdir(parents=True)
    rows = [
        {"name": f"{number}.jpg", "relations": [{"subject": 1, "object": 2, "relation": r} for r in listed]}
        for number, listed in enumerate(relations)
    ]
    (root / "relations_train.json").write_text(json.dumps(rows))
    return root, "train"


def test_rare_is_what_the_paper_calls_rare():
    assert RARE_BELOW == 800
    rarity = split_by_rarity({HOLD: 799, NEXT_TO: 800})
    assert HOLD in rarity.rare and rarity.non_rare == {NEXT_TO}
    assert LOOK_AT in rarity.rare  # never seen in training
    assert rarity.rare | rarity.non_rare == set(range(1, 24))


def test_the_limit_can_be_another():
    assert split_by_rarity({HOLD: 2, NEXT_TO: 3}, below=3).non_rare == {NEXT_TO}


def test_relations_are_counted_over_folders_without_pictures(tmp_path):
    folders = [
        write_listing(tmp_path / "a", [[HOLD, HOLD, NEXT_TO], []]),
        write_listing(tmp_path / "b", [[HOLD]]),
    ]
    assert count_relations(folders) == {HOLD: 3, NEXT_TO: 1}


def test_the_names_of_the_files_decide(tmp_path):
    root, split = write_listing(tmp_path / "a", [[1, 2, 2]])
    (root / "categories_list").mkdir()
    names = [{"name": "next-to", "id": 1}, {"name": "hit", "id": 2}]
    (root / "categories_list/relation_categories.json").write_text(json.dumps(names))
    assert count_relations([(root, split)]) == {NEXT_TO: 1}  # "hit" is no class of ours


def test_a_folder_of_something_else_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="PIC layout"):
        count_relations([(tmp_path, "train")])
