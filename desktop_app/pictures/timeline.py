"""Medicines on one time line: start, steps up, review and stop. Dashed is a date that is not settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from desktop_app.language import later, tr
from desktop_app.pictures.drawing import (
    Area,
    Filling,
    Measure,
    Path,
    Pattern,
    Picture,
    Role,
    Shape,
    Stroke,
    Words,
    box,
    disc,
    line,
    polygon,
)

Place = Callable[[date], float]
Kind = Literal["start", "titration", "review", "stop"]
WORDS: dict[str, str] = {"start": later("Start"), "titration": later("Steps"), "review": later("Review"),
                         "stop": later("Stop")}  # fmt: skip
"""What each kind of mark is called in the key."""

WIDTH = 640.0
MOST_LINES = 3  # of a name
_NAMES, _LEFT, _RIGHT, _OPEN = 170.0, 186.0, 556.0, 604.0  # name column, axis from and to, dates without a day
_TOP, _ROW, _AXIS = 30.0, 62.0, 22.0
_SIZE = 12.0
_SMALL = 11.0
_APART = 48.0  # labels closer than this would run into each other
_CLEAR = 11.0  # the steps begin right of the mark of the first dose
_SHORTEST = 56  # days that are always in sight
_STEPS = (7, 14, 28, 56, 91, 182)
_TICKS = 6
_LETTER = 6.4  # mean width of a letter of a name
_MONTHS = (later("Jan"), later("Feb"), later("Mar"), later("Apr"), later("May"), later("Jun"), later("Jul"),
           later("Aug"), later("Sep"), later("Oct"), later("Nov"), later("Dec"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """One event. ``first`` None: the day is not known. ``settled``: agreed, not only counted or supposed."""

    kind: Kind
    label: str
    first: date | None
    last: date | None
    settled: bool


@dataclass(frozen=True, slots=True)
class Course:
    """One medicine with its marks in the order of their days."""

    id: str
    title: str
    note: str  # whether it is decided
    marks: tuple[Mark, ...]
    limits: tuple[str, ...] = ()  # what was written down besides dates: the highest dose

    @property
    def told(self) -> tuple[str, ...]:
        """Limits and marks, one a line."""
        return (*self.limits, *(in_words(mark) for mark in self.marks))


def day(when: date) -> str:
    """12 Nov; the year is told by the words beside the picture."""
    return f"{when.day} {tr(_MONTHS[when.month - 1])}"


def timeline(courses: Sequence[Course], today: date, measure: Measure | None = None) -> Picture:
    """All courses over one axis that begins today, or earlier where something began earlier. With ``measure`` what
    the marks mean stands at even distances.
    """
    first, last = _span(courses, today)
    height = _TOP + _ROW * len(courses) + _AXIS

    def at(when: date) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (when - first).days / (last - first).days

    shapes: list[Shape] = [*_key(measure), *_axis(first, last, today, at, height)]
    x = at(today)
    shapes.append(Stroke(line(((x, _TOP - 2), (x, height - _AXIS))), "accent", 1.0))
    shapes.append(Words(x, height - 5, tr("Today"), _SMALL, 600, "middle", "accent", halo="surface"))
    for number, course in enumerate(courses):
        shapes += _course(course, _TOP + _ROW * number, at)
    return Picture(WIDTH, height, tuple(shapes), alt=told(courses, today))


def told(courses: Sequence[Course], today: date) -> str:
    """The whole picture in words."""
    parts = [tr("Time line from today, {day}.").format(day=f"{day(today)} {today.year}")]
    parts += [f"{course.title}, {course.note}: {'; '.join(course.told)}."
              for course in courses]
    return " ".join(parts)


def in_words(mark: Mark) -> str:
    """One mark as a line of text with its whole date."""
    label = mark.label[:1].lower() + mark.label[1:]
    if mark.first is None:
        return tr("{label}, date not settled").format(label=label)
    when = f"{day(mark.first)} {mark.first.year}"
    if mark.last is not None and mark.last != mark.first:
        when = tr("{first} to {last}").format(first=when, last=f"{day(mark.last)} {mark.last.year}")
    if mark.settled:
        return f"{label} {when}"
    return tr("{label} {when} if begun today, not settled").format(label=label, when=when)


def _span(courses: Sequence[Course], today: date) -> tuple[date, date]:
    days = [when for course in courses for mark in course.marks for when in (mark.first, mark.last) if when]
    first = min([today, *days])
    last = max([first + timedelta(days=_SHORTEST), *days])
    return first, last + timedelta(days=max((last - first).days // 16, 2))


def _axis(first: date, last: date, today: date, at: Place, height: float) -> list[Shape]:
    total = (last - first).days
    step = next((s for s in _STEPS if total / s <= _TICKS), _STEPS[-1])
    bottom = height - _AXIS
    shapes: list[Shape] = [Stroke(line(((_LEFT, bottom), (_RIGHT, bottom))), "control", 1.0)]
    when = first
    while when <= last:
        x = at(when)
        shapes.append(Stroke(line(((x, bottom - 3), (x, bottom + 3))), "control", 1.0))
        if abs(x - at(today)) >= _APART:
            shapes.append(Words(x, bottom + 17, day(when), _SMALL, 400, "middle", "text2"))
        when += timedelta(days=step)
    return shapes


def _key(measure: Measure | None) -> list[Shape]:
    """What the marks mean, above the rows."""
    shapes: list[Shape] = []
    x = _LEFT
    for kind, name in WORDS.items():
        shapes += _glyph(kind, x + 6, 10, settled=True)
        shapes.append(Words(x + 18, 14, tr(name), _SMALL, 400, "start", "text2"))
        x += 18 + measure(tr(name), _SMALL) + 18 if measure else 70
    x += 0 if measure else 4
    shapes += _glyph("review", x + 6, 10, settled=False)
    shapes.append(Words(x + 18, 14, tr("dashed: not settled"), _SMALL, 400, "start", "text2"))
    return shapes


def _course(course: Course, top: float, at: Place) -> list[Shape]:
    y = top + 26
    shapes: list[Shape] = [Stroke(line(((0, top), (WIDTH, top))), "line", 1.0)]
    lines = _broken(course.title)
    for number, words in enumerate(lines):
        shapes.append(Words(0, top + 15 + 14 * number, words, _SIZE, 600, "start", "text"))
    shapes.append(Words(0, top + 15 + 14 * len(lines), course.note, _SMALL, 400, "start", "text2"))
    shapes.append(Stroke(line(((_LEFT, y), (_RIGHT, y))), "control", 1.0))
    used: list[tuple[float, bool]] = []
    for mark in course.marks:
        if mark.first is None:
            shapes += [Stroke(line(((_RIGHT, y), (_OPEN - 12, y))), "control", 1.0, dashed=True),
                       *_glyph(mark.kind, _OPEN, y, settled=False),
                       Words(_OPEN, y + 24, tr("no date"), _SMALL, 400, "middle", "text2")]
            continue
        x = at(mark.first)
        if mark.kind == "titration":
            shapes += _band(x + _CLEAR, at(mark.last or mark.first) + _CLEAR, y, settled=mark.settled)
            continue
        shapes += _glyph(mark.kind, x, y, settled=mark.settled)
        below = not any(abs(x - other) < _APART and under for other, under in used)
        used.append((x, below))
        shapes.append(Words(x, y + 24 if below else y - 12, day(mark.first), _SMALL, 600 if mark.settled else 400,
                            "middle", "text" if mark.settled else "text2", halo="surface"))
    return shapes


def _band(left: float, right: float, y: float, *, settled: bool) -> list[Shape]:
    path = box(left, y - 5, max(right - left, 8), 10, 3)
    filling = (Filling(Pattern.STRIPES, "accent"),)
    return [Area(path, "surface", "accent", 1.0 if settled else 1.5, not settled, filling)]


def _glyph(kind: str, x: float, y: float, *, settled: bool) -> list[Shape]:
    if kind == "titration":
        return _band(x - 6, x + 6, y, settled=settled)
    shapes: dict[str, Path] = {
        "start": polygon(((x - 5, y - 7), (x + 8, y), (x - 5, y + 7))),
        "review": disc(x, y, 6.5),
        "stop": box(x - 6, y - 6, 12, 12, 1.5),
    }
    ink: Role = "text2" if kind == "stop" else "accent"
    if settled:
        return [Area(shapes[kind], ink, ink)]
    return [Area(shapes[kind], "surface", ink, 1.5, dashed=True)]


def _broken(title: str) -> list[str]:
    """A name in at most three lines of its column."""
    room = int(_NAMES / _LETTER)
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: room - 2].rstrip()} …"]
    return lines
