"""Two options of a step side by side: the same rows for both, so that nothing is told of one only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.language import tr
from desktop_app.presentation import words
from desktop_app.presentation.options import OptionCard
from desktop_app.presentation.reasons import Check, grouped, nothing_changes

MOST = 2  # ways to one other status that are named
EMPTY = tr("Nothing that is known so far")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the comparison. ``id`` says how it is drawn; an empty side is not left blank: it says ``nothing``."""

    id: str
    title: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    left: OptionCard
    right: OptionCard
    rows: tuple[Row, ...]


def compare(left: OptionCard, right: OptionCard) -> Comparison:
    """All rows in which at least one of the two has something to say."""
    rows = []
    for name, title, told, empty in _ROWS:
        one, other = told(left), told(right)
        if one or other:
            rows.append(Row(name, title, one or (empty,), other or (empty,), empty))
    return Comparison(left, right, tuple(rows))


def first_pair(cards: tuple[OptionCard, ...], open_id: str = "") -> tuple[str, str]:
    """The open option and the most relevant other one; empty names where there are not two."""
    if len(cards) < 2:
        return "", ""
    first = next((c.id for c in cards if c.id == open_id), cards[0].id)
    return first, next(c.id for c in cards if c.id != first)


def _status(card: OptionCard) -> tuple[str, ...]:
    return (card.status_words, *((card.choice_words,) if card.choice else ()))


def _decides(card: OptionCard) -> tuple[str, ...]:
    return tuple(one.words for one in (*card.missing, *card.settle_first))


def _relief(card: OptionCard) -> tuple[str, ...]:
    return (card.effect.sentence,) if card.effect is not None else ()


def _dose(card: OptionCard) -> tuple[str, ...]:
    return card.dose.lines if card.dose is not None else ()


def _against(card: OptionCard) -> tuple[str, ...]:
    return (*(one.text for one in card.against), *card.not_here)


def _checks(card: OptionCard) -> tuple[str, ...]:
    told = [_check(check) for check in card.checks if check.state != "clear"]
    clear = sum(check.state == "clear" for check in card.checks)
    if clear:
        told.append(
            tr("{clear} clear").format(clear=words.count(clear, "other"))
            if told
            else tr("All {clear} clear").format(clear=clear)
        )
    return tuple(told)


def _check(check: Check) -> str:
    return f"{check.label}: {tr('not known') if check.state == 'open' else check.answer}"


def _differs(card: OptionCard) -> tuple[str, ...]:
    return tuple(f"{d.head}: {words.inside(d.short) if d.short else d.says} ({d.check}; {d.fits})"
                 for d in card.disagreements)


def _changes(card: OptionCard) -> tuple[str, ...]:
    """Every status that it could have, with the first answers that lead there."""
    told: list[str] = []
    for head, ways in grouped(card.would_change):
        if not head:
            told += ways
            continue
        named = "; ".join(way.rstrip(".") for way in ways[:MOST])
        more = len(ways) - MOST
        rest = tr("; and {more} more").format(more=more) if more > 0 else ""
        told.append(f"{head}: {named}{rest}")
    return tuple(told) or (nothing_changes(card.status),)


_ROWS: tuple[tuple[str, str, Callable[[OptionCard], tuple[str, ...]], str], ...] = (
    ("status", tr("Status for this patient"), _status, ""),
    ("decides", tr("Still to settle"), _decides, tr("Nothing")),
    ("purpose", tr("What it is for"), lambda card: (card.text,), ""),
    ("strength", tr("Strength in the article"), lambda card: (card.article,), ""),
    ("evidence", tr("Evidence"), lambda card: (card.evidence,), ""),
    ("relief", tr("How long relief was seen"), _relief, tr("No period is given")),
    ("dose", tr("Dose for these kidneys"), _dose, tr("No dose in the sources")),
    ("for", tr("Speaks for it"), lambda card: card.speaks_for, EMPTY),
    ("against", tr("Against, or needs a plan"), _against, EMPTY),
    ("checks", tr("Contraindications and cautions"), _checks, tr("None listed")),
    ("differs", tr("Other guidance"), _differs, tr("None found")),
    ("changes", tr("What would change this"), _changes, ""),
)
