"""The discrepancy with a name, typed as a clinician would: no entrapment on the MRI, signs of a root, eleven checks.

The case is answered by keys from the first question on; the checks are ticked and dated on the page where they open,
and stand in the plan and in the letter.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import Case
from desktop_app.engine.model import Pack
from desktop_app.parts import documents
from desktop_app.presentation import words
from desktop_app.presentation.wizard import CORRELATION
from desktop_app.use_cases.checklist import checks
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import PaperKind
from desktop_app.widgets.imaging_page import ImagingPage
from desktop_app.widgets.main_window import MainWindow
from tests.benchmarks import inputs
from tests.documents.pdf_tools import text_of
from tests.fakes import CLINICIAN, MarkingSigner, MemoryStore, StillClock, confirm
from tests.widgets.conftest import Press

CHECKS = 11
MOST_STEPS = 20  # Enter from the last answer to the correlation
TICKED, DATED, CLICKED = "s41.second_read", "s41.ct_fragment", "diagnostic_tests_done.emg"


@pytest.fixture
def desk(pack: Pack, clinical: ClinicalArithmetic, store: MemoryStore) -> Desk:
    """With the real papers."""
    return Desk(pack=pack, clinical=clinical, store=store, clock=StillClock(), documents=documents,
                signer=MarkingSigner, confirm=confirm, clinician=CLINICIAN, training=True)


def test_the_checks_of_the_named_discrepancy_reach_plan_and_letter(consult: MainWindow, cases: dict[str, Case],
                                                                   press: Press, tmp_path: Path) -> None:
    found = inputs.Typist(consult, cases[inputs.NAMED_DISCREPANCY], inputs.NAMED_DISCREPANCY).run()
    assert not found.differs
    view = consult.view
    assert view is not None
    assert view.wizard.decision.imaging.verdict == "no_compression_seen"
    press("4", alt=True)
    page = view.page
    assert isinstance(page, ImagingPage)
    for _ in range(MOST_STEPS):
        if page.part == CORRELATION:
            break
        press(Qt.Key.Key_Return)
    part = page.correlation
    assert part.model is not None
    assert part.model.title == "No nerve compression seen"
    assert part.checklist.isVisible()
    assert len(part.checklist.lines) == CHECKS

    part.checklist.lines[TICKED].tick.setFocus()
    press(Qt.Key.Key_Space)
    line = part.checklist.lines[DATED]
    line.tick.setFocus()
    press(Qt.Key.Key_Space)
    line.day.setFocus()
    line.day.selectAll()
    QTest.keyClicks(line.day, "3 Nov 2026")
    press(Qt.Key.Key_Return)
    clicked = part.checklist.lines[CLICKED].tick
    page.ensureWidgetVisible(clicked)
    QApplication.processEvents()
    QTest.mouseClick(clicked, Qt.MouseButton.LeftButton, pos=clicked.rect().center())

    consultation = view.wizard.consultation
    today = consultation.as_of
    done = {c.atom: c.on for c in checks(consultation.pack, consultation.sheet) if c.done}
    assert done == {TICKED: today, DATED: date(2026, 11, 3), CLICKED: today}
    papers = {}
    for kind in (PaperKind.CARE_PLAN, PaperKind.LETTER):
        paper = tmp_path / f"{kind.value}.pdf"
        paper.write_bytes(consultation.draft(kind))
        papers[kind] = text_of(paper)
    for check in checks(consultation.pack, consultation.sheet):
        state = f"C{check.state[1:]}." if check.done else "Still to do."
        assert f"{check.text} {state}" in papers[PaperKind.CARE_PLAN], check.text
        if check.done and check.on is not None:  # on one page there is room for what was looked at, with its day
            label = consultation.pack.atoms[check.atom].label
            assert f"{label[1:]} ({words.day(check.on)})" in papers[PaperKind.LETTER], label
    assert f"3 of {CHECKS} checked" in papers[PaperKind.LETTER]
    one = next(c.atom for c in checks(consultation.pack, consultation.sheet) if c.on == date(2026, 11, 3))
    earlier = consultation.pack.atoms[one].label
    assert f"3 Nov 2026: {earlier}" in papers[PaperKind.CARE_PLAN], "the day of one check is not told of the others"
