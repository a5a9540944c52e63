"""Draws what a data set holds: the paper's Figures 3 to 5 for any data, parts, and resolutions.

Needs matplotlib (the extra ``plot``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, LogNorm
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from hrs_ros.data.statistics import Statistics, Triplet, long_tail
from hrs_ros.data.statistics_text import TABLE_3
from hrs_ros.vocabulary import vocabulary

WARM, COOL = "#e07a3f", "#2f6f8f"  # actions and things; geometric relations and stuff
INK, FAINT = "#2b2b2b", "#d9d9d9"
HEAT = LinearSegmentedColormap.from_list("warm", ["#fdf1e7", WARM, "#6b2508"])
MOST_TRIPLETS = 18  # named in the picture; an inset shows the rest where the bars beside it are short
INSET_BESIDE, INSET_LEFT = 11, 0.5  # first bar beside the inset, and its greatest length of the longest


def write_figures(counts: Statistics, folder: Path) -> list[Path]:
    """Write one PNG per figure into ``folder``; returns their paths."""
    figures: dict[str, Callable[[Statistics], Figure]] = {
        "relations": relation_figure,
        "triplets": triplet_figure,
        "entities": entity_figure,
        "parts": part_figure,
        "action_parts": action_part_figure,
        "resolutions": resolution_figure,
    }
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, draw in figures.items():
        paths.append(folder / f"{name}.png")
        with rc_context({"xtick.color": INK, "ytick.color": INK, "axes.labelcolor": INK}):
            draw(counts).savefig(paths[-1], dpi=130, facecolor="white", bbox_inches="tight", pad_inches=0.2)
    return paths


def relation_figure(counts: Statistics) -> Figure:
    """Figure 3: how often each of the 23 relations is labelled."""
    words = vocabulary()
    named = {name: counts.relations[name] for name in words.relations[1:]}
    actions = {words.relations[number] for number in words.actions}
    order = sorted(named, key=lambda name: (-named[name], name))
    figure = Figure(figsize=(8, 7), layout="constrained")
    axes = figure.subplots()
    colours = [WARM if name in actions else COOL for name in order]
    _bars(axes, order, [named[name] for name in order], colours)
    total = max(sum(named.values()), 1)
    shares = {kind: sum(named[name] for name in order if (name in actions) == kind) for kind in (True, False)}
    _legend(
        axes,
        {
            f"action, {shares[True] / total:.0%} of {total:,}": WARM,
            f"geometric, {shares[False] / total:.0%}": COOL,
        },
    )
    _title(axes, "Relations")
    return figure


def triplet_figure(counts: Statistics) -> Figure:
    """Figure 4: (a) action triplets, by acting part, and (b) geometric triplets, with their long tails."""
    words = vocabulary()
    actions = {words.relations[number] for number in words.actions}
    figure = Figure(figsize=(13, 6.2), layout="constrained")
    panels = zip(
        figure.subplots(1, 2),
        ("(a) Action triplets", "(b) Geometric triplets"),
        (True, False),
        (WARM, COOL),
        strict=True,
    )
    for axes, title, is_action, colour in panels:
        kept = Counter({t: n for t, n in counts.triplets.items() if (t.relation in actions) == is_action})
        top = kept.most_common(MOST_TRIPLETS)
        _bars(axes, [_phrase(triplet) for triplet, _ in top], [n for _, n in top], [colour] * len(top))
        tail = long_tail(kept)
        _title(axes, title, f"{tail.classes} kinds, {tail.nine_tenths} of them hold nine tenths")
        axes.set_ylim(MOST_TRIPLETS - 0.4, -0.6)  # bars of one height, however few
        if len(kept) > len(top) and top[INSET_BESIDE][1] < INSET_LEFT * top[0][1]:
            _tail_inset(axes, kept, colour)
    return figure


def entity_figure(counts: Statistics) -> Figure:
    """Figure 5: instances of every thing and stuff class, on a logarithmic scale."""
    words = vocabulary()
    stuff = {words.entities[number] for number in words.stuff}
    ranked = counts.entities.most_common()
    figure = Figure(figsize=(max(7.0, 2 + 0.115 * len(ranked)), 5), layout="constrained")
    axes = figure.subplots()
    colours = [COOL if name in stuff else WARM for name, _ in ranked]
    axes.bar(range(len(ranked)), [n for _, n in ranked], color=colours, width=0.82)
    axes.set_xticks(range(len(ranked)), [name for name, _ in ranked], rotation=90, fontsize=7)
    axes.tick_params(axis="x", length=0, pad=2)
    axes.set_xlim(-0.8, max(len(ranked), 1) - 0.2)
    if ranked:
        axes.set_yscale("log")
        axes.set_ylim(bottom=0.7)
    axes.set_ylabel("instances")
    axes.grid(axis="y", color=FAINT, linewidth=0.6)
    things = sum(name not in stuff for name, _ in ranked)
    _legend(axes, {f"things, {things} classes": WARM, f"stuff, {len(ranked) - things} classes": COOL})
    tail = long_tail(counts.entities)
    total = counts.entities.total()
    _title(axes, "Entities", f"{total:,} instances; {tail.nine_tenths} classes hold nine tenths")
    _frame(axes)
    return figure


def part_figure(counts: Statistics) -> Figure:
    """The 25 parts: in how many images each is seen, and how often each acts."""
    names = list(vocabulary().parts[1:])
    names.sort(key=lambda name: (-counts.parts[name], -counts.acting[name], name))
    figure = Figure(figsize=(10, 7), layout="constrained")
    seen, acting = figure.subplots(1, 2, sharey=True)
    _bars(seen, names, [counts.parts[name] for name in names], [COOL] * len(names))
    _bars(acting, names, [counts.acting[name] for name in names], [WARM] * len(names))
    acting.tick_params(axis="y", labelleft=False)
    _title(seen, "Images that show a part", f"of {counts.images:,}")
    without = counts.actions_without_parts
    _title(acting, "Times a part acts", f"{without:,} actions have no labelled part")
    return figure


def action_part_figure(counts: Statistics) -> Figure:
    """Which part acts in which action: a matrix of counts."""
    words = vocabulary()
    actions = [words.relations[number] for number in sorted(words.actions)]
    parts = [part for part in words.parts[1:] if counts.acting[part]] or list(words.parts[1:])
    matrix = np.array([[counts.action_parts[action, part] for part in parts] for action in actions])
    figure = Figure(figsize=(3 + 0.52 * len(parts), 7), layout="constrained")
    axes = figure.subplots()
    norm = LogNorm(1, max(matrix.max(), 2))
    axes.imshow(np.ma.masked_equal(matrix, 0), cmap=HEAT, norm=norm, aspect="auto")
    for row, column in np.argwhere(matrix):
        count = int(matrix[row, column])
        colour = "white" if norm(count) > 0.55 else INK
        axes.text(column, row, _short(count), ha="center", va="center", fontsize=7.5, color=colour)
    axes.set_xticks(range(len(parts)), parts, rotation=45, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(actions)), actions)
    axes.set_xticks(np.arange(len(parts) + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(actions) + 1) - 0.5, minor=True)
    axes.grid(which="minor", color=FAINT, linewidth=0.6)
    axes.tick_params(which="both", length=0)
    _title(axes, "Acting parts of each action", "left and right are the person's own")
    _frame(axes)
    return figure


def resolution_figure(counts: Statistics) -> Figure:
    """Image sizes, a disc of its share each; beside them the averages of the paper's Table 3."""
    figure = Figure(figsize=(8, 6), layout="constrained")
    axes = figure.subplots()
    for size, images in counts.resolutions.items():
        area = 20 + 480 * images / counts.images
        axes.scatter(size[1], size[0], s=area, color=WARM, alpha=0.45, linewidth=0)
    for rank, row in enumerate(sorted(TABLE_3, key=lambda row: row.width)):
        axes.scatter(row.width, row.height, s=32, marker="D", color=COOL)
        _label(axes, row.dataset, row.width, row.height, left=bool(rank % 2))  # two of them nearly coincide
    height, width = counts.average_resolution
    axes.scatter(width, height, s=70, marker="X", color=INK, zorder=3)
    axes.set(xlabel="width / pixels", ylabel="height / pixels")
    axes.set_xlim(0, axes.get_xlim()[1] * 1.08)
    axes.set_ylim(bottom=0)
    axes.grid(color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    _legend(axes, {"these images": WARM, "averages in the paper's Table 3": COOL}, place="upper left")
    sizes = f"{len(counts.resolutions)} size{'' if len(counts.resolutions) == 1 else 's'}"
    average = f"average {width:.0f} x {height:.0f} (cross)"
    _title(axes, "Resolution", f"{counts.images:,} images in {sizes}, {average}")
    _frame(axes)
    return figure


def _bars(axes: Axes, names: list[str], values: list[int], colours: list[str]) -> None:
    """Horizontal bars from the top, each with its number."""
    rows = range(len(names))
    axes.barh(rows, values, color=colours, height=0.74)
    for row, value in zip(rows, values, strict=True):
        axes.annotate(
            f"{value:,}",
            (value, row),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=INK if value else "#9a9a9a",
        )
    axes.set_yticks(rows, names, fontsize=9)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(0, max([1, *values]) * 1.12)
    axes.tick_params(axis="both", length=0)
    axes.set_xticks([])
    _frame(axes)
    axes.spines["bottom"].set_visible(False)


def _tail_inset(axes: Axes, counts: Counter[Triplet], colour: str) -> None:
    """Count over rank, both logarithmic, in the empty corner beside the shortest bars."""
    inset = axes.inset_axes((0.6, 0.07, 0.38, 0.3))
    values = [count for _, count in counts.most_common()]
    inset.loglog(range(1, len(values) + 1), values, color=colour, linewidth=2)
    inset.set_xlabel("rank", fontsize=7, labelpad=1)
    inset.set_ylabel("count", fontsize=7, labelpad=1)
    inset.tick_params(labelsize=6, which="both", width=0.5)
    inset.grid(color=FAINT, linewidth=0.5)
    _frame(inset)


def _phrase(triplet: Triplet) -> str:
    subject = f"[{triplet.part}] " if triplet.part else ""
    return f"{subject}{triplet.relation} · {triplet.object}"


def _title(axes: Axes, title: str, note: str = "") -> None:
    axes.set_title(title, loc="left", fontsize=13, fontweight="bold", color=INK, pad=20 if note else 10)
    axes.annotate(
        note,
        (0, 1),
        xycoords="axes fraction",
        xytext=(0, 6),
        textcoords="offset points",
        fontsize=9,
        color="#6a6a6a",
    )


def _label(axes: Axes, text: str, x: float, y: float, *, left: bool) -> None:
    axes.annotate(
        text,
        (x, y),
        xytext=(-7 if left else 7, 0),
        textcoords="offset points",
        ha="right" if left else "left",
        va="center",
        fontsize=8,
        color=INK,
    )


def _legend(axes: Axes, entries: dict[str, str], *, place: Literal["best", "upper left"] = "best") -> None:
    patches = [Patch(color=colour, label=label) for label, colour in entries.items()]
    axes.legend(handles=patches, loc=place, frameon=False, fontsize=9)


def _frame(axes: Axes) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.set_axisbelow(True)


def _short(count: int) -> str:
    """Fits a cell: 12345 -> "12k"."""
    return f"{count / 1000:.0f}k" if count >= 10_000 else str(count)
