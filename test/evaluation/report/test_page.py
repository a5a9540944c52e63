from html.parser import HTMLParser

from hrs_ros.evaluation.comparison import Subject, role_table
from hrs_ros.evaluation.report.page import Picture, write_page
from hrs_ros.evaluation.table import TextTable


class Reader(HTMLParser):
    """Tags must close in order; keeps text and images."""

    def __init__(self):
        super().__init__()
        self.open, self.texts, self.images = [], [], []

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.images.append(dict(attributes)["src"])
        elif tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data.strip())


def test_everything_is_on_the_page_and_nothing_breaks_out(tmp_path):
    page = tmp_path / "index.html"
    write_page(
        page,
        title="a <model> & data",
        facts={"command": "hrs evaluate 'a<b'"},
        compared=[role_table(0.4413, Subject("ours", "elsewhere", same_data=False))],
        tables=[TextTable("Recall", ("", "AR"), (("HRS", "1.0"), ("  action", "0.5")))],
        pictures={"Best images": [Picture("best_1.png", "0.jpg <1>")], "Median images": []},
    )
    text = page.read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(text)
    assert reader.open == [] and reader.images == ["best_1.png"]
    assert {"a <model> & data", "hrs evaluate 'a<b'", "44.13", "m-PMFNet, paper", "0.jpg <1>"} <= set(
        reader.texts
    )
    assert 'class="warning"' in text and '<tr class="ours">' in text and '<th class="inner">action' in text
    assert "Median images" not in text and "http" not in text
