"""The clinic's name, telephone numbers and local services: one form for first start and settings."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.engine.model import Phone, Service
from desktop_app.presentation import forms
from desktop_app.presentation.forms import Typed
from desktop_app.widgets import controls, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.fields import field
from desktop_app.widgets.form import Form, choice_row, chosen


class ServiceRow(QWidget):
    """Where a service is: here, elsewhere (name, hours away), none."""

    def __init__(self, service: Service, kept: tuple[str, str, str]) -> None:
        super().__init__()
        row = controls.row(self, margins=(0, 2, 0, 2), spacing=8)
        name = controls.label(service.label, "body")
        name.setFixedWidth(theme.px(130))
        row.addWidget(name)
        holder, self.where = choice_row(forms.PLACES, kept[0])
        for place, button in self.where.items():
            button.setAccessibleName(f"{service.label}: {dict(forms.PLACES)[place]}")
            button.clicked.connect(self._changed)
        row.addWidget(holder)
        self.place: QLineEdit = field(f"{service.label}: where", placeholder="where", width=110)
        self.hours: QLineEdit = field(f"{service.label}: hours away", placeholder="h away", width=92)
        self.place.setText(kept[1])
        self.hours.setText(kept[2])
        row.addWidget(self.place)
        row.addWidget(self.hours)
        row.addStretch(1)
        self._changed()

    def _changed(self) -> None:
        elsewhere = chosen(self.where) == "elsewhere"
        self.place.setEnabled(elsewhere)
        self.hours.setEnabled(elsewhere)

    def typed(self) -> tuple[str, str, str]:
        return chosen(self.where), self.place.text(), self.hours.text()


class ClinicForm:
    """Adds the clinic's fields to a form and reads them back."""

    def __init__(self, form: Form, typed: Typed, phones: tuple[Phone, ...], services: tuple[Service, ...]) -> None:
        self.form, self._phones = form, phones
        form.heading("Clinic", "Stands on every document.")
        form.line("name", "Name of the clinic", value=typed.name)
        form.line("address", "Address", value=typed.address, optional=True)
        form.line("telephone", "Telephone", value=typed.telephone, optional=True)
        form.line("station", "Code of this computer", value=typed.station, placeholder="TR01",
                  hint="A few letters and digits; document numbers begin with it.")
        form.heading("Telephone numbers", "The emergency page shows them. Those without “optional” are needed.")
        for phone in phones:
            form.line(f"phone.{phone.id}", phone.label, value=typed.phones.get(phone.id, ""), hint=phone.hint,
                      optional=not phone.required)
        form.heading("Local services", "Advice then says where to transfer to. A missing service never lowers urgency.")
        self.services: dict[str, ServiceRow] = {}
        for service in services:
            row = ServiceRow(service, typed.services.get(service.id, ("", "", "")))
            self.services[service.id] = row
            form.put(row)
            form.fields[f"service.{service.id}"] = row.place
            form.mistake_label(f"service.{service.id}")

    def typed(self) -> Typed:
        form = self.form
        return Typed(form.text("name"), form.text("address"), form.text("telephone"), form.text("station"),
                     {p.id: form.text(f"phone.{p.id}") for p in self._phones},
                     {name: row.typed() for name, row in self.services.items()})

    def mistakes(self) -> dict[str, str]:
        return forms.clinic_mistakes(self.typed(), self._phones)


def primary(text: str, icon: str = "") -> Button:
    return Button(text, "primary", icon=icon, tall=44)
