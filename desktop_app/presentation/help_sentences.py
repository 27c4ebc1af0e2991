"""Every sentence of the help and the tour that is said in the language of the screens, for translators and tests."""

from __future__ import annotations

from pathlib import Path

from desktop_app.presentation import help as help_texts
from desktop_app.presentation import tour

TOUR = "tour.yaml"


def help_sentences(folder: Path) -> tuple[str, ...]:
    """Each paragraph and each line of a list once, in the order of the files. ``folder`` is that of the help."""
    found: dict[str, None] = {}

    def note(text: str) -> str:
        found[text] = None
        return text

    for file in sorted([*folder.glob("*.md"), *folder.glob("pages/*.md")]):
        if file.stem not in help_texts.FOR_TECHNICIANS:
            help_texts.read(file.stem, file.read_text(encoding="utf-8"), note)
    tour.read(folder / TOUR, note)
    return tuple(found)
