from hrs_ros.evaluation.report.outcome import Verdict, compare


def by_verdict(outcome):
    return {
        verdict: [(edge.subject, edge.text, edge.target) for edge in outcome.edges if edge.verdict is verdict]
        for verdict in Verdict
    }


def test_hits_misses_and_false_alarms(truth, predicted):
    outcome = compare(truth, predicted)
    assert by_verdict(outcome) == {
        Verdict.HIT: [("t1", "next to", "t3")],  # told twice, found once, and no false alarm
        Verdict.MISS: [("t1", "hold [left arm]", "t2")],
        Verdict.FALSE_ALARM: [("t1", "hold [right arm]", "t2"), ("t1", "next to", "p9")],
    }
    assert outcome.count(Verdict.FALSE_ALARM) == 2
    assert [edge.score for edge in outcome.edges] == [0.9, 0.0, 0.8, 0.7]


def test_nodes_say_what_was_matched(truth, predicted):
    nodes = {node.key: (node.label, node.in_truth, node.matched) for node in compare(truth, predicted).nodes}
    assert nodes == {
        "t1": ("human 1", True, True),
        "t2": ("cup 1", True, True),
        "t3": ("chair 1", True, True),
        "p9": ("plate 1 (predicted)", False, False),
    }


def test_only_the_best_count(truth, predicted):
    assert by_verdict(compare(truth, predicted, most=1)) == {
        Verdict.HIT: [("t1", "next to", "t3")],
        Verdict.MISS: [("t1", "hold [left arm]", "t2")],
        Verdict.FALSE_ALARM: [],
    }


def test_the_truth_finds_all_of_itself(truth):
    outcome = compare(truth, truth)
    assert [edge.verdict for edge in outcome.edges] == [Verdict.HIT] * 2
    assert all(node.matched for node in outcome.nodes)
