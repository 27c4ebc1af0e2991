"""The clinic lead's sign-off: "not clinically approved" becomes "approved by", for exactly this content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop_app.engine.model import Pack
from desktop_app.language import tr
from desktop_app.use_cases.edition_records import (
    Approval,
    Approved,
    Approves,
    EditionRecords,
    EditionSeal,
    Withdrawal,
)
from desktop_app.use_cases.errors import BadData, Conflict, LumbarError
from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.ports import Clock


class Approvals:
    """``authority`` gives the clinic's certificate: nothing else vouches for an approval."""

    def __init__(self, access: Access, records: EditionRecords, seal: EditionSeal, clock: Clock,
                 authority: Callable[[], Sequence[bytes]], signer: Callable[[str], Approves],
                 confirm: Callable[[str], None]) -> None:
        self.access = access
        self._records, self._seal, self._clock = records, seal, clock
        self._authority, self._signer, self._confirm = authority, signer, confirm
        self.trouble = ""  # why an approval that is there does not count

    def with_approval(self, pack: Pack) -> Pack:
        """The pack as its pages name it. What the folder itself says of an approval counts nothing here."""
        found = self.holding(pack.content_hash)
        info = replace(pack.info, approved=found is not None, approved_by=found.by if found else "",
                       approved_on=found.at.date().isoformat() if found else "")
        return pack if info == pack.info else replace(pack, info=info)  # the same one keeps what was worked out of it

    def holding(self, content_hash: str) -> Approved | None:
        """The approval of this content, checked; None where there is none that counts."""
        self.trouble = ""
        kept = self._records.approval(content_hash)
        if kept is None or kept.withdrawn is not None:
            return None
        try:
            found = self._seal.check_approval(kept.statement, self._authority())
        except LumbarError as error:
            self.trouble = f"{error} {error.next_step}".strip()
            return None
        if found.content_hash != content_hash:
            self.trouble = tr("The approval in the store is of other content and does not count.")
            return None
        return found

    def newest(self, content_hash: str) -> Approval | None:
        """Also when it was withdrawn."""
        return self._records.approval(content_hash)

    @needs(Action.APPROVE_GUIDELINE)
    def approve(self, pack: Pack, passphrase: str, pin: str = "") -> Pack:
        """Signed with the reviewer's own key. Raises ``BadData`` when that key is not one of this clinic."""
        if self.holding(pack.content_hash) is not None:
            raise Conflict(tr("This content is approved already."), next_step=tr("Withdraw that approval first."))
        now = self._clock.now()
        self._confirm(passphrase)
        statement = self._signer(pin).approve(pack.content_hash, pack.info.version, now)
        found = self._seal.check_approval(statement, self._authority())
        self._records.save_approval(Approval(pack.content_hash, found.by, now, statement))
        return self.with_approval(pack)

    @needs(Action.APPROVE_GUIDELINE)
    def withdraw(self, pack: Pack, reason: str, passphrase: str) -> Pack:
        """From now on every page says "not clinically approved" again; the approval stays in the record."""
        if not reason.strip():
            raise BadData(tr("Say why the approval is withdrawn; it stays in the record."))
        self._confirm(passphrase)
        self._records.withdraw_approval(pack.content_hash,
                                        Withdrawal(self._clock.now(), self.access.person.name, reason.strip()))
        return self.with_approval(pack)
