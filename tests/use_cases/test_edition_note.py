"""What is said of a consultation that was begun under another content of the guideline."""

from __future__ import annotations

from datetime import UTC, date, datetime

from desktop_app.engine.model import Pack
from desktop_app.use_cases.domain import Encounter, EncounterState
from desktop_app.use_cases.edition_note import edition_note


def begun(pack: Pack, *, version: str, content: str) -> Encounter:
    return Encounter("e1", "p1", 1, EncounterState.DRAFT, datetime(2026, 11, 12, tzinfo=UTC), date(2026, 11, 12), "c1",
                     pack.info.id, version, content, {})


def test_a_draft_of_another_edition_names_both(pack: Pack) -> None:
    told = edition_note(begun(pack, version="0.0.9", content="other"), pack, pack)
    assert "Begun with edition 0.0.9" in told
    assert f"with edition {pack.info.version}." in told


def test_a_draft_of_the_same_number_is_not_told_the_number_twice(pack: Pack) -> None:
    told = edition_note(begun(pack, version=pack.info.version, content="other"), pack, pack)
    assert told.count(pack.info.version) == 1
    assert "has changed since this was begun" in told
    assert "Look through what was decided." in told


def test_the_same_content_says_nothing(pack: Pack) -> None:
    assert edition_note(begun(pack, version="x", content=pack.content_hash), pack, pack) == ""
