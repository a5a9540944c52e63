"""Images of real bags: order, stamps, pixels, and damage named by file and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrs_ros.recording.recording import Damage, RecordedFrame, open_recording

from .conftest import TOPIC, WriteBag, shade


@pytest.mark.parametrize("storage", ["MCAP", "SQLITE3"])
@pytest.mark.parametrize("compressed", [False, True])
def test_frames_come_in_order_with_their_stamps(write_bag: WriteBag, storage: str, compressed: bool) -> None:
    recording = open_recording(write_bag(storage, compressed=compressed))
    assert (recording.expected, recording.film) == (8, True)
    assert recording.rate == pytest.approx(10, rel=1e-6)
    frames = [frame for frame in recording if isinstance(frame, RecordedFrame)]
    assert [frame.name for frame in frames] == [f"{number:06d}" for number in range(8)]
    assert [frame.stamp_ns for frame in frames] == [100_000_000_000 + n * 100_000_000 for n in range(8)]
    assert [frame.received_ns for frame in frames] == [1_000_000_000_000 + n * 100_000_000 for n in range(8)]
    assert all((frame.image == shade(number)).all() for number, frame in enumerate(frames))
    assert {frame.frame_id for frame in frames} == {"eye"}
    assert len(list(recording)) == 8  # and again


def test_the_file_of_a_bag_is_a_bag(write_bag: WriteBag) -> None:
    (file,) = write_bag().glob("*.mcap")
    assert len(list(open_recording(file))) == 8


def test_of_several_image_topics_one_is_named(write_bag: WriteBag) -> None:
    bag = write_bag(topics=("/left/image", "/right/image"))
    with pytest.raises(
        ValueError, match=r"found /left/image \(8\), /right/image \(8\); choose one with --topic"
    ):
        open_recording(bag)
    assert len(list(open_recording(bag, topic="/right/image"))) == 8
    with pytest.raises(ValueError, match="no image topic /centre"):
        open_recording(bag, topic="/centre")


@pytest.mark.parametrize("compressed", [False, True])
def test_a_damaged_image_is_named_and_the_next_ones_read(write_bag: WriteBag, compressed: bool) -> None:
    bag = write_bag(damaged=(3,), compressed=compressed)
    found = list(open_recording(bag))
    (damage,) = [one for one in found if isinstance(one, Damage)]
    assert found.index(damage) == 3 and len(found) == 8 and not damage.ends
    assert damage.text.startswith(f"{bag}: message 4 of {TOPIC}, recorded at 1000.300 s: not an image")


def test_a_bag_cut_off_is_refused_with_the_remedy(write_bag: WriteBag) -> None:
    (file,) = write_bag().glob("*.mcap")
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(ValueError, match=r"bag_mcap_?0?\.mcap: not a bag that can be read .*mcap recover"):
        open_recording(file)


def test_damage_inside_a_bag_is_counted(write_bag: WriteBag) -> None:
    bag = write_bag(frames=200)
    (file,) = bag.glob("*.mcap")
    data = bytearray(file.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 30_000] = bytes(30_000)
    file.write_bytes(data)
    found = list(open_recording(bag))
    good = [one for one in found if isinstance(one, RecordedFrame)]
    assert 50 < len(good) < 200
    assert [frame.name for frame in good] == [f"{number:06d}" for number in range(len(good))]
    damage = found[-1]
    assert isinstance(damage, Damage) and damage.ends
    assert damage.text.startswith(f"{bag}: only {len(good)} of the 200 messages of {TOPIC} can be read")


def test_a_topic_makes_no_sense_without_a_bag(film: Path) -> None:
    with pytest.raises(ValueError, match="is no bag"):
        open_recording(film, topic=TOPIC)
