import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hrs_ros.drawing.text import Box, Style, draw_panel, panel_box, place, text_box, wrap

STYLE = Style.for_height(480)
CANVAS = np.zeros((480, 640, 3), np.uint8)


def test_letters_grow_with_the_image():
    assert Style.for_height(1080).font_scale == 2.25 * STYLE.font_scale
    assert Style.for_height(100) == Style.for_height(240)  # small pictures keep legible letters
    assert text_box("plate 2", Style.for_height(1080))[0] > 2 * text_box("plate 2", STYLE)[0] * 0.9


def test_lines_are_equally_high_whatever_their_letters():
    assert text_box("ace", STYLE)[1] == text_box("gpqj|", STYLE)[1]


def test_first_free_place_is_taken():
    taken = [Box(0, 0, 50, 20)]
    box = place([(10, 5), (60, 5)], (40, 15), taken, CANVAS)
    assert box == Box(60, 5, 40, 15) and taken[-1] == box


@given(
    st.lists(
        st.tuples(st.integers(-50, 700), st.integers(-50, 500), st.integers(5, 90), st.integers(5, 30)),
        min_size=1,
        max_size=25,
    )
)
def test_placed_boxes_lie_inside_and_clear_of_each_other(wanted):
    taken: list[Box] = []
    for x, y, width, height in wanted:
        box = place([(x, y)], (width, height), taken, CANVAS)
        assert box.moved_into(480, 640) == box
    clashes = sum(a.overlaps(b) for i, a in enumerate(taken) for b in taken[:i])
    assert clashes <= len(taken) // 8  # only where a whole neighbourhood is full


def test_wrap_keeps_words_and_width():
    text = "plate 2 fits: <human 1 [left arm], hold, plate 2> and nothing else"
    lines = wrap(text, STYLE, 160)
    assert " ".join(lines) == text and len(lines) > 1
    assert all(text_box(line, STYLE)[0] <= 160 for line in lines)
    assert wrap("", STYLE, 100) == [] and wrap("x" * 400, STYLE, 100) == ["x" * 400]


def test_panel_darkens_its_corner_only():
    canvas = np.full((200, 300, 3), 200, np.uint8)
    box = panel_box(["one", "two lines"], STYLE, canvas, top=False)
    assert box.x == 0 and box.y + box.height == 200
    draw_panel(canvas, box, ["one", "two lines"], STYLE)
    outside = np.ones((200, 300), bool)
    outside[box.y :, : box.width] = False
    assert (canvas[outside] == 200).all() and (canvas[box.y, 0] < 100).all()
    draw_panel(canvas, panel_box([], STYLE, canvas, top=True), [], STYLE)
    assert (canvas[outside] == 200).all()
