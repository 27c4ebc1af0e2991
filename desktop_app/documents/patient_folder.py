"""The folder with everything about one patient: what a document carries, and the index as a page for any browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from html import escape
from urllib.parse import quote

from desktop_app.language import ENGLISH, LANGUAGES, now, tr
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
        title = tr("Everything about {name}").format(name=patient.name)
        parts = [
            f"<h1>{escape(title)}</h1>",
            f"<p>{_identity(patient)}</p>",
            "<p>" + tr("Saved on {time} by {name}, {clinic}.").format(
                time=_time(about.made), name=escape(about.by), clinic=escape(about.clinic.name)) + "</p>",
            '<p class="note">'
            + tr("These files are not encrypted. Keep them where only those can read them who may.") + "</p>",
            f"<h2>{tr('Consultations')}</h2>",
            *(_consultation(number, one) for number, one in enumerate(about.consultations, start=1)),
            "" if about.consultations else f"<p>{tr('None.')}</p>",
            f"<h2>{tr('Data')}</h2><ul>",
            _item(tr("{file}: every consultation with every answer, also what was not finished.").format(
                file=_link(CONSULTATIONS))),
            _item(tr("{file}: who did what with these data, {count} entries, newest first.").format(
                file=_link(RECORD), count=about.rows)),
            _item(tr("FHIR bundle: what a signed document says, as FHIR R4 for other programs.")),
            _item(tr("Decision record: on what the advice of a signed document rests.")) + "</ul>",
            f"<h2>{tr('What is not here')}</h2>",
            "<p>" + tr("What other clinics know. Copies that were printed, saved or sent before.") + "</p>",
        ]
        spoken = now() if now() in LANGUAGES else ENGLISH
        return (f'<!DOCTYPE html>\n<html lang="{spoken}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
                f"<style>{_STYLE}</style></head><body>\n" + "\n".join(part for part in parts if part)
                + "\n</body></html>\n").encode("utf-8", "replace")


def _identity(patient: Patient) -> str:
    tail = " " + tr("A fictional patient.") if patient.training else ""
    sex = {"female": tr("Female"), "male": tr("Male")}.get(patient.sex, patient.sex).lower()
    return tr("Number {number}, born {day}, {sex}.").format(
        number=escape(patient.number), day=patient.born.isoformat(), sex=escape(sex)) + tail


def _item(words: str) -> str:
    return f"<li>{words}</li>"


def _time(at: datetime) -> str:
    """In the time zone of this computer, which is named."""
    return f"{at.astimezone():%Y-%m-%d %H:%M %Z}".strip()


def _link(name: str) -> str:
    return f'<a href="{quote(name)}">{escape(name)}</a>'


def _consultation(number: int, one: IndexedConsultation) -> str:
    begun = tr("{number}. Begun on {day} by {name}: {state}") if one.by else tr("{number}. Begun on {day}: {state}")
    words = begun.format(number=number, day=f"{one.begun.astimezone():%Y-%m-%d}", name=escape(one.by),
                         state=escape(one.state))
    head = f"<h3>{words}</h3>"
    if not one.documents:
        return f"{head}\n<p>{tr('No document.')}</p>"
    rows = "\n".join(_row(document) for document in one.documents)
    return (f'{head}\n<table><thead><tr><th scope="col">{tr("Number")}</th><th scope="col">{tr("Signed")}</th>'
            f'<th scope="col">{tr("Files")}</th></tr></thead><tbody>\n{rows}\n</tbody></table>')


def _row(one: IndexedDocument) -> str:
    files = "<br>".join(f'<a href="{quote(path)}">{escape(what[:1].upper() + what[1:])}</a>'
                        for path, what in one.files)
    return (f'<tr><th scope="row">{escape(one.number)}</th><td>{_time(one.signed)}</td><td>{files}</td></tr>')
