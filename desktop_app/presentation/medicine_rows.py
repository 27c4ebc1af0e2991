"""The list of medicines a patient takes: what can be chosen, and one line for each that was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from desktop_app.engine.answers import Medicine
from desktop_app.engine.model import Pack
from desktop_app.language import tr
from desktop_app.presentation import entry, words

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


class Line(NamedTuple):
    """The form of the next medicine as it stands, chosen and typed."""

    drug: str
    dose: str
    unit: str
    route: str
    as_needed: bool = False
    maximum_known: bool = False

    @property
    def begun(self) -> bool:
        """Whether somebody has told something of a medicine; a unit or a route alone tells nothing."""
        return bool(self.drug or self.dose.strip() or self.as_needed or self.maximum_known)

    def kept(self) -> str:
        """The line as text, to be kept until it is added; the same in every language."""
        ticks = [name for name, on in (("as needed", self.as_needed), ("maximum", self.maximum_known)) if on]
        return "\t".join((self.drug, self.dose.strip(), self.unit, self.route, *ticks))


def kept_line(text: str) -> Line:
    """What ``Line.kept`` wrote."""
    drug, dose, unit, route, *ticks = (*text.split("\t"), "", "", "", "")
    return Line(drug, dose, unit, route, "as needed" in ticks, "maximum" in ticks)


def read(given: Line) -> tuple[Medicine | None, str]:
    """The medicine of a form, or what is wrong with it. An empty dose is "not known", never zero."""
    if not given.drug:
        return None, tr("Choose the medicine.")
    amount, dose = None, given.dose.strip()
    if dose:
        if two := entry.two_meanings(dose):
            return None, two
        amount = entry.figure(dose)
        if amount is None:
            return None, tr("“{strip}” is not a number. Leave it empty when the dose is not known.").format(strip=dose)
        if not 0 < amount <= HIGHEST:
            return None, tr("{amount} a day cannot be right.").format(amount=words.number(amount))
    return Medicine(given.drug, amount, given.unit, given.route, given.as_needed,
                    given.maximum_known or not given.as_needed), ""
