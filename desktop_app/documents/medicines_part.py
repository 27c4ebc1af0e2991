"""Medicines on paper: what is taken, what was decided, the renal check and opioid total, review and stop.

The numbers come ready from the clinical arithmetic as plain data; here they only become sentences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from desktop_app.documents.allergies import allergies
from desktop_app.documents.cautions_part import cautions_met
from desktop_app.documents.tree import (
    Block,
    Column,
    Columns,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Row,
    Table,
    Text,
    TimeLine,
    bold,
    mark,
    quiet,
    text,
)
from desktop_app.documents.words import (
    CHECK_WORDS,
    STATUS_MARKS,
    STATUS_WORDS,
    VERDICT_MARKS,
    VERDICT_WORDS,
    Said,
    apart,
    beginning,
    listed,
    low,
    quoted,
    sentence,
    statement_ids,
)
from desktop_app.engine.answers import Medicine
from desktop_app.language import later, tr, trc, trn
from desktop_app.use_cases.courses import courses
from desktop_app.use_cases.domain import Verdict
from desktop_app.use_cases.lower_start import cautions, lower_start

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.documents.view import PlanView
    from desktop_app.engine.decision import OptionAdvice

Data = Mapping[str, object]
_BEGINNINGS = later("Takes an |Takes a |Takes |Has taken an |Has taken a |Has taken ")  # of labels, the longest first


def medicines_summary(
    view: PlanView, limit: int, style: str, rest: Callable[[Sequence[OptionAdvice], bool], str], *, brief: bool
) -> list[Block]:
    """The part of page one: renal check and total, then what was decided about each medicine.

    ``rest`` puts the options beyond ``limit`` into words.
    """
    rows_of_checks = brief_checks(view) if brief else checks(view)
    blocks: list[Block] = [Heading(tr("Medicines")), Facts(tuple(rows_of_checks), label_share=0.11, style="small")]
    advice = [one for one in view.to_decide if view.is_medicine(one) and one.id not in view.first_acts]
    if advice:
        rows = [_row(view, one, brief=brief) for one in advice[:limit]]
        blocks.append(
            Table(
                (
                    Column(tr("Medicine"), 25),
                    Column(tr("Decision") if view.choices else tr("Advice"), 14),
                    Column(tr("Strength and plan"), 34),
                    Column(tr("Review and stop"), 27),
                ),
                tuple(rows),
                style=style,
                more=rest(advice[limit:], True),
            )
        )
    return blocks


def medicines_checks(view: PlanView) -> list[Block]:
    """The heading with what is taken, the renal check and the opioid total, without doses."""
    return [Heading(tr("Medicines")), Facts(tuple(brief_checks(view)), label_share=0.11, style="small")]


def _row(view: PlanView, advice: OptionAdvice, *, brief: bool) -> Row:
    option = view.option(advice.id)
    choice = view.choices.get(advice.id)
    decision = (
        text(mark(VERDICT_MARKS[choice.verdict]), bold(VERDICT_WORDS[choice.verdict]))
        if choice is not None
        else text(mark(STATUS_MARKS[advice.status]), bold(STATUS_WORDS[advice.status]))
    )
    plan: list[Text] = []
    review: list[Text] = []
    declined = choice is not None and choice.verdict is Verdict.DECLINE
    if choice is not None and choice.reason:
        plan.append(text(bold(tr("Reason: ")), sentence(beginning(choice.reason))))
    if option is not None:
        plan.append(text(f"{quoted(option.strength)}{statement_ids(option.statements, 3)}"))
        if not declined:
            plan += cautions_met(option, advice, 1 if brief else 2)
            review = [text(sentence(line)) for line in option.monitor[: 1 if brief else 2]]
    if advice.missing and choice is None:
        plan.append(text(bold(tr("Decided by: ")), sentence(listed((fact.label for fact in advice.missing), 2))))
    none = text(quiet(tr("none: declined") if declined else tr("date to be agreed")))
    return Row(((text(bold(advice.title)),), (decision,), tuple(plan), tuple(review) or (none,)))


# -- what page one needs of the arithmetic ------------------------------------------------------------


def checks(view: PlanView, *, brief: bool = False) -> list[tuple[str, Text]]:
    """Medicines taken, clearance, the doses that fit it, opioid total, allergies."""
    rows = [(tr("Takes"), _taken(view))]
    if kidneys := _kidneys(view):
        rows.append((tr("Kidneys"), kidneys))
    if doses := () if brief else _doses(view):
        rows.append((tr("Doses"), doses))
    if total := _opioids(view, brief=brief):
        rows.append((tr("Opioids"), total))
    return [*rows, allergies(view)]


def brief_checks(view: PlanView) -> list[tuple[str, Text]]:
    """The same without doses, and without opioids that are known not to be taken; the following pages have both."""
    return checks(view, brief=True)


def _part(view: PlanView, name: str) -> Data:
    found = view.decision.medicines.get(name)
    return found if isinstance(found, Mapping) else {}


def _words(data: Data, name: str) -> str:
    found = data.get(name)
    return found if isinstance(found, str) else ""


def _list(data: Data, name: str) -> list[object]:
    found = data.get(name)
    return list(found) if isinstance(found, Sequence) and not isinstance(found, str) else []


def _taken(view: PlanView) -> Text:
    """Every medicine answered yes, the opioids with their doses, and how much of the list was not asked."""
    doses = [view.value(name) for name, answer in view.decision.answers.items() if _is_list(answer.value)]
    yes: list[str] = []
    unknown = 0
    for atom_id, atom in view.pack.atoms.items():
        if atom.question not in {"takes", "takes_alert"}:
            continue
        if doses and atom_id in _LISTED and view.is_yes(_LISTED[atom_id]):
            continue  # each stands below with its dose
        if view.is_yes(atom_id):
            which = view.value(_WHICH.get(atom_id, ""))
            named = _short(atom.label)
            yes.append(tr("{label}: {words}").format(label=named, words=low(which)) if which else named)
        elif not view.known(atom_id):
            unknown += 1
    yes += doses
    left = trn("; {count} kind of medicine not known", "; {count} kinds of medicine not known", unknown)
    tail = left.format(count=unknown) if unknown else ""
    if yes:
        words = listed(yes)
        return text(bold(words[0].upper() + words[1:]), quiet(tail))
    return text(bold(tr("Not known")), quiet(tail)) if unknown else text(bold(tr("None of those asked about")))


_WHICH = {"takes_alert.gabapentinoid": "gabapentinoid_taken"}
"""Kinds of medicine whose member is a question of its own."""
_LISTED = {"takes_alert.opioid": "opioids_listed"}
"""Kinds of medicine of which a list is complete."""


def _is_list(value: object) -> bool:
    """Whether an answer is a list of medicines with at least one on it."""
    return isinstance(value, tuple) and bool(value) and all(isinstance(one, Medicine) for one in value)


def _short(label: str) -> str:
    for start in tr(_BEGINNINGS).split("|"):
        if label.startswith(start):
            return label.removeprefix(start)
    return label


def _kidneys(view: PlanView) -> Text:
    data = _part(view, "clearance")
    shown = _words(data, "shown")
    if not data:
        return ()
    if _words(data, "how") == "unknown" or not shown:
        because = listed((str(one) for one in _list(data, "unknown_because")), 3)
        return text(
            mark("question"),
            bold(tr("Clearance not known")),
            tr(": {words}").format(words=because) if because else "",
            quiet(tr("; no dose follows from it")),
        )
    how = {"entered": tr("entered"), "computed": tr("Cockcroft-Gault, actual body weight")}.get(_words(data, "how"), "")
    return text(bold(tr("CrCl {figure}").format(figure=shown)), quiet(f" ({how})") if how else "")


def _doses(view: PlanView) -> Text:
    """The band of each medicine whose dose follows the kidneys, once it is settled."""
    words = []
    for name, drug in _part(view, "bands").items():
        if not isinstance(drug, Mapping) or drug.get("known") is not True:
            continue
        rows = [row for row in _list(drug, "rows") if isinstance(row, Mapping)]
        if rows:
            most = drug.get("ceiling_mg")
            limit = tr(", here at most {figure}").format(figure=f"{most:g}") if isinstance(most, int | float) else ""
            lower = tr(", start lower than the label") if cautions(view.pack, view.decision, str(name))[0] else ""
            words.append(f"{_words(drug, 'label')} {_words(rows[0], 'dose')}{limit}{lower}")
    if not words:
        return ()
    return text(
        f"{apart(words)}.", quiet(" " + tr("Off-label."))
    )  # sources and label doses stand beside each medicine


def _opioids(view: PlanView, *, brief: bool) -> Text:
    data = _part(view, "mme")
    parts = _list(data, "parts")
    reasons = _list(data, "unknown_because")
    if not data:
        return ()
    if not parts and not reasons:
        return () if brief else text(tr("none"))
    alert = data.get("alert")
    over = data.get("reaches_alert")
    limit = f"{alert:g}" if isinstance(alert, int | float) else ""
    state = ""
    if limit and over in {True, "yes"}:
        state = tr("; {figure} or more").format(figure=limit)
    elif limit and over in {False, "no"}:
        state = tr(", below {figure}").format(figure=limit)
    total = tr("Morphine equivalents {figure}").format(figure=_words(data, "shown") or in_words(data.get("at_least")))
    return text(bold(total), bold(state))


# -- the following pages ----------------------------------------------------------------------------


def medicines_in_full(view: PlanView) -> list[Block]:
    """Every number with what it was worked out from, its source and how far that was checked."""
    blocks: list[Block] = [
        Heading(tr("Medicines and kidneys"), 1),
        Facts((*checks(view), *_clearance_rows(view)), label_share=0.14, style="fine"),
    ]
    inner = _mme_table(view)
    if not view.emergency:
        blocks += _time_line(view)
        inner = [*inner, *_bands(view)]
    others = [] if view.emergency else _renal_table(view)
    single = any(isinstance(one, Paragraph) for one in others)  # one sentence is not laid over two columns
    if columns := [*inner, *([] if single else others)]:
        blocks.append(Columns(tuple(columns)))
    return [*blocks, *others] if single else blocks


def _time_line(view: PlanView) -> list[Block]:
    """Start, review and stop of what was accepted, on one line. What nobody decided has no dates on paper."""
    found = courses(view.pack, view.decision, view.choices)
    drawn = tuple(course for course in found if course.id in view.choices)
    if not drawn:
        return []
    items = [
        text(bold(tr("{label}: ").format(label=course.title)), sentence(apart(course.told)))
        for course in drawn
    ]
    return [
        Heading(tr("Start, review and stop"), 3),
        TimeLine(drawn, view.decision.as_of),
        Listing(tuple(items), style="fine"),
    ]


def _clearance_rows(view: PlanView) -> list[tuple[str, Text]]:
    data = _part(view, "clearance")
    rows: list[tuple[str, Text]] = []
    inputs = [one for one in _list(data, "inputs") if isinstance(one, Mapping)]
    if inputs:
        rows.append(
            (tr("Worked out from"), text(listed(tr("{label}: {words}").format(
                label=_words(one, "label"), words=_words(one, "value")) for one in inputs)))
        )
    if formula := _words(data, "formula"):
        rows.append((tr("Formula"), text(formula, quiet(f" {_source(view, data)}"))))
    warnings = (_words(data, key) for key in ("range_because", "dialysis_text"))
    rows += [(tr("Mind"), text(bold(sentence(words)))) for words in warnings if words]
    return rows


_CHECKS = Said({one.value: words for one, words in CHECK_WORDS.english.items()})


def _source(view: PlanView, data: Data) -> str:
    """Source and how it was checked, in brackets."""
    name = _words(data, "source")
    check = _CHECKS.get(_words(data, "check"), _words(data, "check"))
    return f"({apart(part for part in (view.source_title(name) if name else '', check) if part)})"


def _bands(view: PlanView) -> list[Block]:
    """Doses by kidney function: the bands still possible, then start, ceiling and taper."""
    inner: list[Block] = []
    for name, drug in _part(view, "bands").items():
        if not isinstance(drug, Mapping):
            continue
        bands = [row for row in _list(drug, "rows") if isinstance(row, Mapping)]
        state = () if len(bands) == 1 else (mark("question"), quiet(tr("clearance not settled")))
        inner.append(Paragraph(text(bold(f"{_words(drug, 'label')} "), *state), "fine", 2.5, keep=True))
        for band in bands:
            label = tr("{range} ml/min (label {edge}): ").format(range=_words(band, "label"),
                                                                edge=_words(band, "label_edge"))
            proportion = band.get("in_proportion")
            more = _words(proportion, "text") if isinstance(proportion, Mapping) else ""
            dose = f"{_words(band, 'dose')}; {_words(band, 'schedule')}{f'; {more}' if more else ''}"
            inner.append(Paragraph(text(quiet(label), sentence(dose)), "fine", 0.0))
        lower = " ".join(lower_start(view.pack, view.decision, str(name)))
        keys = ("start", "ceiling", "taper", "label_dose")
        notes = " ".join(sentence(_words(drug, key)) for key in keys if _words(drug, key))
        told = text(bold(f"{lower} ") if lower else "", notes, quiet(f" {_source(view, drug)}"))
        inner.append(Paragraph(told, "fine", 0.0))
    return [Heading(tr("Doses by kidney function"), 3), *inner] if inner else []


def _renal_table(view: PlanView) -> list[Block]:
    """Remarks on kidneys that apply or may apply; drugs without a dose in the sources are named together."""
    notes = [one for one in _list(view.decision.medicines, "renal") if isinstance(one, Mapping)]
    items = []
    for one in notes:
        applies = _words(one, "applies")
        if applies in {"yes", "unknown"}:
            sign = mark("question") if applies == "unknown" else bold(tr("Applies: "))
            items.append(
                text(
                    sign,
                    bold(_words(one, "label")),
                    tr(": {words}").format(words=sentence(_words(one, "text"))),
                    quiet(f" {_source(view, one)}"),
                )
            )
    without = [_words(one, "label") for one in notes if not _words(one, "applies")]
    if without and (words := _words(view.decision.medicines, "no_dose")):
        items.append(text(f"{sentence(words)} ", listed(without)))
    if not items:
        return []
    said: Block = Listing(tuple(items), style="fine") if len(items) > 1 else Paragraph(items[0], "fine", 1.0)
    return [Heading(tr("Kidneys and other medicines"), 3), said]


def _mme_table(view: PlanView) -> list[Block]:
    """Morphine equivalents, an opioid a line, with the factor."""
    data = _part(view, "mme")
    parts = [one for one in _list(data, "parts") if isinstance(one, Mapping)]
    if not parts:
        return []
    lines = []
    for one in parts:
        amount = f"{in_words(one.get('per_day')) or tr('amount not known')} {_words(one, 'unit')}".strip()
        because = _words(one, "not_converted_because")
        factor = in_words(one.get("factor")) or trc("factor", "none")
        result = (
            (mark("question"), because)
            if because
            else (bold(tr("{amount} a day").format(amount=in_words(one.get("mme")))),)
        )
        words = tr(": {amount}, {route}, factor {factor}: ").format(
            amount=amount, route=_words(one, "route"), factor=factor)
        lines.append(text(bold(_words(one, "label")), words, *result))
    lines += [text(sentence(str(one))) for one in _list(data, "notes")]
    lines.append(text(quiet(_source(view, data))))
    return [Heading(tr("Morphine equivalents"), 3), Listing(tuple(lines), style="fine")]


def in_words(value: object) -> str:
    """A number or word of plain data; nothing for what has no words."""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, int | float):
        return f"{value:g}"
    return value if isinstance(value, str) else ""
