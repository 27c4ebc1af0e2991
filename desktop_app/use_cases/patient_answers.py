"""What is known of a patient before the first question: sex and date of birth become answers."""

from __future__ import annotations

from datetime import date

from desktop_app.engine.answers import Answer, AnswerSheet, DateRange, Quantity
from desktop_app.engine.model import FindingType, Pack
from desktop_app.use_cases.domain import Patient

SEX = "sex"
DATE_OF_BIRTH = "date_of_birth"


def from_patient(pack: Pack, *, sex: str, born: date | None) -> dict[str, Answer]:
    """Answers for the pack's atoms ``sex`` and ``date_of_birth``, where the pack has them."""
    known: dict[str, Answer] = {}
    if SEX in pack.atoms and sex in {option.id for option in pack.atoms[SEX].options}:
        known[SEX] = Answer(value=sex)
    if DATE_OF_BIRTH in pack.atoms and born is not None:
        known[DATE_OF_BIRTH] = Answer(value=DateRange(born, born))
    return known


def whole_sheet(pack: Pack, patient: Patient, answers: AnswerSheet) -> dict[str, Answer]:
    """The sheet the engine gets: what the record of the patient says, and every answer given."""
    return {**from_patient(pack, sex=patient.sex, born=patient.born), **answers}


_KIND: dict[FindingType, type] = {
    FindingType.YES_NO: bool, FindingType.CHOICE: str, FindingType.SCALE: str, FindingType.NUMBER: Quantity,
    FindingType.DATE: DateRange, FindingType.MEDICINES: tuple, FindingType.TEXT: str,
}


def understood(pack: Pack, answers: AnswerSheet) -> dict[str, Answer]:
    """Answers that were given under another edition, as far as this one asks the same: what it does not ask, or
    offers no such answer to, is left out and so counts as not asked.
    """
    kept: dict[str, Answer] = {}
    for name, answer in answers.items():
        atom = pack.atoms.get(name)
        if atom is None or atom.derived is not None:
            continue
        value = answer.value
        offered = value is None or isinstance(value, _KIND[atom.type])
        if atom.options and isinstance(value, str):
            offered = value in {option.id for option in atom.options}
        if offered:
            kept[name] = answer
    return kept


def carried_over(pack: Pack, earlier: AnswerSheet) -> dict[str, Answer]:
    """What a new encounter starts with from the one before.

    Dates do not change (onset, fracture, first day a criterion was met), and an emergency "yes"
    never expires by itself. Everything else is asked again.
    """
    kept: dict[str, Answer] = {}
    for atom_id, answer in earlier.items():
        atom = pack.atoms.get(atom_id)
        if atom is None or answer.value is None:
            continue
        lasting_yes = atom.emergency and answer.value is True and answer.excluded is None
        if lasting_yes or atom.type is FindingType.DATE:
            kept[atom_id] = answer
    return kept
