"""Fixed sentences of the pack that belong on a screen, where they fit this patient."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.engine.decision import Truth
from desktop_app.presentation import words
from desktop_app.presentation.wizard import Wizard


@dataclass(frozen=True, slots=True)
class PageNote:
    text: str
    basis: tuple[words.Provenance, ...]
    check: str


def for_screen(wizard: Wizard, texts: tuple[str, ...]) -> tuple[PageNote, ...]:
    consultation = wizard.consultation
    pack = consultation.pack
    holds = wizard.decision.texts
    return tuple(
        PageNote(t.text, tuple(words.provenance(pack, b) for b in t.basis), words.CHECK[t.check])
        for t in pack.texts
        if t.id in texts and holds.get(t.id, Truth.YES) is Truth.YES
    )
