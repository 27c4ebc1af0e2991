"""The folder with everything about one patient: what a document carries, and the index as a page for any browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from html import escape
from urllib.parse import quote

from desktop_app.use_cases.domain import Patient
from desktop_app.use_cases.patient_folder import (
    CONSULTATIONS,
    RECORD,
    FolderIndex,
    IndexedConsultation,
    IndexedDocument,
)

_STYLE = ("body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1d2329;background:#fff}"
          "h1{font-size:1.6em}h2{font-size:1.2em;margin-top:1.6em}table{border-collapse:collapse;width:100%}"
          "th,td{text-align:left;vertical-align:top;padding:.35em .6em .35em 0;border-bottom:1px solid #c8ced4}"
          "a{color:#00508c}p.note{border:2px solid #8a5a00;border-radius:8px;padding:.6em 1em}")


class FolderPaper:
    """The ``FolderPapers`` of ``use_cases.patient_folder``."""

    def __init__(self, attached: Callable[[bytes], Mapping[str, bytes]]) -> None:
        """``attached`` gives the files that a PDF carries, by name."""
        self.attached = attached

    def index(self, about: FolderIndex) -> bytes:
        patient = about.patient
        title = f"Everything about {patient.name}"
        parts = [
            f"<h1>{escape(title)}</h1>",
            f"<p>{_identity(patient)}</p>",
            f"<p>Saved on {_time(about.made)} by {escape(about.by)}, {escape(about.clinic.name)}.</p>",
            '<p class="note">These files are not encrypted. Keep them where only those can read them who may.</p>',
            "<h2>Consultations</h2>",
            *(_consultation(number, one) for number, one in enumerate(about.consultations, start=1)),
            "" if about.consultations else "<p>None.</p>",
            "<h2>Data</h2><ul>",
            f"<li>{_link(CONSULTATIONS)}: every consultation with every answer, also what was not finished.</li>",
            f"<li>{_link(RECORD)}: who did what with these data, {about.rows} entries, newest first.</li>",
            "<li>FHIR bundle: what a signed document says, as FHIR R4 for other programs.</li>",
            "<li>Decision record: on what the advice of a signed document rests.</li></ul>",
            "<h2>What is not here</h2><p>What other clinics know. Copies that were printed, saved or sent before.</p>",
        ]
        return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
                f"<style>{_STYLE}</style></head><body>\n" + "\n".join(part for part in parts if part)
                + "\n</body></html>\n").encode("utf-8", "replace")


def _identity(patient: Patient) -> str:
    tail = " A fictional patient." if patient.training else ""
    return f"Number {escape(patient.number)}, born {patient.born.isoformat()}, {escape(patient.sex)}.{tail}"


def _time(at: datetime) -> str:
    """In the time zone of this computer, which is named."""
    return f"{at.astimezone():%Y-%m-%d %H:%M %Z}".strip()


def _link(name: str) -> str:
    return f'<a href="{quote(name)}">{escape(name)}</a>'


def _consultation(number: int, one: IndexedConsultation) -> str:
    by = f" by {escape(one.by)}" if one.by else ""
    head = f"<h3>{number}. Begun on {one.begun.astimezone():%Y-%m-%d}{by}: {escape(one.state)}</h3>"
    if not one.documents:
        return f"{head}\n<p>No document.</p>"
    rows = "\n".join(_row(document) for document in one.documents)
    return (f'{head}\n<table><thead><tr><th scope="col">Number</th><th scope="col">Signed</th>'
            f'<th scope="col">Files</th></tr></thead><tbody>\n{rows}\n</tbody></table>')


def _row(one: IndexedDocument) -> str:
    files = "<br>".join(f'<a href="{quote(path)}">{escape(what[:1].upper() + what[1:])}</a>'
                        for path, what in one.files)
    return (f'<tr><th scope="row">{escape(one.number)}</th><td>{_time(one.signed)}</td><td>{files}</td></tr>')
