"""The clinic's name, telephone numbers and local services: one form for first start and settings."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.engine.model import Phone, Service
from desktop_app.language import tr
from desktop_app.presentation import forms
from desktop_app.presentation.forms import Typed
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.fields import field
from desktop_app.widgets.form import Form, choice_row, chosen


class ServiceRow(QWidget):
    """Where a service is: here, elsewhere (name, hours away), none."""

    def __init__(self, service: Service, kept: tuple[str, str, str]) -> None:
        super().__init__()
        column = controls.column(self, spacing=8)
        holder, self.where = choice_row(forms.PLACES, kept[0])
        for place, button in self.where.items():
            button.setAccessibleName(f"{service.label}: {dict(forms.PLACES)[place]}")
            button.clicked.connect(self._changed)
        column.addWidget(holder)
        self.far = QWidget()
        row = controls.row(self.far, spacing=12)
        self.place: QLineEdit = field(tr("{label}: where").format(label=service.label),
                                      placeholder=tr("Name of the place"))
        self.hours: QLineEdit = field(tr("{label}: hours away").format(label=service.label), width=88)
        self.place.setText(kept[1])
        self.hours.setText(kept[2])
        row.addWidget(self.place, 1)
        row.addWidget(self.hours)
        row.addWidget(controls.label(tr("hours away"), "body", ink="text2"))
        column.addWidget(self.far)
        self._changed()

    def _changed(self) -> None:
        self.far.setVisible(chosen(self.where) == "elsewhere")

    def typed(self) -> tuple[str, str, str]:
        return chosen(self.where), self.place.text(), self.hours.text()


class NoneHere(Button):
    """“None here” beside a telephone number. A number that is typed onto it goes into the field: the space inside a
    number must never answer that there is no such service.
    """

    typed_on = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() or event.text() in {"+", "("}:
            self.typed_on.emit(event.text())
        else:
            super().keyPressEvent(event)


class ClinicForm:
    """Adds the clinic's fields to a form and reads them back."""

    def __init__(self, form: Form, typed: Typed, phones: tuple[Phone, ...], services: tuple[Service, ...]) -> None:
        self.form, self._phones, self._kept = form, phones, typed
        form.heading(tr("Clinic"), tr("Stands on every document."))
        form.line("name", tr("Name of the clinic"), value=typed.name)
        form.line("address", tr("Address"), value=typed.address, optional=True)
        form.line("telephone", tr("Telephone"), value=typed.telephone, optional=True,
                  hint=tr("Patients call it: their sheet names it, and leaves a line to write on without it."))
        form.line("station", tr("Code of this computer"), value=typed.station, example="TR01",
                  hint=tr("A few letters and digits of your choice. The numbers of documents contain it, for "
                          "example CP-TR01-000001, so every computer of the clinic has another one."))
        form.heading(tr("Telephone numbers"), tr("The emergency page shows them. Where there is no such service, "
                                             "answer “None here”: the page then says so."))
        self.none_here: dict[str, NoneHere] = {}
        for phone in phones:
            self._phone(phone, typed)
        form.heading(tr("Local services"), tr("Optional, and can be added later. Advice then says where to transfer "
                                          "to. A missing service never lowers urgency."))
        self.services: dict[str, ServiceRow] = {}
        for service in services:
            self._service(service, typed.services.get(service.id, ("", "", "")))

    def _phone(self, phone: Phone, typed: Typed) -> None:
        name = f"phone.{phone.id}"
        none = (
            NoneHere(forms.NONE_HERE, look="body", name=tr("{label}: none here").format(label=phone.label))
            if phone.required
            else None
        )
        edit = self.form.line(name, phone.label, value=typed.phones.get(phone.id, ""), hint=phone.hint,
                              optional=not phone.required, beside=none)
        if none is None:
            return
        none.setCheckable(True)
        self.none_here[phone.id] = none

        def answered() -> None:
            edit.setEnabled(not none.isChecked())
            edit.setPlaceholderText(tr("There is none here") if none.isChecked() else "")

        def number(letter: str) -> None:
            none.setChecked(False)
            answered()
            edit.setFocus()
            edit.insert(letter)

        none.clicked.connect(answered)
        none.typed_on.connect(number)
        none.setChecked(phone.id in typed.phones_none)
        answered()

    def _service(self, service: Service, kept: tuple[str, str, str]) -> None:
        name = f"service.{service.id}"
        row = ServiceRow(service, kept)
        self.services[service.id] = row
        self.form.labelled(name, service.label, row)
        self.form.fields[name] = row.place
        for edit in (row.place, row.hours):
            edit.textEdited.connect(lambda: self.form.being_mended(name))

    def typed(self) -> Typed:
        form = self.form
        return Typed(form.text("name"), form.text("address"), form.text("telephone"), form.text("station"),
                     {p.id: form.text(f"phone.{p.id}") for p in self._phones},
                     {name: row.typed() for name, row in self.services.items()}, self._kept.ask_impression,
                     tuple(name for name, button in self.none_here.items() if button.isChecked()))

    def mistakes(self) -> dict[str, str]:
        return forms.clinic_mistakes(self.typed(), self._phones)
