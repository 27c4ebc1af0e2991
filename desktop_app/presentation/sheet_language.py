"""In which language the patient's sheet is written: what there is to choose, and in what state the words are."""

from __future__ import annotations

from pathlib import Path

from desktop_app.engine.model import Pack
from desktop_app.engine.problems import ContentError
from desktop_app.engine.translations import language_names, load_translation, stale
from desktop_app.language import tr, trn

NAMES = (tr("Arabic"), tr("French"), tr("Hindi"), tr("Portuguese"), tr("Spanish"), tr("Swahili"))
"""The languages that are shipped, named here for whoever translates."""
LABEL = tr("Language of the patient's sheet")
HINT = tr("What the patient takes home; everything else stays in the clinic's language.")


def choices(pack: Pack) -> tuple[tuple[str, str], ...]:
    """Language and its name, the clinic's own first under ""."""
    names = language_names(Path(pack.folder))
    return (("", tr("English, as in the clinic")),
            *sorted(((language, tr(english)) for language, (_, english) in names.items()), key=lambda one: one[1]))


def state(pack: Pack, language: str) -> str:
    """Whether anybody has approved the words, and what that means for the page; "" for the clinic's own."""
    if not language:
        return ""
    try:
        found = load_translation(Path(pack.folder), language)
    except ContentError:
        return tr("These words cannot be read: the sheet cannot be made in this language.")
    if found is None:
        return tr("The guideline has no words in this language: the sheet stays in English and says so.")
    if found.approved:
        told = tr("Approved by {by}, {on}: the sheet is in this language alone.").format(
            by=found.approved_by, on=found.approved_on)
    else:
        told = tr("Machine-drafted, not reviewed: each part stands beside its English, emergencies as pictures.")
    behind = len(stale(pack, found))
    if behind:
        told += " " + trn("{count} part is not translated and stands in English.",
                          "{count} parts are not translated and stand in English.", behind).format(count=behind)
    return told
