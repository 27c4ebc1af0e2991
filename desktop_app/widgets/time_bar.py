"""How long an effect was seen, as a bar: solid when the article names the period, dashed when not."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop_app.engine.model import Effect
from desktop_app.language import tr
from desktop_app.widgets import painting, theme
from desktop_app.widgets.told_as import Words

MARKS = ((0, "0"), (4, tr("4 wk")), (13, tr("3 mo")), (26, tr("6 mo")), (52, tr("12 mo")))
PLACES = (0.0, 0.13, 0.34, 0.63, 1.0)  # spaced for reading, not to scale
WEEKS_A_MONTH = 52 / 12


def place_of(weeks: float) -> float:
    """Where a number of weeks lies on the axis, 0 to 1."""
    for (low, _), (high, _), left, right in zip(MARKS, MARKS[1:], PLACES, PLACES[1:], strict=False):
        if weeks <= high:
            return left + (right - left) * (max(weeks, low) - low) / (high - low)
    return 1.0


class TimeBar(Words):
    def __init__(self, effect: Effect, *, wide: int = 280) -> None:
        super().__init__()
        self._wide = wide
        factor = WEEKS_A_MONTH if effect.unit.startswith("month") else 1.0
        self._from, self._to = place_of(effect.minimum * factor), place_of(effect.maximum * factor)
        self._solid = effect.in_article
        self.setAccessibleName(tr("How long relief was seen: {sentence}").format(sentence=effect.sentence))
        self.setToolTip(tr("Spaced for reading, not to scale. How long an effect was seen, not how long to treat."))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._wide), theme.px(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        half = theme.px(24)  # of the widest word below a mark
        left, width, y = 8.0, self.width() - 12.0 - half, theme.px(12)
        painter.setPen(painting.edge_pen(theme.colour("control")))
        painter.drawLine(QPointF(left, y), QPointF(left + width, y))
        painter.setFont(theme.font("diagram", weight=400))
        for (_, words), at in zip(MARKS, PLACES, strict=True):
            x = left + at * width
            painter.setPen(painting.edge_pen(theme.colour("control")))
            painter.drawLine(QPointF(x, y - 5), QPointF(x, y + 5))
            painter.setPen(theme.colour("text2"))
            painter.drawText(QRectF(x - half, y + 7, 2 * half, theme.px(18)), Qt.AlignmentFlag.AlignCenter, words)
        ink = theme.colour("accent")
        box = QRectF(left + self._from * width, y - 6, max((self._to - self._from) * width, 8), 12)
        painting.box(painter, box, fill=ink if self._solid else theme.colour("surface"), edge=ink,
                     width=1.0 if self._solid else 1.5, radius=3, dashed=not self._solid)
        painter.end()
