"""Clinic, clinicians and patients in the store."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert

from db import rows, tables
from db.repository import Repository
from desktop_app.language import later, tr
from desktop_app.use_cases.audit import AuditEvent, Deed
from desktop_app.use_cases.domain import Clinic, Clinician, EncounterState, Patient
from desktop_app.use_cases.errors import Conflict
from desktop_app.use_cases.look_alike import look_the_same, looks
from desktop_app.use_cases.searching import plain_letters

_THE_CLINIC = 1
_FOUND_AT_MOST = 200


class People(Repository):
    _kept_clinic: Clinic | None = None  # every answer asks for it; only ``save_clinic`` writes it

    def clinic(self) -> Clinic:
        if self._kept_clinic is None:
            with self._database.read() as connection:
                row = self._one(connection, tables.clinic, tables.clinic.c.id == _THE_CLINIC, later("clinic"))
            self._kept_clinic = rows.clinic_from(row)
        return self._kept_clinic

    def save_clinic(self, clinic: Clinic) -> None:
        self._kept_clinic = None
        values = rows.clinic_values(clinic)
        with self._database.write() as connection:
            before = connection.execute(select(tables.clinic)).one_or_none()
            connection.execute(insert(tables.clinic).values(id=_THE_CLINIC, **values)
                               .on_conflict_do_update(index_elements=["id"], set_=values))
            self._log.note(connection, *_changes(
                "clinic", "", {} if before is None else _in_words(rows.clinic_values(rows.clinic_from(before))),
                _in_words(values)))

    def clinician(self, clinician_id: str) -> Clinician:
        with self._database.read() as connection:
            row = self._one(connection, tables.clinicians, tables.clinicians.c.id == clinician_id, later("clinician"))
        return rows.clinician_from(row)

    def clinicians(self) -> Sequence[Clinician]:
        with self._database.read() as connection:
            found = connection.execute(select(tables.clinicians).order_by(tables.clinicians.c.name)).all()
        return tuple(rows.clinician_from(row) for row in found)

    def save_clinician(self, clinician: Clinician) -> None:
        values = rows.clinician_values(clinician)
        with self._database.write() as connection:
            before = connection.execute(select(tables.clinicians).where(
                tables.clinicians.c.id == clinician.id)).one_or_none()
            connection.execute(insert(tables.clinicians).values(**values)
                               .on_conflict_do_update(index_elements=["id"], set_=values))
            self._log.note(connection, *_changes(
                "user", clinician.id,
                {} if before is None else rows.clinician_values(rows.clinician_from(before)), values))

    def who_signed(self) -> frozenset[str]:
        """Ids of those whom a signed encounter names."""
        table = tables.encounters
        query = select(table.c.clinician_id).where(table.c.state != EncounterState.DRAFT.value).distinct()
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def add_patient(self, patient: Patient) -> None:
        table = tables.patients
        with self._database.write() as connection:
            taken = connection.execute(select(table.c.id).where(table.c.number == patient.number)).first()
            if taken is not None:
                raise Conflict(
                    tr("The patient number {number} is already given.").format(number=patient.number),
                    next_step=tr("Search for the number: this may be the same person. Otherwise give another number."),
                )
            values = rows.patient_values(patient)
            connection.execute(insert(table).values(**values))
            self._log.new_patient(connection, patient.id)
            self._log.note(connection, AuditEvent(Deed.CREATED, "patient", patient.id, new=rows.json_text(values)))

    def patient_numbered(self, number: str) -> Patient | None:
        """Whose number it is, or looks like it: capital letters or not, in whichever alphabet."""
        table, wanted = tables.patients, looks(number)
        with self._database.read() as connection:
            given = connection.execute(select(table.c.id, table.c.number)).all()
        same = next((patient_id for patient_id, other in given if look_the_same(looks(other), wanted)), None)
        return None if same is None else self.patient(same)

    def save_patient_language(self, patient_id: str, language: str) -> None:
        table = tables.patients
        with self._database.write() as connection:
            before = self._one(connection, table, table.c.id == patient_id, later("patient")).language
            if before == language:
                return
            connection.execute(table.update().where(table.c.id == patient_id).values(language=language))
            self._log.note(connection, AuditEvent(Deed.CHANGED, "language of the patient's sheet", patient_id,
                                                  old=before, new=language))

    def patient(self, patient_id: str) -> Patient:
        with self._database.read() as connection:
            row = self._one(connection, tables.patients, tables.patients.c.id == patient_id, later("patient"))
        return rows.patient_from(row)

    def find_patients(self, text: str) -> Sequence[Patient]:
        """Whose name and number hold every word of the text, accents or not; by name, at most 200. No words: all."""
        table = tables.patients
        query = select(table).order_by(table.c.name, table.c.number).limit(_FOUND_AT_MOST)
        for word in plain_letters(text).split():
            query = query.where(func.plain_letters(table.c.search).contains(word, autoescape=True))
        with self._database.read() as connection:
            found = connection.execute(query).all()
        return tuple(rows.patient_from(row) for row in found)


def _in_words(clinic: dict[str, object]) -> dict[str, object]:
    """Which logo it is, without the picture itself."""
    logo = clinic["logo"]
    return {**clinic, "logo": hashlib.sha256(logo).hexdigest() if isinstance(logo, bytes) and logo else ""}


def _changes(what: str, subject: str, before: dict[str, object], after: dict[str, object]) -> list[AuditEvent]:
    """One row for each field that is another one now; one for something new."""
    if not before:
        return [AuditEvent(Deed.CREATED, what, subject=subject, new=rows.json_text(after))]
    return [AuditEvent(Deed.CHANGED, what, subject=subject, detail=name, old=str(before[name]), new=str(value))
            for name, value in after.items() if before[name] != value]
