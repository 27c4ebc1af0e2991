"""The state of the guideline's content at the foot of every page; pressing it shows how this program decides."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop_app.language import tr
from desktop_app.widgets import icons, painting, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.help_link import HOW_IT_DECIDES, ask_for_help

GAP = 8
ALL = 4000  # a height no text of a footer reaches
TALL, LOW = 40, 28  # px; low where a line about the language stands below it


class StateLink(Button):
    """State in bold, version beside it; with ``wrap`` the words break into lines and the version stands below."""

    def __init__(self, state: str, version: str, number: str = "", *, wrap: bool, tall: int = TALL) -> None:
        """``number``: the version alone, for where the words break into lines and have no room for more."""
        super().__init__(state, "link", icon="file-edit-outline", tall=tall,
                         name=f"{state}. {version}. How this program decides".replace(". .", "."))
        self._version, self._wrap = number if wrap and number else version, wrap
        self.setToolTip(tr("How this program decides"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Fixed,
                             QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda: ask_for_help(self, HOW_IT_DECIDES))

    def be_low(self, *, low: bool) -> None:
        """Low where something stands below it."""
        self.tall = LOW if low else TALL
        self.updateGeometry()

    def words_at(self) -> int:
        """Where its words begin, in pixels from its left."""
        return self._lead()

    def _lead(self) -> int:
        return 4 + theme.px(20) + GAP

    def _tail(self) -> int:
        return 4 if self._wrap else GAP + theme.px(16) + 4

    def _looks(self) -> tuple[QFont, QFont]:
        """Of the state and of the version."""
        small = "caption" if self._wrap else "small"
        return theme.font(f"{small}-strong"), theme.font(small)

    def _line(self) -> QFontMetrics:
        return QFontMetrics(self._looks()[0])

    def _below(self) -> QFontMetrics:
        return QFontMetrics(self._looks()[1])

    def sizeHint(self) -> QSize:
        if self._wrap:
            return self.minimumSizeHint()  # as wide as its room; the words break into lines
        return QSize(self.on_one_line(), theme.px(self.tall))

    def on_one_line(self) -> int:
        """How wide it would be with the version beside the words, in pixels."""
        beside = GAP + self._below().horizontalAdvance(self._version) if self._version else 0
        return self._lead() + self._line().horizontalAdvance(self.text()) + beside + self._tail()

    def minimumSizeHint(self) -> QSize:
        if not self._wrap:
            return self.sizeHint()
        longest = max(self._line().horizontalAdvance(word) for word in self.text().split())
        return QSize(self._lead() + longest + self._tail(), theme.px(self.tall))

    def heightForWidth(self, width: int) -> int:
        return max(self._words_tall(width) + 4, theme.px(self.tall))

    def _words_tall(self, width: int) -> int:
        """The height of state and version, in pixels."""
        room = QRect(0, 0, max(width - self._lead() - self._tail(), 1), ALL)
        words = self._line().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text()).height()
        return words + (self._below().height() if self._version and not self._beside(room.width()) else 0)

    def _beside(self, room: int) -> int:
        """How far from the left the version stands on the last line of the words; 0: no room, it stands below."""
        end, metrics = 0, self._line()
        for word in self.text().split():  # broken as Qt breaks it: at spaces, each line as full as it gets
            wide = metrics.horizontalAdvance(word)
            space = metrics.horizontalAdvance(" ") if end else 0
            end = end + space + wide if end + space + wide <= room else wide
        return end + GAP if end + GAP + self._below().horizontalAdvance(self._version) <= room else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        if self.underMouse():
            painting.box(painter, QRectF(self.rect()), fill=theme.colour("accent_soft"), edge=None)
        big, small, middle = theme.px(20), theme.px(16), self.height() / 2
        icons.paint(painter, self.icon_name, QRectF(4, middle - big / 2, big, big), theme.colour("text2"))
        painter.setPen(theme.colour("text2"))
        painter.setFont(self._looks()[0])
        right = self.width() - small - 4.0
        if self._wrap:
            self._lines(painter)
        else:
            align = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(self._lead(), 0, self.width(), self.height()), align, self.text())
            left = self._lead() + self._line().horizontalAdvance(self.text()) + GAP
            painter.setFont(self._looks()[1])
            painter.drawText(QRectF(left, 0, self.width(), self.height()), align, self._version)
            icons.paint(painter, "information-outline", QRectF(right, middle - small / 2, small, small),
                        theme.colour("accent"))
        painter.end()

    def _lines(self, painter: QPainter) -> None:
        room = QRectF(self._lead(), 0, self.width() - self._lead() - self._tail(), self.height())
        room.setTop((self.height() - self._words_tall(self.width())) / 2)
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap), self.text())
        used = painter.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text()).height()
        painter.setFont(self._looks()[1])
        beside = self._beside(int(room.width()))
        if beside:
            painter.drawText(room.adjusted(beside, used - self._line().height(), 0, 0), 0, self._version)
        else:
            painter.drawText(room.adjusted(0, used, 0, 0), 0, self._version)
