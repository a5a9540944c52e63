"""A split of the PIC layout as one self-contained HTML page: views of each picture, triplets, filters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from importlib import resources
from pathlib import Path

import numpy as np
from tqdm import tqdm

from hrs_ros.data.pic import PICDataset
from hrs_ros.evaluation.gallery.counts import Counts, names_of
from hrs_ros.evaluation.gallery.views import part_colours, views
from hrs_ros.evaluation.report.page import plain_table
from hrs_ros.evaluation.truth import scene_from_sample
from hrs_ros.scene import Relation, Scene
from hrs_ros.vocabulary import vocabulary

WIDTH = 480  # pixels of a picture
KINDS = {
    "relations": "relation",
    "entities": "entity",
    "parts": "visible part",
    "acting parts": "acting part",
}


def write_gallery(root: Path, split: str, page: Path, *, count: int) -> int:
    """Write the page of at most ``count`` pictures, spread evenly over the split; returns how many it shows.

    ``page`` is a file, or a folder that gets an index.html. Raises FileNotFoundError and ValueError for data
    that cannot be read.
    """
    dataset = PICDataset(root, split)
    if not len(dataset):
        raise ValueError(f"{root}: split {split!r} has no images")
    chosen = np.unique(np.linspace(0, len(dataset) - 1, min(count, len(dataset))).astype(int))
    counts, cards = Counts(), []
    for index in tqdm(chosen, desc="drawing", unit="picture", disable=None):
        sample = dataset[int(index)]
        scene = scene_from_sample(sample)
        counts.add(scene)
        cards.append(list(_card(sample.name, scene, views(sample.image, scene, width=WIDTH))))
    title = f"{root.name}, split {split}"
    facts = f"{len(chosen)} of {len(dataset)} pictures, spread evenly; counts are of these"
    path = page if page.suffix == ".html" else page / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(_page(title, facts, counts, cards)) + "\n", encoding="utf-8")
    return len(chosen)


def _page(title: str, facts: str, counts: Counts, cards: list[list[str]]) -> Iterator[str]:
    yield from (
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{_text('hrs_ros.evaluation.report', 'page.css')}{_text(__package__, 'page.css')}</style>",
        '</head><body data-view="masks">',
        f"<header><h1>{escape(title)}</h1>",
        f"<p>{escape(facts)}. Click a picture for its next view.</p></header>",
        '<div class="filters"><label>view <select id="view"><option>masks<option>parts<option>photo</select>',
        "</label>",
    )
    for kind, word in KINDS.items():
        found = sorted(counts.pictures.get(kind, {}).items())
        options = "".join(f'<option value="{escape(name)}">{escape(name)} ({n})' for name, n in found)
        yield f'<label>{word} <select data-kind="{kind}"><option value="">all{options}</select></label>'
    yield '<span id="shown"></span></div><div class="cards">'
    for card in cards:
        yield from card
    yield "</div><h2>Parts</h2><p>"
    for part, colour in part_colours().items():
        yield f'<i class="swatch" style="background: rgb{colour}"></i>{escape(vocabulary().parts[part])}'
    yield '</p><h2>Classes covered</h2><div class="tables">'
    for table in counts.tables():
        yield from ("<section>", *plain_table(table), "</section>")
    yield f"</div><script>\n{_text(__package__, 'page.js')}</script></body></html>"


def _card(name: str, scene: Scene, pictures: dict[str, str]) -> Iterator[str]:
    yield f'<article class="card" data-names="{escape(json.dumps(names_of(scene)))}">'
    for view, address in pictures.items():
        yield f'<img class="{view}" src="{address}" alt="{escape(name)}, {view}" loading="lazy">'
    actions = [relation for relation in scene.relations if relation.is_action]
    others = [relation for relation in scene.relations if not relation.is_action]
    yield f"<div><h3>{escape(name)}</h3><ul>"
    yield from (_line(scene, relation) for relation in actions)
    yield "</ul>"
    if others:
        yield f"<details><summary>{len(others)} geometric</summary><ul>"
        yield from (_line(scene, relation) for relation in others)
        yield "</ul></details>"
    yield "</div></article>"


def _line(scene: Scene, relation: Relation) -> str:
    ends = [scene.entity(end).name for end in (relation.subject_id, relation.object_id)]
    words = json.dumps([relation.predicate, *ends, *relation.part_names])
    return f'<li data-words="{escape(words)}">{escape(scene.sentence(relation)[1:-1])}</li>'


def _text(package: str | None, name: str) -> str:
    assert package is not None
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")
