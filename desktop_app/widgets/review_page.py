"""Review and sign: what stays unknown and matters, what was decided, and what still blocks the signature."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.engine.decision import Status
from desktop_app.language import tr
from desktop_app.presentation import papers, review, sheet_language
from desktop_app.presentation.review import Decided, Gap, ReviewModel
from desktop_app.presentation.words import STATUS
from desktop_app.widgets import controls, theme
from desktop_app.widgets.advice_panel import UNDECIDED, LinkRow
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.documents_card import DocumentsCard
from desktop_app.widgets.sheet_language import SheetLanguage
from desktop_app.widgets.shell import LARGE
from desktop_app.widgets.standing_card import StandingCard
from desktop_app.widgets.wizard_page import WizardPage

SHOWN = 8
OFFERED = STATUS[Status.OFFERED]  # the heading says it already
REASON_WIDTH, NARROW = 230, 148  # px: two lines of a reason in the footer, and what large text leaves for it


class ReviewPage(WizardPage):
    """The buttons that sign and save are made here and stand in the window's footer while this page is shown."""

    sign = Signal()
    to_option = Signal(str)
    save_pdf = Signal()

    def special(self) -> None:
        self._body = controls.column(spacing=12)
        self.above.addLayout(self._body)
        self.papers = DocumentsCard()
        self.standing = StandingCard()
        self.tongue = controls.Card()
        for card in (self.papers, self.tongue):  # while the impression is asked for they stand nowhere
            controls.keep_hidden(card, self)
        self.language = SheetLanguage(self.wizard.consultation.pack, self.wizard.consultation.patient.language)
        self.language.chosen.connect(self._speak)
        inside = controls.column(self.tongue, margins=(20, 12, 20, 14), spacing=6)
        inside.addWidget(controls.label(sheet_language.LABEL, "strong", wrap=True))
        inside.addWidget(self.language)
        self.sign_button = Button(tr("Sign…"), "primary", icon="file-sign")
        self.sign_button.guarded = True
        self.sign_button.clicked.connect(self.sign)
        self.waits = controls.label("", "small-strong", ink="text2", wrap=True)
        self._large = theme.scale() >= LARGE
        self.waits.setFixedWidth(theme.px(NARROW if self._large else REASON_WIDTH))
        self.waits.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.pdf_button = Button("", icon="content-save")
        self._name_pdf(signed=False)
        self.pdf_button.clicked.connect(self.save_pdf)
        self.message = controls.label("", "small-strong", ink="red", wrap=True)
        self.message.hide()
        self.below.addWidget(self.message)
        self._all = self._all_waiting = False

    @property
    def asking_impression(self) -> bool:
        """The decisions and the drafts name every option, so they wait as well; an emergency never waits."""
        return self.wizard.consultation.asks_impression and not self.wizard.decision.emergency.positive

    def show_noted(self) -> None:
        self.refresh()
        self.setFocus()

    def refresh_special(self) -> None:
        self._ask_impression()
        self.pdf_button.setEnabled(not self.asking_impression)
        if self.asking_impression:
            controls.clear(self._body)
            self.papers.hide()
            self.tongue.hide()
            self.sign_button.setEnabled(False)
            self.waits.setText(tr("Your own impression comes first"))
            return
        model = review.build(self.wizard)
        self.papers.show_papers(papers.build(self.wizard.consultation))
        self.above.insertWidget(0 if model.signed else -1, self.papers)  # once signed they are what comes next
        self.papers.show()
        self.above.addWidget(self.tongue)
        self.tongue.setVisible(not model.signed and self.wizard.consultation.can_write)
        self.standing.show_standing(model.standing, can_correct=model.can_correct, can_void=model.can_void)
        self.above.insertWidget(0, self.standing)
        controls.clear(self._body)
        self._body.addWidget(self._emergency(model))
        if model.blocks:
            self._body.addWidget(self._blocks(model))
        self._body.addWidget(self._decisions(model))
        self._body.addWidget(self._gaps(model))
        self.sign_button.setEnabled(not model.blocks)
        self.waits.setText(model.why_not)
        self.sign_button.setToolTip(" ".join(model.blocks))
        self.sign_button.setAccessibleDescription(" ".join(model.blocks))
        self._name_pdf(signed=model.signed)
        self.count.setText(f"<b>{tr('Signed')}</b>" if model.signed else "")

    def _name_pdf(self, *, signed: bool) -> None:
        """Large text shortens the button, not the reason beside it."""
        name = tr("Save the signed PDF…") if signed else tr("Save the draft as PDF…")
        self.pdf_button.set_words(tr("PDF…") if self._large else name, name=name)
        self.pdf_button.setToolTip(name if self._large else "")

    def _speak(self, language: str) -> None:
        """The drafts are made anew when they are looked at; nothing else on the page depends on it."""
        self.wizard.consultation.speak(language)

    def _emergency(self, model: ReviewModel) -> QWidget:
        icon, colour, dashed = {"complete": ("shield-check-outline", "text2", False),
                                "incomplete": ("help", "text", True),
                                "positive": ("alert-octagon", "red", False)}[model.emergency_state]
        card = controls.Card(dashed=dashed, edge="control" if dashed else "red" if colour == "red" else "line",
                             width=1.5 if dashed else 2 if colour == "red" else 1)
        row = controls.row(card, margins=(16, 12, 16, 12), spacing=12)
        row.addWidget(controls.IconLabel(icon, 22, colour), 0, Qt.AlignmentFlag.AlignTop)
        words = controls.column(spacing=2)
        words.addWidget(controls.label(model.emergency_words, "strong", wrap=True))
        if model.signed_words:
            words.addWidget(controls.label(model.signed_words, "small", ink="text2", wrap=True))
        row.addLayout(words, 1)
        return card

    def _blocks(self, model: ReviewModel) -> QWidget:
        card = controls.Card(fill="sunken", edge="")
        column = controls.column(card, margins=(20, 12, 20, 14), spacing=6)
        column.addWidget(controls.label(tr("Before it can be signed"), "subheading"))
        for line in model.blocks:
            row = controls.row()
            row.addWidget(controls.IconLabel("lock-outline", 18, line="body"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(controls.label(line, "body", wrap=True), 1)
            column.addLayout(row)
        return card

    def _decisions(self, model: ReviewModel) -> QWidget:
        card = controls.Card()
        column = controls.column(card, margins=(20, 14, 20, 16), spacing=6)
        column.addWidget(controls.label(tr("Decided"), "subheading"))
        for line in model.decided:
            column.addWidget(self._decided(line))
        if not model.decided:
            column.addWidget(controls.label(tr("Nothing so far."), "body", ink="text2"))
        if model.undecided:
            head = tr("Offered, and not decided: {undecided}. They stand in the plan as not decided.").format(
                undecided=len(model.undecided)
            )
            column.addWidget(_head(head))
            for line in model.undecided:
                column.addWidget(self._decided(line))
        if model.waiting:
            head = tr("Cannot be decided before an answer: {waiting}").format(waiting=len(model.waiting))
            column.addWidget(_head(head))
        for one in model.waiting if self._all_waiting else model.waiting[:SHOWN]:
            link = LinkRow("help-circle-outline", "text2", one.title, one.line)
            link.pressed.connect(lambda question=one.question: self.jump.emit(question))
            column.addWidget(link)
        if len(model.waiting) > SHOWN and not self._all_waiting:
            column.addWidget(self._more(len(model.waiting), self._show_all_waiting), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _more(self, many: int, shown: Callable[[], None]) -> Button:
        more = Button(tr("Show all {gaps}").format(gaps=many), "link", tall=28)
        more.clicked.connect(shown)
        return more

    def _decided(self, line: Decided) -> QWidget:
        icon, colour = {"accept": ("check", "accent"), "change": ("clipboard-edit-outline", "accent"),
                        "decline": ("minus", "text2")}.get(line.verdict, ("minus", "text2"))
        holder = QWidget()
        row = controls.row(holder, spacing=10)
        row.addWidget(controls.IconLabel(icon, 18, colour, line="strong"), 0, Qt.AlignmentFlag.AlignTop)
        if line.verdict:
            words = controls.column(spacing=0)
            words.addWidget(controls.label(line.title, "strong", wrap=True))
            words.addWidget(controls.label(line.words, "small", ink="text2", wrap=True))
            row.addLayout(words, 1)
        else:
            link = LinkRow(UNDECIDED, "text3", line.title, "" if line.status == OFFERED else line.status)
            link.pressed.connect(lambda: self.to_option.emit(line.option))
            return link
        return holder

    def _gaps(self, model: ReviewModel) -> QWidget:
        card = controls.Card()
        column = controls.column(card, margins=(20, 14, 20, 16), spacing=6)
        controls.add_all(column, controls.label(tr("Not known"), "subheading"),
                         controls.label(model.settled_words, "body", ink="text2", wrap=True))
        shown = model.gaps if self._all else model.gaps[:SHOWN]
        for gap in shown:
            column.addWidget(self._gap(gap))
        if len(model.gaps) > len(shown):
            column.addWidget(self._more(len(model.gaps), self._show_all), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _show_all(self) -> None:
        self._all = True
        self.refresh_special()

    def _show_all_waiting(self) -> None:
        self._all_waiting = True
        self.refresh_special()

    def _gap(self, gap: Gap) -> QWidget:
        row = LinkRow("help-circle-outline", "text" if gap.matters else "text3", gap.title, gap.line)
        row.pressed.connect(lambda: self.jump.emit(gap.question))
        return row

    def say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def start_at(self, question: str) -> None:  # noqa: ARG002 - this page asks nothing
        self.verticalScrollBar().setValue(0)
        (self.own if self.asking_impression else self).setFocus()


def _head(words: str) -> QLabel:
    """Over a part of a card, apart from the list before it."""
    head = controls.label(words, "small-strong", ink="text2", wrap=True)
    head.setContentsMargins(0, 8, 0, 0)
    return head
