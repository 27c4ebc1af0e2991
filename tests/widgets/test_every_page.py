"""Every page in three themes: names, target sizes, nothing cut, contrast of the tokens."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.presentation.wizard import OPTIONS, Place
from desktop_app.use_cases.desk import Desk
from desktop_app.widgets import render, shots, theme
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.none_guard import keep_none_alive
from desktop_app.widgets.pressable import Pressable
from desktop_app.widgets.tokens import THEMES, Tokens
from tests.presentation.conftest import answered

SMALLEST_TARGET = 24


def luminance(colour: str) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    c = QColor(colour)
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF())


def ratio(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("t", THEMES.values(), ids=lambda t: t.name)
def test_contrast(t: Tokens) -> None:
    for ink in (t.text, t.text2, t.text3):
        for ground in (t.bg, t.surface, t.sunken, t.slate_soft):
            assert ratio(ink, ground) >= 4.5, (t.name, ink, ground)
    for ink, ground in ((t.accent, t.accent_soft), (t.red, t.red_soft), (t.amber, t.amber_soft),
                        (t.green, t.green_soft), (t.on_accent, t.accent), (t.on_strong, t.red),
                        (t.on_strong, t.amber), (t.on_strong, t.green), (t.band_text, t.band), (t.accent, t.surface),
                        (t.red, t.surface), (t.amber, t.surface), (t.green, t.surface)):
        assert ratio(ink, ground) >= 4.5, (t.name, ink, ground)
    for edge in (t.control, t.focus):
        for ground in (t.bg, t.surface, t.sunken):
            assert ratio(edge, ground) >= 3, (t.name, edge, ground)


def problems(page: QWidget) -> list[str]:
    found = [f"wider than its room: {type(area).__name__}" for area in [page, *page.findChildren(QScrollArea)]
             if isinstance(area, QScrollArea) and area.isVisible() and area.widget() is not None
             and area.widget().width() > area.viewport().width()]
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or widget.size().isEmpty():
            continue
        label = f"{type(widget).__name__} {widget.accessibleName()!r}"
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and type(widget).__module__.startswith("desktop_app"):
            if not widget.accessibleName():
                found.append(f"no name: {label}")
            if widget.height() < SMALLEST_TARGET or widget.width() < SMALLEST_TARGET:
                found.append(f"too small: {label} {widget.width()}x{widget.height()}")
        if isinstance(widget, QLabel) and widget.text() and widget.textFormat() == Qt.TextFormat.PlainText:
            widget.ensurePolished()
            metrics = QFontMetrics(widget.font())
            if widget.wordWrap():
                wanted = widget.heightForWidth(widget.width())
                if wanted > widget.height() + 2:
                    found.append(f"cut: {widget.text()[:40]!r} needs {wanted}, has {widget.height()}")
            elif metrics.horizontalAdvance(widget.text()) > widget.width() + 2:
                found.append(f"cut: {widget.text()[:40]!r} in {widget.width()}")
        whole_row = isinstance(widget, Pressable)  # holds labels, which wrap and are looked at by themselves
        if isinstance(widget, QAbstractButton) and not whole_row and widget.width() < widget.sizeHint().width() - 2:
            found.append(f"cut: {label}")
    return found


@pytest.mark.parametrize(("name", "scale"), [("light", 1.0), ("light", 2.0), ("high contrast", 1.25)])
def test_every_step_has_names_targets_and_whole_words(consult: MainWindow, cases: dict[str, Case], name: str,
                                                      scale: float, desk: Desk) -> None:
    app = theme.QApplication.instance()
    assert isinstance(app, theme.QApplication)
    assert consult.view is not None
    patient = consult.view.wizard.consultation.patient
    consult.view.answer(answered(dict(cases["c01"].sheet)))
    theme.apply(app, name, scale)
    consult.resize(1280, 720)
    consult.open_consultation(desk.open(patient.id))
    view = consult.view
    found: list[str] = []
    for screen in view.wizard.screens:
        view.go(Place(screen))
        shots.settle()
        found += [f"{screen}: {p}" for p in problems(consult)]
        if view.page.has_options:
            view.page.show_part(OPTIONS)
            shots.settle()
            found += [f"{screen} options: {p}" for p in problems(consult)]
    assert found == []


def test_each_kind_of_open_question_is_whole(consult: MainWindow, cases: dict[str, Case]) -> None:
    view = consult.view
    assert view is not None
    consult.resize(1280, 720)
    view.answer({**answered(dict(cases["c01"].sheet)), "takes_alert.opioid": Answer(value=True)})
    consult.stack.setCurrentWidget(view)
    found: list[str] = []
    for screen in view.wizard.screens:
        for card in view.wizard.page(screen).cards:
            view.go(Place(screen, card.id))
            shots.settle()
            found += [f"{card.id}: {p}" for p in problems(view.page)]
    assert found == []


def test_every_screen_can_be_rendered(looks: None, desk: Desk, cases: dict[str, Case], tmp_path: Path) -> None:
    one = desk.new_patient(name="Marta Lindqvist", number="TR-0001", born=date(1954, 3, 3), sex="female")
    two = desk.new_patient(name="Josef Tamm", number="TR-0007", born=date(1960, 6, 21), sex="male")
    first, second = desk.open(one.id), desk.open(two.id)
    first.answer_many(answered(dict(cases["c01"].sheet)))
    second.answer_many({"cauda_equina.saddle_numbness": Answer(value=True)})
    files = render.render_desk(tmp_path, desk, {"c01": first, "emergency": second})
    assert len(files) > 20
    assert len(set(files)) == len(files)
    assert all(f.stat().st_size > 5000 for f in files)


def test_none_is_kept_alive_once() -> None:
    assert keep_none_alive() is False  # importing the package has done it
