"""Reports as text for the terminal; shares are in percent."""

from __future__ import annotations

from hrs_ros.evaluation.clips import ClipReport
from hrs_ros.evaluation.dataset import DatasetReport
from hrs_ros.evaluation.mean_recall import Task
from hrs_ros.evaluation.people import PeopleFigures
from hrs_ros.evaluation.query_success import QueryFigures
from hrs_ros.evaluation.sides import SideFigures
from hrs_ros.evaluation.table import number, percent, table
from hrs_ros.vocabulary import vocabulary

_QUERY_COLUMNS = ("asked", "right", "silent wrong", "refused", "mean IoU")


def clip_text(report: ClipReport) -> str:
    """Requests over the frames of a clip."""
    rows = [(query.text, *_query_cells(query.answerable), str(query.unfounded)) for query in report.queries]
    rows += [
        (f"{query.text}, remembered", *_query_cells(query.answerable), str(query.unfounded))
        for query in report.remembered
    ]
    rows.append(("every unique phrase", *_query_cells(report.unique_phrases), "-"))
    return "\n".join(
        (
            f"clip {report.name}, {report.frames} frames; right: answered OK with mask IoU >= 0.5; in %",
            table(("request", *_QUERY_COLUMNS, "unfounded"), rows),
            f"left and right arm told apart: {_sides(report.arm_sides)}",
        )
    )


def dataset_text(report: DatasetReport) -> str:
    """Mean recall in the shape of the paper's table, by class, then requests and sides."""
    return "\n".join(
        (
            table(
                ("", *(f"mR@{limit}" for limit in report.limits), "AR"),
                [(row.name, *map(percent, row.recall), percent(row.average)) for row in report.rows],
            ),
            "",
            f"recall of each class at K = {report.limits[-1]}, mean over thresholds and images that hold it",
            table(("relation", "triplets", "HRS", "RS"), _class_rows(report)),
            "",
            table(("request", *_QUERY_COLUMNS), [("every unique phrase", *_query_cells(report.queries))]),
            f"left and right limbs told apart: {_sides(report.sides)}",
        )
    )


def people_text(figures: PeopleFigures) -> str:
    """People and wrists, each with the number it is a share of."""
    rows = (
        ("person found (mask IoU >= 0.5), %", percent(figures.person_recall), figures.persons),
        ("mean IoU of people found", number(figures.person_mean_iou), figures.found),
        ("person AP at mask IoU 0.5, %", percent(figures.person_ap50), figures.persons),
        (
            "visible wrist in own arm mask, people found, %",
            percent(figures.wrist_in_own_arm_rate),
            figures.wrists_of_found,
        ),
        (
            "visible wrist in own arm mask, all people, %",
            percent(figures.wrist_in_own_arm_rate_all),
            figures.wrists_labelled,
        ),
        (
            "own side, among wrists in any arm mask, %",
            percent(figures.side_accuracy),
            figures.wrists_in_an_arm,
        ),
    )
    return table(("figure", "value", "of"), [(name, value, str(count)) for name, value, count in rows])


def _query_cells(figures: QueryFigures) -> tuple[str, ...]:
    rates = (figures.success_rate, figures.silent_wrong_rate, figures.refused_rate)
    return str(figures.asked), *map(percent, rates), number(figures.mean_iou)


def _class_rows(report: DatasetReport) -> list[tuple[str, ...]]:
    hrs, rs = report.by_class[Task.HRS], report.by_class[Task.RS]
    return [
        (
            vocabulary().relations[predicate],
            str(rs.triplets[predicate]),
            percent(float(hrs.by_image[:, -1, predicate].mean())),
            percent(float(rs.by_image[:, -1, predicate].mean())),
        )
        for predicate in rs.present
    ]


def _sides(figures: SideFigures) -> str:
    return f"{percent(figures.accuracy)} % of {figures.covered} covered limbs ({figures.limbs} in all)"
