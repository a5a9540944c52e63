from hrs_ros.data.coco import coco_table
from hrs_ros.vocabulary import vocabulary

V = vocabulary()


def test_known_rows() -> None:
    table = coco_table()
    names = {category: V.entities[entity] for category, entity in table.entities.items()}
    assert names["cup"] == "cup" and names["couch"] == "sofa" and names["dining table"] == "table"
    assert names["handbag"] == names["backpack"] == "bag" and names["pizza"] == "food"
    assert "truck" in table.ignored and "train" not in table.ignored and "tie" not in names
    relations = {key: V.relations[relation] for key, relation in table.relations.items()}
    assert relations["look", "obj"] == "look at" and relations["eat", "instr"] == "use"
    assert ("hit", "obj") not in relations and ("surf", "instr") not in relations


def test_only_classes_that_coco_covers_can_be_complete() -> None:
    covered = {V.entities[entity] for entity in coco_table().covered}
    assert {"cup", "chair", "dog"} <= covered
    assert not {"food", "table", "tableware", "animal", "bag", "human"} & covered


def test_all_79_categories_but_person_are_judged_once() -> None:
    table = coco_table()
    assert not table.ignored & set(table.entities)
    absent = {"train", "traffic light", "fire hydrant", "parking meter", "tie", "toilet"}
    assert len(table.entities) + len(table.ignored) + len(absent) == 79
