"""A relation graph as in the paper's Figure 7: things in a ring, triplets as arrows with a verdict."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hrs_ros.evaluation.report.outcome import Edge, Node, Outcome, Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

# Paul Tol's "bright" scheme: apart for colour-blind eyes, and the dashes tell the verdicts apart in grey.
COLOURS = {Verdict.HIT: "#228833", Verdict.MISS: "#EE6677", Verdict.FALSE_ALARM: "#AAAAAA"}
DASHES: dict[Verdict, tuple[float, Sequence[float]] | None] = {
    Verdict.HIT: None,
    Verdict.MISS: (0, (5, 2)),
    Verdict.FALSE_ALARM: (0, (1, 2)),
}
MISSED_NODE, FOUND_NODE, PAPER = "#EE6677", "#4477AA", "#FFFFFF"
MOST_FALSE_ALARMS = 6  # arrows; more would bury what the picture is about
FONT = 8.5  # points
LINE = 22  # letters of a text on an arrow before it breaks


@dataclass(frozen=True, slots=True)
class _Arrow:
    """Triplets of one pair and one verdict."""

    subject: str
    target: str
    verdict: Verdict
    texts: tuple[str, ...]


def draw_graph(axes: Axes, outcome: Outcome, *, action: bool) -> None:
    """Draw the geometric or the action triplets of an image.

    Green: found; red and dashed: in the truth, missed; grey and dotted: predicted, not in the truth (the best
    ``MOST_FALSE_ALARMS``). A node with a red border is a thing of the truth that nothing matches, one with a
    dotted border a prediction that matches nothing.
    """
    edges = [edge for edge in outcome.edges if edge.is_action is action]
    arrows = _arrows(edges)
    used = {key for arrow in arrows for key in (arrow.subject, arrow.target)}
    nodes = {node.key: node for node in outcome.nodes if node.key in used}
    places = _ring(list(nodes.values()))
    axes.set_xlim(-1.75, 1.75)
    axes.set_ylim(-1.3, 1.3)
    axes.axis("off")
    count = {verdict: sum(edge.verdict is verdict for edge in edges) for verdict in Verdict}
    axes.set_title(
        f"{'Actions' if action else 'Geometric relations'}:  {count[Verdict.HIT]} found, "
        f"{count[Verdict.MISS]} missed, {count[Verdict.FALSE_ALARM]} not in the truth",
        fontsize=FONT + 1.5,
        loc="left",
    )
    if not arrows:
        axes.text(0, 0, "none", ha="center", va="center", color="#888888", fontsize=FONT + 2)
    both_ways = {(arrow.subject, arrow.target) for arrow in arrows}
    drawn: dict[tuple[str, str], int] = {}
    for arrow in arrows:
        pair = (arrow.subject, arrow.target)
        turn = drawn[pair] = drawn.get(pair, -1) + 1
        bent = 0.14 + 0.22 * turn if turn or pair[::-1] in both_ways else 0.06
        _draw_arrow(axes, arrow, nodes, places, bent)
    for node in nodes.values():
        _draw_node(axes, node, places[node.key])


def key_handles() -> list[Line2D]:
    """The key to the arrows, for a legend."""
    from matplotlib.lines import Line2D

    return [
        Line2D([], [], color=COLOURS[v], linestyle=DASHES[v] or "-", linewidth=2, label=v.value)
        for v in Verdict
    ]


def _arrows(edges: Sequence[Edge]) -> list[_Arrow]:
    """Hits, misses and the best false alarms, those of one pair joined; false alarms first, so below."""
    alarms = sorted((e for e in edges if e.verdict is Verdict.FALSE_ALARM), key=lambda edge: -edge.score)
    shown = [*alarms[:MOST_FALSE_ALARMS], *(e for e in edges if e.verdict is not Verdict.FALSE_ALARM)]
    joined: dict[tuple[str, str, Verdict], list[str]] = {}
    for edge in shown:
        joined.setdefault((edge.subject, edge.target, edge.verdict), []).append(edge.text)
    return [_Arrow(*key, tuple(dict.fromkeys(texts))) for key, texts in joined.items()]


def _ring(nodes: Sequence[Node]) -> dict[str, tuple[float, float]]:
    """Places on an ellipse, in the order in which the things stand about the middle of the image."""
    if not nodes:
        return {}
    middle_x = sum(node.x for node in nodes) / len(nodes)
    middle_y = sum(node.y for node in nodes) / len(nodes)

    def angle(node: Node) -> float:
        return math.atan2(middle_y - node.y, node.x - middle_x)  # y of an image runs down

    order = sorted(nodes, key=angle)
    # The ring is turned so that the things lie near where the image has them.
    start = sum(angle(node) - 2 * math.pi * i / len(order) for i, node in enumerate(order)) / len(order)
    turns = [start + 2 * math.pi * i / len(order) for i in range(len(order))]
    return {node.key: (1.4 * math.cos(turn), math.sin(turn)) for node, turn in zip(order, turns, strict=True)}


def _draw_arrow(
    axes: Axes,
    arrow: _Arrow,
    nodes: Mapping[str, Node],
    places: Mapping[str, tuple[float, float]],
    bent: float,
) -> None:
    from matplotlib.patches import FancyArrowPatch

    (x0, y0), (x1, y1) = places[arrow.subject], places[arrow.target]
    colour = COLOURS[arrow.verdict]
    axes.add_patch(
        FancyArrowPatch(
            (x0, y0),
            (x1, y1),
            connectionstyle=f"arc3,rad={bent}",
            arrowstyle="-|>",
            mutation_scale=13,
            shrinkA=_reach(nodes[arrow.subject], x1 - x0, y1 - y0),
            shrinkB=_reach(nodes[arrow.target], x1 - x0, y1 - y0),
            linewidth=1.1 if arrow.verdict is Verdict.FALSE_ALARM else 2.0,
            linestyle=DASHES[arrow.verdict] or "-",
            color=colour,
            zorder=1,
        )
    )
    # Nearer to the subject: in the middle of a ring all texts would meet.
    t = 0.4
    control = ((x0 + x1) / 2 + bent * (y1 - y0), (y0 + y1) / 2 - bent * (x1 - x0))
    x, y = (
        (1 - t) ** 2 * a + 2 * t * (1 - t) * c + t**2 * b
        for a, c, b in zip((x0, y0), control, (x1, y1), strict=True)
    )
    alarm = arrow.verdict is Verdict.FALSE_ALARM
    axes.text(
        x,
        y,
        _broken(arrow.texts),
        ha="center",
        va="center",
        fontsize=FONT - 1.5 if alarm else FONT,
        color="#777777" if alarm else colour,
        bbox={"boxstyle": "round,pad=0.12", "facecolor": PAPER, "edgecolor": "none", "alpha": 0.85},
        zorder=2 if alarm else 3,
    )


def _draw_node(axes: Axes, node: Node, place: tuple[float, float]) -> None:
    missed = node.in_truth and not node.matched
    axes.text(
        *place,
        node.label,
        ha="center",
        va="center",
        fontsize=FONT,
        color="#222222",
        bbox={
            "boxstyle": "round,pad=0.4",
            "facecolor": "#F3F6FA" if node.in_truth else PAPER,
            "edgecolor": MISSED_NODE
            if missed
            else FOUND_NODE
            if node.in_truth
            else COLOURS[Verdict.FALSE_ALARM],
            "linewidth": 2.0 if node.in_truth else 1.0,
            "linestyle": "-" if node.in_truth else ":",
        },
        zorder=4,
    )


def _reach(node: Node, dx: float, dy: float) -> float:
    """Points from a node's middle to just outside its border in a direction; a letter is about 5 wide."""
    half_width, half_height = 2.5 * len(node.label) + 8, 12.0
    length = math.hypot(dx, dy)
    return min(half_width * length / max(abs(dx), 1e-6), half_height * length / max(abs(dy), 1e-6)) + 3


def _broken(texts: Sequence[str]) -> str:
    """Joined by commas, in lines of about ``LINE`` letters."""
    lines: list[str] = []
    for text in texts:
        if lines and len(lines[-1]) + len(text) < LINE:
            lines[-1] += f", {text}"
        else:
            lines.append(text)
    return ",\n".join(lines)
