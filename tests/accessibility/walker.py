"""Walks over a window as it stands and tells what somebody could not read, reach or press in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QImage, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from desktop_app.widgets.scroll_area import ScrollArea

SMALLEST = 24  # px, either way
SLACK = 2  # px that rounding may take
TEXT, LARGE_TEXT = 4.5, 3.0
LARGE_PX, LARGE_BOLD_PX = 24, 18.66


def luminance(colour: QColor) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: QColor, other: QColor) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def seen(window: QWidget) -> Iterator[QWidget]:
    """Everything that stands on the page, scrolled away or not."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not widget.size().isEmpty() and widget.window() is window:
            yield widget


def takes_keyboard(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()


def called(widget: QWidget) -> str:
    words = widget.accessibleName() or getattr(widget, "text", str)()
    return f"{type(widget).__name__} {words[:50]!r}"


def names(window: QWidget) -> list[str]:
    """What has the keyboard says what it is, in letters or figures."""
    found = []
    for widget in seen(window):
        if not takes_keyboard(widget) or not type(widget).__module__.startswith("desktop_app"):
            continue
        told = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        if not any(letter.isalnum() for letter in told):
            found.append(f"no name: {called(widget)}")
    return found


def targets(window: QWidget) -> list[str]:
    return [f"too small: {called(w)} {w.width()}x{w.height()}" for w in seen(window)
            if takes_keyboard(w) and type(w).__module__.startswith("desktop_app")
            and (w.width() < SMALLEST or w.height() < SMALLEST)]


def _stage(widget: QWidget) -> tuple[QWidget, QScrollArea | None]:
    """What scrolls as a whole around a widget, or its window."""
    stage = widget
    while (above := stage.parentWidget()) is not None and not stage.isWindow():
        area = above.parentWidget()
        if isinstance(area, QScrollArea) and area.widget() is stage:
            return stage, area
        stage = above
    return stage, None


def out_of_reach(window: QWidget) -> list[str]:
    """What lies beyond an edge to which nothing scrolls."""
    found = []
    for widget in seen(window):
        if isinstance(widget, QScrollArea) and widget.widget() is not None:
            never = widget.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if never and widget.widget().width() > widget.viewport().width() + SLACK:
                found.append(f"runs over the right edge: {type(widget).__name__} "
                             f"{widget.widget().width()} in {widget.viewport().width()}")
        if not (takes_keyboard(widget) or (isinstance(widget, QLabel) and widget.text())):
            continue
        stage, _ = _stage(widget)
        if stage is widget:
            continue
        place = QRect(widget.mapTo(stage, QPoint(0, 0)), widget.size())
        if not stage.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place):
            found.append(f"out of reach: {called(widget)} {place.getRect()} in {stage.size().toTuple()}")
    return found


def cut_words(window: QWidget) -> list[str]:
    found = []
    for widget in seen(window):
        if isinstance(widget, QLabel) and widget.text() and widget.textFormat() == Qt.TextFormat.PlainText:
            widget.ensurePolished()
            if widget.wordWrap():
                wanted = widget.heightForWidth(widget.width())
                if wanted > widget.height() + SLACK:
                    found.append(f"cut: {widget.text()[:50]!r} needs a height of {wanted}, has {widget.height()}")
            elif QFontMetrics(widget.font()).horizontalAdvance(widget.text()) > widget.width() + SLACK:
                found.append(f"cut: {widget.text()[:50]!r} in a width of {widget.width()}")
        elif isinstance(widget, QAbstractButton) and type(widget).__module__.startswith("desktop_app") \
                and widget.width() < widget.minimumSizeHint().width() - SLACK:
            found.append(f"cut: {called(widget)} {widget.width()} of {widget.minimumSizeHint().width()}")
    return found


def order(window: QWidget) -> list[str]:
    """Tab never jumps up inside one column: the keyboard goes as one reads."""
    chain, widget = [], window.nextInFocusChain()
    while widget is not window:
        if widget.isVisible() and takes_keyboard(widget) and not isinstance(widget, QScrollArea):
            chain.append(widget)
        widget = widget.nextInFocusChain()
    found = []
    for one, two in pairwise(chain):
        stage, _ = _stage(one)
        if _stage(two)[0] is not stage or stage is window or one.parentWidget() is not two.parentWidget():
            continue
        a = QRect(one.mapTo(stage, QPoint(0, 0)), one.size())
        b = QRect(two.mapTo(stage, QPoint(0, 0)), two.size())
        if b.bottom() <= a.top() and b.left() <= a.right() and a.left() <= b.right():
            found.append(f"tab jumps up: {called(one)} -> {called(two)}")
    return found


def keys(window: QWidget) -> list[str]:
    """One key does one thing."""
    here = [s for s in window.findChildren(QShortcut)
            if isinstance(s.parent(), QWidget) and s.parent().isVisible() and s.isEnabled()]
    counts = Counter(shortcut.key().toString() for shortcut in here)
    letters = Counter(b.text()[b.text().index("&") + 1].lower() for b in seen(window)
                      if isinstance(b, QAbstractButton) and "&" in b.text().replace("&&", "")[:-1])
    return [f"two meanings of {key}" for key, times in (counts + letters).items() if times > 1]


def faint_words(window: QWidget) -> list[str]:
    """Words whose painted pixels do not stand out enough from the ground that is painted behind them."""
    found = []
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    for widget in seen(window):
        if not isinstance(widget, QLabel) or not widget.text().strip() or not widget.isEnabled():
            continue
        shown = widget.visibleRegion().boundingRect()
        corners = (shown.center(), shown.topLeft(), shown.bottomRight())
        if shown != widget.rect() or any(window.childAt(widget.mapTo(window, at)) is not widget for at in corners):
            continue  # partly scrolled away, or something lies over it
        part = picture.copy(QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()))
        counts = Counter(memoryview(part.constBits()).cast("I"))
        if len(counts) < 2:
            continue  # covered by something else
        ground = QColor.fromRgb(counts.most_common(1)[0][0])
        best = max(ratio(QColor.fromRgb(pixel), ground) for pixel in counts)
        font = widget.font()
        large = font.pixelSize() >= LARGE_PX or (font.bold() and font.pixelSize() >= LARGE_BOLD_PX)
        if best < (LARGE_TEXT if large else TEXT):
            found.append(f"faint: {widget.text()[:50]!r} {best:.2f} on {ground.name()}")
    return found


def perilous(window: QWidget) -> list[str]:
    """Scroll areas of Qt's own kind end the program when a screen reader asks for a bar that has just gone."""
    return [f"ends the program under a screen reader: {called(area)}" for area in window.findChildren(QScrollArea)
            if not isinstance(area, ScrollArea)]


def faults(window: QWidget, *, contrast: bool) -> list[str]:
    found = [*names(window), *targets(window), *out_of_reach(window), *cut_words(window), *order(window),
             *keys(window), *perilous(window)]
    return [*found, *faint_words(window)] if contrast else found
