"""Collects the program's sentences with xgettext, and the guideline's, merges them into each language's catalogues and
compiles these.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app import language, places  # noqa: E402  found from here on
from desktop_app.engine.loader import load_pack  # noqa: E402
from desktop_app.engine.spoken import sentences  # noqa: E402
from desktop_app.presentation.help_sentences import help_sentences  # noqa: E402

FOLDER = ROOT / "resources" / "translations"
ROOMS = ("desktop_app/engine", "desktop_app/clinical", "desktop_app/use_cases", "desktop_app/pictures",
         "desktop_app/presentation", "desktop_app/widgets", "desktop_app/seal", "db")
PAPERS = "desktop_app/documents"  # the room whose sentences have catalogues of their own, but for what screens say
ON_SCREEN = [f"desktop_app/documents/{name}.py" for name in ("care_plan", "logo", "patient_folder")]
LANGUAGES = ("es", "fr")


def collected(target: Path) -> None:
    """Write the template: every sentence in ``tr`` and ``trn``."""
    _collect(target, [*_files(*ROOMS), *ON_SCREEN, "desktop_app/language.py", "desktop_app/door.py"])


def collected_papers(target: Path) -> None:
    """Write the template: every sentence that documents alone say; what screens say too stands in theirs."""
    screens = target.with_name("screens.pot")
    collected(screens)
    _collect(target, [one for one in _files(PAPERS) if one not in ON_SCREEN], f"--exclude-file={screens}")


def _files(*rooms: str) -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for room in rooms for path in
                  (ROOT / room).rglob("*.py"))


def _collect(target: Path, files: list[str], *more: str) -> None:
    keywords = ("--keyword=tr", "--keyword=later", "--keyword=trn:1,2", "--keyword=trc:1c,2", "--keyword=counted:1,2")
    unseen = target.with_name("inside_f_strings.py")
    unseen.write_text("".join(f"{one}\n" for name in files for one in _inside_f_strings(name)), encoding="utf-8")
    _run("xgettext", "--language=Python", "--from-code=UTF-8", *keywords, *more, "--no-location", "--sort-output",
         "--no-wrap", "--output", str(target), *files, str(unseen))


def _inside_f_strings(name: str) -> Iterator[str]:
    """The calls that xgettext does not see, as Python."""
    for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"tr", "trn", "trc"}:
                    yield ast.unparse(call)


def collected_guideline(target: Path) -> None:
    """Write the template: every sentence of the shipped guideline that the screens show."""
    _write(sentences(load_pack(places.guideline())), target)


def collected_help(target: Path) -> None:
    """Write the template: every paragraph of the help and the tour, but for the pages that are English only."""
    _write(help_sentences(places.resources() / "help"), target)


def _write(found: Iterable[str], target: Path) -> None:
    entries = ['msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n']
    entries += [f'msgid "{_quoted(one)}"\nmsgstr ""\n' for one in found]
    target.write_text("\n".join(entries), encoding="utf-8")


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def merged(catalogue: Path, template: Path, target: Path) -> None:
    """The catalogue with every sentence of the template, none besides; nothing is guessed."""
    _run("msgmerge", "--quiet", "--no-fuzzy-matching", "--no-wrap", "--sort-output", "--output-file", str(target),
         str(catalogue), str(template))
    _run("msgattrib", "--no-obsolete", "--no-wrap", "--sort-output", "--output-file", str(target), str(target))
    lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
    target.write_text("".join(line for line in lines if "-Date: " not in line), encoding="utf-8")  # the same each day


def compiled(catalogue: Path, target: Path) -> None:
    _run("msgfmt", "--check", "--no-hash", "--output-file", str(target), str(catalogue))


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})


def _renewed(made: Path, kept: Path, language_: str, *, check: bool) -> Iterator[str]:
    """The files that are not as they were just made, written anew unless they are only checked."""
    for kind in ("po", "mo"):
        new, old = made / f"{language_}.{kind}", kept / f"{language_}.{kind}"
        if not old.is_file() or old.read_bytes() != new.read_bytes():
            if not check:
                old.write_bytes(new.read_bytes())
            yield old.relative_to(FOLDER).as_posix()


def main() -> int:
    """0: done, or nothing to do; 1: ``--check`` found a file that is not up to date."""
    check = "--check" in sys.argv[1:]
    stale = []
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        for collect, folder in ((collected, FOLDER), (collected_guideline, FOLDER / language.GUIDELINE),
                                (collected_help, FOLDER / language.HELP),
                                (collected_papers, FOLDER / language.PAPERS)):
            collect(here / "all.pot")
            for name_ in LANGUAGES:
                merged(folder / f"{name_}.po", here / "all.pot", here / f"{name_}.po")
                compiled(here / f"{name_}.po", here / f"{name_}.mo")
                stale += _renewed(here, folder, name_, check=check)
    if check and stale:
        print(f"not up to date: {', '.join(stale)}; run build/translations")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
