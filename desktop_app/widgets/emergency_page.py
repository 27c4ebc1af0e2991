"""The fixed emergency page: what to do, whom to call, what not to do, which answer led here.

No step list and no advice panel stand beside it. It ends only by a recorded exclusion or by
"entered in error"; a handover is recorded here as well.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.language import tr
from desktop_app.presentation.emergency import EmergencyModel, Number
from desktop_app.widgets import controls, painting, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.form import Sheet
from desktop_app.widgets.option_card import flow
from desktop_app.widgets.question_card import provenance_chips
from desktop_app.widgets.scroll_area import ScrollArea
from desktop_app.widgets.shell import LARGE, Footer, Header, Pin, Shell

BAND = 112


class Band(QWidget):
    """The one loud thing of the page: octagon or triangle, what it is, how soon."""

    def __init__(self, model: EmergencyModel) -> None:
        super().__init__()
        self.setMinimumHeight(theme.px(BAND))
        self.setAccessibleName(f"{model.title}. {model.sentence} {model.figure_label} {model.figure}")
        layout = controls.row(self, margins=(40, 14, 40, 14), spacing=24)
        layout.addWidget(controls.IconLabel(model.icon, 56, "band_text"))
        words = controls.column(spacing=2)
        words.addStretch(1)
        large = theme.scale() >= LARGE  # the figure stands below: beside it the words would have no room
        words.addWidget(controls.label(model.title, "alarm", ink="band", wrap=large))
        words.addWidget(controls.label(model.sentence, "heading", ink="band", wrap=True))
        if model.figure and large:
            words.addWidget(controls.label(f"{model.figure_label} {model.figure}", "heading", ink="band", wrap=True))
        words.addStretch(1)
        layout.addLayout(words, 1)
        if model.figure and not large:
            figure = controls.column(spacing=0)
            figure.addStretch(1)
            for text, look in ((model.figure_label, "small"), (model.figure, "alarm")):
                line = controls.label(text, look, ink="band")
                line.setAlignment(Qt.AlignmentFlag.AlignRight)
                figure.addWidget(line)
            figure.addStretch(1)
            layout.addLayout(figure)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("band"))
        if theme.now().band != theme.now().band_edge:
            painter.setPen(painting.edge_pen(theme.colour("band_edge"), 3))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()


class Numeral(QWidget):
    """The number of a step in a ring."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = str(number)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(32), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter, theme.scale())
        painting.dot(painter, QPointF(16, 16), 16, fill=None, edge=theme.colour("red"), width=2)
        painter.setPen(theme.colour("red"))
        bold = theme.font("strong")
        bold.setPixelSize(15)
        painter.setFont(bold)
        painter.drawText(QRectF(0, 0, 32, 32), Qt.AlignmentFlag.AlignCenter, self._number)
        painter.end()


def _aside(icon: str) -> QHBoxLayout:
    """An icon as wide as the numeral of a step, so that words beside either begin below one another."""
    row = controls.row(margins=(4, 0, 4, 0))
    row.addWidget(controls.IconLabel(icon, 24, "text2", line="strong"), 0, Qt.AlignmentFlag.AlignTop)
    return row


class EmergencyPage(Shell):
    help_topic = "emergency_page"
    wrong = Signal()
    handover = Signal()
    note = Signal()  # the transfer note, to be looked at and printed
    review = Signal()
    leave = Signal()
    lock = Signal()

    def __init__(self, model: EmergencyModel, *, name: str, line: str, training: bool, state: str,
                 version: str) -> None:
        super().__init__()
        self.model = model
        header = self._bar = Header(name, line, training=training)
        header.say(model.recorded)
        header.lock_button.clicked.connect(self.lock.emit)
        body = QWidget()
        column = controls.column(body, spacing=0)
        self.band = Band(model)
        self.area = ScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = Sheet()
        if theme.scale() >= LARGE:  # two columns would not fit: whom to call comes first, nothing runs over the edge
            whole = controls.column(inside, spacing=0)
            whole.addWidget(self.band)  # in what scrolls, or a low window would cut its words
            only = controls.column(margins=(40, 16, 40, 16), spacing=16)
            whole.addLayout(only)
            parts = (self._call(), self._do_now(), self._not_now(), self._because(), self._withheld())
            controls.add_all(only, *parts)
            only.addStretch(1)
        else:
            column.addWidget(self.band)
            sides = controls.row(inside, margins=(40, 24, 40, 24), spacing=24)
            left, right = controls.column(spacing=16), controls.column(spacing=16)
            controls.add_all(left, self._do_now(), self._because())
            left.addStretch(1)
            controls.add_all(right, self._call(), self._not_now(), self._withheld())
            right.addStretch(1)
            sides.addLayout(left, 29)
            sides.addLayout(right, 20)
        self.area.setWidget(inside)
        column.addWidget(self.area, 1)
        footer = Footer(state, version)
        self.frame(header, body, footer)
        self.wrong_button = footer.add(Button(tr("An answer was wrong…"), "link", tall=40))
        self.wrong_button.clicked.connect(self.wrong)
        self.leave_button = footer.add(Button(tr("Worklist"), icon="arrow-left"))
        self.leave_button.clicked.connect(self.leave)
        self.review_button = footer.add(Button(tr("Review and sign")))
        self.review_button.clicked.connect(self.review)
        self.review_button.setVisible(bool(model.handed_over))
        words = tr("Add to the handover…") if model.handed_over else tr("Record handover…")
        self.handover_button = footer.add(Button(words, "primary", icon="clipboard-check-outline"))
        self.handover_button.guarded = True
        self.handover_button.clicked.connect(self.handover)

    def _card(self, title: str, beside: QWidget | None = None, **style: object) -> tuple[controls.Card, QVBoxLayout]:
        card = controls.Card(**style)  # type: ignore[arg-type]
        column = controls.column(card, margins=(24, 14, 24, 16), spacing=8)
        head = controls.row(spacing=16)
        head.addWidget(controls.label(title, "heading"), 1)
        if beside is not None:
            head.addWidget(beside)
        column.addLayout(head)
        return card, column

    def _do_now(self) -> QWidget:
        self.note_button = Button(tr("Transfer note to print…"), icon="printer", tall=28,
                                  name=tr("Transfer note to print, it goes along with the patient"))
        self.note_button.clicked.connect(self.note)
        card, column = self._card(tr("Do now"), beside=self.note_button)
        for number, (what, detail) in enumerate(self.model.do_now, start=1):
            row = controls.row(spacing=16)
            row.addWidget(Numeral(number), 0, Qt.AlignmentFlag.AlignTop)
            words = controls.column(spacing=1)
            words.addWidget(controls.label(what, "step", wrap=True))
            if detail:
                words.addWidget(controls.label(detail, "body", ink="text2", wrap=True))
            row.addLayout(words, 1)
            column.addLayout(row)
            column.addSpacing(2)
        if self.model.tell:
            row = controls.row(spacing=16)
            row.addLayout(_aside("phone"))
            row.addWidget(
                controls.label(tr("Say: {tell}").format(tell=self.model.tell), "body", ink="text2", wrap=True), 1
            )
            column.addLayout(row)
        for line in self.model.services:
            row = controls.row(spacing=16)
            row.addLayout(_aside("hospital-building"))
            row.addWidget(controls.label(line, "strong", wrap=True), 1)
            column.addLayout(row)
        return card

    def _because(self) -> QWidget:
        card, column = self._card(tr("Because you answered"))
        for fact in self.model.because:
            row = controls.row(spacing=10)
            row.addWidget(controls.Chip(fact.words, "red", "check"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(controls.label(fact.label, "body", wrap=True), 1)
            column.addLayout(row)
        for other in self.model.others:
            column.addWidget(controls.label(tr("Also positive: {other}").format(other=other), "strong", wrap=True))
        if self.model.basis:
            column.addWidget(flow([*provenance_chips(self.model.basis)]))
        return card

    def _call(self) -> QWidget:
        card, column = self._card(tr("Call"), edge="red", width=2.0)
        for index, number in enumerate(self.model.numbers):
            if index:
                column.addWidget(controls.Rule())
            column.addWidget(self._number(number))
        if not self.model.numbers:
            column.addWidget(controls.label(tr("No number is kept in the settings."), "body", ink="text2", wrap=True))
        return card

    def _number(self, number: Number) -> QWidget:
        holder = QWidget()
        row = controls.row(holder, margins=(0, 2, 0, 2), spacing=14)
        row.addWidget(controls.IconLabel(number.icon, 28, "text2"))
        words = controls.column(spacing=0)
        words.addWidget(controls.label(number.label, "strong", wrap=True))
        if number.hint:
            words.addWidget(controls.label(number.hint, "caption", ink="text2", wrap=True))
        row.addLayout(words, 1)
        shown = controls.label(number.shown, "title" if number.number else "body",
                               ink="" if number.number else "text3")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(shown)
        return holder

    def _not_now(self) -> QWidget:
        card, column = self._card(tr("Not now"))
        for line in self.model.not_now:
            row = controls.row(spacing=10)
            row.addWidget(controls.IconLabel("close-circle-outline", 20, "red", line="body"), 0,
                          Qt.AlignmentFlag.AlignTop)
            row.addWidget(controls.label(line, "body", wrap=True), 1)
            column.addLayout(row)
        return card

    def _withheld(self) -> QWidget:
        card = controls.Card()
        row = controls.row(card, margins=(18, 12, 18, 12), spacing=14)
        row.addWidget(controls.IconLabel("shield-check-outline", 22, line="small"), 0, Qt.AlignmentFlag.AlignTop)
        words = tr("All elective advice is withheld. That this page was shown, and why, is in the record.")
        if self.model.handed_over:
            words = f"{self.model.handed_over}. {words}"
        row.addWidget(controls.label(words, "small", ink="text2", wrap=True), 1)
        return card

    def say(self, text: str) -> None:
        """In the header, in place of when this was recorded."""
        self._bar.say(text or self.model.recorded)

    def pinned(self) -> tuple[Pin, ...]:
        model = self.model
        head = Pin(model.title, f"{model.figure_label} {model.figure}".strip(), "E24" if model.same_day else "E")
        return (head, *(Pin(n.label, n.number, icon=n.icon) for n in model.numbers if n.number))

    def help_room(self) -> tuple[int, int]:
        top, bottom = super().help_room()
        return (top if theme.scale() >= LARGE else top + self.band.height()), bottom

    def focus_first(self) -> None:
        self.handover_button.setFocus()
