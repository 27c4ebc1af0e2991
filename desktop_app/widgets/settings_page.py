"""Settings: the clinic, its telephone numbers and services, how the program looks."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_app.presentation import forms
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.errors import LumbarError
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.clinic_form import ClinicForm
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.form import Form, choice_row

THEMES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"), ("high contrast", "High contrast"))
SCALES = ((1.0, "100 %"), (1.25, "125 %"), (1.5, "150 %"), (2.0, "200 %"))


class SettingsPage(DeskShell):
    help_topic = "settings"
    look = Signal(str, float)
    saved = Signal()

    def __init__(self, desk: ClinicDesk, theme_name: str, text_scale: float) -> None:
        super().__init__()
        self.desk = desk
        self.form = Form("Settings", "", width=680)
        self.desk_frame(desk, self.form, "settings")
        self._theme, self._scale = theme_name, text_scale
        self.form.heading("Look")
        holder, self.themes = choice_row(THEMES, theme_name)
        for name, button in self.themes.items():
            button.clicked.connect(lambda _=False, n=name: self._look(n, self._scale))
        self.form.labelled("theme", "Colours", holder)
        names = tuple((str(s), label) for s, label in SCALES)
        holder, self.scales = choice_row(names, str(text_scale))
        for text, button in self.scales.items():
            button.clicked.connect(lambda _=False, t=text: self._look(self._theme, float(t)))
        self.form.labelled("scale", "Text size", holder)
        self.clinic = ClinicForm(self.form, *forms.clinic_form(desk.pack, desk.clinic))
        self.said = controls.label("", "small-strong", ink="accent", wrap=True)
        self.form.put(self.said)
        self.save = self.footer_bar.add(Button("Save settings", "primary", icon="content-save"))
        self.save.clicked.connect(self.keep)

    def _look(self, name: str, text_scale: float) -> None:
        self._theme, self._scale = name, text_scale
        self.look.emit(name, text_scale)

    def keep(self) -> None:
        if not self.form.show_mistakes(self.clinic.mistakes()):
            self.said.setText("")
            return
        try:
            self.desk.save_clinic(forms.clinic_of(self.clinic.typed()))
        except LumbarError as error:
            self.said.setText(str(error))
            return
        self.said.setText("Saved.")
        self.saved.emit()

    def focus_first(self) -> None:
        next(iter(self.themes.values())).setFocus()
