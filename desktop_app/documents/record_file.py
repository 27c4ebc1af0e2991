"""The decision record as the file that travels inside the PDF: the record, whose it is, which paper it is on."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop_app.language import tr
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.ports import SignedAs
from desktop_app.use_cases.surroundings import ClockDoubt

if TYPE_CHECKING:
    from desktop_app.use_cases.ports import PlanInput

FILE_NAME = "decision-record.json"
ENTRY, APPROVAL = "newest_entry", "guideline_approved"
"""What a doubted clock was compared with, as the record names it."""


def record_file(plan: PlanInput, kind: str) -> bytes:
    """The record with ``patient``, ``own_impression`` and ``document`` added; sorted keys, so the same bytes."""
    try:
        record = json.loads(plan.record)
    except ValueError as wrong:
        raise BadData(
            tr("The decision record of this plan is not readable."),
            next_step=tr("Evaluate the case again and make the document anew."),
        ) from wrong
    if not isinstance(record, dict):
        raise BadData(
            tr("The decision record of this plan is not a record."),
            next_step=tr("Evaluate the case again and make the document anew."),
        )
    record["patient"] = {
        "name": plan.patient.name,
        "number": plan.patient.number,
        "born": plan.patient.born.isoformat() if plan.patient.born != date.min else None,
    }
    noted = plan.impression if plan.impression is not None and plan.impression.text else None
    record["own_impression"] = None if noted is None else {
        "text": noted.text,
        "noted": noted.noted.isoformat(),
        "by": noted.by,
    }
    record["document"] = {
        "number": plan.number,
        "kind": kind,
        "language": plan.language,
        "as_of": plan.decision.as_of.isoformat(),
        "signed_on": plan.signed_on.isoformat() if plan.signed_on is not None else None,
    }
    if plan.clock_doubt is not None:
        than = ENTRY if plan.clock_doubt.approved is None else APPROVAL
        record["document"]["clock_in_doubt"] = {than: plan.clock_doubt.newest.isoformat()}
    if plan.replaces is not None:
        record["document"]["replaces"] = {"number": plan.replaces.number_for(kind), "reason": plan.replaces.reason}
    return (json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n").encode("utf-8")


def read_signed_as(record: bytes, at: datetime) -> SignedAs:
    """How a plan was told, by the record that it carries; nothing of a record that does not say, as older ones."""
    try:
        document = json.loads(record)["document"]
        doubt = document.get("clock_in_doubt") or {}
        return SignedAs(str(document.get("language", "")), next(
            (ClockDoubt(at, newest, newest.date() if than == APPROVAL else None)
             for than, told in doubt.items() for newest in [datetime.fromisoformat(told)]), None))
    except (ValueError, LookupError, TypeError, AttributeError):
        return SignedAs()
