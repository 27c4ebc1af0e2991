"""Walks over every page in another language and prints, as JSON, the words that are cut or out of reach there.

``python -m tests.accessibility.spoken_walk fr 2.0``, with the size of the text: sentences grow by a third in
translation, and the page has to give.
"""

from __future__ import annotations

import json
import sys

from tests.widgets import spoken_pages


def main() -> int:
    found: dict[str, str] = {}
    pages: list[str] = []

    def look(window: object, name: str) -> None:
        from PySide6.QtWidgets import QWidget

        from tests.accessibility import walker

        assert isinstance(window, QWidget)
        pages.append(name)
        for fault in (*walker.cut_words(window), *walker.out_of_reach(window), *walker.keys(window)):
            found.setdefault(fault, name)

    spoken_pages.walk(sys.argv[1], look, size=(1280, 720), scale=float(sys.argv[2]))
    print(json.dumps({"pages": len(pages), "faults": [f"{name}: {fault}" for fault, name in found.items()]},
                     ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
