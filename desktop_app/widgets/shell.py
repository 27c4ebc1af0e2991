"""The frame of every page: header with identity, body, footer with the content's state and one primary button."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from desktop_app import language
from desktop_app.language import tr
from desktop_app.widgets import controls, painting, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.help_link import HelpButton
from desktop_app.widgets.state_link import LOW, TALL, StateLink

BAR = 56
SECOND = 1000  # milliseconds
ONE_LINE = 620  # px that name and identity may take beside tag, saved state and buttons at 1280
LEFT, RIGHT, BESIDE = 20, 24, 12  # px around and between what a footer holds
TWO_LINES = 0.6  # of its width: what words that break once need
LARGE = 1.2  # from this text size on pages change their layout; at 1280 px the panels would leave too little room


class Initials(QWidget):
    """Two letters in a soft circle."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(32), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter, theme.scale())
        painting.dot(painter, QPointF(16, 16), 16, fill=theme.colour("accent_soft"), edge=None)
        painter.setPen(theme.colour("accent"))
        small = theme.font("small-strong")
        small.setPixelSize(13)
        painter.setFont(small)
        painter.drawText(QRectF(0, 0, 32, 32), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class Header(controls.Bar):
    """Who it is about, on every page, and what is always at hand."""

    lock = Signal()

    def __init__(self, name: str, line: str, *, training: bool, can_lock: bool = True,
                 tag: str = "", nobody: bool = False) -> None:
        """``tag``: what stands for training, else TRAINING; ``nobody``: the name is nobody's and has no initials."""
        super().__init__("bottom")
        large = theme.scale() >= LARGE
        if large:
            self.setMinimumHeight(theme.px(BAR))  # in a narrow window the identity breaks into lines
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        else:
            self.setFixedHeight(theme.px(BAR))
        layout = controls.row(self, margins=(24, 0, 24, 0), spacing=12)
        from desktop_app.presentation.words import initials

        if not nobody:
            layout.addWidget(Initials(initials(name)))
            layout.addSpacing(2)
        who = controls.row(spacing=12)
        who.addWidget(controls.label(name, "step"))
        if training:
            who.addWidget(controls.Chip(tag or tr("TRAINING"), "tag", tall=22))
        wide = QFontMetrics(theme.font("step")).horizontalAdvance(name)
        wide += QFontMetrics(theme.font("small")).horizontalAdvance(line)
        if large or wide > ONE_LINE:  # two lines, so that neither the identity nor the buttons are cut
            who.addStretch(1)
            lines = controls.column(spacing=0)
            lines.addStretch(1)
            lines.addLayout(who)
            lines.addWidget(controls.label(line, "small", ink="text2", wrap=large))
            lines.addStretch(1)
            layout.addLayout(lines, 2 if large else 0)  # who it is comes before what was saved
        else:
            layout.addLayout(who)
            layout.addWidget(controls.label(line, "small", ink="text2"))
        if not large:
            layout.addStretch(1)
        self.saved_icon = controls.IconLabel("check", 16)
        self.saved = controls.label("", "small", ink="text3", wrap=large)
        self.saved_icon.hide()
        told = controls.row(spacing=6)
        controls.add_all(told, self.saved_icon, self.saved)
        layout.addLayout(told, 1 if large else 0)
        layout.addSpacing(4)
        self.lock_button = Button("" if large else tr("Lock"), icon="lock-outline", tall=32, name=tr("Lock"))
        self.lock_button.clicked.connect(self.lock)
        layout.addWidget(self.lock_button)
        self.lock_button.setVisible(can_lock)
        self.help_button = HelpButton()
        layout.addWidget(self.help_button)
        self._since = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(SECOND)
        self._tick.timeout.connect(lambda: self.show_saved(self._since.elapsed() // SECOND))

    def say(self, text: str) -> None:
        """Something else than the saved state, until the next answer is saved."""
        self._tick.stop()
        self._show(text)

    def saved_now(self) -> None:
        """An answer has been stored; from now on the header says how long ago."""
        self._since.start()
        self._tick.start()
        self.show_saved(0)

    def show_saved(self, seconds: int) -> None:
        from desktop_app.presentation.words import saved

        self._show(saved(seconds))

    def _show(self, text: str) -> None:
        self.saved_icon.setVisible(bool(text))
        self.saved.setText(text)


class Footer(controls.Bar):
    """The content's state and version at the left, always; the way back and the one primary button right."""

    def __init__(self, state: str, version: str) -> None:
        super().__init__("top")
        self.setMinimumHeight(theme.px(BAR))
        self._line = controls.row(self, margins=(LEFT, 0, RIGHT, 0), spacing=BESIDE)
        self._large = theme.scale() >= LARGE
        self._stacked = False
        draft = language.draft_words()  # in sight as long as nobody has approved the words of the screens
        told = tr("Guideline {version}").format(version=version) if version else ""
        self.state = StateLink(state, told, version, wrap=self._large, tall=LOW if draft else TALL)
        self._states = states = controls.column(spacing=0)
        states.addWidget(self.state)
        self._mark = controls.label(draft, "caption", ink="text2", wrap=self._large)
        self._mark.setContentsMargins(self.state.words_at(), 0, 0, 0)
        states.addWidget(self._mark)
        self._drafted = bool(draft)
        if not draft:
            self._mark.hide()
        self._line.addLayout(states, 1 if self._large else 0)
        if not self._large:  # large text breaks into lines and needs the whole height
            self._line.setAlignment(states, Qt.AlignmentFlag.AlignVCenter)
            self._line.addStretch(1)
        self.buttons: QHBoxLayout = controls.row(spacing=12)
        self._line.addLayout(self.buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._settle()
        return super().event(event)

    def _settle(self) -> None:
        """Large words stand above the buttons where they would break into many lines beside them."""
        if not self._large:
            return
        room, state = self.width() - LEFT - RIGHT, self.state.on_one_line()
        mark = self.state.words_at() + self._mark.fontMetrics().horizontalAdvance(self._mark.text())
        wide = max(state, mark) if self._drafted else round(state * TWO_LINES)
        stacked = wide > room - BESIDE - self.buttons.sizeHint().width()
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._states.setDirection(across if stacked and state + mark <= room else down)
        if self._stacked == stacked:
            return
        self._stacked = stacked
        self.state.be_low(low=stacked or self._drafted)
        self._line.setDirection(down if stacked else across)
        self._line.setAlignment(self.buttons, Qt.AlignmentFlag.AlignRight if stacked else Qt.AlignmentFlag(0))
        self._line.setContentsMargins(LEFT, 0, RIGHT, 8 if stacked else 0)
        self._line.setSpacing(0 if stacked else BESIDE)

    def add(self, button: Button) -> Button:
        self.buttons.addWidget(button)
        return button


@dataclass(frozen=True, slots=True)
class Pin:
    """What stays in sight while help lies over a part of the page: a tier with its date, or a line with an icon."""

    words: str
    rest: str = ""
    tier: str = ""
    icon: str = ""
    overdue: bool = False


class Shell(QWidget):
    """Header, body, footer. Enter presses the button that has the focus, unless it is guarded."""

    help_topic = ""  # the file of resources/help/pages that F1 opens here
    changed = Signal()  # answers or the part of the page in sight are others than before

    def frame(self, header: QWidget, body: QWidget, footer: QWidget) -> None:
        """Put the three parts together; called once, at the end of the page's own set-up."""
        self.header, self.footer = header, footer
        layout = controls.column(self, spacing=0)
        body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layout.addWidget(header)
        layout.addWidget(body, 1)
        layout.addWidget(footer)

    def topic(self) -> str:
        """The help topic of what is shown now."""
        return self.help_topic

    def pinned(self) -> tuple[Pin, ...]:
        """What must not be covered by help."""
        return ()

    def help_room(self) -> tuple[int, int]:
        """How much of the page's top and foot help leaves free, in pixels; with large text it needs the foot."""
        return self.header.height(), 0 if theme.scale() >= LARGE else self.footer.height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.enter()
        else:
            super().keyPressEvent(event)

    def enter(self) -> None:
        """What Enter does when nothing inside the page has used it."""
        button = QApplication.focusWidget()
        if isinstance(button, Button) and not button.guarded and button.isEnabled():
            button.click()

    def focus_first(self) -> None:
        """Put the keyboard where the work is."""
