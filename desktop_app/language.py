"""The language of the program's own words: every sentence it says goes through ``tr`` or ``trn``.

It is chosen once at the start, before a window or a document is made, so that constants of a module may be
translated too; another choice counts from the next start. What the guideline says has catalogues of its own, which
``engine/spoken.py`` speaks from. Layer: below everything, the standard library alone.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

SYSTEM, ENGLISH = "system", "en"
PSEUDO, PSEUDO_LONG = "x-marked", "x-long"  # for tests: every sentence in brackets; and a third longer
LANGUAGES = {ENGLISH: "English", "fr": "Français", "es": "Español"}
APPROVED: dict[str, str] = {}  # language to who approved its catalogue and when; nobody yet
FILE = "language"
GUIDELINE = "guideline"  # folder of the catalogues of the guideline's sentences, beside the program's own
LEFT, RIGHT = "⟦", "⟧"
_LONGEST_CODE = 20


class _State:
    """What was chosen at the start."""

    language = ENGLISH
    catalogue: NullTranslations | None = None
    folder: Path | None = None  # of the catalogues
    settings: Path | None = None  # where the choice is kept; None keeps nothing


def use(language: str, folder: Path) -> None:
    """Speak ``language`` from now on. ``folder`` holds the catalogues; what one lacks stands there in English."""
    _State.language, _State.catalogue, _State.folder = ENGLISH, None, folder
    if language in {PSEUDO, PSEUDO_LONG}:
        _State.language = language
    elif language in LANGUAGES and language != ENGLISH:
        from gettext import GNUTranslations

        with contextlib.suppress(OSError, UnicodeDecodeError), (folder / f"{language}.mo").open("rb") as file:
            _State.catalogue = GNUTranslations(file)
            _State.language = language


def now() -> str:
    """The language that is spoken."""
    return _State.language


def draft_words() -> str:
    """What stands in sight while a catalogue is used that nobody approved; "" in English."""
    if _State.language not in LANGUAGES or _State.language == ENGLISH or _State.language in APPROVED:
        return ""
    return LANGUAGES[_State.language] + ": " + tr("machine-drafted, not reviewed")


_on_paper: ContextVar[bool] = ContextVar("on_paper", default=False)


@contextlib.contextmanager
def in_english() -> Iterator[None]:
    """English, whatever the screens speak: what is signed and printed has one wording. For this thread only."""
    token = _on_paper.set(True)
    try:
        yield
    finally:
        _on_paper.reset(token)


def of_guideline() -> Callable[[str], str] | None:
    """How the screens say a sentence of the guideline; None: as it is written. What a catalogue lacks stays English."""
    if _State.language in {PSEUDO, PSEUDO_LONG}:
        return _marked
    if _State.language == ENGLISH or _State.folder is None:
        return None
    return _guideline(_State.folder / GUIDELINE / f"{_State.language}.mo")


@cache
def _guideline(catalogue: Path) -> Callable[[str], str] | None:
    from gettext import GNUTranslations

    try:
        with catalogue.open("rb") as file:
            return GNUTranslations(file).gettext
    except (OSError, UnicodeDecodeError):
        return None


def tr(text: str) -> str:
    """The sentence in the language that is spoken."""
    if _State.language == ENGLISH or _on_paper.get():
        return text
    if _State.catalogue is not None:
        return _State.catalogue.gettext(text)
    return _marked(text)


def trn(one: str, many: str, count: int) -> str:
    """The form that fits the count, its ``{count}`` not yet filled in."""
    text = one if count == 1 else many
    if _State.language == ENGLISH or _on_paper.get():
        return text
    if _State.catalogue is not None:
        return _State.catalogue.ngettext(one, many, count)
    return _marked(text)


def trc(context: str, text: str) -> str:
    """A word that means different things in different places; ``context``, never said, tells translators which."""
    if _State.language == ENGLISH or _on_paper.get():
        return text
    if _State.catalogue is not None:
        return _State.catalogue.pgettext(context, text)
    return _marked(text)


def later(text: str) -> str:
    """Names a sentence for the tool that collects them; it is said with ``tr`` where it is used."""
    return text


def counted(one: str, many: str) -> tuple[str, str]:
    """Names both forms of something that is counted, for the tool that collects sentences."""
    return one, many


@cache
def _marked(text: str) -> str:
    longer = " ~" * max(1, len(text) // 6) if _State.language == PSEUDO_LONG else ""
    return f"{LEFT}{text}{longer}{RIGHT}" if text else text


# -- the choice ------------------------------------------------------------------------------------


def chosen() -> str:
    """What was chosen in the settings: ``system`` or a language."""
    folder = _State.settings
    if folder is None:
        return SYSTEM
    try:
        with (folder / FILE).open(encoding="utf-8") as file:
            kept = file.read(_LONGEST_CODE).strip()
    except (OSError, UnicodeDecodeError):
        return SYSTEM
    return kept if kept in {*LANGUAGES, PSEUDO, PSEUDO_LONG} else SYSTEM


def choose(language: str) -> None:
    """Keep the choice for the next start; a folder that cannot be written loses it, nothing else."""
    folder = _State.settings
    if folder is None:
        return
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(language + "\n", encoding="utf-8")


def of_system() -> str:
    """The computer's language as far as the program has it, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "")
        if code:
            return _known(code)
    import locale

    return _known(locale.getlocale()[0] or "")


def _known(code: str) -> str:
    short = code.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return short if short in LANGUAGES else ENGLISH


def begin(settings: Path, catalogues: Path) -> None:
    """Speak what was chosen, else the computer's language."""
    _State.settings = settings
    kept = chosen()
    use(of_system() if kept == SYSTEM else kept, catalogues)
