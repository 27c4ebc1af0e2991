"""The blank paper form as a content tree: every question of the wizard, in its order, to fill in by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.masthead import notice
from desktop_app.documents.style import MM
from desktop_app.documents.tree import (
    Alarm,
    Block,
    Column,
    Document,
    Heading,
    Identity,
    Paragraph,
    Row,
    Table,
    Text,
    bold,
    mark,
    quiet,
    text,
)
from desktop_app.documents.words import apart, day
from desktop_app.engine.model import FindingType, QuestionShape
from desktop_app.language import ENGLISH, later, paper, tr
from desktop_app.pictures.sides import as_seen, heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from desktop_app.engine.model import Pack, Question, Screen
    from desktop_app.use_cases.domain import Clinic

KIND = "blank_form"
TITLE = later("Questions on paper")
_LINE = "_" * 34
_SHORT_LINE = "_" * 14
_ROWS_OF_MEDICINES = 6
_TICKS = (later("Yes"), later("No"), later("Not assessed"), later("Cannot be assessed"), later("Declined"))
_UNKNOWN = _TICKS[2:]
_SHARES = (0.07, 0.07, 0.12, 0.14, 0.1)  # of the line, for each tick
_BOX = text(mark("box"))
_JOIN = "\N{NO-BREAK SPACE}"
_MANY = 5  # columns from which a cell is too narrow for the usual line
_NARROW_LINE = "_" * 7


def form_tree(pack: Pack, clinic: Clinic | None, made_on: date, page_size: str) -> Document:
    """All questions of the pack for one patient; no advice stands on it."""
    return blank_document(
        pack,
        clinic,
        made_on,
        page_size,
        footer_identity=tr("Name {line}   Number {short_line}").format(
            line=_LINE, short_line=_SHORT_LINE
        ),  # pages of a form get separated
        title=tr(TITLE),
        kind=KIND,
        first=(tuple(_first(pack)),),
        rest=tuple(block for screen in _asked(pack)[1:] for block in _screen(pack, screen)),
    )


def blank_document(
    pack: Pack,
    clinic: Clinic | None,
    made_on: date,
    page_size: str,
    *,
    footer_identity: str,
    title: str,
    kind: str,
    first: tuple[tuple[Block, ...], ...],
    rest: tuple[Block, ...] = (),
    identity: Identity | None = None,
) -> Document:
    """A document about nobody yet; without an identity there are lines to write one on."""
    info = pack.info
    return Document(
        title=title,
        kind=kind,
        language=info.language if paper() == ENGLISH else paper(),
        number=tr("guideline {version}").format(version=info.version),
        dates=(tr("made on {day}").format(day=day(made_on)),),
        clinic=clinic.name if clinic is not None else _LINE,
        clinic_lines=tuple(line for line in (clinic.address, clinic.telephone) if line) if clinic is not None else (),
        draft=False,
        training=False,
        identity=identity
        or Identity(tr("Name {line}").format(line=_LINE), training=False,
                    details=(tr("Born {line}").format(line=_SHORT_LINE),),
                    number=tr("Number {line}").format(line=_SHORT_LINE)),
        footer_identity=footer_identity,
        footer_content=f"{info.title} · {info.state_words}",
        notice=notice(),
        first=first,
        rest=rest,
        subject=tr("{title}, guideline {version}").format(title=title, version=info.version),
        author=clinic.name if clinic is not None else "Lumbar Pathway",
        page_size=page_size,
        logo=clinic.letterhead.logo if clinic is not None else b"",
        top=clinic.letterhead.top * MM if clinic is not None else 0.0,
    )


def _asked(pack: Pack) -> list[Screen]:
    return [screen for screen in pack.screens if any(group.questions for group in screen.groups)]


def _first(pack: Pack) -> Iterator[Block]:
    """How to use it, and the emergency screen: it comes first on paper too."""
    yield Paragraph(
        text(tr("For the day without power: write here, enter it later.") + " ", bold(tr("An empty box is not a no: ")),
             tr("tick why something is not known. This paper gives no advice.")),
        "small",
    )  # fmt: skip
    yield Paragraph(text(tr("Day {short_line}    Time {short_line}    Asked and examined by {line}").format(
        line=_LINE, short_line=_SHORT_LINE)), "small", gap=8.0)
    screens = _asked(pack)
    if not screens:
        return
    if any(pack.questions[name].emergency for group in screens[0].groups for name in group.questions):
        yield Alarm(tr("Ask this first"),
                    (text(tr("After a yes look at the emergency card before anything else is asked.")),))
    yield from _screen(pack, screens[0])


def _screen(pack: Pack, screen: Screen) -> Iterator[Block]:
    number = [one.id for one in pack.screens].index(screen.id) + 1
    yield Heading(f"{number}  {screen.title}", 1)
    asked = 0
    for group in screen.groups:
        if not group.questions:
            continue
        yield Heading(group.title, 2)
        rows: list[Row] = []
        for name in group.questions:
            question = pack.questions[name]
            asked += 1
            place = f"{number}.{asked}"
            if _is_ticked(question):
                rows += _ticked(pack, question, place)
                continue
            if rows:
                yield Table(_columns(), tuple(rows), "small")
                rows = []
            yield from _written(pack, question, place)
        if rows:
            yield Table(_columns(), tuple(rows), "small")


def _columns() -> tuple[Column, ...]:
    return Column("", 0.5), *(Column(tr(title), share) for title, share in zip(_TICKS, _SHARES, strict=True))


def _is_ticked(question: Question) -> bool:
    return question.type is FindingType.YES_NO and question.shape is not QuestionShape.GRID


def _ticked(pack: Pack, question: Question, place: str) -> list[Row]:
    boxes = tuple((_BOX,) for _ in _TICKS)
    if question.shape is QuestionShape.SINGLE:
        return [Row((_asking(question, place), *boxes))]
    heading = Row((_asking(question, place), *(() for _ in _TICKS)), keep=True)
    again = _again(question, place)
    items = (Row(((text(f"– {pack.atoms[atom].label}"),), *boxes), under=again) for atom in question.atoms)
    return [heading, *items]


def _again(question: Question, place: str) -> Text:
    """The question over the rest of its items on a further page: pages of a form get separated."""
    return text(bold(f"{place}  "), question.question, quiet(f" ({tr('goes on')})"))


def _asking(question: Question, place: str) -> tuple[Text, ...]:
    return (text(bold(f"{place}  "), question.question),)


def _written(pack: Pack, question: Question, place: str) -> Iterator[Block]:
    yield Paragraph(text(bold(f"{place}  "), question.question), "small", gap=6.0, keep=True)
    atom = pack.atoms[question.atoms[0]]
    if question.shape is QuestionShape.GRID:
        yield from _grid(pack, question, _again(question, place))
    elif question.type in {FindingType.CHOICE, FindingType.SCALE}:
        yield Paragraph(_choices((*(option.label for option in atom.options), *map(tr, _UNKNOWN))), "small")
    elif question.type is FindingType.NUMBER:
        units = " / ".join(unit.label for unit in atom.units)
        yield Paragraph(text(f"{_SHORT_LINE} {units}{_JOIN * 3} ", *_choices(map(tr, _UNKNOWN))), "small")
    elif question.type is FindingType.DATE:
        yield Paragraph(
            text(tr("Day {line}").format(line=_SHORT_LINE) + f"{_JOIN * 3} ", *_choices(map(tr, _UNKNOWN))), "small"
        )
    elif question.type is FindingType.MEDICINES:
        empty: tuple[tuple[Text, ...], ...] = ((text(_JOIN),), (), (), ())  # as high as a hand writes
        columns = (Column(tr("Medicine"), 0.4), Column(tr("Dose"), 0.2), Column(tr("Times a day"), 0.2),
                   Column(tr("Since"), 0.2))
        yield Table(columns, tuple(Row(empty) for _ in range(_ROWS_OF_MEDICINES)), "body")
        yield Paragraph(_choices((tr("None"), *map(tr, _UNKNOWN))), "small")
    else:
        yield Paragraph(text(_LINE * 2), "small")


def _choices(labels: Iterable[str]) -> Text:
    """Each box in one piece with its words, and clearly apart from the next."""
    parts = [part for label in labels
             for part in (mark("box"), f"{_JOIN}{label.replace(' ', _JOIN)}{_JOIN * 3} ")]
    return text(*parts)


def _grid(pack: Pack, question: Question, again: Text) -> Iterator[Block]:
    """One line a row, one cell a column; what may be written stands below."""
    across = as_seen(question.columns)
    share = 0.6 / max(len(across), 1)
    columns = (Column("", 0.4), *(Column(heading(column.id) or column.label.capitalize(), share) for column in across))
    line = _SHORT_LINE if len(across) < _MANY else _NARROW_LINE
    rows = []
    for number, row in enumerate(question.rows, start=1):
        note = f" ({row.note})" if row.note else ""
        cells = tuple((text(line),) for _ in across)
        rows.append(Row(((text(f"{row.label}{note}"),), *cells), keep=number == len(question.rows), under=again))
    yield Table(columns, tuple(rows), "small")
    options = pack.atoms[question.atoms[0]].options
    labels = [option.label for option in options]
    if labels and not any(label[:1].isdigit() for label in labels):  # the cells are too narrow for words
        labels = [f"{number} {label}" for number, label in enumerate(labels, start=1)]
    allowed = apart(labels) if labels else tr("yes; no")
    yield Paragraph(
        text(
            quiet(tr("Write: {answers}; or A not assessed, C cannot be assessed, D declined.").format(answers=allowed))
        ),
        "small",
    )
