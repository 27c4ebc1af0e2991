"""Chooses the language of the patient's sheet, and says in what state its words are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.engine.model import Pack
from desktop_app.presentation import sheet_language
from desktop_app.widgets import controls
from desktop_app.widgets.choosers import Pick


class SheetLanguage(QWidget):
    """A list of languages with a sentence below it."""

    chosen = Signal(str)

    def __init__(self, pack: Pack, language: str = "") -> None:
        super().__init__()
        self._pack = pack
        column = controls.column(self, spacing=2)
        self.pick = Pick(sheet_language.LABEL)
        for code, name in sheet_language.choices(pack):
            self.pick.addItem(name, code)
        self.pick.setCurrentIndex(max(self.pick.findData(language), 0))
        self._state = controls.label("", "caption", ink="text2", wrap=True)
        column.addWidget(self.pick)
        column.addWidget(self._state)
        self._say()
        self.pick.currentIndexChanged.connect(self._changed)
        self.setFocusProxy(self.pick)

    @property
    def language(self) -> str:
        return str(self.pick.currentData() or "")

    def _changed(self) -> None:
        self._say()
        self.chosen.emit(self.language)

    def _say(self) -> None:
        words = sheet_language.state(self._pack, self.language)
        self._state.setText(words)
        self._state.setVisible(bool(words))
        self.pick.setAccessibleDescription(words or sheet_language.HINT)
