"""Every answer as it was given, screen by screen. Not asked, not assessed, cannot be assessed and declined
are four different words, and none of them can be taken for no.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.picture import body_map, spine
from desktop_app.documents.tree import Block, Columns, Heading, Paragraph, Text, bold, mark, quiet, text
from desktop_app.documents.words import apart, day, listed, low
from desktop_app.engine.model import QuestionShape
from desktop_app.language import tr
from desktop_app.pictures.body_marks import drawn_questions
from desktop_app.pictures.sides import as_seen
from desktop_app.pictures.spine_marks import grids

if TYPE_CHECKING:
    from datetime import date

    from desktop_app.documents.tree import Run
    from desktop_app.documents.view import PlanView
    from desktop_app.engine.model import Question


def all_answers(view: PlanView) -> tuple[Block, ...]:
    inner: list[Block] = []
    seen: set[str] = set()
    for screen in view.pack.screens:
        names = [
            name
            for group in screen.groups
            for name in group.questions
            if name in view.pack.questions and name not in seen
        ]
        seen.update(names)
        inner += _screen(view, screen.title, names)
    inner += _screen(view, tr("Other questions"), [name for name in view.pack.questions if name not in seen])
    inner += _derived(view)
    note = tr(
        "As given; what counted on {day} is in the attached record. A dashed ring stands for everything that is not "
        "known; b: entered in bulk."
    ).format(day=day(view.decision.as_of))
    return (Heading(tr("All answers"), 1, note), *([Columns(tuple(inner))] if inner else []))


def _screen(view: PlanView, title: str, names: list[str]) -> list[Block]:
    """The answers of one screen, an answer a line. Lists with nothing found, single yes and no, and
    questions unknown as a whole by the kind of not knowing, are gathered in one paragraph each.
    """
    lines: list[Paragraph] = []
    none: list[str] = []
    no: list[str] = []
    yes: list[str] = []
    unknown: dict[str, list[str]] = {}
    for name in names:
        question = view.pack.questions[name]
        if question.derived:
            continue
        words = {"" if view.known(atom) else view.unknown_word(atom) for atom in question.atoms}
        short = question.short or question.question
        how, bulk = _how(view, question)
        if len(words) == 1 and "" not in words and not how:
            unknown.setdefault(words.pop(), []).append(short)
        elif _all_no(view, question) and not how:
            sign = " b" if bulk else ""
            if question.shape is QuestionShape.SINGLE:
                no.append(f"{short}{sign}")
            else:
                none.append(f"{short} ({len(question.atoms)}){sign}")
        elif question.shape is QuestionShape.SINGLE and view.is_yes(question.atoms[0]) and not how:
            yes.append(f"{short}{' (b)' if bulk else ''}")
        else:
            lines += _lines(view, question, [*(["b"] if bulk else []), *how])
    if yes:
        lines.append(_fine(bold(tr("Yes: ")), bold(f"{listed(yes)}.")))
    if none:
        lines.append(_fine(bold(tr("No to every item of: ")), listed(none) + "."))
    if no:
        lines.append(_fine(bold(tr("No: ")), listed(no) + "."))
    for word, shorts in unknown.items():
        lines.append(_fine(mark("dashed"), bold(tr("{label}: ").format(label=word.capitalize())), f"{listed(shorts)}."))
    if not lines:
        return []
    drawn = [body_map(view, whole=True)] if any(name in names for name in drawn_questions(view.pack)) else []
    bones = [spine(view)] if set(grids(view.pack).values()) & set(names) else []
    pictures: tuple[Block, ...] = (
        *(one for one in drawn if one.marks.any_marked),
        *(one for one in bones if any(cell.known for cell in one.marks.drawn())),
    )
    return [Heading(title, 3), *pictures, *lines]


def _fine(*parts: str | Run) -> Paragraph:
    return Paragraph(text(*parts), "fine", 1.0)


def _all_no(view: PlanView, question: Question) -> bool:
    answers = [view.answer(name) for name in question.atoms]
    return all(answer is not None and answer.value is False for answer in answers)


def _lines(view: PlanView, question: Question, how: list[str]) -> list[Paragraph]:
    if question.shape is QuestionShape.SINGLE:
        parts: tuple[Text, ...] = (_single(view, question.atoms[0]),)
    elif question.shape is QuestionShape.SEVERAL:
        parts = _several(view, question)
    else:
        parts = _grid(view, question)
    asked = (question.short or question.question).rstrip("?\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
    runs: list[Run] = [bold(tr("{label}: ").format(label=asked))]
    for number, part in enumerate(parts):
        runs += [*text(tr("; ") if number else ""), *part]
    if how:
        runs.append(quiet(f" ({apart(how)})"))
    return [Paragraph(tuple(runs), "fine", 1.0)]


def _unknown(words: str) -> tuple[Text, ...]:
    return (text(mark("dashed"), words),)


def _single(view: PlanView, atom_id: str) -> Text:
    if view.known(atom_id):
        return text(_value(view, atom_id))
    return text(mark("dashed"), view.unknown_word(atom_id).capitalize())


def _value(view: PlanView, atom_id: str) -> str:
    words = view.value(atom_id)
    return words[:1].upper() + words[1:]


def _several(view: PlanView, question: Question) -> tuple[Text, ...]:
    """Yes items first, then the unknown ones by kind, then the noes."""
    yes, no = [], []
    unknown: dict[str, list[str]] = {}
    for atom_id in question.atoms:
        label = view.pack.atoms[atom_id].label
        answer = view.answer(atom_id)
        if answer is None or answer.value is None:
            unknown.setdefault(view.unknown_word(atom_id), []).append(label)
        elif answer.value is True:
            yes.append(label)
        elif answer.value is False:
            no.append(label)
        else:
            yes.append(tr("{label}: {words}").format(label=label, words=view.value(atom_id)))
    if len(no) == len(question.atoms):
        return (
            text(
                tr("{none} (no to all {count})").format(none=question.none_label or tr("None of these"), count=len(no))
            ),
        )
    if unknown and sum(map(len, unknown.values())) == len(question.atoms) and len(unknown) == 1:
        word = next(iter(unknown))
        return _unknown(
            tr("{unknown} (all {count} items)").format(unknown=word.capitalize(), count=len(question.atoms))
        )
    lines: list[Text] = []
    if yes:
        lines.append(text(bold(tr("yes: ")), bold(listed(yes))))
    for word, labels in unknown.items():
        lines.append(text(mark("dashed"), bold(tr("{label}: ").format(label=word)), listed(labels)))
    if no:
        lines.append(text(tr("no: "), listed(no)))
    return tuple(lines)


def _grid(view: PlanView, question: Question) -> tuple[Text, ...]:
    """A line a row; rows where all is normal and rows where all is unknown are gathered."""
    lines: list[Text] = []
    normal: list[str] = []
    unknown: dict[str, list[str]] = {}
    atoms = {(view.pack.atoms[name].row, view.pack.atoms[name].column): name for name in question.atoms}
    for axis in question.rows:
        cells = [
            (column.label, atoms[axis.id, column.id])
            for column in as_seen(question.columns)
            if (axis.id, column.id) in atoms
        ]
        states = {view.unknown_word(name) if not view.known(name) else "" for _, name in cells}
        if len(states) == 1 and "" not in states:
            unknown.setdefault(states.pop(), []).append(axis.label)
            continue
        if all(_is_normal(view, name) for _, name in cells):
            normal.append(axis.label)
            continue
        words = text(tr("{label}: ").format(label=axis.label))
        for number, (column, name) in enumerate(cells):
            words += text(
                tr("; ") if number else "",
                f"{column.lower()} ",
                bold(view.value(name)) if view.known(name) else mark("dashed"),
                "" if view.known(name) else view.unknown_word(name),
            )
        lines.append(words)
    total = len(question.rows)
    for word, labels in unknown.items():
        lines.append(
            text(
                mark("dashed"),
                bold(word),
                tr(" (whole grid)") if len(labels) == total else tr(": {words}").format(words=listed(labels)),
            )
        )
    if normal:
        label = _normal_word(view, question)
        lines.append(
            text(tr("{label}: ").format(label=label), tr("the whole grid") if len(normal) == total else listed(normal))
        )
    return tuple(lines)


def _is_normal(view: PlanView, atom_id: str) -> bool:
    atom, answer = view.pack.atoms[atom_id], view.answer(atom_id)
    if answer is None or answer.value is None:
        return False
    return answer.value is False or (bool(atom.normal) and answer.value == atom.normal)


def _normal_word(view: PlanView, question: Question) -> str:
    first = view.pack.atoms[question.atoms[0]]
    if first.normal and first.options:
        words = first.option_label(first.normal)
        both = tr("{normal} on both sides").format(normal=f"{words[:1].upper()}{words[1:]}")
        return both if len(question.columns) == 2 else words
    return tr("No")


def _how(view: PlanView, question: Question) -> tuple[list[str], bool]:
    """The day where it is not the as-of day, confirmed, excluded, entered in error, notes; and whether all in bulk.

    Where items were answered on different days, each earlier day names its own.
    """
    given = [(atom_id, answer) for atom_id in question.atoms if (answer := view.answer(atom_id)) is not None]
    days: dict[date | None, list[str]] = {}
    for atom_id, answer in given:
        on = None if answer.on == view.decision.as_of else answer.on
        days.setdefault(on, []).append(low(view.pack.atoms[atom_id].label))
    lines: dict[str, None] = {}
    for on, labels in days.items():
        if on is not None:
            words = tr("{label}: {words}").format(label=day(on), words=listed(labels))
            lines[day(on) if len(days) == 1 else words] = None
    bulk = bool(given) and all(answer.bulk for _, answer in given)
    if not bulk and any(answer.bulk for _, answer in given):
        lines[tr("b for some")] = None
    for atom_id, answer in given:
        if answer.confirmed:
            lines[tr("unusual value confirmed")] = None
        if answer.excluded is not None:
            out = answer.excluded
            kind = tr("entered in error") if out.entered_in_error else tr("excluded")
            label = view.pack.atoms[atom_id].label if question.shape is not QuestionShape.SINGLE else ""
            lines[tr("{label}: {words}").format(label=f"{label} {kind}".strip(),
                                                words=f"{out.how}; {out.by}, {day(out.on)}")] = None
        if answer.note:
            lines[answer.note] = None
    return list(lines), bulk


def _derived(view: PlanView) -> list[Block]:
    """What the program worked out from the answers; several possible values mean it is not settled."""
    settled: list[str] = []
    open_between: dict[tuple[str, ...], list[str]] = {}
    for name, possible in view.decision.derived.items():
        atom = view.atom(name)
        label = atom.label if atom is not None else name
        if len(possible) == 1:
            settled.append(f"{label} {low(possible[0])}")
        else:
            open_between.setdefault(tuple(possible), []).append(label)
    lines = [
        _fine(mark("dashed"), bold(tr("{label}: ").format(label=apart(labels))),
              tr("not settled: {possible}.").format(possible=listed(possible, 8)) if possible else tr("not settled."))
        for possible, labels in open_between.items()
    ]
    if settled:
        lines.insert(0, _fine(apart(settled) + "."))
    return [Heading(tr("Worked out from the answers"), 3), *lines] if lines else []
