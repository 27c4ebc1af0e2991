"""The urgency ladder and the one-line urgency chip: certain is filled, not ruled out is dashed."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.language import tr
from desktop_app.presentation.advice import Rung
from desktop_app.widgets import icons, painting, theme
from desktop_app.widgets.pressable import Pressable
from desktop_app.widgets.tokens import TIER_LOOK
from desktop_app.widgets.told_as import Words

Align = Qt.AlignmentFlag
BOXED = {"floor", "ceiling", "final"}


class Ladder(Words):
    """Emergency at the top. Its words are read out as one name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rungs: tuple[Rung, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rungs(self, rungs: tuple[Rung, ...]) -> None:
        self._rungs = rungs
        self.setAccessibleName("; ".join(f"{r.name} {r.time}: {r.word or tr('below what is certain')}" for r in rungs))
        self.updateGeometry()
        self.update()

    def _height(self, rung: Rung) -> int:
        return theme.px(50) if rung.place in BOXED else theme.px(30)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), sum(self._height(r) for r in self._rungs) + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        self._spine(painter)
        y = 1.0
        for rung in self._rungs:
            height = self._height(rung)
            rect = QRectF(0, y, self.width(), height)
            if rung.place in BOXED:
                self._box(painter, rung, rect)
            else:
                self._plain(painter, rung, rect)
            y += height
        painter.end()

    def _spine(self, painter: QPainter) -> None:
        """The line between the rungs; dashed where the tier is still open."""
        y, middles = 1.0, []
        for rung in self._rungs:
            middles.append((rung, y + self._height(rung) / 2))
            y += self._height(rung)
        for (upper, top), (lower, bottom) in itertools.pairwise(middles):
            unsure = {upper.place, lower.place} & {"open", "ceiling"} and "out" not in {upper.place, lower.place}
            pen = painting.edge_pen(theme.colour("control"), 1.5, dashed=bool(unsure))
            painter.setPen(pen)
            painter.drawLine(QPointF(24, top), QPointF(24, bottom))

    def _box(self, painter: QPainter, rung: Rung, rect: QRectF) -> None:
        icon, strong, soft, line = TIER_LOOK[rung.tier]
        certain = rung.place in {"floor", "final"}
        ink = theme.colour(strong)
        painting.box(painter, rect, fill=theme.colour(soft if certain else "surface"),
                     edge=theme.colour(line) if certain else ink, width=1.0 if certain else 1.5,
                     dashed=not certain)
        centre = QPointF(24, rect.center().y())
        painting.dot(painter, centre, 14, fill=ink if certain else theme.colour("surface"),
                     edge=None if certain else ink, width=1.5, dashed=not certain)
        icons.paint(painter, icon, QRectF(centre.x() - 9, centre.y() - 9, 18, 18),
                    theme.colour("on_strong") if certain else ink)
        painter.setPen(theme.colour("text2"))
        painter.setFont(theme.font("caption"))
        half = rect.height() / 2
        painter.drawText(QRectF(52, rect.top() + 4, rect.width() - 56, half - 4), Align.AlignVCenter, rung.word)
        painter.setPen(ink)
        bold = theme.font("strong", weight=700)
        painter.setFont(bold)
        lower = QRectF(52, rect.top() + half - 2, rect.width() - 56, half - 4)
        painter.drawText(lower, Align.AlignVCenter, rung.name)
        painter.setFont(theme.font("body"))
        left = QFontMetrics(bold).horizontalAdvance(rung.name + " ")
        painter.drawText(lower.adjusted(left, 0, 0, 0), Align.AlignVCenter, rung.time)

    def _plain(self, painter: QPainter, rung: Rung, rect: QRectF) -> None:
        painting.dot(painter, QPointF(24, rect.center().y()), 6, fill=theme.colour("surface"),
                     edge=theme.colour("control"), width=2)
        painter.setPen(theme.colour("text2"))
        room = rect.width() - 52 - 8 - 8 - theme.text_width(rung.word, "caption")  # up to the word at the right
        full = f"{rung.name}, {rung.time}" if rung.tier != "NONE" else rung.name
        look, told = next(((look, told) for look, told in (("small", full), ("caption", full))
                           if theme.text_width(told, look) <= room), ("small", rung.name))
        painter.setFont(theme.font(look))
        painter.drawText(QRectF(52, rect.top(), rect.width() - 56, rect.height()), Align.AlignVCenter, told)
        painter.setFont(theme.font("caption"))
        painter.drawText(QRectF(52, rect.top(), rect.width() - 60, rect.height()),
                         Align.AlignVCenter | Align.AlignRight, rung.word)


class UrgencyChip(Pressable):
    """Tier and date in one line, for pages without the panel; pressing it shows or hides the whole advice."""

    pressed = Signal()  # Qt's own of the same name: a screen reader's press arrives here by itself

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Show or hide the advice so far"))
        self.setAccessibleDescription(tr("Shows or hides the advice so far"))
        self._tier, self._bold, self._rest, self._certain, self._late = "NONE", "", "", True, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_tier(self, tier: str, bold: str, rest: str, *, certain: bool = True, late: bool = False) -> None:
        """``certain``: False for what is not ruled out; its edge is dashed, as everywhere. ``late``: overdue, in red
        behind a sign, as in the panel.
        """
        self._tier, self._bold, self._certain, self._late = tier, bold, certain, late
        self._rest = rest if late else f" · {rest}" if rest else ""
        self.setAccessibleName(f"{bold} · {rest}" if rest else bold)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font("strong")).horizontalAdvance(self._bold)
        width += QFontMetrics(theme.font("body")).horizontalAdvance(self._rest)
        width += self._sign_room() if self._late else 0
        return QSize(width + theme.px(20) + theme.px(18) + 38, theme.px(32))

    @staticmethod
    def _sign_room() -> int:
        """What the sign of overdue takes, with the gaps at both its sides."""
        return 10 + theme.px(16) + 5

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        icon, strong, soft, line = TIER_LOOK[self._tier]
        if self._tier == "NONE" and not self._certain:
            icon = "help"
        painter = QPainter(self)
        painting.start(painter)
        rect = QRectF(self.rect())
        if self._certain:
            painting.box(painter, rect, fill=theme.colour(soft), edge=theme.colour(line), radius=rect.height() / 2)
        else:
            painting.box(painter, rect.adjusted(1, 1, -1, -1), fill=theme.colour("surface"), edge=theme.colour(strong),
                         width=1.5, dashed=True, radius=rect.height() / 2)
        size = theme.px(18)
        icons.paint(painter, icon, QRectF(12, (rect.height() - size) / 2, size, size), theme.colour(strong))
        painter.setPen(theme.colour(strong))
        painter.setFont(theme.font("strong"))
        left = 12 + size + 6
        painter.drawText(QRectF(left, 0, rect.width(), rect.height()), Align.AlignVCenter, self._bold)
        left += QFontMetrics(theme.font("strong")).horizontalAdvance(self._bold)
        if self._late:
            sign = theme.px(16)
            icons.paint(painter, "alert-circle", QRectF(left + 10, (rect.height() - sign) / 2, sign, sign),
                        theme.colour("red"))
            painter.setPen(theme.colour("red"))
            left += self._sign_room()
        painter.setFont(theme.font("body"))
        painter.drawText(QRectF(left, 0, rect.width(), rect.height()), Align.AlignVCenter,
                         QFontMetrics(theme.font("body")).elidedText(self._rest, Qt.TextElideMode.ElideRight,
                                                                     int(rect.width() - size - 14 - left)))
        icons.paint(painter, "chevron-down", QRectF(rect.width() - size - 10, (rect.height() - size) / 2, size, size),
                    theme.colour(strong))
        painter.end()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)
