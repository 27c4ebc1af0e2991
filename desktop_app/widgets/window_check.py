"""Whether a window can be drawn here: the libraries of Qt, fonts and icons of this installation; needs no screen."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtGui import QColor, QFontDatabase, QImageReader, QPixmap
from PySide6.QtWidgets import QApplication

from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.keys import KeyUser
from desktop_app.widgets import icons, theme

SIZE = (1024, 640)
FEWEST_COLOURS = 8  # an empty page has one


def draw_a_window(resources: Path) -> str:
    """Load every font, draw every icon and the first page; returns what was found, raises ``BadData``."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # nothing flashes, and no screen is needed
    from desktop_app.widgets.application import application
    from desktop_app.widgets.unlock_page import UnlockPage

    app = application()
    theme.load_fonts()
    files = sorted((resources / "fonts").rglob("*.ttf"))
    if broken := [file.name for file in files if QFontDatabase.addApplicationFont(str(file)) < 0]:
        raise BadData(f"These fonts cannot be used: {', '.join(broken)}.")
    drawings = sorted((resources / "icons").glob("*.svg"))
    if not files or not drawings:
        raise BadData(f"Only {len(files)} fonts and {len(drawings)} icons were found.")
    if blank := [file.stem for file in drawings if _empty(icons.pixmap(file.stem, 32, QColor("black")))]:
        raise BadData(f"These icons cannot be drawn: {', '.join(blank)}.")
    formats = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    if lacking := {"png", "jpeg", "svg"} - formats:
        raise BadData(f"Pictures of these kinds cannot be read: {', '.join(sorted(lacking))}.")
    page = UnlockPage([KeyUser("nobody", "Dr Self Check")], training=True)
    page.resize(*SIZE)
    image = page.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    page.deleteLater()
    if len(colours) < FEWEST_COLOURS:
        raise BadData("The first page is drawn empty.")
    return f"{len(files)} fonts, {len(drawings)} icons, first page drawn ({_platform(app)})"


def _empty(drawn: QPixmap) -> bool:
    image = drawn.toImage()
    return all(image.pixelColor(x, y).alpha() == 0 for x in range(image.width()) for y in range(image.height()))


def _platform(app: QApplication) -> str:
    return str(app.platformName())
