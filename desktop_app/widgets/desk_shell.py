"""The frame of the pages before a consultation: program, clinic and clinician; worklist and settings."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation import words
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.widgets import controls, painting, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.form import Form
from desktop_app.widgets.program_header import program_header
from desktop_app.widgets.shell import LARGE, Footer, Initials, Shell
from desktop_app.widgets.step_list import WIDE


class NavButton(Button):
    """A line of the side list; the one that is open stands on soft accent."""

    def __init__(self, text: str, icon: str, *, current: bool, rail: bool) -> None:
        super().__init__("" if rail else text, "row", icon=icon, tall=44, look="strong" if current else "body",
                         name=text)
        self._current, self._rail = current, rail
        self.setFixedWidth(theme.px(44) if rail else theme.px(WIDE - 24))
        self.setToolTip(text)

    def _pad(self) -> int:
        return theme.px(12) if self._rail else super()._pad()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._current:
            painter = QPainter(self)
            painting.start(painter)
            painting.box(painter, QRectF(self.rect()), fill=theme.colour("accent_soft"),
                         edge=theme.colour("accent_line"))
            painter.end()
        super().paintEvent(event)


class DeskShell(Shell):
    """Header, side list, page, footer."""

    to_worklist = Signal()
    to_verify = Signal()
    to_settings = Signal()
    lock = Signal()

    def leave_by(self, way: SignalInstance) -> None:
        """Somebody wants to go on to another page; a page with something to save asks first."""
        way.emit()

    def desk_frame(self, desk: ClinicDesk, body: QWidget, current: str) -> None:
        tail = tr(" · fictional patients only") if desk.training else ""
        lock = Button("" if theme.scale() >= LARGE else tr("Lock"), icon="lock-outline", tall=32, name=tr("Lock"))
        header = program_header(desk.clinic.name + tail, training=desk.training,
                                right=(Initials(words.initials(desk.clinician.name)),
                                       controls.label(desk.clinician.name, "body"), lock))
        middle = QWidget()
        inner = controls.row(middle, spacing=0)
        side = controls.Bar("right")
        rail = theme.scale() >= LARGE  # large text: only the icons, so that the page keeps its room
        side.setFixedWidth(theme.px(44) + 24 if rail else theme.px(WIDE))
        column = controls.column(side, margins=(12, 16, 12, 16), spacing=8)
        worklist = NavButton(tr("Worklist"), "clipboard-text-outline", current=current == "worklist", rail=rail)
        settings = NavButton(tr("Settings"), "cog-outline", current=current == "settings", rail=rail)
        column.addWidget(worklist)
        if desk.checking is not None:
            verify = NavButton(tr("Check a document"), "shield-check-outline", current=current == "verify", rail=rail)
            verify.clicked.connect(lambda: self.leave_by(self.to_verify))
            column.addWidget(verify)
        column.addStretch(1)
        column.addWidget(settings)
        if isinstance(body, Form):
            body.begin_left()
        inner.addWidget(side)
        inner.addWidget(body, 1)
        info = desk.pack.info
        self.footer_bar = Footer(info.state_words, info.version)
        self.frame(header, middle, self.footer_bar)
        lock.clicked.connect(self.lock)
        worklist.clicked.connect(lambda: self.leave_by(self.to_worklist))
        settings.clicked.connect(self.to_settings)
