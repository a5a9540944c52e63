from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from hrs_ros.synthetic.layout import OVERLAP, _gap, another_spot, first_spot
from hrs_ros.synthetic.mesh import box
from hrs_ros.synthetic.places.place import Place
from hrs_ros.synthetic.rotation import UP, about
from hrs_ros.synthetic.stage import Spot
from hrs_ros.synthetic.things.model import Model, PlacedThing, Surface


def table(x: float, z: float) -> PlacedThing:
    model = Model("table", "table", (Surface(box(8, 7, 6), "wood"),))
    return PlacedThing(2, model, np.eye(3), np.array([x, 0.0, z]))


def place(*things: PlacedThing, depth: float = 40.0) -> Place:
    return Place("room", False, 1, "floor", depth=depth, things=list(things))


def test_the_first_spot_is_in_the_middle_and_wide_groups_stand_further_back() -> None:
    small = [first_spot(np.random.default_rng(k), 4.0, place()) for k in range(200)]
    large = [first_spot(np.random.default_rng(k), 14.0, place()) for k in range(200)]
    assert abs(np.mean([spot.x for spot in small])) < 0.2
    assert np.allclose([a.z - b.z for a, b in zip(small, large, strict=True)], 0.2 * 8.0)


def test_spots_keep_apart_from_each_other_from_things_and_from_the_back_wall() -> None:
    stuff = table(6.0, -8.0)
    found = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        spots = [first_spot(rng, 5.0, place())]
        for _ in range(2):
            spot = another_spot(rng, 4.0, spots, place(stuff, depth=10.0))
            if spot is not None:
                spots.append(spot)
        for a, b in combinations(spots, 2):
            assert np.hypot(a.x - b.x, a.z - b.z) > OVERLAP * (a.radius + b.radius)
        for spot in spots[1:]:
            beside = max(abs(spot.x - 6.0) - 4.0, 0.0), max(abs(spot.z + 8.0) - 3.0, 0.0)
            assert np.hypot(*beside) > OVERLAP * spot.radius
            assert spot.z - spot.radius > -14.0
        found += len(spots) - 1
    assert found > 60


def test_where_there_is_no_room_there_is_no_spot() -> None:
    rng = np.random.default_rng(0)
    assert another_spot(rng, 7.0, [first_spot(rng, 30.0, place())], place()) is None


def test_some_groups_show_their_backs() -> None:
    backs = [np.cos(first_spot(np.random.default_rng(k), 4.0, place()).yaw) < 0 for k in range(400)]
    assert 0.08 < np.mean(backs) < 0.2


def test_in_a_shallow_room_wide_groups_come_forward() -> None:
    spot = first_spot(np.random.default_rng(0), 12.0, place(depth=7.0))
    assert spot.z - spot.radius == -11.0


def test_a_turned_thing_is_as_wide_as_its_box() -> None:
    turned = PlacedThing(2, table(0, 0).model, about(UP, np.pi / 2), np.array([0.0, 0.0, -4.0]))
    assert _gap(Spot(3.5, -4.0, 1.0), turned) == pytest.approx(0.5)  # the table is 6 deep: now along x
    assert _gap(Spot(0.0, 1.0, 1.0), turned) == pytest.approx(1.0)
    assert _gap(Spot(1.0, -5.0, 1.0), turned) == 0.0
