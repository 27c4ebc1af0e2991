"""Words of paper for tiers, statuses, verdicts, checks and dates. One word per concept, the same as on screen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from desktop_app.engine.answers import Unknown
from desktop_app.engine.decision import Status, Truth
from desktop_app.engine.model import Check, Tier
from desktop_app.language import later, of_guideline, paper, tr, trn
from desktop_app.use_cases.domain import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

Key = TypeVar("Key")


class Said(Mapping[Key, str]):
    """Words for a thing, said in the language of the paper when they are looked up."""

    def __init__(self, words: Mapping[Key, str]) -> None:
        self.english = words

    def __getitem__(self, key: Key) -> str:
        return tr(self.english[key])

    def __iter__(self) -> Iterator[Key]:
        return iter(self.english)

    def __len__(self) -> int:
        return len(self.english)


_MONTHS = (
    later("Jan"), later("Feb"), later("Mar"), later("Apr"), later("May"), later("Jun"),
    later("Jul"), later("Aug"), later("Sep"), later("Oct"), later("Nov"), later("Dec"),
)  # fmt: skip
_DAYS = (later("Mon"), later("Tue"), later("Wed"), later("Thu"), later("Fri"), later("Sat"), later("Sun"))

TIER_TITLES = Said({
    Tier.E: later("EMERGENCY: act now"),
    Tier.E24: later("SAME DAY: within 24 hours"),
    Tier.U14: later("URGENT: specialist within 2 weeks"),
    Tier.R3: later("STANDARD: specialist within 3 months"),
    Tier.NONE: later("No time limit from this guideline"),
})
TIER_NAMES = Said({
    Tier.E: later("Emergency, now"),
    Tier.E24: later("Same day, within 24 hours"),
    Tier.U14: later("Urgent, within 2 weeks"),
    Tier.R3: later("Standard, within 3 months"),
    Tier.NONE: later("No time limit"),
})

STATUS_WORDS = Said({
    Status.OFFERED: later("Offered"),
    Status.CONDITIONAL: later("Conditional"),
    Status.OPEN: later("Open"),
    Status.NOT_OFFERED: later("Not offered"),
    Status.PROHIBITED: later("Prohibited"),
    Status.SUPPRESSED: later("Emergency first"),
})
STATUS_MARKS = {
    Status.OFFERED: "tick",
    Status.CONDITIONAL: "tick",
    Status.OPEN: "question",
    Status.NOT_OFFERED: "minus",
    Status.PROHIBITED: "cancel",
    Status.SUPPRESSED: "minus",
}

VERDICT_WORDS = Said({
    Verdict.ACCEPT: later("Accepted"),
    Verdict.CHANGE: later("Changed"),
    Verdict.DECLINE: later("Declined"),
})
VERDICT_MARKS = {Verdict.ACCEPT: "tick", Verdict.CHANGE: "pencil", Verdict.DECLINE: "cross"}

UNKNOWN_WORDS = Said({
    Unknown.NOT_ASKED: later("not asked"),
    Unknown.NOT_ASSESSED: later("not assessed"),
    Unknown.CANNOT_ASSESS: later("cannot be assessed"),
    Unknown.DECLINED: later("declined"),
})

CHECK_WORDS = Said({
    Check.READ: later("read"),
    Check.SECONDARY: later("second-hand"),
    Check.UNCHECKED: later("unchecked"),
    Check.OWN: later("own decision"),
})

FIT_WORDS = Said(
    {
        Truth.YES: later("fits this patient"),
        Truth.NO: later("does not fit this patient"),
        Truth.UNKNOWN: later("fit not known"),
    }
)

CONFIDENCE_WORDS = Said({"high": later("high"), "moderate": later("moderate"), "low": later("low")})
DIRECTION_WORDS = Said({
    "opposes": later("opposes"),
    "restricts": later("restricts"),
    "warns": later("warns"),
    "supports": later("supports"),
    "weakens": later("weakens"),
    "qualifies": later("qualifies"),
    "nuance": later("nuance"),
    "evidence gap": later("evidence gap"),
    "adds": later("adds"),
})
KIND_WORDS = Said({
    "article": later("article"),
    "consensus": later("consensus"),
    "decision": later("decision"),
    "guideline": later("guideline"),
    "label": later("label"),
    "observational study": later("observational study"),
    "own": later("own"),
    "policy": later("policy"),
    "review": later("review"),
    "safety communication": later("safety communication"),
    "trial": later("trial"),
})
YEAR_WORDS = Said({"none": later("none"), "not stated": later("not stated"), "various": later("various")})

IMAGING_MARKS = {
    "concordant": "seal",
    "partial": "half",
    "discordant_level": "split",
    "discordant_side": "split",
    "incidental_only": "minus",
}
ADEQUACY_WORDS = Said(
    {"adequate": later("adequate"), "inadequate": later("inadequate"), "unknown": later("adequacy not known")}
)


_NOT_STATED = "not stated"  # as the guideline writes it


def day(when: date) -> str:
    return f"{when.day} {tr(_MONTHS[when.month - 1])} {when.year}"


def moment(when: datetime) -> str:
    """With the zone where the clock names one: 12 Nov 2026, 10:05 (UTC+01:00)."""
    offset = when.strftime("%z")
    zone = f" (UTC{f'{offset[:3]}:{offset[3:5]}' if offset.strip('+-0') else ''})" if offset else ""
    return f"{day(when)}, {when:%H:%M}{zone}"


def signature_of(name: str, role: str, when: str) -> str:
    """What a signature's field says to those who do not see it."""
    return ", ".join(part for part in (tr("Signature of {name}").format(name=name), role, when) if part)


def weekday(when: date) -> str:
    return f"{tr(_DAYS[when.weekday()])} {day(when)}"


def days(count: int) -> str:
    return trn("{count} day", "{count} days", count).format(count=count)


def age_in_words(count: int) -> str:
    """A span of days the way a clinician says it: 12 days, 6 weeks, 5 months, 2 years."""
    if count < 14:
        return days(count)
    if count < 120:
        return trn("{count} week", "{count} weeks", weeks := count // 7).format(count=weeks)
    if count < 730:
        return trn("{count} month", "{count} months", months := round(count / 30.44)).format(count=months)
    return trn("{count} year", "{count} years", years := count // 365).format(count=years)


def ids(found: Iterable[str], limit: int = 6) -> str:
    """Statement numbers in brackets, the rest counted: " (S1, S8)"; nothing for none."""
    known = list(dict.fromkeys(found))
    if not known:
        return ""
    shown = ", ".join(known[:limit])
    return f" ({and_more(shown, len(known) - limit) if len(known) > limit else shown})"


def and_more(items: str, count: int) -> str:
    """The beginning of a list, and how many are left out."""
    return tr("{items} and {count} more").format(items=items, count=count)


def is_statement(basis: str) -> bool:
    """Whether a basis is a numbered statement, addition, heading, tension or decision (S8, A1, H2, T3, I1)."""
    return basis[:1] in "SAHTI" and basis[1:].isdigit()


def statement_ids(basis: Iterable[str], limit: int = 6) -> str:
    return ids((name for name in basis if is_statement(name)), limit)


def quoted(strength: str) -> str:
    """Strength words as the article gives them, in quotation marks; "not stated" stays bare."""
    if unstated(strength):
        return tr("not stated")
    return strength if any(sign in strength for sign in "\"'“‘«") else tr("“{words}”").format(words=strength)


def unstated(words: str) -> bool:
    """Whether the article gives no strength or evidence, in whatever language the guideline is spoken."""
    say = of_guideline(paper()) or str
    return words in {"", _NOT_STATED, say(_NOT_STATED)}


SIDES_OF_ROOT = Said({"left": later("Left {root}"), "right": later("Right {root}")})


def root_in_words(root: str) -> str:
    """``L4.left`` as "Left L4"."""
    name, _, side = root.partition(".")
    return named.format(root=name) if (named := SIDES_OF_ROOT.get(side)) else name


def listed(items: Iterable[str], limit: int = 0) -> str:
    """Items in a sentence, separated by semicolons when they hold commas; the rest counted."""
    known = [item for item in items if item]
    more = len(known) - limit if limit else 0
    if more > 0:
        known = known[:limit]
    commas = any("," in item for item in known)
    joined = apart(known) if commas else ", ".join(known)
    return joined if more <= 0 else and_more(f"{joined}{tr('; ').rstrip()}" if commas else joined, more)


def stated(strength: str, numbers: str, evidence: str) -> tuple[str, str]:
    """Strength with its statement numbers, and evidence; one phrase when the article states neither."""
    if unstated(strength) and unstated(evidence):
        return f"{tr('strength and evidence not stated')}{numbers}", ""
    words = evidence or tr("not stated")
    return f"{strength or tr('not stated')}{numbers}", tr("evidence {words}").format(words=words)


def apart(items: Iterable[str]) -> str:
    """Items that hold commas, with semicolons between them."""
    return tr("; ").join(items)


def beginning(words: str, length: int = 180) -> str:
    """The beginning of a long free text for page one; the whole of it stands on the following pages."""
    if len(words) <= length:
        return words
    cut = words[:length].rpartition(" ")[0] or words[:length]
    return f"{cut.rstrip(' ,;:.')} …"


def low(words: str) -> str:
    """With a small first letter inside a sentence, unless the first word is a name such as L4 or MRI."""
    first = words.partition(" ")[0].rstrip(",:;")
    return words if len(first) < 2 or not first[1:].islower() else words[0].lower() + words[1:]


def unbroken(number: str) -> str:
    """A telephone number, a date or a number of a patient that no line may end within."""
    return number.replace(" ", "\N{NO-BREAK SPACE}")


def visible(words: str) -> str:
    """Without control and direction signs, which could hide or turn what a file's information says."""
    return "".join(letter for letter in words if unicodedata.category(letter) not in {"Cc", "Cf"})


def sentence(words: str) -> str:
    """With a capital letter and a full stop."""
    words = words.strip()
    if not words:
        return ""
    closed = words if words[-1] in ".!?:…" else words + "."
    return closed[0].upper() + closed[1:]
