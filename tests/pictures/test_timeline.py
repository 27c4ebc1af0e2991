"""The medicines' time line: places by days, dashed where nothing is settled, every mark in words."""

from __future__ import annotations

from datetime import date

from desktop_app.pictures.drawing import Area, Words, bounds
from desktop_app.pictures.timeline import Course, Mark, in_words, timeline

TODAY = date(2026, 11, 12)
START = Mark("start", "First dose", TODAY, TODAY, settled=False)
REVIEW = Mark("review", "Pain and daily tasks", date(2026, 12, 10), date(2026, 12, 10), settled=True)
STOP = Mark("stop", "Last dose", None, None, settled=False)


def marks_of(*marks: Mark) -> list[Area]:
    """The areas of a course without those of the key."""
    with_them = timeline([Course("a", "Pregabalin", "accepted", marks)], TODAY)
    without = timeline([Course("a", "Pregabalin", "accepted", ())], TODAY)
    shapes = [shape for shape in with_them.shapes if shape not in without.shapes]
    return [shape for shape in shapes if isinstance(shape, Area)]


def middle(area: Area) -> float:
    left, _, right, _ = bounds(area.path)
    return (left + right) / 2


def test_what_is_not_settled_is_dashed_and_what_is_settled_is_filled() -> None:
    start, review, stop = marks_of(START, REVIEW, STOP)
    assert (start.dashed, review.dashed, stop.dashed) == (True, False, True)
    assert review.fill == "accent"
    assert start.fill == stop.fill == "surface"


def test_days_lie_in_their_order_and_no_date_lies_behind_the_axis() -> None:
    start, review, stop = marks_of(START, REVIEW, STOP)
    assert middle(start) < middle(review) < middle(stop)


def test_a_mark_far_off_stretches_the_axis_and_stays_inside() -> None:
    far = Mark("stop", "Last dose", date(2027, 12, 1), date(2027, 12, 1), settled=True)
    picture = timeline([Course("a", "Opioid", "accepted", (far,))], TODAY)
    assert all(bounds(area.path)[2] <= picture.width for area in picture.shapes if isinstance(area, Area))
    ticks = [shape.text for shape in picture.shapes if isinstance(shape, Words) and shape.anchor == "middle"]
    assert len(ticks) <= 9


def test_one_medicine_that_began_before_today_begins_left_of_it() -> None:
    began = Mark("start", "First dose", date(2026, 10, 1), date(2026, 10, 1), settled=True)
    picture = timeline([Course("a", "Opioid", "accepted", (began,))], TODAY)
    today = next(shape for shape in picture.shapes if isinstance(shape, Words) and shape.text == "Today")
    label = next(shape for shape in picture.shapes if isinstance(shape, Words) and shape.text == "1 Oct")
    assert label.x < today.x


def test_labels_of_neighbours_do_not_run_into_each_other() -> None:
    near = Mark("review", "Review", date(2026, 11, 14), date(2026, 11, 14), settled=True)
    settled = Mark("start", "First dose", TODAY, TODAY, settled=True)
    picture = timeline([Course("a", "Opioid", "accepted", (settled, near))], TODAY)
    first, second = (next(s for s in picture.shapes if isinstance(s, Words) and s.text == text)
                     for text in ("12 Nov", "14 Nov"))
    assert first.y != second.y


def test_the_picture_says_itself_in_words() -> None:
    assert in_words(STOP) == "last dose, date not settled"
    assert in_words(REVIEW) == "pain and daily tasks 10 Dec 2026"
    assert in_words(START) == "first dose 12 Nov 2026 if begun today, not settled"
    steps = Mark("titration", "Raise", TODAY, date(2026, 11, 19), settled=True)
    assert in_words(steps) == "raise 12 Nov 2026 to 19 Nov 2026"
    alt = timeline([Course("a", "Pregabalin", "accepted", (REVIEW, STOP))], TODAY).alt
    assert "Pregabalin, accepted: pain and daily tasks 10 Dec 2026; last dose, date not settled." in alt
