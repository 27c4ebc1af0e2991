"""Time stamps from the network, opt-in: only a file's hash is sent, the answer is kept beside the file, never in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from desktop_app.language import tr
from desktop_app.use_cases.domain import DocumentEntry, Stamper, TimeStamp
from desktop_app.use_cases.errors import BadData, NotInStore
from desktop_app.use_cases.fingerprint import sha256_of
from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.ports import Clock, Store

SUFFIX = ".tsr"
"""What stands after the whole name of the file that a time stamp belongs to: plan.pdf, plan.pdf.tsr."""


@dataclass(frozen=True, slots=True)
class StampVerdict:
    """What a time stamp beside a file proves, if anything."""

    fits: bool  # it is about these very bytes, and whole
    trusted: bool  # somebody known here vouches for the authority
    at: datetime | None
    authority: str
    sentences: tuple[str, ...]


class Stamps(Protocol):
    """Makes the question, sends it, and reads the answer; ``seal`` implements it."""

    def fetch_stamp(self, content: bytes, address: str) -> bytes:
        """The authority's answer. The only place of the program that opens a connection. Raises ``IoFailed`` when
        nobody answers, ``BadData`` when the answer is no time stamp of this file.
        """

    def check_stamp(self, content: bytes, stamp: bytes, trust: bytes) -> StampVerdict: ...


def require_address(address: str) -> str:
    """The address as it will be asked. Raises ``BadData``."""
    address = address.strip()
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise BadData(tr("“{address}” is not the address of a time-stamp authority.").format(address=address),
                      next_step=tr("It begins with https:// or http://, as the authority names it."))
    return address


class Stamping:
    """Time stamps of the documents in the store."""

    def __init__(self, access: Access, store: Store, clock: Clock, stamps: Callable[[], Stamps]) -> None:
        self.access = access
        self._store, self._clock, self._stamps = store, clock, stamps

    @property
    def stamper(self) -> Stamper:
        return self._store.stamper()

    @needs(Action.CHANGE_CLINIC)
    def save_stamper(self, stamper: Stamper) -> None:
        """An empty address turns time stamps off. Raises ``BadData`` for what is no address."""
        if stamper.address.strip():
            require_address(stamper.address)
        self._store.save_stamper(stamper)

    @needs(Action.SEE_PATIENTS)
    def stamp_of(self, document_id: str) -> TimeStamp | None:
        return self._store.time_stamp(document_id)

    @needs(Action.SEE_PATIENTS)
    def stamp_for(self, content: bytes) -> TimeStamp | None:
        """The stamp of a file of the records, by its bytes."""
        entry = self._store.find_document(sha256=sha256_of(content))
        return None if entry is None else self._store.time_stamp(entry.id)

    @needs(Action.SEE_PATIENTS)
    def verdict_on(self, content: bytes, stamp: TimeStamp) -> StampVerdict:
        return self._stamps().check_stamp(content, stamp.content, self.stamper.certificates)

    @needs(Action.SEE_PATIENTS)
    def missing(self, encounter_id: str) -> tuple[DocumentEntry, ...]:
        """The documents of a consultation that have no time stamp yet."""
        return tuple(one for one in self._store.entries_of(encounter_id) if self._store.time_stamp(one.id) is None)

    @needs(Action.SIGN)
    def fetch(self, encounter_id: str) -> int:
        """Fetch and keep a time stamp for each signed document that has none; how many. Each is kept as it comes."""
        address = require_address(self.stamper.address)
        wanted = {one.id for one in self.missing(encounter_id)}
        documents = [one for one in self._store.documents_of(encounter_id) if one.id in wanted]
        if not documents:
            raise NotInStore(tr("Every document of this consultation has its time stamp."),
                             next_step=tr("Nothing is left to do."))
        for document in documents:
            answer = self._stamps().fetch_stamp(document.content, address)
            self._store.save_time_stamp(TimeStamp(document.id, self._clock.now(), address, answer))
        return len(documents)
