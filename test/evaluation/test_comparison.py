import numpy as np

from hrs_ros.data.sample import RelationLabel, Sample
from hrs_ros.evaluation.comparison import Subject, recall_tables, role_table
from hrs_ros.evaluation.dataset import evaluate_dataset
from hrs_ros.evaluation.perception import Perceived
from hrs_ros.evaluation.rarity import split_by_rarity
from hrs_ros.evaluation.truth import scene_from_sample
from hrs_ros.scene import Relation, Scene
from hrs_ros.vocabulary import vocabulary

WORDS = vocabulary()
HOLD, NEXT_TO = WORDS.relation_id("hold"), WORDS.relation_id("next to")
LEFT_ARM, RIGHT_ARM = WORDS.part_id("left arm"), WORDS.part_id("right arm")
OURS = Subject("sms_lite", "scenes/test, 1 images", same_data=False, milliseconds=25.4, provider="CPU")


def report(**options):
    """ "hold" with the wrong arm, "next to" as it is: RS finds both, HRS the geometric one."""
    masks = np.zeros((2, 60, 80), np.uint8)
    masks[0, 5:50, 10:30] = 1
    masks[1, 20:30, 40:50] = 1
    parsing = np.zeros((60, 80), np.uint8)
    parsing[10:40, 24:30], parsing[10:40, 10:16] = LEFT_ARM, RIGHT_ARM
    sample = Sample(
        name="one.jpg",
        image=np.zeros((60, 80, 3), np.uint8),
        masks=masks,
        class_ids=np.array([WORDS.human, WORDS.entity_id("cup")]),
        parsing=parsing,
        relations=[RelationLabel(0, HOLD, 1, (LEFT_ARM,)), RelationLabel(0, NEXT_TO, 1)],
    )
    truth = scene_from_sample(sample)
    seen = Scene(
        60, 80, truth.entities, (Relation(1, HOLD, 2, 0.9, (RIGHT_ARM,), (1.0,)), truth.relations[1])
    )
    return evaluate_dataset([sample], lambda image: Perceived(seen, seen), **options)


def test_our_row_stands_last_under_the_papers_in_its_columns():
    pic, kinds = recall_tables(report(), OURS)
    assert [row.ours for row in pic.rows] == [False] * 8 + [True]
    assert pic.rows[-1].name == "sms_lite on scenes/test, 1 images"
    assert pic.rows[-1].cells == (*["100.00"] * 4, *["50.00"] * 4, "25 ms CPU")
    assert pic.rows[5].cells[-2:] == ("19.23", "28 ms")
    assert kinds.rows[-1].cells == ("100.00", "100.00", "100.00", "100.00", "0.00", "50.00")


def test_rare_relations_get_their_table_once_they_are_known():
    rarity = split_by_rarity({NEXT_TO: 800})
    table = recall_tables(report(rarity=rarity), OURS)[2]
    assert table.title.startswith("Table 7.")
    assert table.rows[-1].cells[3:] == ("0.00", "100.00", "50.00")


def test_other_data_is_said_to_be_other_data():
    other = role_table(0.5, OURS)
    assert "NOT COMPARABLE" in other.text() and "scenes/test" in other.warning
    assert other.text().splitlines()[-1].split()[0] == ">" and other.rows[-1].cells == ("50.00",)
    same = role_table(float("nan"), Subject("sms", "V-COCO", same_data=True))
    assert "NOT COMPARABLE" not in same.text() and same.rows[-1].cells == ("-",)
