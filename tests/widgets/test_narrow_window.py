"""The narrowest window, 1024 px as on an old screen: nothing of a page is cut at its right edge."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.engine.cases import Case
from desktop_app.presentation.wizard import OPTIONS, Place
from desktop_app.widgets.consultation_view import NARROW, ConsultationView
from desktop_app.widgets.main_window import SMALLEST, MainWindow
from tests.presentation.conftest import answered


def opened(window: MainWindow, case: Case) -> ConsultationView:
    view = window.view
    assert view is not None
    view.wizard.consultation.answer_many(answered(case.sheet))
    view.show_all()
    return view


@pytest.mark.parametrize("name", ["c01", "c16", "c18"])
def test_every_page_fits(consult: MainWindow, cases: dict[str, Case], name: str) -> None:
    consult.resize(*SMALLEST)
    view = opened(consult, cases[name])
    for screen in view.wizard.screens:
        for part in ("", OPTIONS):
            view.go(Place(screen, part))
            QApplication.processEvents()
            page = view.page
            assert page.widget().width() <= page.viewport().width(), (screen, part)


def test_the_steps_get_their_words_back_with_the_room(consult: MainWindow, cases: dict[str, Case]) -> None:
    consult.resize(*SMALLEST)
    view = opened(consult, cases["c01"])
    view.go(Place("interventions", OPTIONS))
    narrow = view.steps.width()
    consult.resize(NARROW + 20, 800)
    QApplication.processEvents()
    assert view.steps.width() > narrow
    assert view.page.widget().width() <= view.page.viewport().width()
    consult.resize(*SMALLEST)
    QApplication.processEvents()
    assert view.steps.width() == narrow
