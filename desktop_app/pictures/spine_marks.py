"""What the picture of the spine shows of the answers: the broken vertebra, and every place of the report."""

from __future__ import annotations

from desktop_app.engine.answers import AnswerSheet, Unknown
from desktop_app.engine.model import Pack
from desktop_app.language import later, tr
from desktop_app.pictures.spine import UNKNOWN, Cell, Fracture, SpineMarks

_UNKNOWN = {Unknown.NOT_ASKED: later("Not asked"), Unknown.NOT_ASSESSED: later("Not assessed"),
            Unknown.CANNOT_ASSESS: later("Cannot be assessed"), Unknown.DECLINED: later("Declined")}  # fmt: skip
GRIDS = ("compression", "retropulsion")  # roles of the imaging verdict
NOT_REPORTED = later("Not reported")


def grids(pack: Pack) -> dict[str, str]:
    """Role to the question that answers it."""
    rule = pack.atoms[pack.imaging_verdict].derived if pack.imaging_verdict in pack.atoms else None
    return {role: str(rule.arguments[role]) for role in GRIDS if rule is not None and role in rule.arguments}


def spine_marks(pack: Pack, sheet: AnswerSheet) -> SpineMarks:
    found = {role: _cells(pack, sheet, question) for role, question in grids(pack).items()}
    fracture = _fracture(sheet)
    words = fracture_words(pack, sheet) if fracture is not None else ""
    return SpineMarks(fracture, found.get("compression", ()), found.get("retropulsion", ()), words)


def _cells(pack: Pack, sheet: AnswerSheet, question: str) -> tuple[Cell, ...]:
    made = []
    for name in pack.questions[question].atoms:
        atom, given = pack.atoms[name], sheet.get(name)
        state, told = "", tr(NOT_REPORTED)
        if given is not None and isinstance(given.value, str):
            state, told = given.value, atom.option_label(given.value)
        elif given is not None and given.unknown is not None:
            state, told = UNKNOWN, tr(_UNKNOWN[given.unknown])
        made.append(Cell(name, atom.row, atom.column, state, f"{atom.label}: {told}"))
    return tuple(made)


def _fracture(sheet: AnswerSheet) -> Fracture | None:
    def text(name: str) -> str:
        given = sheet.get(name)
        return given.value if given is not None and isinstance(given.value, str) else ""

    def truth(name: str) -> bool | None:
        given = sheet.get(name)
        return given.value if given is not None and isinstance(given.value, bool) else None

    level = text("fracture_level")
    if not level:
        return None
    return Fracture(level, text("endplate"), truth("oedema"), text("fracture_state"),
                    truth("posterior_wall_defect"), truth("near_complete_collapse"))  # fmt: skip


def fracture_words(pack: Pack, sheet: AnswerSheet) -> str:
    """The broken vertebra in words; what is not known is said to be so."""
    parts = []
    for name, missing, yes, no in (
        ("endplate", tr("part not reported"), "", ""),
        ("oedema", tr("oedema not reported"), tr("oedema"), tr("no oedema")),
        ("fracture_state", tr("age not reported"), "", ""),
        ("posterior_wall_defect", tr("back wall not reported"), tr("back wall broken"),
         tr("back wall not broken")),
        ("near_complete_collapse", tr("height not reported"), tr("almost flat"), tr("not almost flat")),
    ):
        atom, given = pack.atoms.get(name), sheet.get(name)
        if atom is None:
            continue
        if given is None or given.value is None:
            parts.append(missing)
        elif isinstance(given.value, str):
            parts.append(atom.option_label(given.value).lower())
        else:
            parts.append(yes if given.value else no)
    level = sheet.get("fracture_level")
    return tr("{level} fracture: {parts}").format(level=level.value if level is not None else "",
                                                   parts=", ".join(parts))
