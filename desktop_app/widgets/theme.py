"""Puts one theme over the whole application: fonts, palette, style sheet, text size.

The chosen theme and text scale live on the QApplication, so there is nothing global to reset and a
second application in a test starts afresh. Custom painted widgets ask :func:`now` while they paint.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.widgets.application import STYLED
from desktop_app.widgets.system_text import system_text_size
from desktop_app.widgets.tokens import DARK, HIGH_CONTRAST, LIGHT, THEMES, TYPE, Tokens

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FAMILY = "Noto Sans"
AS_SYSTEM = 0.0  # a text size: the one that the system asks for
_THEME, _SCALE, _FONTS = "lumbar_theme", "lumbar_scale", "lumbar_fonts"


def _property(name: str) -> object:
    app = QCoreApplication.instance()
    return None if app is None else app.property(name)


def now() -> Tokens:
    """The theme in force."""
    return THEMES.get(str(_property(_THEME)), LIGHT)


def scale() -> float:
    """Text size, 1.0 to 2.0."""
    value = _property(_SCALE)
    return float(value) if isinstance(value, int | float) else 1.0


def px(size: float) -> int:
    """A length that grows with the text."""
    return round(size * scale())


def colour(token: str) -> QColor:
    return QColor(getattr(now(), token))


def font(look: str, *, weight: int | None = None) -> QFont:
    """The font of one style of the type scale."""
    style = TYPE[look]
    result = QFont(FAMILY)
    result.setPixelSize(px(style.size))
    result.setWeight(QFont.Weight(weight or style.weight))
    return result


def text_width(text: str, look: str, *, weight: int | None = None) -> int:
    """Room of a line of text in one style, in pixels. Layouts ask for the same words over and over."""
    style = TYPE[look]
    return _measured(text, px(style.size), weight or style.weight)


def line_height(look: str) -> int:
    """Height of one line of text in one style, in pixels: what an icon beside it is centred on."""
    return QFontMetrics(font(look)).height()


@lru_cache(maxsize=4096)
def _measured(text: str, size: int, weight: int) -> int:
    font = QFont(FAMILY)
    font.setPixelSize(size)
    font.setWeight(QFont.Weight(weight))
    return QFontMetrics(font).horizontalAdvance(text)


def system_theme() -> str:
    """The name of the theme the system asks for."""
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    if accessibility is not None:
        contrast = getattr(accessibility(), "contrastPreference", None)
        if contrast is not None and "High" in str(contrast()):
            return HIGH_CONTRAST.name
    return DARK.name if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT.name


def load_fonts() -> None:
    """Take the program's own fonts; where they are missing Qt falls back to the system's."""
    app = QCoreApplication.instance()
    if app is None or app.property(_FONTS):
        return
    for file in sorted((RESOURCES / "fonts").rglob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    app.setProperty(_FONTS, True)
    _measured.cache_clear()


def apply(app: QApplication, choice: str = "system", text_scale: float = 1.0) -> None:
    """Show ``choice`` ("system", "light", "dark", "high contrast") at a text size of 1.0 to 2.0, or AS_SYSTEM."""
    load_fonts()
    named = choice.replace("_", " ")
    name = named if named in THEMES else system_theme()
    app.setProperty(_THEME, name)
    app.setProperty(_SCALE, min(max(text_scale or system_text_size(), 1.0), 2.0))
    if not app.property(STYLED):
        app.setStyle("Fusion")
    app.setFont(font("body"))
    app.setPalette(_palette(now()))
    app.setStyleSheet(style_sheet(now()))
    for widget in app.allWidgets():
        widget.updateGeometry()
        widget.update()


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for where, value in (
        (role.Window, t.bg),
        (role.WindowText, t.text),
        (role.Base, t.surface),
        (role.AlternateBase, t.sunken),
        (role.Text, t.text),
        (role.Button, t.surface),
        (role.ButtonText, t.text),
        (role.Highlight, t.accent),
        (role.HighlightedText, t.on_accent),
        (role.PlaceholderText, t.text3),
        (role.ToolTipBase, t.sunken),
        (role.ToolTipText, t.text),
        (role.Link, t.accent),
    ):
        palette.setColor(where, QColor(value))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(t.text3))
    return palette


_COLOURED = (
    ("text2", "text2"),
    ("text3", "text3"),
    ("accent", "accent"),
    ("red", "red"),
    ("amber", "amber"),
    ("green", "green"),
    ("band", "band_text"),
)


def style_sheet(t: Tokens) -> str:
    """What Qt's own widgets need so that every edge is seen in each theme."""
    looks = "".join(
        f'QLabel[look="{name}"] {{ font-size: {px(style.size)}px; font-weight: {style.weight}; }}\n'
        for name, style in TYPE.items()
    )
    inks = "".join(
        f'QLabel[ink="{name}"] {{ color: {getattr(t, token)}; }}\n' for name, token in _COLOURED
    )
    field = f"background: {t.surface}; color: {t.text}; border: 1px solid {t.control}; border-radius: 8px;"
    return f"""
* {{ font-family: "{FAMILY}"; font-size: {px(14)}px; }}
QLabel {{ color: {t.text}; background: transparent; }}
{looks}{inks}
QLineEdit, QPlainTextEdit, QComboBox {{ {field} padding: 6px 10px; selection-background-color: {t.accent};
  selection-color: {t.on_accent}; placeholder-text-color: {t.text3}; }}
QLineEdit, QComboBox {{ min-height: {px(40) - 14}px; }}
QLineEdit[low="true"] {{ min-height: {px(32) - 10}px; padding: 4px 10px; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"], QPlainTextEdit[wrong="true"] {{ border: 2px solid {t.red};
  padding: 5px 9px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ background: {t.sunken}; color: {t.text3};
  border-color: {t.sunken_line}; }}
QComboBox::drop-down {{ border: none; width: {px(28)}px; }}
QComboBox::down-arrow {{ image: none; width: 16px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control};
  selection-background-color: {t.accent}; selection-color: {t.on_accent}; padding: 4px; outline: none; }}
QComboBox QAbstractItemView::item {{ min-height: {px(32)}px; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {t.control}; border-radius: 4px; min-height: 36px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ height: 0;
  background: transparent; }}
QToolTip {{ background: {t.sunken}; color: {t.text}; border: 1px solid {t.control}; padding: 6px; }}
QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control}; padding: 6px; }}
QMenu::item {{ padding: 8px 32px 8px 20px; border-radius: 6px; min-height: 20px; }}
QMenu::item:selected {{ background: {t.accent}; color: {t.on_accent}; }}
QDialog {{ background: {t.bg}; }}
QProgressBar {{ border: 1px solid {t.sunken_line}; background: {t.sunken}; border-radius: 4px; max-height: 8px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
"""
