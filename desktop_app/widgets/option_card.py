"""One open option: what, how strong, for and against side by side, what is missing, and the decision about it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.engine.decision import Status
from desktop_app.language import tr
from desktop_app.presentation.options import Against, Differs, OptionCard, Settle
from desktop_app.presentation.reasons import grouped, nothing_changes
from desktop_app.use_cases.domain import Verdict
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.fields import set_wrong, text_area
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.later import Later, stacked
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.time_bar import TimeBar
from desktop_app.widgets.trace_panel import check_line, checks_words, panel, trace_panel

STATEMENTS = 4  # named on the chip
LINES = 6  # of one side before the rest folds away
_ICONS = {"bars": "cancel", "plan": "minus-circle-outline", "warns": "minus-circle-outline", "open": "help"}
_NOTHING = {
    "unknown": tr("Nothing to accept while this is open."),
    "neutral": tr("Nothing to accept here. It is shown with its reasons."),
    "accent": tr("Shown for information; there is nothing to accept."),
}


def flow(widgets: list[QWidget]) -> QWidget:
    return FlowBox(*widgets, gap=6)


def statements_chip(card: OptionCard) -> controls.Chip:
    """The article's statements behind an option as one chip; each is told in its tool tip."""
    named = [chip.text for chip in card.chips]
    shown = " ".join(named[:STATEMENTS]) + (f" +{len(named) - STATEMENTS}" if len(named) > STATEMENTS else "")
    chip = controls.Chip(shown, "evidence", tall=24, bold=False,
                         tip="\n\n".join(f"{c.id}: {c.tip}" for c in card.chips))
    chip.setAccessibleName(tr("Statements {named}").format(named=", ".join(named)))
    return chip


def side(title: str, lines: list[tuple[str, str]], colour: str) -> QVBoxLayout:
    """One of the two columns: a caption and (icon, text) lines, those beyond six behind a link."""
    column = controls.column(spacing=4)
    column.addWidget(controls.label(title, "caption-strong", ink="text2"))
    rest = QWidget()
    hidden = controls.column(rest, spacing=4)
    fold = len(lines) > LINES + 1
    for number, (icon, text) in enumerate(lines):
        row = controls.row(spacing=8)
        row.addWidget(controls.IconLabel(icon, 16, colour, line="small"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(controls.label(text, "small", wrap=True), 1)
        (hidden if fold and number >= LINES else column).addLayout(row)
    if not lines:
        column.addWidget(controls.label(tr("Nothing that is known so far."), "small", ink="text3", wrap=True))
    if fold:
        rest.hide()
        column.addWidget(rest)
        more = Button(
            tr("{value} more").format(value=len(lines) - LINES),
            "link",
            tall=24,
            name=tr("{value} more: {title}").format(value=len(lines) - LINES, title=title),
        )
        more.clicked.connect(rest.show)
        more.clicked.connect(more.hide)
        column.addWidget(more)
    column.addStretch(1)
    return column


def against_lines(against: tuple[Against, ...]) -> list[tuple[str, str]]:
    return [(_ICONS.get(one.kind, "minus-circle-outline"), one.text) for one in against]


def disagreement(differs: Differs, more: Button | None = None) -> QWidget:
    """Shown as calmly as agreement: grey bar, scales, year, strength."""
    note = controls.Card(fill="sunken", edge="", radius=4)
    note.side = "control"
    column = controls.column(note, margins=(16, 8, 12, 10), spacing=3)
    head = controls.row(spacing=8)
    head.addWidget(controls.IconLabel("scale-balance", 18, line=24), 0, Qt.AlignmentFlag.AlignTop)
    source = controls.label(f"{differs.stance} · {differs.head}", "small-strong", wrap=True)
    source.setToolTip(differs.title)
    head.addWidget(source, 1)
    head.addWidget(controls.Chip(differs.check, "evidence-unchecked" if "unchecked" in differs.check else "evidence",
                                 tall=24, bold=False), 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    column.addWidget(controls.label(differs.says, "small", ink="text2", wrap=True))
    foot = controls.row(spacing=8)
    foot.addWidget(controls.label(f"{differs.strength} · {differs.fits}", "caption", ink="text3", wrap=True), 1)
    if more is not None:
        foot.addWidget(more, 0, Qt.AlignmentFlag.AlignBottom)
    column.addLayout(foot)
    return note


WHY = tr("Why")
WHAT_IFS = tr("What would change this")
WORKING = tr("Working out …")
ALSO_BARS = tr("A contraindication that appears rules it out, too; a caution that appears asks for a plan.")
_AGAINST = {Status.NOT_OFFERED, Status.PROHIBITED, Status.SUPPRESSED}


class OpenOption(controls.Card):
    """The open card. Accept is never preset, and Enter never presses it."""

    decided = Signal(str, object, str)  # option, verdict or None, reason
    question = Signal(str)
    shut = Signal()

    def __init__(self, card: OptionCard) -> None:
        super().__init__(edge="accent")
        self.card = card
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        decided = f". {card.choice_words}" if card.choice else ""
        self.setAccessibleName(f"{card.title}: {card.status_words}{decided}")
        self._column = controls.column(self, margins=(20, 12, 20, 14), spacing=8)
        self._head()
        self._for_and_against()
        self._missing(
            card.missing, tr("Decided by one answer") if len(card.missing) == 1 else tr("Most decisive first")
        )
        self._dose()
        self._effect()
        self._differs()
        self._checks()
        self._decision()

    # -- what it is ------------------------------------------------------------------------------------

    def _head(self) -> None:
        card = self.card
        top = controls.row()
        top.addWidget(controls.label(card.title, "heading", wrap=True), 1)
        close = Button("", "link", icon="chevron-up", tall=28, name=tr("Close {title}").format(title=card.title))
        close.clicked.connect(self.shut)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(top)
        line = controls.row(spacing=12)
        line.addWidget(controls.Chip(card.status_words, card.chip_kind, card.chip_icon), 0,
                       Qt.AlignmentFlag.AlignTop)
        told = tr("Article: <b>{article}</b> · evidence <b>{evidence}</b>").format(
            article=escape(card.article), evidence=escape(card.evidence)
        )
        words = controls.label(told, "small", ink="text2", wrap=True, rich=True)
        words.setAccessibleName(card.strength)
        line.addWidget(words, 1)
        if card.chips:
            line.addWidget(statements_chip(card), 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(line)
        if card.text:
            self._column.addWidget(controls.label(card.text, "small", wrap=True))

    def _for_and_against(self) -> None:
        card = self.card
        sides = controls.row(spacing=20)
        sides.addLayout(
            side(tr("For this patient"), [("plus-circle-outline", t) for t in card.speaks_for], "accent"), 1
        )
        sides.addLayout(side(tr("Against, or needs a plan"), against_lines(card.against), "text2"), 1)
        self._column.addLayout(sides)
        for line in card.not_here:
            self._column.addWidget(self._row("hospital-building", line))

    def _row(self, icon: str, text: str, ink: str = "") -> QWidget:
        holder = QWidget()
        row = controls.row(holder, spacing=8)
        row.addWidget(controls.IconLabel(icon, 18, line="small"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(controls.label(text, "small", ink=ink, wrap=True), 1)
        return holder

    def _missing(self, wanted: tuple[Settle, ...], title: str) -> None:
        if not wanted:
            return
        if title:
            self._column.addWidget(controls.label(title, "caption-strong", ink="text2"))
        for one in wanted[:LINES]:
            row = controls.row(spacing=8)
            row.addWidget(controls.IconLabel("help-circle-outline", 18))
            row.addWidget(controls.label(one.words, "small", wrap=True), 1)
            link = Button(tr("Answer"), "link", tall=24, name=tr("Answer: {words}").format(words=one.words))
            link.clicked.connect(lambda _=False, q=one.question: self.question.emit(q))
            row.addWidget(link)
            self._column.addLayout(row)

    def _dose(self) -> None:
        band = self.card.dose
        if band is None:
            return
        note = controls.Card(fill="surface", edge="line" if band.known else "control", radius=8, dashed=not band.known,
                             width=1.0 if band.known else 1.5)
        column = controls.column(note, margins=(16, 8, 12, 10), spacing=3)
        column.addWidget(controls.label(tr("Dose for this patient's kidneys"), "caption-strong", ink="text2"))
        for line in band.worked:
            column.addWidget(controls.label(line, "caption", ink="text2", wrap=True))
        for line in band.lines:
            column.addWidget(controls.label(line, "small-strong" if band.known else "small", wrap=True))
        for line in band.lower:
            column.addWidget(controls.label(line, "small-strong", wrap=True))
        if band.notes:
            column.addWidget(controls.label(" ".join(band.notes), "caption", ink="text2", wrap=True))
        self._column.addWidget(note)

    def _effect(self) -> None:
        effect = self.card.effect
        if effect is None:
            return
        row = controls.row(spacing=16)
        left = controls.column(spacing=2)
        left.addWidget(controls.label(tr("How long relief was seen"), "caption-strong", ink="text2"))
        left.addWidget(TimeBar(effect))
        row.addLayout(left)
        row.addWidget(controls.label(effect.sentence, "small", ink="text2", wrap=True), 1)
        self._column.addLayout(row)

    def _differs(self) -> None:
        found = self.card.disagreements
        if not found:
            return
        if len(found) == 1:
            self._column.addWidget(disagreement(found[0]))
            return
        rest = Later(lambda: stacked([disagreement(one) for one in found[1:]], 8))
        more = Button(
            tr("{value} more").format(value=len(found) - 1),
            "link",
            tall=24,
            name=tr("{value} more that disagree").format(value=len(found) - 1),
        )
        more.clicked.connect(rest.turn)
        self._column.addWidget(disagreement(found[0], more))
        self._column.addWidget(rest)

    def _checks(self) -> None:
        checks = self.card.checks
        if not checks:
            return
        head = controls.row(spacing=8)
        head.addWidget(controls.label(tr("Contraindications and cautions"), "caption-strong", ink="text2"))
        head.addWidget(controls.label(checks_words(checks), "caption", ink="text2", wrap=True), 1)
        every = Later(lambda: stacked([check_line(check, self.question.emit) for check in checks], 2))
        show = Button(tr("Show answers"), "link", tall=24, name=tr("Show the answers to all contraindications"))
        show.clicked.connect(every.turn)
        show.clicked.connect(lambda: show.set_words(tr("Show answers") if every.isHidden() else tr("Hide answers")))
        head.addWidget(show)
        self._column.addLayout(head)
        self._column.addWidget(every)

    # -- the decision ----------------------------------------------------------------------------------

    def _decision(self) -> None:
        card = self.card
        self._column.addWidget(controls.Rule())
        if card.choice is not None:
            row = controls.row()
            row.addWidget(controls.IconLabel("clipboard-check-outline", 20, "accent"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(controls.label(card.choice_words, "strong", ink="accent", wrap=True), 1)
            self._column.addLayout(row)
        elif card.why_no_accept and not card.only_look:
            self._column.addWidget(self._row("lock-outline", card.why_no_accept, "text2"))
            self._missing(card.settle_first, "")
        row = controls.row(spacing=12)
        acts, links = FlowBox(gap=8), FlowBox(gap=8)
        self.accept = Button(tr("Accept"), "primary", icon="check")
        self.change = Button(tr("Change…"))
        self.decline = Button(tr("Decline…"))
        self.accept.guarded = True
        if card.only_look:
            pass
        elif card.choice is not None:
            back = Button(
                tr("Take back"), tall=32, name=tr("Take back the decision on {title}").format(title=card.title)
            )
            back.clicked.connect(lambda: self.decided.emit(card.id, None, ""))
            acts.add(back)
        elif card.can_decide:
            self.accept.clicked.connect(self._accept)
            self.change.clicked.connect(lambda: self._ask(Verdict.CHANGE))
            self.decline.clicked.connect(lambda: self._ask(Verdict.DECLINE))
            for button in (self.accept, self.change, self.decline):
                acts.add(button)
        for button in (self.accept, self.change):
            button.setEnabled(card.can_accept)
        if card.only_look:
            told = "" if card.choice is not None or not card.can_decide else tr("Not decided.")
            row.addWidget(controls.label(told, "small", ink="text2", wrap=True), 1)
        elif card.can_decide or card.choice is not None:
            row.addWidget(acts, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            row.addWidget(controls.label(_NOTHING[card.chip_kind], "small", ink="text2", wrap=True), 1)
        row.addWidget(links, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column.addLayout(row)
        self._reason_field()
        self._deeper(links)

    def _reason_field(self) -> None:
        self._reason = QWidget()
        column = controls.column(self._reason, spacing=8)
        self._asks: QLabel = controls.label("", "small-strong")
        self.reason = text_area(tr("Reason"), lines=2)
        self.reason.textChanged.connect(lambda: self._say(""))
        self._wrong = controls.label("", "small-strong", ink="red", wrap=True)
        self._wrong.hide()
        self.keep = Button(tr("Keep this decision"))
        self.keep.guarded = True
        self.keep.clicked.connect(self._keep)
        controls.add_all(column, self._asks, self.reason, self._wrong, self.keep)
        self._reason.hide()
        self._column.addWidget(self._reason)
        self._verdict = Verdict.DECLINE

    def _deeper(self, links: FlowBox) -> None:
        """Why, what would change it, and the rest: one panel at a time below the buttons."""
        self.panels: dict[str, tuple[Button, Later]] = {}
        card = self.card
        shown = tr("Why not") if card.status in _AGAINST else WHY
        self._panel(WHY, Later(lambda: trace_panel(card.why, self.question.emit)), links, shown)
        self._panel(WHAT_IFS, Later(self._what_ifs), links)
        more = ((tr("Notes"), tuple(f"{text} ({check})" for text, check in card.notes)),
                (tr("To discuss with the patient"), card.consent), (tr("To monitor"), card.monitor))
        if any(lines for _, lines in more):
            self._panel(tr("More"), Later(lambda: _lines_panel(*more)), links)

    def _panel(self, title: str, inner: Later, links: FlowBox, shown: str = "") -> None:
        words = shown or title
        link = Button(words, "link", tall=28, name=f"{words}: {self.card.title}")
        link.clicked.connect(lambda: self.toggle(title))
        self.panels[title] = (link, inner)
        links.add(link)
        self._column.addWidget(inner)

    def _what_ifs(self) -> QWidget:
        if self.card.working:
            waiting, column = panel()
            column.addWidget(controls.label(WORKING, "small", ink="text2"))
            return waiting
        found = grouped(self.card.would_change or (nothing_changes(self.card.status),))
        return _lines_panel(*found, ("", (ALSO_BARS,) if self.card.checks else ()))

    def show_what_ifs(self, card: OptionCard) -> None:
        """What would change this option has been worked out since the card was opened."""
        self.card = card
        self.panels[WHAT_IFS][1].again()

    def toggle(self, title: str) -> None:
        """Open one of the panels below the buttons, or shut it."""
        for name, (_, inner) in self.panels.items():
            if name == title:
                inner.turn()
                if not inner.isHidden():
                    reveal(inner)
            else:
                inner.hide()

    def _ask(self, verdict: Verdict) -> None:
        self._verdict = verdict
        self._asks.setText(tr("What is changed, and why?") if verdict is Verdict.CHANGE else tr("Why is it declined?"))
        self._reason.show()
        self.reason.setFocus()
        reveal(self._reason)

    @property
    def draft(self) -> tuple[Verdict, str] | None:
        """A reason that is being written; None when none is."""
        return None if self._reason.isHidden() else (self._verdict, self.reason.toPlainText())

    def takes(self, draft: tuple[Verdict, str]) -> bool:
        """Whether the reason has its place here: words that were written also where nothing waits for them any more."""
        card = self.card
        return card.waits or bool(draft[1].strip() and card.choice is None and not card.only_look)

    def resume(self, draft: tuple[Verdict, str]) -> None:
        """Go on writing a reason; what an answer elsewhere has left no decision to make of says so beside its words."""
        self._ask(draft[0])
        self.reason.setPlainText(draft[1])
        self.keep.setVisible(self.card.waits)
        if not self.card.waits:
            self.commit()

    def commit(self) -> bool:
        """False while a reason is written that was not kept; it says so. Words alone are no decision."""
        begun = self.draft is not None and bool(self.reason.toPlainText().strip())
        if begun:
            self._say(tr("This reason is not kept yet. Keep the decision, or clear the words.") if self.card.waits else
                      tr("An answer has changed and this option no longer waits for a decision: this reason cannot be "
                         "kept. Clear the words to go on."))
            self.reason.setFocus()
            reveal(self._reason)
        return not begun

    def _say(self, wrong: str) -> None:
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self.reason.setAccessibleDescription(wrong)
        set_wrong(self.reason, wrong=bool(wrong))

    def _accept(self) -> None:
        if self.commit():
            self.decided.emit(self.card.id, Verdict.ACCEPT, "")

    def _keep(self) -> None:
        text = self.reason.toPlainText().strip()
        self._say("" if text else tr("Write the reason; it stands in the plan."))
        if text:
            self.decided.emit(self.card.id, self._verdict, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut.emit()
        else:
            super().keyPressEvent(event)


def _lines_panel(*parts: tuple[str, tuple[str, ...]]) -> QWidget:
    """Titled lists one below the other."""
    card, column = panel()
    for title, lines in parts:
        if not lines:
            continue
        if title:
            column.addWidget(controls.label(title, "caption-strong", ink="text2"))
        for line in lines:
            row = controls.row(spacing=8)
            row.addWidget(controls.IconLabel("circle-medium", 16, line="small"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(controls.label(line, "small", wrap=True), 1)
            column.addLayout(row)
    return card
