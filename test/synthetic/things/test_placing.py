from __future__ import annotations

import numpy as np

from hrs_ros.synthetic.rotation import UP, about
from hrs_ros.synthetic.scene_graph import SceneGraph
from hrs_ros.synthetic.studio import Studio
from hrs_ros.synthetic.things.catalogue import make
from hrs_ros.synthetic.things.looks import SORTS, material
from hrs_ros.synthetic.things.placing import put
from hrs_ros.vocabulary import vocabulary


def test_a_thing_is_one_instance_where_it_was_put(studio: Studio) -> None:
    graph, rng = SceneGraph(), np.random.default_rng(1)
    model = make("bottle", rng, "train")
    thing = put(graph, studio, rng, model, about(UP, 0.7), (1, 2, 3))
    assert graph.class_ids == [vocabulary().entity_id("bottle")] and thing.instance == 1
    points = graph.geometry().vertices["p"]
    low, high = model.bounds
    np.testing.assert_allclose([points[:, 1].min(), points[:, 1].max()], [2 + low[1], 2 + high[1]], atol=1e-5)
    np.testing.assert_allclose(thing.to_world((0, 0, 0)), (1, 2, 3))
    assert set(graph.geometry().vertices["id"][:, 0]) == {1}


def test_one_look_is_one_material_and_a_set_shares_them(studio: Studio) -> None:
    graph, rng = SceneGraph(), np.random.default_rng(2)
    model = make("sofa", rng, "train")
    first = put(graph, studio, rng, model, np.eye(3), (0, 0, 0))
    count = len({surface.look for surface in model.surfaces})
    assert len(graph.materials) == count
    second = put(graph, studio, rng, model, np.eye(3), (9, 0, 0), like=first)
    assert second.materials == first.materials and second.instance == 2
    third = put(graph, studio, rng, model, np.eye(3), (9, 0, 0))
    assert third.materials != first.materials and len(graph.materials) == 2 * count


def test_things_of_different_looks_do_not_share(studio: Studio) -> None:
    graph, rng = SceneGraph(), np.random.default_rng(2)
    plate = put(graph, studio, rng, make("plate", rng, "train"), np.eye(3), (0, 0, 0))
    book = put(graph, studio, rng, make("book", rng, "train"), np.eye(3), (5, 0, 0), like=plate)
    assert not set(book.materials) & set(plate.materials)


def test_every_look_makes_a_material_in_range(studio: Studio) -> None:
    for look in SORTS:
        for seed in range(5):
            drawn = material(look, studio, np.random.default_rng(seed))
            assert min(drawn.tint) >= 0 and max(drawn.tint) <= 2
            assert 0 < drawn.roughness <= 1
            assert material(look, studio, np.random.default_rng(seed)) == drawn
