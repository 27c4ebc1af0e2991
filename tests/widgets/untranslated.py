"""Walks over every page in a marked language and prints what did not come out marked.

``python -m tests.widgets.untranslated``. A process of its own, because the language is chosen before anything of the
program is imported. The guideline is spoken in it too; what is left over is the help's, the patient's or a title of
a publication, and anything else is a sentence that goes past the translation.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from desktop_app import language, places
from tests.widgets import spoken_pages

LANGUAGE = language.PSEUDO if len(sys.argv) < 2 else sys.argv[1]
ROOM = r"[\s·.,:;!?()%/+\-–…“”\"'’=<>≥≤&|#*\d]"


def unmarked(words: str) -> str:
    """The words outside of every bracket."""
    depth, left = 0, []
    for letter in words:
        if letter == language.LEFT:
            depth += 1
        elif letter == language.RIGHT:
            depth -= 1
            left.append("\n")
        elif depth == 0:
            left.append(letter)
    return "".join(left)


def folded(words: str) -> str:
    return " ".join(re.sub(r"</?(?:b|span|i|br)\b[^>]*>|&nbsp;|&amp;", " ", words).lower().split())


def vocabulary(pack: object) -> str:
    """Everything that is not translated: titles of publications, the help, the patients."""
    from desktop_app.engine.loader import read_pack

    folder = Path(pack.folder)  # type: ignore[attr-defined]  # a Pack
    texts = []
    for name, top in read_pack(folder).files.items():
        waiting = [top] if name == "sources.yaml" else []
        while waiting:
            node = waiting.pop()
            texts.append(node.words)
            waiting += [*node.parts, *node.nodes.values()]
    texts += [path.read_text(encoding="utf-8") for path in (places.resources() / "help").rglob("*.*")
              if path.suffix in {".md", ".yaml"}]
    texts += ["Marta Lindqvist TR-0001 Josef Tamm TR-0007 Hillside Clinic 1 Example Road Dr N. Karim",
              "general practitioner", "English Français Español",
              "Lumbar Pathway Ctrl Alt Shift Enter Esc Tab Delete Space PgUp PgDn Home End F1 Backspace"]
    return " ¦ ".join(folded(text) for text in texts)


def said(window: object) -> Iterator[str]:
    """Every word that is seen or read out on a page."""
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

    for widget in window.findChildren(QWidget):  # type: ignore[attr-defined]  # a QWidget
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(at) for at in range(widget.count()))
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText()
        yield widget.toolTip()
        yield widget.accessibleName()
        yield widget.accessibleDescription()


def main() -> int:
    """Prints page and words of everything left over, as JSON, and how many sentences came out marked."""
    bare_words, marked = dict[str, str](), set[str]()

    def look(window: object, name: str) -> None:
        for words in said(window):
            if language.LEFT in words:
                marked.add(words)
            for part in re.split(r"[\n:;,.()“”·\"]", unmarked(words)):
                bare = re.sub(rf"^{ROOM}+|{ROOM}+$", "", folded(part))
                if re.search(r"[a-z]{2}", bare):
                    bare_words.setdefault(bare, name)

    content = vocabulary(spoken_pages.walk(LANGUAGE, look))
    found = {bare: name for bare, name in bare_words.items() if bare not in content}
    print(json.dumps({"marked": len(marked), "left": found}, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
