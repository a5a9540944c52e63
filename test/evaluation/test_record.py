import json
from pathlib import Path

import numpy as np

from hrs_ros.evaluation.query_success import QueryFigures
from hrs_ros.evaluation.record import plain, provenance, write_record
from hrs_ros.evaluation.table import number, percent, table


def test_figures_become_plain_json(tmp_path):
    figures = {
        "queries": QueryFigures(asked=0, success=0, silent_wrong=0, refused=0, mean_iou=float("nan")),
        "values": np.array([0.5, np.nan]),
        "count": np.int64(3),
        "path": Path("a/b"),
    }
    write_record(tmp_path / "deep" / "out.json", figures)
    data = json.loads((tmp_path / "deep" / "out.json").read_text())
    assert data["values"] == [0.5, None] and data["count"] == 3 and data["path"] == "a/b"
    assert data["queries"]["mean_iou"] is None
    assert data["queries"]["success_rate"] is None  # rates are recorded beside their counts


def test_provenance_names_the_model_by_its_content(tmp_path):
    model = tmp_path / "model.onnx"
    model.write_bytes(b"abc")
    origin = provenance(model, provider="CPUExecutionProvider")
    # SHA-256 of "abc", FIPS 180-2 appendix B.1.
    assert origin["model_sha256"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert origin["provider"] == "CPUExecutionProvider" and "numpy" in origin["versions"]
    json.dumps(plain(origin))


def test_table_lines_up():
    text = table(
        ("request", "right"), [("plate", percent(0.8125)), ("the other plate", percent(float("nan")))]
    )
    assert text.splitlines() == [
        "request          right",
        "----------------------",
        "plate             81.2",
        "the other plate      -",
    ]
    assert number(0.12345) == "0.123" and number(float("nan")) == "-"
