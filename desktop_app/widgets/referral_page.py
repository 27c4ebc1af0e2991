"""Referral: by when, why, from which day, and what this hospital lacks; then what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation import referral
from desktop_app.presentation.referral import Ground, ReferralModel
from desktop_app.widgets import controls
from desktop_app.widgets.option_card import flow
from desktop_app.widgets.question_card import provenance_chips
from desktop_app.widgets.tokens import TIER_LOOK
from desktop_app.widgets.wizard_page import WizardPage

OPEN_SHOWN = 4


class ReferralPage(WizardPage):
    def special(self) -> None:
        self._body = controls.column(spacing=12)
        self.above.insertLayout(0, self._body)
        self._shown: ReferralModel | None = None

    def refresh_special(self) -> None:
        model = referral.build(self.wizard)
        if model == self._shown:
            return
        self._shown = model
        controls.clear(self._body)
        self._body.addWidget(self._reasons(model))

    def _reasons(self, model: ReferralModel) -> QWidget:
        card = controls.Card()
        column = controls.column(card, margins=(20, 14, 20, 16), spacing=10)
        column.addWidget(controls.label(tr("Why this urgency"), "subheading"))
        for ground in model.certain:
            column.addWidget(self._ground(ground, certain=True))
        if not model.certain:
            column.addWidget(
                controls.label(tr("No time limit certainly holds so far."), "body", ink="text2", wrap=True)
            )
        if model.open:
            column.addWidget(controls.Rule())
            column.addWidget(controls.label(tr("Not yet ruled out"), "small-strong", ink="text2"))
            for ground in model.open[:OPEN_SHOWN]:
                column.addWidget(self._ground(ground, certain=False))
            if len(model.open) > OPEN_SHOWN:
                column.addWidget(
                    controls.label(
                        tr("and {value} more").format(value=len(model.open) - OPEN_SHOWN), "caption", ink="text2"
                    )
                )
        return card

    def _ground(self, ground: Ground, *, certain: bool) -> QWidget:
        icon, strong, _, _ = TIER_LOOK[ground.tier]
        holder = QWidget()
        row = controls.row(holder, spacing=12)
        row.addWidget(controls.IconLabel(icon, 22, strong if certain else "text2", line="strong"), 0,
                      Qt.AlignmentFlag.AlignTop)
        words = controls.column(spacing=3)
        words.addWidget(controls.label(ground.label, "strong" if certain else "body", wrap=True))
        if certain:
            for text in (ground.action, ground.clock, *ground.not_here):
                if text:
                    words.addWidget(controls.label(text, "small", ink="text2", wrap=True))
            if ground.basis:
                words.addSpacing(4)
                words.addWidget(flow([*provenance_chips(ground.basis)]))
        row.addLayout(words, 1)
        return holder
