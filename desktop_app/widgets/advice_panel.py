"""The panel "Advice so far": tier and date always in sight, then what is needed, offered, blocked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.language import tr
from desktop_app.presentation.advice import STILL_NEEDED, Advice
from desktop_app.widgets import controls, icons, painting, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.ladder import Ladder
from desktop_app.widgets.pair_note import PairNote
from desktop_app.widgets.pressable import Pressable
from desktop_app.widgets.scroll_area import ScrollArea
from desktop_app.widgets.tokens import TIER_LOOK
from desktop_app.widgets.told_as import Words

WIDTH = 320


UNDECIDED = "undecided"  # a dashed ring in place of an icon: it waits, and it is no box to be ticked


class LinkRow(Pressable):
    """An icon, a line in bold, a line below; pressing it leads there."""

    pressed = Signal()  # Qt's own of the same name: a screen reader's press arrives here by itself
    radius = 8

    def __init__(self, icon: str, colour: str, title: str, line: str) -> None:
        super().__init__()
        self._icon, self._colour = icon, colour
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{title}: {line}" if line else title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._side = theme.px(20)
        column = controls.column(self, margins=(self._side + 12, 3, self._side + 4, 3), spacing=0)
        column.addWidget(controls.label(title, "small-strong", wrap=True))
        if line:
            column.addWidget(controls.label(line, "caption", ink="text2", wrap=True))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        if self.underMouse():
            painting.box(painter, QRectF(self.rect()), fill=theme.colour("slate_soft"), edge=None)
        side, middle = self._side, 3 + theme.line_height("small-strong") / 2  # of the first line
        if self._icon == UNDECIDED:
            painting.dot(painter, QPointF(2 + side / 2, middle), side * 0.4, fill=None, edge=theme.colour("control"),
                         width=1.5, dashed=True)
        else:
            icons.paint(painter, self._icon, QRectF(2, middle - side / 2, side, side), theme.colour(self._colour))
        icons.paint(painter, "chevron-right", QRectF(self.width() - side, (self.height() - side) / 2, side, side),
                    theme.colour("text2"))
        painter.end()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


class TwoLines(Words):
    """The caption of the last answer: never more than two lines, the whole of it as tool tip and for a reader."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def shown(self) -> tuple[str, str]:
        """As painted, shortened to the width there is; what was answered is shortened last."""
        metrics = QFontMetrics(theme.font("caption"))
        if not self._lines[1]:
            return self._broken(self._lines[0], metrics)
        title, colon, told = self._lines[0].rpartition(": ")
        room = self.width() - metrics.horizontalAdvance(colon + told)
        if colon and room > self.width() / 3:
            first = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room) + colon + told
        else:
            first = metrics.elidedText(self._lines[0], Qt.TextElideMode.ElideRight, self.width())
        return first, metrics.elidedText(self._lines[1], Qt.TextElideMode.ElideRight, self.width())

    def _broken(self, line: str, metrics: QFontMetrics) -> tuple[str, str]:
        """One sentence on its own may take both lines."""
        words = line.split()
        fits = next((n for n in range(len(words), 0, -1)
                     if metrics.horizontalAdvance(" ".join(words[:n])) <= self.width()), 1)
        rest = metrics.elidedText(" ".join(words[fits:]), Qt.TextElideMode.ElideRight, self.width())
        return " ".join(words[:fits]), rest

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()  # a sentence may need its second line now

    def show_lines(self, lines: tuple[str, str], told: str) -> None:
        self._lines = lines
        self.setToolTip(told)
        self.setAccessibleName(told or lines[0])
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, QFontMetrics(theme.font("caption")).lineSpacing() * sum(map(bool, self.shown)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text2"))
        tall = self.height() / max(sum(map(bool, self.shown)), 1)
        for place, line in enumerate(filter(None, self.shown)):
            painter.drawText(QRectF(0, place * tall, self.width(), tall), Qt.AlignmentFlag.AlignVCenter, line)
        painter.end()


class AdvicePanel(controls.Bar):
    """Follows every answer."""

    question = Signal(str)
    option = Signal(str, str)
    undo = Signal()
    emergency = Signal()

    def __init__(self) -> None:
        super().__init__("left")
        self.setFixedWidth(theme.px(WIDTH))
        self._unfolded = self._turned = False
        outer = controls.column(self, margins=(21, 16, 20, 16), spacing=10)
        head = controls.row(margins=(4, 4, 4, 0))
        self._title = controls.label(tr("Advice so far"), "heading")
        head.addWidget(self._title)
        head.addStretch(1)
        self._final = controls.Chip(tr("Not final"), "unknown", "help", tall=24)
        head.addWidget(self._final)
        outer.addLayout(head)
        self._top: QVBoxLayout = controls.column(margins=(4, 0, 4, 0), spacing=2)
        self._lead = controls.label("", "small", ink="text2")
        line = controls.row(spacing=8)
        self._icon = controls.IconLabel("minus", 24, line="urgency")
        self._tier = controls.label("", "urgency", wrap=True)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._tier, 1)
        self._when = controls.label("", "small", wrap=True)
        self._late = controls.IconLabel("alert-circle", 16, "red", line="small")
        when = controls.row(spacing=6)
        when.addWidget(self._late, 0, Qt.AlignmentFlag.AlignTop)
        when.addWidget(self._when, 1)
        self._top.addWidget(self._lead)
        self._top.addLayout(line)
        self._top.addLayout(when)
        outer.addLayout(self._top)
        self._ladder = Ladder()
        holder: QHBoxLayout = controls.row(margins=(4, 0, 4, 0))
        holder.addWidget(self._ladder)
        outer.addLayout(holder)
        outer.addWidget(controls.Rule())
        area = ScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._body = controls.column(inside, margins=(4, 4, 4, 4), spacing=4)
        area.setWidget(inside)
        outer.addWidget(area, 1)
        outer.addWidget(controls.Rule())
        foot = controls.row(margins=(4, 0, 4, 0))
        self._last = TwoLines()
        self._undo = Button(tr("Undo"), "link", icon="undo-variant", tall=28, name=tr("Undo the last answer"))
        self._undo.clicked.connect(self.undo)
        foot.addWidget(self._last, 1)
        foot.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addLayout(foot)

    def show_advice(self, advice: Advice) -> None:
        icon, strong, _, _ = TIER_LOOK[advice.tier]
        self._final.show_words(tr("Urgency final") if advice.final else tr("Not final"),
                               "neutral" if advice.final else "unknown", "check" if advice.final else "help")
        self._title.setText(advice.title)
        self._lead.setText(advice.lead)
        self._icon.show_icon(icon if advice.certain else "help-circle-outline", strong)
        self._tier.setText(advice.tier_words)
        self._tier.setProperty("ink", {"red": "red", "amber": "amber", "green": "green"}.get(strong, "text2"))
        self._tier.style().polish(self._tier)
        self._when.setText(advice.when)
        self._when.setProperty("ink", "red" if advice.overdue else "text")
        self._when.setProperty("look", "small-strong" if advice.overdue else "small")
        self._late.setVisible(advice.overdue)
        self._when.style().polish(self._when)
        self._ladder.show_rungs(advice.ladder)
        self._unfolded = False
        self._fill(advice)
        told = f"{advice.last.answer} {advice.last.effect}".strip()
        self._last.show_lines(advice.last.lines if told else (advice.foot, ""), told)
        self._undo.setVisible(advice.last.can_undo)

    def _fill(self, advice: Advice) -> None:
        controls.clear(self._body)
        if advice.emergency:
            row = LinkRow("alert-octagon", "red", tr("Emergency page"), tr("what to do now, and whom to call"))
            row.pressed.connect(self.emergency)
            self._body.addWidget(row)
        for head, found in ((tr("Two answers contradict each other"), advice.contradictions),
                            (tr("Look at two answers again"), advice.doubts)):
            for pair in found:
                note = PairNote(head, pair)
                note.question.connect(self.question)
                self._body.addWidget(note)
        if advice.scope:
            self._body.addWidget(self._notice(advice.scope))
        self._needed(advice)
        if advice.waits:
            self._body.addWidget(controls.label(advice.waits, "caption", ink="text2", wrap=True))
        for title, lines, icon in ((tr("Offered"), advice.offered, "check-circle-outline"),
                                   (tr("Blocked"), advice.blocked, "cancel")):
            if not lines:
                continue
            self._heading(title)
            for line in lines:
                row = LinkRow(icon, "text2", line.title, line.detail if line.detail != title else "")
                row.pressed.connect(lambda s=line.screen, o=line.option: self.option.emit(s, o))
                self._body.addWidget(row)
        self._body.addStretch(1)

    def _needed(self, advice: Advice) -> None:
        """The few that weigh most; the others in one sentence, and as rows when asked for."""
        self._heading(advice.needed_title)
        rows = []
        for need in advice.needed if self._unfolded else advice.needed[:STILL_NEEDED]:
            icon, strong = TIER_LOOK[need.tier][:2] if need.tier else ("help-circle-outline", "text2")
            row = LinkRow(icon, strong, need.label, need.effect)
            row.pressed.connect(lambda name=need.question: self.question.emit(name))
            self._body.addWidget(row)
            rows.append(row)
        if not advice.needed_rest:
            return
        if not self._unfolded:
            self._body.addWidget(controls.label(advice.needed_rest, "caption", ink="text2", wrap=True))
        words = tr("Show fewer") if self._unfolded else tr("Show all {count}").format(count=len(advice.needed))
        fold = Button(words, "link", tall=28)
        fold.clicked.connect(lambda: self._unfold(advice))
        self._body.addWidget(fold, 0, Qt.AlignmentFlag.AlignLeft)
        if self._turned:
            (rows[STILL_NEEDED] if self._unfolded else fold).setFocus()

    def _unfold(self, advice: Advice) -> None:
        """In sight until the next answer; the keyboard goes on where the list grew."""
        self._unfolded, self._turned = not self._unfolded, True
        self._fill(advice)
        self._turned = False

    def _heading(self, text: str) -> None:
        head = controls.label(text, "caption-strong", ink="text2", wrap=True)
        head.setContentsMargins(0, 6, 0, 2)
        self._body.addWidget(head)

    def _notice(self, text: str) -> QWidget:
        card = controls.Card(fill="sunken", edge="", radius=8)
        card.side = "control"
        controls.column(card, margins=(14, 8, 10, 8)).addWidget(controls.label(text, "small", wrap=True))
        return card
