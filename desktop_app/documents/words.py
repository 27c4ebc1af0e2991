"""Words of paper for tiers, statuses, verdicts, checks and dates. One word per concept, the same as on screen."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from desktop_app.engine.answers import Unknown
from desktop_app.engine.decision import Status, Truth
from desktop_app.engine.model import Check, Tier
from desktop_app.use_cases.domain import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

TIER_TITLES = {
    Tier.E: "EMERGENCY: act now",
    Tier.E24: "SAME DAY: within 24 hours",
    Tier.U14: "URGENT: specialist within 2 weeks",
    Tier.R3: "STANDARD: specialist within 3 months",
    Tier.NONE: "No time limit from this guideline",
}
TIER_NAMES = {
    Tier.E: "Emergency, now",
    Tier.E24: "Same day, within 24 hours",
    Tier.U14: "Urgent, within 2 weeks",
    Tier.R3: "Standard, within 3 months",
    Tier.NONE: "No time limit",
}

STATUS_WORDS = {
    Status.OFFERED: "Offered",
    Status.CONDITIONAL: "Conditional",
    Status.OPEN: "Open",
    Status.NOT_OFFERED: "Not offered",
    Status.PROHIBITED: "Prohibited",
    Status.SUPPRESSED: "Emergency first",
}
STATUS_MARKS = {
    Status.OFFERED: "tick",
    Status.CONDITIONAL: "tick",
    Status.OPEN: "question",
    Status.NOT_OFFERED: "minus",
    Status.PROHIBITED: "cancel",
    Status.SUPPRESSED: "minus",
}

VERDICT_WORDS = {Verdict.ACCEPT: "Accepted", Verdict.CHANGE: "Changed", Verdict.DECLINE: "Declined"}
VERDICT_MARKS = {Verdict.ACCEPT: "tick", Verdict.CHANGE: "pencil", Verdict.DECLINE: "cross"}

UNKNOWN_WORDS = {
    Unknown.NOT_ASKED: "not asked",
    Unknown.NOT_ASSESSED: "not assessed",
    Unknown.CANNOT_ASSESS: "cannot be assessed",
    Unknown.DECLINED: "declined",
}

CHECK_WORDS = {
    Check.READ: "read",
    Check.SECONDARY: "second-hand",
    Check.UNCHECKED: "unchecked",
    Check.OWN: "own decision",
}

FIT_WORDS = {Truth.YES: "fits this patient", Truth.NO: "does not fit this patient", Truth.UNKNOWN: "fit not known"}

IMAGING_MARKS = {
    "concordant": "seal",
    "partial": "half",
    "discordant_level": "split",
    "discordant_side": "split",
    "incidental_only": "minus",
}
ADEQUACY_WORDS = {"adequate": "adequate", "inadequate": "inadequate", "unknown": "adequacy not known"}


def day(when: date) -> str:
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def moment(when: datetime) -> str:
    """With the zone where the clock names one: 12 Nov 2026, 10:05 (UTC+01:00)."""
    offset = when.strftime("%z")
    zone = f" (UTC{f'{offset[:3]}:{offset[3:5]}' if offset.strip('+-0') else ''})" if offset else ""
    return f"{day(when)}, {when:%H:%M}{zone}"


def weekday(when: date) -> str:
    return f"{_DAYS[when.weekday()]} {day(when)}"


def days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def age_in_words(count: int) -> str:
    """A span of days the way a clinician says it: 12 days, 6 weeks, 5 months, 2 years."""
    if count < 14:
        return days(count)
    if count < 120:
        return f"{count // 7} weeks"
    if count < 730:
        return f"{round(count / 30.44)} months"
    return f"{count // 365} years"


def ids(found: Iterable[str], limit: int = 6) -> str:
    """Statement numbers in brackets, the rest counted: " (S1, S8)"; nothing for none."""
    known = list(dict.fromkeys(found))
    if not known:
        return ""
    shown = ", ".join(known[:limit])
    more = f" and {len(known) - limit} more" if len(known) > limit else ""
    return f" ({shown}{more})"


def is_statement(basis: str) -> bool:
    """Whether a basis is a numbered statement, addition, heading, tension or decision (S8, A1, H2, T3, I1)."""
    return basis[:1] in "SAHTI" and basis[1:].isdigit()


def statement_ids(basis: Iterable[str], limit: int = 6) -> str:
    return ids((name for name in basis if is_statement(name)), limit)


def quoted(strength: str) -> str:
    """Strength words as the article gives them, in quotation marks; "not stated" stays bare."""
    if not strength or strength == "not stated" or any(sign in strength for sign in "\"'“‘"):
        return strength or "not stated"
    return f"“{strength}”"


def root_in_words(root: str) -> str:
    """``L4.left`` as "Left L4"."""
    name, _, side = root.partition(".")
    return f"{side.capitalize()} {name}" if side else name


def listed(items: Iterable[str], limit: int = 0) -> str:
    """Items in a sentence, separated by semicolons when they hold commas; the rest counted."""
    known = [item for item in items if item]
    more = ""
    if limit and len(known) > limit:
        more = f" and {len(known) - limit} more"
        known = known[:limit]
    commas = any("," in item for item in known)
    return ("; " if commas else ", ").join(known) + (";" if commas and more else "") + more


def stated(strength: str, numbers: str, evidence: str) -> tuple[str, str]:
    """Strength with its statement numbers, and evidence; one phrase when the article states neither."""
    if strength in {"", "not stated"} and evidence in {"", "not stated"}:
        return f"strength and evidence not stated{numbers}", ""
    return f"{strength or 'not stated'}{numbers}", f"evidence {evidence or 'not stated'}"


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
    """A telephone number that no line may end within."""
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
