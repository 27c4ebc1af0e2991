"""The language of the program's own words: every sentence it says goes through ``tr`` or ``trn``.

It is chosen once at the start, before a window or a document is made, so that constants of a module may be
translated too; another choice counts from the next start. What the guideline says has catalogues of its own, which
``engine/spoken.py`` speaks from. Layer: below everything, the standard library alone.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Protocol

SYSTEM, ENGLISH = "system", "en"
PSEUDO, PSEUDO_LONG = "x-marked", "x-long"  # for tests: every sentence in brackets; and a third longer
PSEUDO_PIECES = "x-pieces"  # the same, but what is put into the gaps of a sentence stands outside of its brackets
LANGUAGES = {ENGLISH: "English", "fr": "Français", "es": "Español"}
APPROVED: dict[str, str] = {}  # language to who approved its catalogue and when; nobody yet
APPROVED_PAPERS: dict[str, str] = {}  # the same for what is printed
FILE = "language"
GUIDELINE = "guideline"  # folder of the catalogues of the guideline's sentences, beside the program's own
HELP = "help"  # the same for the pages of the help
PAPERS = "papers"  # the same for what only documents say
LEFT, RIGHT = "⟦", "⟧"
_LONGEST_CODE = 20


class Catalogue(Protocol):
    """As the ones of ``gettext`` are asked."""

    def gettext(self, message: str) -> str: ...
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str: ...
    def pgettext(self, context: str, message: str) -> str: ...


class _State:
    """What was chosen at the start."""

    language = ENGLISH
    catalogue: Catalogue | None = None
    folder: Path | None = None  # of the catalogues
    settings: Path | None = None  # where the choice is kept; None keeps nothing


def use(language: str, folder: Path) -> None:
    """Speak ``language`` from now on. ``folder`` holds the catalogues; what one lacks stands there in English."""
    _State.language, _State.catalogue, _State.folder = ENGLISH, None, folder
    if language in {PSEUDO, PSEUDO_LONG}:
        _State.language, _State.catalogue = language, _Marks(language)
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
    return tr("{language}: machine-drafted, not reviewed").format(language=LANGUAGES[_State.language])


_on_paper: ContextVar[str] = ContextVar("on_paper", default="")  # the language of the paper in the making


@contextlib.contextmanager
def on_paper(language: str) -> Iterator[None]:
    """What is said within is for a paper in ``language``, whatever the screens speak. For this thread only.

    A sentence that the papers' catalogue lacks comes from that of the screens; what both lack stands in English.
    """
    token = _on_paper.set(language)
    try:
        yield
    finally:
        _on_paper.reset(token)


@contextlib.contextmanager
def in_english() -> Iterator[None]:
    """English, whatever the screens speak: what is kept, compared and read by machines has one wording."""
    with on_paper(ENGLISH):
        yield


def paper_language(wanted: str) -> str:
    """The language in which a paper can be made: the wanted one where there is a catalogue for it, else English."""
    return wanted if wanted == ENGLISH or _of_paper(wanted, _State.folder) is not None else ENGLISH


def paper() -> str:
    """The language of the paper in the making; "" outside of one."""
    return _on_paper.get()


def is_draft(language: str) -> bool:
    """Whether papers in a language are in words that nobody has approved yet; English is as it was written."""
    return language not in {"", ENGLISH} and language not in APPROVED_PAPERS


def of_guideline(language: str = "") -> Callable[[str], str] | None:
    """How a sentence of the guideline is said, in the language of the screens unless another is named; None: as it is
    written. What a catalogue lacks stays English.
    """
    language = language or _State.language
    if language in {PSEUDO, PSEUDO_LONG, PSEUDO_PIECES}:
        return _Marks(language).gettext
    if language == ENGLISH or _State.folder is None:
        return None
    return _read(_State.folder / GUIDELINE / f"{language}.mo")


def of_help() -> Callable[[str], str] | None:
    """How the screens say a sentence of the help; None: as it is written. What a catalogue lacks stays English."""
    language = _State.language
    if language in {PSEUDO, PSEUDO_LONG}:
        return _Marks(language).gettext
    if language == ENGLISH or _State.folder is None:
        return None
    return _read(_State.folder / HELP / f"{language}.mo")


@cache
def _read(catalogue: Path) -> Callable[[str], str] | None:
    from gettext import GNUTranslations

    try:
        with catalogue.open("rb") as file:
            return GNUTranslations(file).gettext
    except (OSError, UnicodeDecodeError):
        return None


def tr(text: str) -> str:
    """The sentence in the language that is spoken."""
    said = _speaking()
    return text if said is None else said.gettext(text)


def trn(one: str, many: str, count: int) -> str:
    """The form that fits the count, its ``{count}`` not yet filled in."""
    said = _speaking()
    return (one if count == 1 else many) if said is None else said.ngettext(one, many, count)


def trc(context: str, text: str) -> str:
    """A word that means different things in different places; ``context``, never said, tells translators which."""
    said = _speaking()
    return text if said is None else said.pgettext(context, text)


def _speaking() -> Catalogue | None:
    """Who says it now; None: it stands as it is written."""
    paper = _on_paper.get()
    return _of_paper(paper, _State.folder) if paper else _State.catalogue


@cache
def _of_paper(language: str, folder: Path | None) -> Catalogue | None:
    if language in {PSEUDO, PSEUDO_LONG, PSEUDO_PIECES}:
        return _Marks(language)
    if language not in LANGUAGES or language == ENGLISH or folder is None:
        return None
    from gettext import GNUTranslations

    try:
        with (folder / PAPERS / f"{language}.mo").open("rb") as file:
            said = GNUTranslations(file)
        with (folder / f"{language}.mo").open("rb") as file:
            said.add_fallback(GNUTranslations(file))
    except (OSError, UnicodeDecodeError):
        return None
    return said


def later(text: str) -> str:
    """Names a sentence for the tool that collects them; it is said with ``tr`` where it is used."""
    return text


def counted(one: str, many: str) -> tuple[str, str]:
    """Names both forms of something that is counted, for the tool that collects sentences."""
    return one, many


class _Marks:
    """A language for tests: every sentence in brackets, or also a third longer."""

    def __init__(self, language: str) -> None:
        self._long, self._pieces = language == PSEUDO_LONG, language == PSEUDO_PIECES

    def gettext(self, message: str) -> str:
        if self._pieces:
            return "".join(one if one.startswith("{") else f"{LEFT}{one}{RIGHT}"
                           for one in re.split(r"(\{[^{}]*\})", message) if one)
        longer = " ~" * max(1, len(message) // 6) if self._long else ""
        return f"{LEFT}{message}{longer}{RIGHT}" if message else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002  as gettext has it
        return self.gettext(message)


# -- the choice ------------------------------------------------------------------------------------


def chosen() -> str:
    """What was chosen in the settings: ``system`` or a language."""
    folder = _State.settings
    if folder is None:
        return SYSTEM
    try:
        if not (folder / FILE).is_file():  # a named pipe would be waited for
            return SYSTEM
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
