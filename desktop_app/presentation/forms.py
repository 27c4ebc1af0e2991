"""The forms outside a consultation: first start, unlock, new patient, settings. Checked field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from desktop_app.engine.answers import DateRange
from desktop_app.engine.model import Pack, Phone, Service
from desktop_app.language import tr
from desktop_app.presentation import entry, words
from desktop_app.presentation.passphrase_words import SHORTEST_PASSPHRASE
from desktop_app.use_cases import identity
from desktop_app.use_cases.domain import Clinic, Letterhead, LocalService
from desktop_app.use_cases.errors import (
    KeyFileDamaged,
    KeyFileMissing,
    LumbarError,
    OldKeyFile,
    StoreBusy,
    StoreDamaged,
    StoreMissing,
    StoreNewer,
    WrongPassphrase,
)
from desktop_app.use_cases.keys import recovery_letters

NONE_HERE = tr("None here")
OLDEST = 120  # years; a pack may say otherwise
WHOLE_DATE = tr("Write the whole date, for example 3 Mar 1954.")
NOT_WHOLE = (tr("The whole date is needed: age limits and the kidney formula count from it. Where it is not "
                "known, write the date that stands on the patient's papers. A year or an age alone does not "
                "tell the day."))
_AN_AGE = re.compile(r"(?:about |ca\.? |~ ?|age )?\d{1,3}(?: ?(?:y|yrs?|years?)(?: old)?)?")
PLACES = (("here", tr("Here")), ("elsewhere", tr("Elsewhere")), ("none", tr("None")))


@dataclass(frozen=True, slots=True)
class FirstStart:
    """What first start needs to make a profile."""

    clinic: Clinic
    name: str
    role_title: str
    passphrase: str


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of the clinic's form as typed. Services: id to (where, name, hours)."""

    name: str = ""
    address: str = ""
    telephone: str = ""
    station: str = ""
    phones: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    ask_impression: bool = True
    phones_none: tuple[str, ...] = ()  # answered with "none here"
    letterhead: Letterhead = field(default_factory=Letterhead)


def clinic_mistakes(typed: Typed, phones: tuple[Phone, ...]) -> dict[str, str]:
    """Field to the words under it; empty when the form can be kept."""
    wrong: dict[str, str] = {}
    if not typed.name.strip():
        wrong["name"] = tr("Write the name of the clinic; it stands on every document.")
    if not typed.station.strip().isalnum():
        wrong["station"] = tr("Write a short code of letters and digits, for example TR01.")
    for phone in phones:
        number = typed.phones.get(phone.id, "").strip()
        if phone.id in typed.phones_none:
            continue
        if phone.required and not number:
            wrong[f"phone.{phone.id}"] = tr("Write the number, or answer “None here”; the emergency page "
                                            "shows either.")
        elif number and sum(c.isdigit() for c in number) < 2:
            wrong[f"phone.{phone.id}"] = tr("This is not a telephone number.")
    needed = [phone.id for phone in phones if phone.required]
    if needed and all(name in typed.phones_none for name in needed):
        wrong[f"phone.{needed[0]}"] = tr("Give at least one number that can be called in an emergency.")
    for name, (where, place, hours) in typed.services.items():
        if where == "elsewhere" and not place.strip():
            wrong[f"service.{name}"] = tr("Name the place where it is.")
        elif where == "elsewhere" and hours.strip() and _hours(hours) is None:
            wrong[f"service.{name}"] = tr("Write the hours away as a number, for example 1.5.")
    return wrong


def _hours(text: str) -> float | None:
    value = entry.figure(text)
    return value if value is not None and 0 <= value < 1000 else None


def clinic_of(typed: Typed, kept: Clinic | None = None) -> Clinic:
    """The clinic that a form without mistakes describes; what the form does not ask stays as it was ``kept``."""
    services = {
        name: LocalService(where, place.strip() if where == "elsewhere" else "",
                           _hours(hours) if where == "elsewhere" and hours.strip() else None)
        for name, (where, place, hours) in typed.services.items() if where
    }
    none = tuple(sorted(typed.phones_none))
    return replace(
        kept or Clinic("", "", "", ""),
        name=typed.name.strip(), address=typed.address.strip(), telephone=typed.telephone.strip(),
        station=typed.station.strip().upper(),
        phones={k: v.strip() for k, v in typed.phones.items() if v.strip() and k not in none},
        services=services, ask_impression=typed.ask_impression, phones_none=none, letterhead=typed.letterhead)


def clinician_mistakes(name: str, role_title: str, first: str, second: str) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not name.strip():
        wrong["clinician"] = tr("Write your name as it should stand on a signed plan.")
    elif said := identity.mistake(identity.name_written(name), identity.LONGEST_NAME):
        wrong["clinician"] = said
    if not role_title.strip():
        wrong["role"] = tr("Write your profession, for example general practitioner.")
    if len(first) < SHORTEST_PASSPHRASE:
        wrong["passphrase"] = _too_short(first, tr("Choose a passphrase."))
    elif first != second:
        wrong["again"] = tr("The two passphrases differ.")
    return wrong


def _too_short(typed: str, missing: str) -> str:
    """What is missing, and not the hint that stands beside the field once more."""
    if not typed:
        return missing
    return tr("This one has {count} characters: too few.").format(count=len(typed))


def passphrase_mistakes(first: str, second: str) -> dict[str, str]:
    """Of a new passphrase in the fields "new" and "again"; whether it is easy to guess is said by the seal."""
    if len(first) < SHORTEST_PASSPHRASE:
        return {"new": _too_short(first, tr("Choose a new passphrase."))}
    return {"again": tr("The two passphrases differ.")} if first != second else {}


def code_mistakes(code: str, first: str, second: str) -> dict[str, str]:
    """Of somebody who was given a one-time code."""
    wrong = passphrase_mistakes(first, second)
    return wrong if code.strip() else {"code": tr("Type the code from the paper."), **wrong}


def recovery_confirmed(shown: str, typed: str) -> str:
    """Whether the last group of the recovery key was copied; words when not."""
    wanted = recovery_letters(shown.replace(" ", "-").split("-")[-1])
    given = recovery_letters(typed)
    if given in {wanted, recovery_letters(shown)}:
        return ""
    if not given:
        return tr("Type the last group of the key, as it stands on the paper.")
    return tr("This is not the last group of the key above. Compare the paper with the screen.")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands on the unlock page or an error page: what happened, and the next step."""

    title: str
    sentence: str
    next_step: str
    can_retry: bool
    restore: bool = False  # a backup may help
    reading: bool = False  # they can be looked at meanwhile


def trouble(error: LumbarError) -> Trouble:
    """Three different messages for a wrong passphrase, a missing key file and a damaged store."""
    if isinstance(error, WrongPassphrase):
        return Trouble(tr("The passphrase is not right"), str(error), error.next_step or
                       tr("Type it again. Capital letters count. If it is lost, use the printed recovery key."), True)
    if isinstance(error, KeyFileMissing):
        return Trouble(tr("The key file is missing"), str(error), error.next_step or
                       tr("Put the key file back from the backup; without it nothing here can be read."), False, True)
    if isinstance(error, KeyFileDamaged):
        return Trouble(tr("The key file is damaged"), str(error), error.next_step, False, True)
    if isinstance(error, OldKeyFile):
        return Trouble(tr("The key file is an older one"), str(error), error.next_step, True, True)
    if isinstance(error, StoreMissing):
        return Trouble(tr("The records are missing"), str(error), error.next_step, False, True)
    if isinstance(error, StoreNewer):
        return Trouble(tr("These records were written by a newer program"), str(error), error.next_step or
                       tr("Install the newer program; nothing was changed."), False)
    if isinstance(error, StoreDamaged):
        return Trouble(tr("The records are damaged"), str(error), error.next_step or
                       tr("Do not go on working here. Restore the latest backup."), False, True)
    if isinstance(error, StoreBusy):
        return Trouble(tr("The records are in use"), str(error), error.next_step, True, reading=True)
    return Trouble(tr("This did not work"), str(error), error.next_step, True)


def our_mistake() -> Trouble:
    """What is said when this program made the mistake: no word of the error itself, it may name a patient."""
    return Trouble(tr("This program made a mistake"),
                   tr("It is not your doing. Every answer given so far is stored."),
                   tr("Choose “Try again” and open the patient from the worklist."), True)


def other_files() -> Trouble:
    """What is said when an error met a program whose files were exchanged under it: they do not fit together."""
    return Trouble(tr("The program was updated or removed while it was open"),
                   tr("It cannot go on with the files that lie there now. Every answer given so far is stored."),
                   tr("Close this window and start the program again."), can_retry=False)


@dataclass(frozen=True, slots=True)
class NewPatient:
    name: str
    number: str
    born: date
    sex: str


def new_patient(name: str, number: str, born: str, sex: str, today: date,
                oldest: float = OLDEST) -> tuple[NewPatient | None, dict[str, str]]:
    """The patient of a form, or the words under each field. ``oldest``: years, as the guideline limits an age."""
    wrong: dict[str, str] = {}
    if not name.strip():
        wrong["name"] = tr("Write the patient's name.")
    elif said := identity.mistake(identity.name_written(name), identity.LONGEST_NAME):
        wrong["name"] = said
    if not number.strip():
        wrong["number"] = tr("Write the patient's number.")
    elif said := identity.mistake(identity.number_written(number), identity.LONGEST_NUMBER):
        wrong["number"] = said
    if sex not in {"female", "male"}:
        wrong["sex"] = tr("Choose female or male.")
    day, words_ = _born(born, today, oldest)
    if words_:
        wrong["born"] = words_
    if wrong or day is None:
        return None, wrong
    return NewPatient(name.strip(), number.strip(), day, sex), wrong


def _born(text: str, today: date, oldest: float) -> tuple[date | None, str]:
    """A whole date of birth, or the words under its field."""
    if _AN_AGE.fullmatch(text.strip().lower()):
        return None, NOT_WHOLE
    found = entry.moment(text, today)
    if found.error or found.answer is None:
        return None, found.error if "lies in" in found.error or "too long" in found.error else WHOLE_DATE
    value = found.answer.value
    if not isinstance(value, DateRange) or value.earliest != value.latest:
        return None, NOT_WHOLE
    years = words.age(value.earliest, today)
    if years > oldest:
        return None, tr("Born {earliest}, the patient would be {years} years old. Check the year.").format(
            earliest=words.day(value.earliest), years=years
        )
    return value.earliest, ""


def clinic_form(pack: Pack, clinic: Clinic | None) -> tuple[Typed, tuple[Phone, ...], tuple[Service, ...]]:
    """What the settings form starts with."""
    if clinic is None:
        typed = Typed(services=dict.fromkeys(pack.services, ("", "", "")))
    else:
        typed = Typed(clinic.name, clinic.address, clinic.telephone, clinic.station, dict(clinic.phones), {
            s: _service_typed(clinic.services.get(s)) for s in pack.services}, clinic.ask_impression,
            clinic.phones_none, clinic.letterhead)
    return typed, pack.phones, tuple(pack.services.values())


def _service_typed(kept: LocalService | None) -> tuple[str, str, str]:
    if kept is None:
        return "", "", ""
    return kept.where, kept.name, "" if kept.hours is None else f"{kept.hours:g}"
