"""The desk of whoever came in: joins an opened profile with guideline, papers, keys and records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from desktop_app import VERSION
from desktop_app.parts import (
    Spoken,
    blank_papers,
    documents,
    folder_papers,
    get_ready_to_sign,
    loaded_guideline,
    own_cases,
    read_logo,
    seal,
)

if TYPE_CHECKING:
    from db.kept_head import ComputersHead
    from db.profile import Opened
    from desktop_app.clinical import ClinicalArithmetic
    from desktop_app.engine.model import Pack
    from desktop_app.use_cases.audit import AuditVerdict
    from desktop_app.use_cases.desk import Desk
    from desktop_app.use_cases.domain import Clinician
    from desktop_app.use_cases.edition_records import Approves
    from desktop_app.use_cases.guideline_editions import GuidelineEditions
    from desktop_app.use_cases.patient_folder import PatientFolder
    from desktop_app.use_cases.permissions import Access
    from desktop_app.use_cases.ports import Clock, KeyRing
    from desktop_app.use_cases.record_of_use import RecordOfUse


@dataclass(frozen=True, slots=True)
class DeskMaking:
    """What is the same for everybody who comes in at one door; ``as_asked``: shown only because somebody wished so."""

    folder: Path
    clock: Clock
    pack: Pack
    clinical: ClinicalArithmetic
    speak: Spoken
    confirm: Callable[[str], None]
    vouch: Callable[[str, str], Clinician]
    verify_audit: Callable[[], AuditVerdict]
    training: bool
    as_asked: bool

    def desk(self, opened: Opened, clinician: Clinician, keys: KeyRing, head: ComputersHead, *, read_only: bool,
             as_of: str) -> Desk:
        """``as_of``: the time of a copy that is looked at while somebody else works in the records."""
        from db.kept_backups import ProfileBackups
        from db.roll import ProfileRoll
        from db.surroundings import ComputerAround
        from desktop_app.use_cases.desk import Desk

        return Desk(
            pack=self.pack,
            clinical=self.clinical,
            store=opened.store,
            clock=self.clock,
            documents=documents,
            signer=opened.signer,
            ready=get_ready_to_sign,
            confirm=self.confirm,
            clinician=clinician,
            training=self.training,
            keys=keys,
            roll=ProfileRoll(opened, self.clock),
            vouch=self.vouch,
            blank_papers=blank_papers,
            logos=read_logo,
            record=lambda access: self._record(opened, access),
            patient_folder=lambda access: self._patient_folder(opened, access),
            checks=seal,
            trust=lambda: (opened.authority, opened.certificate().trust),
            editions=lambda access: self._editions(opened, access),
            surroundings=ComputerAround(self.folder, opened.newest_entry),
            backups=ProfileBackups(opened, self.folder, self.clock),
            head=head,
            read_only=read_only,
            as_asked=self.as_asked,
            as_of=as_of,
            speak=self.speak,
        )

    def _editions(self, opened: Opened, access: Access) -> GuidelineEditions:
        from db.shelf import FolderShelf
        from desktop_app.use_cases.approvals import Approvals
        from desktop_app.use_cases.guideline_editions import GuidelineEditions, Parts
        from desktop_app.use_cases.loaded import Loaded

        store, checks = opened.store, seal()
        # Every key that seal hands out can approve content as well as sign plans.
        approvals = Approvals(access, store, checks, self.clock, lambda: (opened.authority,),
                              lambda pin: cast("Approves", opened.signer(pin) if pin else opened.signer()),
                              self.confirm)
        return GuidelineEditions(access, Parts(
            store, store, FolderShelf(self.folder), checks, self.clock, self.confirm,
            Loaded(self.pack, self.clinical), loaded_guideline, own_cases, VERSION), approvals)

    def _record(self, opened: Opened, access: Access) -> RecordOfUse:
        from db.answer_json import from_text
        from desktop_app.use_cases.record_of_use import RecordOfUse

        return RecordOfUse(access, opened.store, self.confirm, self.verify_audit, from_text)

    def _patient_folder(self, opened: Opened, access: Access) -> PatientFolder:
        from db.answer_json import to_text
        from desktop_app.use_cases.patient_folder import PatientFolder

        return PatientFolder(access, opened.store, self.clock, self.confirm, folder_papers, to_text)
