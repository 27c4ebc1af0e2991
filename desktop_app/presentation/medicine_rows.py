"""The list of medicines a patient takes: what can be chosen, and one line for each that was."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.engine.answers import Medicine
from desktop_app.engine.model import Pack
from desktop_app.language import tr
from desktop_app.presentation import words

ROUTES = (("oral", tr("by mouth")), ("transdermal", tr("through the skin")), ("other", tr("another way")))
UNITS = (("mg", tr("mg a day")), ("mcg_h", tr("micrograms an hour")))
HIGHEST = 10_000.0


@dataclass(frozen=True, slots=True)
class Drug:
    id: str
    label: str
    unit: str
    route: str


def drugs(pack: Pack, question: str) -> tuple[Drug, ...]:
    """The drugs of the pack's table that belong to a question ("opioids" lists the group "opioid")."""
    table = pack.tables.get("medicines")
    listed = table.get("drugs") if table is not None else None
    if listed is None:
        return ()
    wanted = question.removesuffix("s")
    found = [(Drug(name, node.text_of("label", name), node.text_of("unit", "mg"), node.text_of("route", "oral")),
              node.texts_of("groups") if "groups" in node else ()) for name, node in listed.entries().items()]
    belonging = [drug for drug, groups in found if wanted in groups]
    return tuple(belonging or [drug for drug, _ in found])


def line(medicine: Medicine, known: tuple[Drug, ...]) -> str:
    """One medicine in words; what is not known is said."""
    label = next((d.label for d in known if d.id == medicine.drug), medicine.drug)
    unit = dict(UNITS).get(medicine.unit, medicine.unit)
    dose = tr("dose not known") if medicine.per_day is None else f"{words.number(medicine.per_day)} {unit}"
    route = dict(ROUTES).get(medicine.route, medicine.route)
    need = ""
    if medicine.as_needed:
        need = tr(", as needed") + ("" if medicine.maximum_known else tr(", most in a day not known"))
    return f"{label}, {dose}, {route}{need}"


def read(drug: str, dose: str, unit: str, route: str, *, as_needed: bool,
         maximum_known: bool) -> tuple[Medicine | None, str]:
    """The medicine of a form, or what is wrong with it. An empty dose is "not known", never zero."""
    if not drug:
        return None, tr("Choose the medicine.")
    amount = None
    if dose.strip():
        try:
            amount = float(dose.replace(",", "."))
        except ValueError:
            return None, tr("“{strip}” is not a number. Leave it empty when the dose is not known.").format(
                strip=dose.strip()
            )
        if not 0 < amount <= HIGHEST:
            return None, tr("{amount} a day cannot be right.").format(amount=words.number(amount))
    return Medicine(drug, amount, unit, route, as_needed, maximum_known or not as_needed), ""
