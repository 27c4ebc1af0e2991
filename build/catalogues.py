"""Collects the program's sentences with xgettext, merges them into each language's catalogue and compiles it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
ROOMS = ("use_cases", "pictures", "presentation", "documents", "widgets")
LANGUAGES = ("es", "fr")


def collected(target: Path) -> None:
    """Write the template: every sentence in ``tr`` and ``trn``."""
    files = sorted(path.relative_to(ROOT).as_posix() for room in ROOMS for path in
                   (ROOT / "desktop_app" / room).rglob("*.py"))
    keywords = ("--keyword=tr", "--keyword=trn:1,2", "--keyword=counted:1,2")
    _run("xgettext", "--language=Python", "--from-code=UTF-8", *keywords, "--no-location", "--sort-output", "--no-wrap",
         "--output", str(target), *files)


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


def main() -> int:
    """0: done, or nothing to do; 1: ``--check`` found a file that is not up to date."""
    check = "--check" in sys.argv[1:]
    stale = []
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        collected(here / "all.pot")
        for language in LANGUAGES:
            merged(FOLDER / f"{language}.po", here / "all.pot", here / f"{language}.po")
            compiled(here / f"{language}.po", here / f"{language}.mo")
            for kind in ("po", "mo"):
                made, kept = here / f"{language}.{kind}", FOLDER / f"{language}.{kind}"
                if kept.is_file() and kept.read_bytes() == made.read_bytes():
                    continue
                stale.append(kept.name)
                if not check:
                    kept.write_bytes(made.read_bytes())
    if check and stale:
        print(f"not up to date: {', '.join(stale)}; run build/translations")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
