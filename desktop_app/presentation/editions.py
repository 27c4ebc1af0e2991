"""Editions of the guideline in words: which one is in use, what another one changes, and for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.engine.difference import Change, Deed
from desktop_app.engine.model import Pack
from desktop_app.language import tr
from desktop_app.presentation import words
from desktop_app.use_cases.affected import Advice, Affected, Comparison
from desktop_app.use_cases.edition_records import Approval, EditionUse
from desktop_app.use_cases.guideline_editions import Choice
from desktop_app.use_cases.searching import plain_letters

SHIPPED = tr("came with the program")
NO_PUBLISHERS = tr("No list of publishers is believed here yet. Without one nobody can say who made a file, so nothing "
                   "can be installed. The publishers hand out their list, and tell its fingerprint in another way.")


@dataclass(frozen=True, slots=True)
class Before:
    """One line of what changes for a patient."""

    what: str
    before: str
    after: str


def origin(use: EditionUse | None) -> str:
    """Since when, by whom and why this edition gives the advice."""
    if use is None:
        return tr("It came with the program; no other was ever switched on.")
    day = words.day(use.since.date())
    if use.returned:
        return tr("Returned to on {day} by {by}: {reason}").format(day=day, by=use.by, reason=use.reason)
    return tr("Switched on on {day} by {by}.").format(day=day, by=use.by)


def withdrawn(approval: Approval | None) -> str:
    if approval is None or approval.withdrawn is None:
        return ""
    told = approval.withdrawn
    return tr("The approval by {by} was withdrawn on {day} by {who}: {reason}").format(
        by=approval.by, day=words.day(told.at.date()), who=told.by, reason=told.reason)


def title(choice: Choice) -> str:
    if choice.edition is None:
        return tr("Edition {version}, as it came with the program").format(version=choice.version)
    return tr("Edition {version}, number {number}").format(version=choice.version, number=choice.number)


def about(choice: Choice) -> str:
    """Signers, installation and the day on which it is to be looked at again."""
    edition = choice.edition
    if edition is None:
        return ""
    return tr("Signed by {count} publishers' keys: {keys}. Installed on {day} by {by}. To be looked at again by "
              "{review}.").format(count=len(edition.signers), keys=", ".join(key[:8] for key in edition.signers),
                                  day=words.day(edition.installed.date()), by=edition.by,
                                  review=words.day(edition.review_by))


def compared(comparison: Comparison) -> str:
    """How many were worked out, and for how many it matters."""
    looked, found = comparison.looked_at, len(comparison.affected)
    if not looked:
        return tr("There is no open consultation and no running plan here, so nobody's advice changes.")
    if not found:
        return tr("The advice stays the same for every open patient ({looked} worked out under both).").format(
            looked=looked)
    return tr("The advice would change for {found} of {looked} open patients.").format(found=found, looked=looked)


def whose(one: Affected) -> str:
    kind = tr("consultation not finished") if one.draft else tr("signed plan, clock running")
    return tr("{name}, {number}: {kind}").format(name=one.patient.name, number=one.patient.number, kind=kind)


def affected_lines(one: Affected) -> tuple[Before, ...]:
    """Urgency, due date and each option, where it differs."""
    found = []
    first, then = one.before, one.after
    if _urgency(first) != _urgency(then):
        found.append(Before(tr("Urgency"), _urgency(first), _urgency(then)))
    if first.due != then.due:
        found.append(Before(tr("Due"), _due(first), _due(then)))
    found += [Before(then.titles.get(name) or first.titles[name], _status(first, name), _status(then, name))
              for name in one.options]
    if one.unread:
        found.append(Before(tr("Answers that this edition does not ask for"), str(one.unread), tr("count no more")))
    return tuple(found)


def _urgency(advice: Advice) -> str:
    floor = words.tier_line(advice.floor)
    if advice.ceiling is advice.floor:
        return floor
    return tr("{floor}, not ruled out: {ceiling}").format(floor=floor, ceiling=words.tier_line(advice.ceiling))


def _due(advice: Advice) -> str:
    return words.day(advice.due) if advice.due is not None else tr("no date")


def _status(advice: Advice, option: str) -> str:
    status = advice.statuses.get(option)
    return words.STATUS[status] if status is not None else tr("not in this edition")


def by_part(changes: Iterable[Change], wanted: str = "") -> Mapping[str, list[Change]]:
    """The changes of each part of the guideline; with ``wanted`` only those in which these letters stand."""
    found: dict[str, list[Change]] = {}
    sought = plain_letters(wanted).strip()
    for change in changes:
        if sought in plain_letters(" ".join((change.id, change.title, *change_lines(change)))):
            found.setdefault(change.part, []).append(change)
    return found


def change_title(change: Change) -> str:
    done = {Deed.ADDED: tr("added"), Deed.REMOVED: tr("removed"), Deed.CHANGED: tr("changed")}[change.deed]
    name = change.title or change.id
    return tr("{name}: {done}").format(name=name, done=done)


def change_lines(change: Change) -> tuple[str, ...]:
    if change.deed is Deed.CHANGED:
        return tuple(tr("{field}: {before} → {after}").format(field=one.name, before=one.before, after=one.after)
                     for one in change.fields)
    return tuple(f"{one.name}: {one.after if change.deed is Deed.ADDED else one.before}" for one in change.fields)


def content(pack: Pack) -> str:
    """What the approval is signed for."""
    hash_ = pack.content_hash
    return tr("Content fingerprint (SHA-256): {letters}").format(
        letters=" ".join(hash_[at:at + 8] for at in range(0, len(hash_), 8)))
