"""A patient's sheet in two languages: what marks a draft or an approval, and how the two stand beside each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.documents.tree import (
    Block,
    Foreign,
    FromRight,
    InLanguage,
    Listing,
    Note,
    Paragraph,
    bold,
    quiet,
    text,
)
from desktop_app.language import tr

if TYPE_CHECKING:
    from desktop_app.documents.view import PlanView
    from desktop_app.engine.translations import Translation

_NARROWEST = 0.45  # of the width, for the clinic's language beside a longer one: both columns end at about one height
Part = tuple[Block, ...]


def no_words(language: str) -> Note:
    """For a patient who reads a language that the pack has no words in."""
    words = tr("This content has no words in the patient's language ({language}).").format(language=language)
    return Note(tr("No translation"), (text(words),), "triangle")


def not_reviewed(translation: Translation) -> Note:
    """That nobody has checked the words, in both languages."""
    counted = text(
        bold(tr("Machine-drafted, not reviewed.") + " "),
        tr("Nobody has checked the {language} words; the words on the left count. "
           "Go through the sheet with somebody who speaks both languages.").format(language=translation.english_name),
    )
    return Note(f"{translation.english_name} · {translation.name}", (counted,), "triangle",
                Foreign(translation.language, translation.notice, translation.right_to_left))


def approval(view: PlanView, translation: Translation) -> Block:
    """Who approved the words, and when."""
    state = f"{view.pack.info.state_words}."
    words = tr("Translation into {language} approved by {name}, {day}.").format(
        language=translation.english_name, name=translation.approved_by, day=translation.approved_on)
    return Paragraph(text(bold(state), quiet(f" {words}")), "small", 4.0)


def foreign(translation: Translation, blocks: Part) -> Block:
    """The blocks in the language of a translation, mirrored where it is read from the right."""
    return InLanguage(translation.language, (FromRight(blocks),) if translation.right_to_left else blocks)


def share_of_left(translation: Translation) -> float:
    """The share of the width for the clinic's language beside a translation."""
    return max(_NARROWEST, min(0.5, translation.shorter))


def rows_of(left: Part, right: Part) -> list[tuple[Part, Part]]:
    """A part in two languages in small rows, each block and item beside its own: a page can end between them."""
    if [type(one) for one in left] != [type(one) for one in right]:
        return [(left, right)]
    rows: list[tuple[Part, Part]] = []
    for one, same in zip(left, right, strict=True):
        if isinstance(one, Listing) and isinstance(same, Listing) and len(one.items) == len(same.items):
            rows += [((replace(one, items=(item,)),), (replace(same, items=(its,)),))
                     for item, its in zip(one.items, same.items, strict=True)]
        else:
            rows.append(((one,), (same,)))
    return rows
