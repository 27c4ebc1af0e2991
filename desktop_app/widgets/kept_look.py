"""How the window looks from one start to the next: theme, text size, where it stood. Damage never stops a start."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from desktop_app.use_cases.inputs import read_at_most
from desktop_app.widgets.theme import AS_SYSTEM

FILE = "window.json"
SET_ASIDE = "window.damaged.json"
LARGEST = 64 * 1024  # bytes; the file has a few hundred
SCALES = (1.0, 2.0)
FARTHEST = 100_000  # pixels
NEVER = QRect(0, 0, 0, 0)


class Look(NamedTuple):
    """What is kept. ``place`` is the window without its frame, in logical pixels, empty before the first close.

    ``text_scale`` is 1.0 to 2.0, or AS_SYSTEM until somebody chooses another.
    """

    theme: str = "system"
    text_scale: float = AS_SYSTEM
    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0
    maximised: bool = False

    @property
    def place(self) -> QRect:
        return QRect(self.x, self.y, self.width, self.height)


class KeptLook:
    """The file in the settings folder; ``folder`` None keeps nothing, as in safe mode and in training."""

    def __init__(self, folder: Path | None) -> None:
        self._path = None if folder is None else folder / FILE
        self.now = Look() if self._path is None else _read(self._path)

    def keep(self, **changed: object) -> None:
        """Take new values over and write them; a folder that cannot be written loses them, nothing else."""
        self.now = _sound({**self.now._asdict(), **changed})
        if self._path is None:
            return
        beside = self._path.with_suffix(".new")
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(self.now._asdict(), indent=1), encoding="utf-8")
            beside.replace(self._path)

    def put(self, window: QMainWindow) -> None:
        """The window where it stood, as far as a screen of today shows it."""
        place = clamped(self.now.place, [screen.availableGeometry() for screen in QGuiApplication.screens()])
        if not place.isEmpty():
            window.setGeometry(place)
        if self.now.maximised:
            window.showMaximized()

    def remember(self, window: QMainWindow) -> None:
        stood = window.normalGeometry() if window.isMaximized() else window.geometry()
        self.keep(x=stood.x(), y=stood.y(), width=stood.width(), height=stood.height(), maximised=window.isMaximized())


def clamped(place: QRect, screens: list[QRect]) -> QRect:
    """``place`` moved and cut so that it lies whole on the screen that shows most of it; empty when there is none."""
    if place.isEmpty() or not screens:
        return NEVER
    room = max(screens, key=lambda screen: _area(screen.intersected(place)))
    width, height = min(place.width(), room.width()), min(place.height(), room.height())
    x = min(max(place.x(), room.x()), room.x() + room.width() - width)
    y = min(max(place.y(), room.y()), room.y() + room.height() - height)
    return QRect(x, y, width, height)


def _area(part: QRect) -> int:
    return max(part.width(), 0) * max(part.height(), 0)


def _read(path: Path) -> Look:
    """What is kept; what cannot be read is set aside, so that somebody can look at it, and is not asked again."""
    try:
        kept = json.loads(read_at_most(path, LARGEST))
    except FileNotFoundError:
        return Look()
    except (OSError, ValueError, RecursionError):
        kept = None
    if isinstance(kept, dict):
        return _sound(kept)
    with contextlib.suppress(OSError):
        path.replace(path.with_name(SET_ASIDE))
    return Look()


def _sound(kept: Mapping[str, object]) -> Look:
    """Every value that makes sense; the others' defaults."""
    theme, scale, maximised = kept.get("theme"), kept.get("text_scale"), kept.get("maximised")
    if isinstance(scale, bool) or not isinstance(scale, int | float) or not math.isfinite(scale):
        scale = AS_SYSTEM
    x, y, width, height = (_length(kept.get(name)) for name in ("x", "y", "width", "height"))
    return Look(theme if isinstance(theme, str) else "system", scale and min(max(float(scale), SCALES[0]), SCALES[1]),
                x, y, width, height, maximised is True)


def _length(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= FARTHEST else 0
