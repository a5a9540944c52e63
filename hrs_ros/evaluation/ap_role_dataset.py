"""AP_role of a predictor over a V-COCO split, and its table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hrs_ros.data.vcoco import VcocoDataset
from hrs_ros.evaluation.ap_role import APRole, Judged, Scenario, ap_role, judge, role_predictions
from hrs_ros.evaluation.perception import Predict, Watch
from hrs_ros.evaluation.table import percent, table
from hrs_ros.vocabulary import vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class VcocoReport:
    """Figures over a split."""

    images: int
    scenarios: dict[Scenario, APRole]

    @property
    def mean(self) -> dict[str, float]:
        """AP_role in [0, 1] by scenario name."""
        return {scenario.name: result.mean for scenario, result in self.scenarios.items()}


def evaluate_vcoco(
    dataset: VcocoDataset, indices: Iterable[int], predict: Predict, *, watch: Watch | None = None
) -> VcocoReport:
    """Predict images of a split and judge every relation; ``predict`` should give faint ones, too."""
    judged: list[Judged] = []
    for index in indices:
        image = dataset.image(index)
        scene = predict(image)
        if watch is not None:
            watch(dataset.name(index), image, scene)
        judged.append(judge(dataset.truth(index), role_predictions(scene)))
    return VcocoReport(
        images=len(judged),
        scenarios={scenario: ap_role(judged, scenario=scenario) for scenario in Scenario},
    )


def vcoco_text(report: VcocoReport) -> str:
    """AP of every action-role pair that occurs and their mean, in percent."""
    one, two = report.scenarios[Scenario.ONE], report.scenarios[Scenario.TWO]
    names = vocabulary("vcoco").relations
    rows = [
        (
            names[relation],
            str(one.positives[relation]),
            percent(one.by_relation[relation]),
            percent(two.by_relation[relation]),
        )
        for relation in range(1, len(names))
        if one.positives[relation]
    ]
    rows.append(("AP_role", str(one.positives.sum()), percent(one.mean), percent(two.mean)))
    return table(("action, role", "labelled", "scenario 1", "scenario 2"), rows)
