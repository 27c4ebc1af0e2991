"""The record of use: who did what to whose data, each row chained to the one before it, and what checking it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from errno import errorcode


class Deed(StrEnum):
    """What was done; the value is stored."""

    CREATED = "created"
    VIEWED = "viewed"
    CHANGED = "changed"
    SIGNED = "signed"
    VOIDED = "voided"
    PRINTED = "printed"
    EXPORTED = "exported"
    IMPORTED = "imported"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    FAILED = "failed"
    EMERGENCY_ACCESS = "emergency_access"
    ERASED = "erased"
    BACKED_UP = "backed_up"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """Something to record. With a ``patient_id`` the detail and the values are locked with that patient's own key,
    except for ``ERASED``, which is written when that key is gone: its words must not name the patient.
    """

    deed: Deed
    what: str  # the kind of thing, never patient data: "answer", "care plan CP-TR01-000001", "clinic"
    patient_id: str = ""
    subject: str = ""  # id of the encounter, document or user
    detail: str = ""  # which one, or why
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A recorded event as it can be shown."""

    sequence: int
    at: datetime
    by: str  # id of the user; "" is nobody who is known by name, as with the recovery key
    event: AuditEvent
    readable: bool = True  # False: the patient was erased, and what was locked with their key went with it


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The newest row and its seal. Kept outside the store too, it shows when rows are missing at the end."""

    sequence: int
    seal: str  # 64 hex digits; of an empty record all zeros

    def __str__(self) -> str:
        return f"{self.sequence}:{self.seal}"

    @staticmethod
    def read(text: str) -> AuditHead | None:
        """What ``str`` wrote; None for anything else."""
        found = re.fullmatch(r"(0|[1-9][0-9]{0,17}):([0-9a-f]{64})", text, re.ASCII)
        return None if found is None else AuditHead(int(found[1]), found[2])


@dataclass(frozen=True, slots=True)
class OuterHead:
    """A head that was kept outside the store, and where: "care plan CP-TR01-000001", "backup 12"."""

    where: str
    head: AuditHead


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """What checking the whole record says."""

    rows: int
    problems: tuple[str, ...]  # sentences; empty: every row is as it was written
    compared: int = 0  # how many heads from outside the store were compared
    restored: tuple[int, ...] = ()  # rows that tell of a restored backup: what came after it is not here

    @property
    def sound(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which rows to show; empty fields leave nothing out."""

    patient_id: str = ""
    by: str = ""
    deed: str = ""


ALL_ROWS = AuditFilter()


def kind_of(problem: BaseException) -> str:
    """What failed, in one wording whatever language the screens of whoever worked spoke: "IoFailed (ENOSPC)"."""
    code = problem.__cause__.errno if isinstance(problem.__cause__, OSError) else None
    return type(problem).__name__ + (f" ({errorcode.get(code, code)})" if code else "")
