"""Signing makes every document that the decision has, numbered and signed, in one stored step."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desktop_app import language, places
from desktop_app.documents.care_plan import Paper
from desktop_app.parts import Spoken
from desktop_app.seal.attached import files
from desktop_app.use_cases.domain import Letterhead, PaperKind, Verdict
from desktop_app.use_cases.errors import BadData
from tests.fakes import PASSPHRASE, MarkingSigner
from tests.use_cases.conftest import Surgery


def kinds_after_signing(surgery: Surgery, case: str) -> list[str]:
    consultation = surgery.consult(case)
    if not consultation.decision.emergency.positive:
        for option in ("refer_urgently", "epidural_injection"):
            consultation.choose(option, Verdict.ACCEPT)
    plan = consultation.sign(MarkingSigner())
    kept = surgery.store.documents_of(consultation.encounter.id)
    assert kept[0] == plan
    assert len({document.number for document in kept}) == len(kept)
    for document in kept:
        assert document.sha256 == hashlib.sha256(document.content).hexdigest()
        assert document.content.endswith(b"signed by Dr N. Karim")
    return [document.kind for document in kept]


@pytest.fixture
def on_paper(surgery: Surgery) -> Surgery:
    """The same surgery with the real documents."""
    paper = Paper()
    surgery.desk._documents = lambda: paper  # type: ignore[assignment]  # the port, as the door hands it in
    return surgery


def test_a_decision_has_plan_letter_and_sheets(on_paper: Surgery) -> None:
    assert kinds_after_signing(on_paper, "c01") == [
        PaperKind.CARE_PLAN, PaperKind.LETTER, PaperKind.HANDOUT, PaperKind.CHOICES,
    ]  # fmt: skip


def test_an_emergency_has_plan_and_transfer_note(on_paper: Surgery) -> None:
    assert kinds_after_signing(on_paper, "c09") == [PaperKind.CARE_PLAN, PaperKind.TRANSFER_NOTE]


def test_each_reason_in_the_signature_names_its_document() -> None:
    said = {kind.signed_words for kind in PaperKind}
    assert len(said) == len(PaperKind)
    assert "Care plan signed" in said
    assert "Patient's sheet signed" in said


def test_no_number_is_used_up_by_a_document_that_is_not_there(surgery: Surgery) -> None:
    consultation = surgery.consult("c01")
    consultation.choose("refer_urgently", Verdict.ACCEPT)
    asked: list[str] = []
    numbers = surgery.store.next_document_number
    surgery.store.next_document_number = lambda kind: (asked.append(kind), numbers(kind))[1]  # type: ignore[method-assign]
    consultation.sign(MarkingSigner())
    assert PaperKind.TRANSFER_NOTE.value not in asked
    assert replace(consultation.encounter).state.value == "signed"


# --- drafts, and the words alone --------------------------------------------------------------------------


@pytest.mark.parametrize("case", ["c01", "c09"])
def test_a_draft_has_the_documents_that_signing_would_make(on_paper: Surgery, case: str) -> None:
    consultation = on_paper.consult(case)
    if case == "c01":
        assert PaperKind.HANDOUT not in consultation.draft_kinds()  # nothing was decided yet
        consultation.choose("refer_urgently", Verdict.ACCEPT)
    expected = consultation.draft_kinds()
    for kind in expected:
        assert consultation.draft(kind).startswith(b"%PDF")
        told = consultation.plain_text(kind)
        assert told.splitlines()[1] == "DRAFT, NOT SIGNED"
    consultation.sign(MarkingSigner())
    assert [one.kind for one in consultation.documents] == list(expected)


def test_the_words_of_a_signed_plan_name_it_and_hold_what_it_says(on_paper: Surgery) -> None:
    consultation = on_paper.consult("c01")
    consultation.choose("refer_urgently", Verdict.ACCEPT)
    plan = consultation.sign(MarkingSigner())
    told = consultation.plain_text(PaperKind.CARE_PLAN)
    assert plan.number in told.splitlines()[0]
    assert "DRAFT" not in told
    assert consultation.patient.name in told
    assert consultation.pack.options["refer_urgently"].title[:20] in told
    assert max(len(line) for line in told.splitlines()) <= 78
    assert "\n\n\n" not in told


class LateClock:
    """What is around the program: the newest entry was made a day after this computer's clock."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def newest_entry(self) -> datetime:
        return self.at + timedelta(days=1)


def test_copied_words_keep_the_language_and_the_doubt_they_were_signed_with(
    on_paper: Surgery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language._State, "folder", places.resources() / "translations")
    paper = Paper(files)
    on_paper.desk._documents = lambda: paper  # type: ignore[assignment]  # the port, as the door hands it in
    consultation = on_paper.consult("c01")
    consultation._in_language = Spoken()
    consultation.choose("refer_urgently", Verdict.ACCEPT)
    consultation._surroundings = LateClock(on_paper.clock.now())  # type: ignore[assignment]
    clinic = on_paper.store.clinic()
    on_paper.store.save_clinic(replace(clinic, letterhead=Letterhead(language="fr")))
    consultation.sign(MarkingSigner())
    on_paper.store.save_clinic(clinic)  # from now on papers are English, and the clock has been set
    consultation._surroundings = None
    for kind in (PaperKind.CARE_PLAN, PaperKind.LETTER):
        told = consultation.plain_text(kind)
        assert "Diagnostic" in told
        assert "Diagnosis" not in told
        assert "horloge douteuse" in told


def test_copied_words_of_a_plan_that_does_not_hold_begin_in_the_language_it_was_signed_in(
    on_paper: Surgery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language._State, "folder", places.resources() / "translations")
    paper = Paper(files)
    on_paper.desk._documents = lambda: paper  # type: ignore[assignment]  # the port, as the door hands it in
    consultation = on_paper.consult("c01")
    consultation._in_language = Spoken()
    consultation.choose("refer_urgently", Verdict.ACCEPT)
    clinic = on_paper.store.clinic()
    on_paper.store.save_clinic(replace(clinic, letterhead=Letterhead(language="fr")))
    number = consultation.sign(MarkingSigner()).number
    on_paper.store.save_clinic(clinic)
    on_paper.desk.void(consultation.encounter.id, "the wrong patient was open", PASSPHRASE)
    consultation = on_paper.desk.open_encounter(consultation.encounter.id)
    consultation._in_language = Spoken()
    told = consultation.plain_text(PaperKind.CARE_PLAN)
    assert told.startswith(f"INVALIDÉ : {number}")
    assert "void" not in told.splitlines()[0].lower()


def test_words_are_not_made_anew_from_other_content(on_paper: Surgery) -> None:
    consultation = on_paper.consult("c01")
    consultation.choose("refer_urgently", Verdict.ACCEPT)
    consultation.sign(MarkingSigner())
    consultation._encounter = replace(consultation.encounter, content_hash="another")
    with pytest.raises(BadData, match="another version"):
        consultation.plain_text(PaperKind.CARE_PLAN)
