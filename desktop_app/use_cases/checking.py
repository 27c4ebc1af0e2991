"""Checks a signed file or a code inside the program: its signature, then what this clinic's own records say of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop_app.language import tr
from desktop_app.use_cases.correcting import standing_of
from desktop_app.use_cases.domain import DocumentEntry
from desktop_app.use_cases.fingerprint import sha256_of
from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.ports import Seal, Store, Verification
from desktop_app.use_cases.stamping import Stamps

SAME = tr("The records of this clinic hold this very file, byte for byte: {number} of {day}.")
OTHER = tr("The records of this clinic hold {number} with other contents. Do not rely on this file.")
UNKNOWN = tr("It is not among the documents that this computer holds; that alone says nothing against it.")
VOID = tr("{number} is void: it was signed for the wrong patient. Nothing of it holds.")
REPLACED = tr("{number} does not hold any more: {other} took its place on {day}.")
KNOWN = tr("The records of this clinic hold {number}, signed on {day}. Compare the paper with it.")


class Checks(Seal, Stamps, Protocol):
    """What the checks need of cryptography."""


@dataclass(frozen=True, slots=True)
class Checked:
    """``holds``: accepted, and nothing in the records speaks against it."""

    accepted: bool
    holds: bool
    sentences: tuple[str, ...]


class Checking:
    """``trust``: the certificates that this clinic believes, its own first."""

    def __init__(self, access: Access, store: Store, seal: Callable[[], Checks],
                 trust: Callable[[], Sequence[bytes]]) -> None:
        self.access = access
        self._store, self._seal, self._trust = store, seal, trust

    @needs(Action.SEE_PATIENTS)
    def file(self, content: bytes, *, more: Sequence[bytes] = (), stamp: bytes = b"") -> Checked:
        """A PDF; ``stamp`` is the time stamp beside it. Raises ``BadData`` when a certificate of ``more`` is none."""
        told = self._seal().verify(content, [*self._trust(), *more])
        same = self._store.find_document(sha256=sha256_of(content))
        known = same or self._numbered(told)
        against: list[str] = []
        said: list[str] = []
        if same is not None:
            said.append(SAME.format(number=same.number, day=same.created.date().isoformat()))
        elif known is not None:
            against.append(OTHER.format(number=known.number))
        else:
            said.append(UNKNOWN)
        if same is not None:
            against += self._gone(same)
        if stamp:
            verdict = self._seal().check_stamp(content, stamp, self._store.stamper().certificates)
            (said if verdict.fits else against).extend(verdict.sentences)
        return _checked(told, against, said)

    @needs(Action.SEE_PATIENTS)
    def code(self, text: str, *, more: Sequence[bytes] = ()) -> Checked:
        """The text of a code, as scanned or pasted."""
        told = self._seal().verify_code(text, [*self._trust(), *more])
        known = self._numbered(told)
        if known is None:
            return _checked(told, [], [UNKNOWN] if told.accepted else [])
        return _checked(
            told, self._gone(known), [KNOWN.format(number=known.number, day=known.created.date().isoformat())]
        )

    def _numbered(self, told: Verification) -> DocumentEntry | None:
        """Only what is certain of its signer may be looked up by the number that it states."""
        if not told.whole or not told.document_number:
            return None
        return self._store.find_document(number=told.document_number)

    def _gone(self, entry: DocumentEntry) -> list[str]:
        """Why the plan of this document does not hold any more; nothing when it does."""
        standing = standing_of(self._store, self._store.encounter(entry.encounter_id))
        if standing.void is not None:
            return [VOID.format(number=entry.number)]
        if standing.replaced_by:
            on = standing.replaced_on.isoformat() if standing.replaced_on is not None else tr("a later day")
            return [REPLACED.format(number=entry.number, other=standing.replaced_by, day=on)]
        return []


def _checked(told: Verification, against: Sequence[str], said: Sequence[str]) -> Checked:
    first = told.sentences if not told.accepted else ()
    rest = told.sentences if told.accepted else told.problems
    return Checked(told.accepted, told.accepted and not against,
                   tuple(dict.fromkeys((*first, *against, *rest, *said))))
