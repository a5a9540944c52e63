from hrs_ros.evaluation.dataset import ImageScore
from hrs_ros.evaluation.report.choose import best_median_worst


def score(index, hrs, rs=0.5, triplets=3):
    return ImageScore(index, f"{index}.jpg", triplets, hrs, rs)


def chosen(scores, each):
    return {name: [s.index for s in group] for name, group in best_median_worst(scores, each=each).items()}


def test_best_from_the_top_worst_from_the_bottom():
    scores = [score(i, hrs) for i, hrs in enumerate((0.2, 0.9, 0.1, 0.5, 0.4, 0.6, 0.7))]
    assert chosen(scores, 1) == {"best": [1], "median": [3], "worst": [2]}
    assert chosen(scores, 2) == {"best": [1, 6], "median": [5, 3], "worst": [2, 0]}


def test_images_without_truth_are_passed_over_and_ties_have_an_order():
    nothing = float("nan")
    scores = [
        score(0, nothing, nothing, 0),
        score(1, 1.0, 1.0, triplets=1),
        score(2, 1.0, 1.0, triplets=5),
        score(3, 0.5),
        score(4, 0.0, 0.0, triplets=9),
        score(5, 0.0, 0.0, triplets=2),
    ]
    assert chosen(scores, 1) == {"best": [2], "median": [3], "worst": [4]}


def test_a_few_images_are_shown_once():
    assert chosen([score(0, 0.1), score(1, 0.2)], 3) == {"best": [1, 0], "median": [], "worst": []}
    assert chosen([score(0, 0.1), score(1, 0.2), score(2, 0.3)], 3) == {
        "best": [2],
        "median": [1],
        "worst": [0],
    }
    assert chosen([], 3) == {"best": [], "median": [], "worst": []}
