import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrs_ros.data.check import json_records
from hrs_ros.data.check.finding import Place
from hrs_ros.data.check.json_records import JSONListError, read_records

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS
ROWS = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(WORDS, SCALARS, max_size=3)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("json") / "list.json"


@given(
    rows=st.lists(
        ROWS | st.fixed_dictionaries({"first": ROWS, "list": st.lists(ROWS, max_size=3)}), max_size=4
    ),
    indent=st.sampled_from([None, 0, 3]),
    ascii_only=st.booleans(),
    chunk=st.sampled_from([1, 7, 1 << 16]),
)
def test_reads_what_json_reads(
    path: Path, rows: list[object], indent: int | None, ascii_only: bool, chunk: int
) -> None:
    text = json.dumps(rows, indent=indent, ensure_ascii=ascii_only)
    path.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_records, "CHUNK", chunk)
        records = list(read_records(path, "list"))
    assert [record.value for record in records] == rows
    lines = text.split("\n")

    def rest(place: Place) -> str:
        """The text from a place on, found as an editor finds it."""
        return "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])

    for record in records:
        assert json.JSONDecoder().raw_decode(rest(record.place))[0] == record.value
        if isinstance(record.value, dict) and isinstance(record.value.get("list"), list):
            found = [json.JSONDecoder().raw_decode(rest(place))[0] for place in record.nested]
            assert found == record.value["list"]
        else:
            assert record.nested == ()


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("", "expected a list, got an empty file", Place(1, 1)),
        ('{"name": 1}', "expected a list, got {", Place(1, 1)),
        ("[\n1,\n 2", "expected ',' or ']', got the end", Place(3, 3)),
        ("[1 2]", "expected ',' or ']', got 2", Place(1, 4)),
        ("[1,]", "Expecting value", Place(1, 4)),
        ('[\n{"a": 1},\n{"a" 2}]', "Expecting ':' delimiter", Place(3, 6)),
        ('[\n"open]', "Unterminated string starting at", Place(2, 1)),
        ("[1]\n[2]", "text after the end of the list", Place(2, 1)),
    ],
)
def test_damage_has_a_place(path: Path, text: str, message: str, place: Place) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(JSONListError) as caught:
        list(read_records(path))
    assert (str(caught.value), caught.value.place) == (message, place)


def test_elements_before_the_damage_are_given(path: Path) -> None:
    path.write_text('[{"a": 1}, {"a": 2}, oops', encoding="utf-8")
    records = read_records(path)
    assert [next(records).value, next(records).value] == [{"a": 1}, {"a": 2}]
    with pytest.raises(JSONListError, match="Expecting value"):
        next(records)


def test_bytes_that_are_no_text(path: Path) -> None:
    path.write_bytes(b'[{"a": 1},\n"\xff"]')
    with pytest.raises(JSONListError, match="not UTF-8"):
        list(read_records(path))


def test_a_long_list_is_never_held(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has been read is let go: the text in hand stays near one chunk, however long the file."""
    path.write_text(json.dumps([{"number": number} for number in range(5000)]), encoding="utf-8")
    monkeypatch.setattr(json_records, "CHUNK", 256)
    windows: list[json_records._Window] = []
    make = json_records._Window

    def remembered(file: object) -> json_records._Window:
        windows.append(make(file))  # type: ignore[arg-type]
        return windows[-1]

    monkeypatch.setattr(json_records, "_Window", remembered)
    for record in read_records(path):
        assert record.value["number"] >= 0
        assert len(windows[0]._text) <= 2 * 256


def test_a_string_that_never_ends_does_not_swallow_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_records, "CHUNK", 64)
    monkeypatch.setattr(json_records, "LONGEST", 1024)
    path.write_text('[1,\n"' + "x" * 100_000, encoding="utf-8")
    with pytest.raises(JSONListError, match="Unterminated string") as caught:
        list(read_records(path))
    assert caught.value.place == Place(2, 1)
