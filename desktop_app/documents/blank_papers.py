"""Papers about nobody yet: the blank form and the emergency card. reportlab is imported with this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.card_tree import card_tree
from desktop_app.documents.form_tree import form_tree
from desktop_app.documents.pages import render
from desktop_app.language import ENGLISH, on_paper
from desktop_app.use_cases.blank_papers import Blank

if TYPE_CHECKING:
    from datetime import date

    from desktop_app.engine.model import Pack
    from desktop_app.use_cases.domain import Clinic


class BlankPaper:
    """Makes PDF files from the pack and the settings; the same input makes the same bytes."""

    def make(
        self,
        blank: Blank,
        pack: Pack,
        clinic: Clinic | None,
        made_on: date,
        page_size: str = "A4",
        language: str = ENGLISH,
    ) -> bytes:
        """A paper of that kind, ``pack`` in its language. Without a clinic there are lines to write its name on."""
        tree = {Blank.FORM: form_tree, Blank.CARD: card_tree}[blank]
        with on_paper(language):
            return render(tree(pack, clinic, made_on, page_size), made_on)
