"""Reads what a PDF carries: its attached files, and for whom it is by the decision record or its own subject."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from desktop_app.language import tr

RECORD = "decision-record.json"
_LARGEST = 8 * 1024 * 1024
_MOST_NODES = 200


@dataclass(frozen=True, slots=True)
class About:
    patient: str = ""  # "Jane Roe, number TR-0001, born 1950-03-01"
    number: str = ""


def about(reader: Any) -> About:
    """Nothing found is not an error: the caller says that no patient is named."""
    record = _record(reader)
    if record is not None:
        patient, document = record.get("patient"), record.get("document")
        return About(_person(patient) if isinstance(patient, dict) else "",
                     _text(document.get("number")) if isinstance(document, dict) else "")
    info = entry(reader.trailer_view, "/Info")
    subject = entry(info, "/Subject") if info is not None else None
    return About(patient=_text(str(subject)) if subject else "")


def files(pdf: bytes) -> dict[str, bytes]:
    """The files that a document carries, by name; none of a file that cannot be read."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        return {name: bytes(one["/EF"]["/F"].data) for name, one in _attached(PdfFileReader(BytesIO(pdf)))}
    except (PdfError, LookupError, TypeError, AttributeError, ValueError):
        return {}


def _record(reader: Any) -> dict[str, Any] | None:
    specification = next((one for name, one in _attached(reader) if name == RECORD), None)
    if specification is None:
        return None
    content = specification["/EF"]["/F"].data
    if len(content) > _LARGEST:
        return None
    found = json.loads(content)
    return found if isinstance(found, dict) else None


def _attached(reader: Any) -> Iterator[tuple[str, Any]]:
    """A tree that leads back to itself must not be followed for ever: so many of its nodes are looked at, no more."""
    names = entry(reader.root, "/Names")
    tree = entry(names, "/EmbeddedFiles") if names is not None else None
    left = [tree] if tree is not None else []
    for _ in range(_MOST_NODES):
        if not left:
            break
        node = left.pop()
        entries = entry(node, "/Names") or ()
        for place in range(0, min(len(entries), _MOST_NODES) - 1, 2):
            yield str(entries[place]), entries[place + 1]
        left += [child.get_object() for child in (entry(node, "/Kids") or ())[:_MOST_NODES]]


def entry(dictionary: Any, key: str) -> Any:
    """The value itself, also where the file only points to it. None when there is none."""
    # Not ``get``: that would give the pointer where the file has one.
    return dictionary[key] if key in dictionary else None  # noqa: SIM401


def _person(patient: dict[str, Any]) -> str:
    name, number, born = (_text(patient.get(key)) for key in ("name", "number", "born"))
    parts = [name, tr("number {number}").format(number=number) if number else "",
             tr("born {born}").format(born=born) if born else ""]
    return ", ".join(part for part in parts if part)


def _text(value: object) -> str:
    return "".join(letter for letter in str(value) if letter.isprintable())[:200] if value is not None else ""
