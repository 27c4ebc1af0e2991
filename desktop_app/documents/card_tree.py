"""The emergency card as a content tree: signs, how soon, whom to call; for the wall and for the bag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.form_tree import blank_document
from desktop_app.documents.tree import (
    Block,
    Column,
    Document,
    EmergencyBand,
    Facts,
    Heading,
    Identity,
    Phones,
    Row,
    Side,
    Table,
    bold,
    text,
)
from desktop_app.engine.model import Tier
from desktop_app.language import later, tr, trc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop_app.engine.model import Criterion, EmergencyPage, Pack
    from desktop_app.use_cases.domain import Clinic

KIND = "emergency_card"
TITLE = later("Emergency card")
_WRITE_IT = "______________"
_USUAL = 0.6  # of a number's line, for its label
_FROM_ROOMY = (
    ("small", True, _USUAL),
    ("fine", True, _USUAL),
    ("small", False, _USUAL),
    ("fine", False, _USUAL),
    ("fine", False, 0.7),
)
"""Style of the tables, numbers in boxes, share of a number's line for its label; the last for longer languages."""


def card_tree(pack: Pack, clinic: Clinic | None, made_on: date, page_size: str) -> Document:
    """Every criterion that opens the emergency page, the numbers of the clinic, and what must not wait."""
    info = pack.info
    who = Identity(tr("For clinicians"), training=False, details=(info.title,), number=info.state_words)
    return blank_document(
        pack,
        clinic,
        made_on,
        page_size,
        footer_identity=tr(TITLE),
        title=tr(TITLE),
        kind=KIND,
        first=tuple(tuple(_card(pack, clinic, style, share, boxed=boxed)) for style, boxed, share in _FROM_ROOMY),
        identity=who,
    )


def _card(pack: Pack, clinic: Clinic | None, style: str, share: float, *, boxed: bool) -> Iterator[Block]:
    found = [(one, one.page) for one in pack.criteria.values() if one.page is not None]
    numbers = clinic.phones if clinic is not None else {}
    none_here = clinic.phones_none if clinic is not None else ()
    rows = tuple((phone.label, numbers.get(phone.id, "").strip()
                  or (tr("none here") if phone.id in none_here else _WRITE_IT)) for phone in pack.phones)  # fmt: skip
    for tier in (Tier.E, Tier.E24):
        of_tier = [(one, page) for one, page in found if one.tier is tier]
        if not of_tier:
            continue
        title = of_tier[0][1].title
        band = tier is Tier.E
        yield (
            EmergencyBand(title, tr("A sign that was not asked about is not ruled out.")) if band else Heading(title, 1)
        )
        columns = (Column(tr("Suspected"), 0.34), Column(tr("How soon"), 0.2), Column(trc("do first", "First"), 0.46))
        yield Table(columns, tuple(_row(one, page) for one, page in of_tier), style)
    yield Heading(tr("Call"), 1)
    if boxed:
        yield Phones(rows)
        return
    half = -(-len(rows) // 2)
    listed = [Facts(tuple((label, text(bold(number))) for label, number in part), label_share=share,
                    style="body" if share == _USUAL else "small")
              for part in (rows[:half], rows[half:]) if part]  # fmt: skip
    yield Side((listed[0],), tuple(listed[1:]))


def _row(criterion: Criterion, page: EmergencyPage) -> Row:
    what, detail = page.do_now[0] if page.do_now else ("", "")
    soon = " ".join(part for part in (page.figure_label, page.figure) if part)
    return Row(((text(bold(criterion.label)),), (text(soon),), (text(f"{what}. ", detail),)))
