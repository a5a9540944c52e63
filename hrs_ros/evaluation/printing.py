"""Reports as text for the terminal; shares are in percent."""

from __future__ import annotations

from hrs_ros.evaluation.clips import ClipReport
from hrs_ros.evaluation.dataset import DatasetReport
from hrs_ros.evaluation.mean_recall import Task
from hrs_ros.evaluation.people import PeopleFigures
from hrs_ros.evaluation.query_success import QueryFigures
from hrs_ros.evaluation.sides import SideFigures
from hrs_ros.evaluation.table import TextTable, number, percent, table
from hrs_ros.vocabulary import vocabulary

_QUERY_COLUMNS = ("asked", "right", "silent wrong", "poor mask", "refused", "mean IoU")


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
            f"silent wrong where the side that does not act is asked for: "
            f"{percent(report.other_side.answered_rate)} % of {report.other_side.asked} phrases",
            f"left and right arm told apart: {_sides(report.arm_sides)}",
        )
    )


def dataset_text(report: DatasetReport) -> str:
    """``dataset_tables`` for the terminal."""
    return "\n\n".join(table.text() for table in dataset_tables(report))


def dataset_tables(report: DatasetReport) -> tuple[TextTable, ...]:
    """Mean recall in the shape of the paper's table, by threshold and by class; what users see of requests,
    sides and relations."""
    return (
        _recall_table(report),
        _threshold_table(report),
        _class_table(report),
        *_request_tables(report),
        _shown_table(report),
    )


def _recall_table(report: DatasetReport) -> TextTable:
    return TextTable(
        f"Mean recall over {report.images} images, %",
        ("", *(f"mR@{limit}" for limit in report.limits), "AR"),
        tuple((row.name, *map(percent, row.recall), percent(row.average)) for row in report.rows),
    )


def _threshold_table(report: DatasetReport) -> TextTable:
    """mR@K at each mask IoU: a task that falls fast from row to row finds things and draws them badly."""
    rows = [
        (f"{task.value} at IoU >= {threshold}", *map(percent, at), percent(float(at.mean())))
        for task in (Task.HRS, Task.RS)
        for threshold, at in zip(
            report.by_class[task].thresholds, report.by_class[task].recall_by_threshold(), strict=True
        )
    ]
    header = ("", *(f"mR@{limit}" for limit in report.limits), "AR")
    return TextTable("Mean recall by the mask IoU that both ends must reach, %", header, tuple(rows))


def _class_table(report: DatasetReport) -> TextTable:
    """Each class at the largest limit: over all thresholds, then at each."""
    hrs, rs = report.by_class[Task.HRS], report.by_class[Task.RS]
    rows = [
        (
            vocabulary().relations[predicate],
            str(rs.triplets[predicate]),
            *(
                percent(value)
                for result in (hrs, rs)
                for at in (result.by_image[:, -1, predicate],)
                for value in (float(at.mean()), *at.tolist())
            ),
        )
        for predicate in rs.present
    ]
    columns = [
        name for task in ("HRS", "RS") for name in (task, *(f"{task} {level}" for level in hrs.thresholds))
    ]
    title = f"Recall of each class at K = {report.limits[-1]}, mean over thresholds and at each, %"
    return TextTable(title, ("relation", "triplets", *columns), tuple(rows))


def _request_tables(report: DatasetReport) -> tuple[TextTable, ...]:
    sides = report.sides
    return (
        TextTable(
            "Requests that the truth answers with one thing; right: OK with mask IoU >= 0.5, %",
            ("", *_QUERY_COLUMNS),
            (("every unique phrase", *_query_cells(report.queries)),),
        ),
        TextTable(
            "Left and right",
            ("", "of", "%"),
            (
                (
                    "silent wrong: the side that does not act asked for, and answered",
                    str(report.other_side.asked),
                    percent(report.other_side.answered_rate),
                ),
                (
                    f"limbs told apart, of those covered ({sides.limbs} in all)",
                    str(sides.covered),
                    percent(sides.accuracy),
                ),
            ),
        ),
    )


def _shown_table(report: DatasetReport) -> TextTable:
    return TextTable(
        "Relations as users see them, numbers and %",
        ("", "hold", "shown", "right", "of shown", "of those that hold", "an end is nothing true"),
        tuple(
            (
                row.relation,
                *map(str, (row.true, row.shown, row.right)),
                percent(row.precision),
                percent(row.recall),
                str(row.ghosts),
            )
            for row in report.shown
        ),
    )


def people_text(figures: PeopleFigures) -> str:
    """People and wrists, each with the number it is a share of."""
    rows = (
        ("person found (mask IoU >= 0.5), %", percent(figures.person_recall), figures.persons),
        ("mean IoU of people found", number(figures.person_mean_iou), figures.found),
        ("person AP at mask IoU 0.5, %", percent(figures.person_ap50), figures.persons),
        ("person AP, mean over IoU 0.5 to 0.95, %", percent(figures.person_ap), figures.persons),
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
        ("arm mask holds its own wrist and not the other, %", percent(figures.arm_rate), figures.arms),
    )
    return table(("figure", "value", "of"), [(name, value, str(count)) for name, value, count in rows])


def _query_cells(figures: QueryFigures) -> tuple[str, ...]:
    rates = (
        figures.success_rate,
        figures.silent_wrong_rate,
        figures.poor_mask_rate,
        figures.refused_rate,
    )
    return str(figures.asked), *map(percent, rates), number(figures.mean_iou)


def _sides(figures: SideFigures) -> str:
    return f"{percent(figures.accuracy)} % of {figures.covered} covered limbs ({figures.limbs} in all)"
