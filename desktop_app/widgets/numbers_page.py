"""Whom to call, from the locked screen: the clinic's emergency numbers and the signs that must not wait."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_app.engine.model import Pack, Tier
from desktop_app.language import tr
from desktop_app.presentation.emergency import Number
from desktop_app.presentation.words import inside
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.form import Form
from desktop_app.widgets.program_header import door_footer, program_header
from desktop_app.widgets.shell import Shell


class NumbersPage(Shell):
    """No record is open and no patient is named."""

    help_topic = "numbers"
    leave = Signal()

    def __init__(self, pack: Pack, numbers: tuple[Number, ...], *, training: bool) -> None:
        super().__init__()
        intro = tr("Of this clinic. No record is open, and nothing is recorded here.")
        self.form = Form(tr("Emergency numbers"), intro, width=760)
        footer, row = door_footer()
        self.frame(program_header("", training=training), self.form, footer)
        listed = controls.column(spacing=8)
        controls.add_all(listed, *map(self._number, numbers))
        self.form.put_layout(listed)
        for tier in (Tier.E, Tier.E24):
            found = [(one, one.page) for one in pack.criteria.values() if one.tier is tier and one.page is not None]
            if not found:
                continue
            self.form.heading(found[0][1].title)
            for criterion, page in found:
                first = page.do_now[0][0] if page.do_now else ""
                told = ": ".join(part for part in (criterion.label, inside(first)) if part)
                self.form.put(controls.label(told, "body", wrap=True))
        self.back = Button(tr("Back to unlocking"), icon="arrow-left")
        self.back.clicked.connect(self.leave)
        row.addWidget(self.back)

    def _number(self, number: Number) -> controls.Card:
        card = controls.Card(dashed=not number.number)
        line = controls.row(card, margins=(20, 12, 20, 12), spacing=16)
        line.addWidget(controls.IconLabel(number.icon, 24))
        told = controls.column(spacing=0)
        told.addWidget(controls.label(number.label, "subheading", wrap=True))
        if number.hint:
            told.addWidget(controls.label(number.hint, "small", ink="text2", wrap=True))
        line.addLayout(told, 1)
        line.addWidget(controls.label(number.shown, "title" if number.number else "body"))
        card.setAccessibleName(f"{number.label}: {number.shown}")
        return card

    def focus_first(self) -> None:
        self.back.setFocus()
