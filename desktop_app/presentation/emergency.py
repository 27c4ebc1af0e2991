"""The fixed emergency page: what to do, whom to call, which answer led here, and how it can end."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from desktop_app.engine.model import Atom, Pack, Tier
from desktop_app.engine.words import not_known, yes_or_no
from desktop_app.language import tr
from desktop_app.presentation import words
from desktop_app.presentation.ports import OpenConsultation
from desktop_app.presentation.wizard import Wizard
from desktop_app.use_cases.domain import LocalService

PHONE_ICONS = ("ambulance", "hospital-building", "phone")


@dataclass(frozen=True, slots=True)
class Number:
    label: str
    hint: str
    number: str  # "" when there is none, or the settings lack it
    icon: str
    none_here: bool = False  # answered so in the settings

    @property
    def shown(self) -> str:
        """The number, or why there is none: what was answered and what was never asked are different words."""
        return self.number or (tr("none here") if self.none_here else tr("not kept in the settings"))


@dataclass(frozen=True, slots=True)
class Because:
    atom: str
    label: str
    words: str
    can_end: bool  # an answered yes; anything else is corrected where it was answered
    question: str = ""  # where a wrong answer behind it can be corrected


@dataclass(frozen=True, slots=True)
class EmergencyModel:
    same_day: bool
    icon: str
    title: str
    sentence: str
    figure_label: str
    figure: str
    do_now: tuple[tuple[str, str], ...]
    not_now: tuple[str, ...]
    tell: str
    numbers: tuple[Number, ...]
    services: tuple[str, ...]
    because: tuple[Because, ...]
    criteria: tuple[str, ...]
    basis: tuple[words.Provenance, ...]
    others: tuple[str, ...]  # titles of further positive criteria
    handed_over: str  # "" until it was recorded
    recorded: str


def build(wizard: Wizard) -> EmergencyModel:
    """The page of the most urgent positive criterion; further ones are named on it."""
    consultation = wizard.consultation
    pack, decision = consultation.pack, consultation.decision
    ids = wizard.emergency_criteria()
    first = pack.criteria[ids[0]]
    page = first.page
    if page is None:  # emergency_criteria lists only those with a page
        raise LookupError(first.id)
    results = {r.id: r for r in decision.tier.reasons}
    handed = [e for e in consultation.events if e.kind == "handed_over"]
    shown = [e for e in consultation.events if e.kind == "shown"]
    services = [*(s for c in ids for s in results[c].not_here)]
    return EmergencyModel(
        same_day=first.tier is Tier.E24,
        icon="alert" if first.tier is Tier.E24 else "alert-octagon",
        title=page.title or first.label,
        sentence=page.sentence,
        figure_label=page.figure_label,
        figure=page.figure,
        do_now=page.do_now,
        not_now=page.not_now,
        tell=page.tell.removeprefix(tr("Say:")).strip(),
        numbers=_numbers(pack, consultation, page.phones),
        services=tuple(dict.fromkeys([*services, *_elsewhere(consultation, page.services)])),
        because=_because(wizard, ids),
        criteria=ids,
        basis=tuple(words.provenance(pack, b) for b in first.basis),
        others=tuple(pack.criteria[c].label for c in ids[1:]),
        handed_over=tr("Handed over {at}, {at2:%H:%M}: {note}").format(
            at=words.day(handed[-1].at), at2=handed[-1].at, note=handed[-1].note
        )
        if handed
        else "",
        recorded=tr("Recorded {at}, {at2:%H:%M}").format(at=words.day(shown[-1].at), at2=shown[-1].at) if shown else "",
    )


def _numbers(pack: Pack, consultation: OpenConsultation, wanted: tuple[str, ...]) -> tuple[Number, ...]:
    kept = consultation.clinic.phones
    phones = [p for p in pack.phones if not wanted or p.id in wanted] or list(pack.phones)
    return tuple(
        Number(p.label, p.hint, kept.get(p.id, ""), PHONE_ICONS[min(i, len(PHONE_ICONS) - 1)],
               p.id in consultation.clinic.phones_none)
        for i, p in enumerate(phones) if p.required or kept.get(p.id)
    )


def numbers_of(pack: Pack, phones: Mapping[str, str], none_here: Collection[str]) -> tuple[Number, ...]:
    """All numbers of the clinic, for a page without a patient."""
    return tuple(Number(p.label, p.hint, phones.get(p.id, ""), PHONE_ICONS[min(i, len(PHONE_ICONS) - 1)],
                        p.id in none_here)
                 for i, p in enumerate(pack.phones) if p.required or phones.get(p.id))


def _elsewhere(consultation: OpenConsultation, wanted: tuple[str, ...]) -> list[str]:
    """Where a service that the page needs is; what is here needs no word."""
    pack, kept = consultation.pack, consultation.clinic.services
    told = []
    for name in wanted:
        service, place = pack.services.get(name), kept.get(name)
        if service is not None and place is not None and place.where != "here":
            told.append(service_words(service.label, service.missing, place))
    return told


def service_words(label: str, missing: str, place: LocalService) -> str:
    if place.where == "elsewhere":
        hours = tr(", {hours} h away").format(hours=words.number(place.hours)) if place.hours is not None else ""
        return tr("{label} is not available here: transfer to {where}.").format(
            label=label, where=f"{place.name}{hours}"
        )
    return missing or tr("{label} is not available here.").format(label=label)


def _asked_at(pack: Pack, atom: Atom) -> str:
    """The question behind a finding; of one that is worked out, the first of its questions."""
    if atom.derived is None:
        return atom.question
    for name in atom.derived.inputs:
        if name in pack.atoms and (found := _asked_at(pack, pack.atoms[name])):
            return found
        if name in pack.questions:
            return name
    return ""


def _because(wizard: Wizard, ids: tuple[str, ...]) -> tuple[Because, ...]:
    consultation = wizard.consultation
    pack, decision, sheet = consultation.pack, consultation.decision, consultation.sheet
    found: dict[str, Because] = {}
    for reason in decision.tier.reasons:
        if reason.id not in ids:
            continue
        for fact in (f for r in reason.why for f in r.facts if f.known):
            atom, given = pack.atoms.get(fact.atom), sheet.get(fact.atom)
            yes = given is not None and given.value is True and given.excluded is None
            if atom is None or fact.value.lower() in {yes_or_no(False), not_known()}:
                continue
            told = Because(fact.atom, fact.label, words.capital(fact.value), yes, _asked_at(pack, atom))
            found.setdefault(fact.atom, told)
    return tuple(found.values())
