import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from hrs_ros.training import plan as plan_module
from hrs_ros.training.plan import BatchDraws, DataPlan, Position
from hrs_ros.training.sources import Source, SourceError
from hrs_ros.vocabulary import vocabulary

pytestmark = pytest.mark.torch
PHOTOS = Source("photos", "photos")


def make_plan(*patterns: object, **changes: object) -> DataPlan:
    settings = {"photos": None, "photo_ratio": 0.0, "batch": 4, "seed": 7, **changes}
    return DataPlan([str(pattern) for pattern in patterns], **settings)  # type: ignore[arg-type]


def take(plan: DataPlan, count: int, start: Position | None = None) -> list[BatchDraws]:
    return list(islice(plan.batches(start or Position(), lambda epochs: 64), count))


@pytest.fixture
def photos(monkeypatch: pytest.MonkeyPatch) -> None:
    """A source of 10 photos beside real shards."""
    real = plan_module.open_source
    monkeypatch.setattr(
        plan_module,
        "open_source",
        lambda source: range(10) if source == PHOTOS else real(source),
    )


def test_an_epoch_shows_every_image_once_in_an_order_of_its_own(shard: Callable[..., Path]) -> None:
    root = shard("a", 8)
    orders = [
        [draw.index for batch in take(make_plan(root), 2, Position(epoch, 0)) for draw in batch.draws]
        for epoch in (0, 1)
    ]
    assert [sorted(order) for order in orders] == [list(range(8))] * 2
    assert orders[0] != orders[1]


def test_the_order_is_a_function_of_the_seed(shard: Callable[..., Path]) -> None:
    root = shard("a", 8)
    assert take(make_plan(root), 5) == take(make_plan(root), 5)
    assert take(make_plan(root), 1) != take(make_plan(root, seed=8), 1)


def test_positions_lead_on(shard: Callable[..., Path]) -> None:
    root = shard("a", 9)  # two batches an epoch, one image is left over
    whole = take(make_plan(root), 5)
    assert [batch.position for batch in whole] == [
        Position(e, b) for e, b in ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0))
    ]
    assert [batch.following for batch in whole[:-1]] == [batch.position for batch in whole[1:]]
    assert [batch.epoch_done for batch in whole] == [0.5, 1.0, 1.5, 2.0, 2.5]
    assert take(make_plan(root), 2, whole[2].following) == whole[3:]


def test_new_shards_join_at_the_next_epoch(shard: Callable[..., Path], tmp_path: Path) -> None:
    first = shard("train_0", 8)
    plan = make_plan(tmp_path / "train_*")
    batches = plan.batches(Position(), lambda epochs: 64)
    seen = [next(batches)]
    second = shard("train_1", 4)
    seen += [next(batches) for _ in range(4)]
    roots = [{draw.source.root for draw in batch.draws} for batch in seen]
    assert roots[0] == roots[1] == {str(first)}
    assert roots[2] | roots[3] | roots[4] == {str(first), str(second)}
    assert seen[4].following == Position(2, 0)

    resumed = make_plan(tmp_path / "train_*")
    resumed.sources_of[0] = plan.sources_of[0]  # what a saved state holds
    assert take(resumed, 1, Position(0, 1)) == [seen[1]]


@pytest.mark.usefixtures("photos")
def test_photos_come_in_the_asked_share(shard: Callable[..., Path]) -> None:
    plan = make_plan(shard("a", 12), photos=PHOTOS, photo_ratio=0.25)
    draws = [draw for batch in take(plan, 4) for draw in batch.draws]
    assert sum(draw.source == PHOTOS for draw in draws) == 4

    plan = make_plan(shard("b", 12), photos=PHOTOS, photo_ratio=0.7)
    draws = [draw for batch in take(plan, 10) for draw in batch.draws]
    indices = [draw.index for draw in draws if draw.source == PHOTOS]
    assert len(indices) == 28
    assert {indices.count(index) for index in range(10)} <= {2, 3}  # none thrice before all twice


@pytest.mark.usefixtures("photos")
def test_photos_alone_are_shown_once_an_epoch() -> None:
    draws = [draw for batch in take(make_plan(photos=PHOTOS, photo_ratio=0.1), 2) for draw in batch.draws]
    assert len({draw.index for draw in draws}) == 8


def test_processes_share_a_batch(shard: Callable[..., Path]) -> None:
    root = shard("a", 8)
    (whole,) = take(make_plan(root), 1)
    parts = [take(make_plan(root, rank=rank, world=2), 1)[0] for rank in (0, 1)]
    assert sorted((draw.place, draw.index) for part in parts for draw in part.draws) == [
        (draw.place, draw.index) for draw in whole.draws
    ]


def test_learning_by_heart_repeats_the_same_plain_images(shard: Callable[..., Path]) -> None:
    batches = take(make_plan(shard("a", 8), overfit=2), 3)
    assert [sorted(draw.index for draw in batch.draws) for batch in batches] == [[0, 1]] * 3
    assert not any(draw.augmented for batch in batches for draw in batch.draws)


def test_only_scenes_that_list_a_required_relation(shard: Callable[..., Path]) -> None:
    root = shard("a", 8)
    listing = root / "relations_train.json"
    rows = json.loads(listing.read_text())
    hold, ride = vocabulary().relation_id("hold"), vocabulary().relation_id("ride")
    for number, row in enumerate(rows):
        row["relations"] = [{**row["relations"][0], "relation": ride if number in (2, 5) else hold}]
    listing.write_text(json.dumps(rows))
    plan = make_plan(root, batch=2, require=frozenset({ride}))
    assert sorted(draw.index for draw in take(plan, 1)[0].draws) == [2, 5]
    everything = make_plan(root, batch=8, require=frozenset({ride, hold}))
    assert len(take(everything, 1)[0].draws) == 8


def test_the_size_is_asked_for_batch_by_batch(shard: Callable[..., Path]) -> None:
    asked: list[float] = []

    def side(epochs: float) -> int:
        asked.append(epochs)
        return 64 if epochs < 0.5 else 96

    batches = make_plan(shard("a", 8)).batches(Position(), side)
    assert [next(batches).draws[0].side for _ in range(3)] == [64, 96, 96]
    assert asked == [0.0, 0.5, 1.0]


def test_no_image_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no training images in .*train_"):
        take(make_plan(tmp_path / "train_*"), 1)


def test_a_share_of_photos_is_below_one() -> None:
    with pytest.raises(ValueError, match="ratio of photos"):
        make_plan("a", photo_ratio=1.0)


def test_every_process_needs_an_image(shard: Callable[..., Path]) -> None:
    plan = make_plan(shard("a", 1), rank=0, world=2)
    with pytest.raises(SourceError, match="1 training images for 2 processes: expected at least one each"):
        take(plan, 1)
