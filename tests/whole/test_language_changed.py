"""Another language of the screens is chosen in the middle of a consultation: nothing given or typed is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest

from desktop_app import language
from desktop_app.door import Door
from desktop_app.engine.cases import Case
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.dialogs import Handover
from desktop_app.widgets.editors import NumberEditor
from desktop_app.widgets.settings_page import SettingsPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.driver import state
from tests.whole.hands import Hands

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "creatinine"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(language._State, "settings", tmp_path / "settings")
    return tmp_path / "settings"


def next_start(folder: Path, guideline: Path, settings: Path) -> dict[str, Any]:
    ran = subprocess.run([sys.executable, "-m", "tests.whole.in_another_language", str(folder), str(guideline),
                          str(settings), QUESTION], cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
                         capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("code", ["fr", "es"])
def test_nothing_is_lost(made: Door, prepare: Prepare, start: Callable[[Door], Hands], c01: Case, folder: Path,
                         guideline_folder: Path, settings: Path, code: str) -> None:
    wanted = walk.answers_of(c01)
    prepare({atom: given for atom, given in wanted.items() if atom != QUESTION})
    hands = start(made)
    walk.sign_in(hands)
    walk.resume(hands)
    before = json.loads(state(hands))

    hands.window.settings.show_settings()
    page = hands.window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    hands.click(page.languages[code])
    assert "from the next start" in walk.words_of(page)
    page.to_worklist.emit()
    hands.wait(lambda: hands.page(WorklistPage))
    walk.resume(hands)
    hands.wait(lambda: hands.page(ConsultationView))
    assert language.now() == language.ENGLISH
    assert json.loads(state(hands)) == before

    asked = Handover(hands.window)
    asked.open()
    QTest.keyClicks(asked.to, "Dr Okoye")
    QTest.keyClicks(asked.note, "by ambulance")
    hands.view.go_to_question(QUESTION)
    card = hands.view.page.questions.open_card
    assert card is not None
    assert isinstance(card.editor, NumberEditor)
    card.editor.field.setFocus()
    QTest.keyClicks(card.editor.field, "1")
    place = hands.place
    hands.program.lock()  # with the question still open over the window

    found = next_start(folder, guideline_folder, settings)
    assert found["language"] == code
    assert {name: found[name] for name in ("encounter", "answers")} == {
        name: before[name] for name in ("encounter", "answers")}
    assert (found["typed"], found["to"], found["note"]) == ("1", "Dr Okoye", "by ambulance")
    assert found["after undo"] == before["answers"]
    assert tuple(found["place"]) == place
    assert found["panel"]
