"""F1 on every page and dialog, the list of keys, the page about how it decides; the keyboard comes back."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

import desktop_app.widgets
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.presentation import forms, keys, options
from desktop_app.presentation.help import DIALOGS, HOW_IT_DECIDES, KEYS, STEPS, Library
from desktop_app.presentation.how_it_decides import FOR_THIS_PATIENT
from desktop_app.presentation.wizard import OPTIONS, Place
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.errors import StoreDamaged
from desktop_app.use_cases.keys import KeyUser
from desktop_app.widgets import shots, theme
from desktop_app.widgets.compare_two import CompareTwo
from desktop_app.widgets.confirm import Confirm, SignNow
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.controls import KeyCap
from desktop_app.widgets.dialogs import Ask, Handover
from desktop_app.widgets.error_page import ErrorPage
from desktop_app.widgets.first_start_page import FirstStartPage
from desktop_app.widgets.help_dialog import HelpDialog, HelpedDialog
from desktop_app.widgets.help_link import HelpButton
from desktop_app.widgets.help_panel import HelpPanel
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.recovery_page import RecoveryPage
from desktop_app.widgets.shell import Shell
from desktop_app.widgets.unlock_page import UnlockPage
from tests.presentation.conftest import answered
from tests.widgets.conftest import Press, activate
from tests.widgets.test_every_page import problems

F1, ESC, F6 = Qt.Key.Key_F1, Qt.Key.Key_Escape, Qt.Key.Key_F6
FRAMES = {"DeskShell", "LeavingPage"}
"""Shells that are only the frame of pages."""


def below(kind: type) -> Iterator[type]:
    for found in kind.__subclasses__():
        yield found
        yield from below(found)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(theme.RESOURCES / "help")


def panel_of(window: MainWindow) -> HelpPanel:
    panel = window.help.panel
    assert panel is not None
    assert panel.isVisible()
    return panel


def test_every_page_and_dialog_has_its_help_and_every_text_its_page(library: Library) -> None:
    for module in pkgutil.iter_modules(desktop_app.widgets.__path__):
        importlib.import_module(f"desktop_app.widgets.{module.name}")
    pages = {c for c in below(Shell) if c.__name__ not in FRAMES and c is not ConsultationView
             and c.__module__.startswith("desktop_app")}
    dialogs = {c for c in below(HelpedDialog) if c not in {Ask, Confirm} and not c.__name__.startswith("_")
               and c.__module__.startswith("desktop_app")}
    others = {c for c in below(QWidget) if c.__dict__.get("help_topic")}
    topics = {c.__name__: c.help_topic for c in (*pages, *dialogs, *others)}
    assert {name: topic for name, topic in topics.items() if topic not in library.topics} == {}
    texts = {f.stem for f in library.folder.glob("pages/*.md")}
    assert texts == {*topics.values(), *STEPS, "step"}
    assert {c.help_topic for c in dialogs} >= set(DIALOGS)


@pytest.fixture
def pages(desk: Desk) -> dict[str, Shell]:
    """The pages that can be met before signing in."""
    users = [KeyUser("1", "Dr N. Karim")]
    trouble = forms.trouble(StoreDamaged("The stored records cannot be read."))
    return {"first_start": FirstStartPage(desk.pack, training=False), "unlock": UnlockPage(users, training=False),
            "recovery": RecoveryPage(users, training=False), "error": ErrorPage(trouble)}


def opens_and_closes(window: MainWindow, press: Press, topic: str) -> None:
    """F1 opens the page's help; Esc closes it and the keyboard is where it was."""
    before = QApplication.focusWidget()
    assert before is not None, topic
    press(F1)
    shots.settle()
    panel = panel_of(window)
    assert panel.topic == topic
    focused = QApplication.focusWidget()
    assert focused is not None
    assert panel.isAncestorOf(focused), topic
    press(ESC)
    assert not panel.isVisible()
    assert QApplication.focusWidget() is before, topic
    assert window.stack.currentWidget().findChildren(HelpButton), topic


def test_f1_before_signing_in(window: MainWindow, pages: dict[str, Shell], press: Press, qtbot: QtBot) -> None:
    for topic, page in pages.items():
        window.show_page(page)
        page.focus_first()
        activate(qtbot, window)
        opens_and_closes(window, press, topic)


def test_f1_at_the_desk(window: MainWindow, press: Press, qtbot: QtBot) -> None:
    for topic, show in (("worklist", window.show_worklist), ("new_patient", window.show_new_patient),
                        ("settings", window.settings.show_settings)):
        show()
        activate(qtbot, window)
        opens_and_closes(window, press, topic)


def test_f1_on_every_step(consult: MainWindow, press: Press, cases: dict[str, Case]) -> None:
    view = consult.view
    assert view is not None
    view.answer(answered(dict(cases["c01"].sheet)))
    for screen in view.wizard.screens:
        view.go(Place(screen))
        if QApplication.focusWidget() is None:
            view.focus_first()
        opens_and_closes(consult, press, screen)


def test_f1_on_the_emergency_page_covers_neither_band_nor_numbers(consult: MainWindow, press: Press) -> None:
    press("y", "y")
    shots.settle()
    opens_and_closes(consult, press, "emergency_page")
    press(F1)
    panel = panel_of(consult)
    page = consult.stack.currentWidget()
    assert panel.geometry().top() >= page.band.geometry().bottom()  # type: ignore[attr-defined]
    shown = [label.text() for label in panel.findChildren(QLabel)]
    assert "555 0142" in shown


def test_f1_twice_closes_and_the_button_does_the_same(consult: MainWindow, press: Press, qtbot: QtBot) -> None:
    press(F1, F1)
    assert not consult.help.is_open
    qtbot.mouseClick(consult.stack.currentWidget().findChild(HelpButton), Qt.MouseButton.LeftButton)
    assert panel_of(consult).topic == "emergency"


def test_header_and_footer_stay_in_sight(consult: MainWindow, press: Press) -> None:
    press(F1)
    panel, page = panel_of(consult), consult.stack.currentWidget()
    assert isinstance(page, Shell)
    assert panel.geometry().top() >= page.header.height()
    assert panel.geometry().bottom() <= consult.height() - page.footer.height()


def test_the_urgency_stays_in_sight_and_follows_the_answers(consult: MainWindow, press: Press,
                                                            cases: dict[str, Case]) -> None:
    press(F1)
    panel, view = panel_of(consult), consult.view
    assert view is not None
    view.answer(answered(dict(cases["c01"].sheet)))
    named = [w.accessibleName() for w in panel.findChildren(QWidget)]
    assert any("Urgent, within 2 weeks" in name for name in named)


def test_the_help_follows_to_another_step_and_page(consult: MainWindow, press: Press) -> None:
    press(F1)
    assert consult.view is not None
    consult.view.go(Place("imaging"))
    assert panel_of(consult).topic == "imaging"
    consult.show_worklist()
    assert panel_of(consult).topic == "worklist"


def test_it_takes_over_another_text_size_while_it_is_open(window: MainWindow) -> None:
    window.settings.show_settings()
    window.open_help()
    before = panel_of(window)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark", 1.5)
    window.settings.show_settings()
    after = panel_of(window)
    assert after is not before
    assert before.isHidden()
    assert after.topic == "settings"
    assert after.width() > before.width()


def test_another_topic_stays_while_the_step_changes(consult: MainWindow, press: Press) -> None:
    press(F1)
    panel = panel_of(consult)
    panel.show_topic("sign")
    assert consult.view is not None
    consult.view.go(Place("imaging"))
    assert panel.topic == "sign"
    panel.go_back()
    assert panel.topic == "emergency"
    assert panel.back.isHidden()


def test_f6_goes_over_and_back(consult: MainWindow, press: Press) -> None:
    before = QApplication.focusWidget()
    press(F1)
    panel = panel_of(consult)
    press(F6)
    assert QApplication.focusWidget() is before
    press("a")  # the page works while the help is open
    assert consult.view is not None
    assert consult.view.wizard.consultation.answers
    press(F6)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert panel.isAncestorOf(focused)


def test_keys_pressed_in_the_help_never_answer(consult: MainWindow, press: Press) -> None:
    press(F1)
    shots.settle()
    press("y", "n", "a", Qt.Key.Key_Return, Qt.Key.Key_Space)
    assert consult.view is not None
    assert not consult.view.wizard.consultation.answers


def test_the_list_of_keys_shows_every_key_of_the_table(consult: MainWindow, press: Press) -> None:
    press("/", ctrl=True)
    panel = panel_of(consult)
    assert panel.topic == KEYS
    told = {label.text() for label in panel.findChildren(QLabel)}
    for context in keys.TABLE:
        assert context.title in told
        for key in context.keys:
            assert key.words in told
    assert len(panel.view.findChildren(KeyCap)) == sum(len(t) for c in keys.TABLE for k in c.keys for t in k.caps)


def test_search_finds_opens_and_goes_back(consult: MainWindow, press: Press) -> None:
    press(F1)
    panel = panel_of(consult)
    panel.search.setFocus()
    press(*"handover")
    assert panel.view.links
    press(Qt.Key.Key_Return)
    shots.settle()
    press(Qt.Key.Key_Return)
    assert panel.topic in {"handover", "emergency_page"}
    assert panel.search.text() == ""
    panel.search.setText("xylophone qwertz")
    assert any("Nothing found" in label.text() for label in panel.findChildren(QLabel))
    panel.search.clear()
    assert panel.view.article is not None


def test_a_link_leads_to_its_part(window: MainWindow, qtbot: QtBot) -> None:
    window.show_worklist()
    activate(qtbot, window)
    window.open_help("interventions")
    panel = panel_of(window)
    link = next(row for row in panel.view.links if row.accessibleName() == "How this program decides")
    link.pressed.emit()
    shots.settle()
    assert panel.topic == HOW_IT_DECIDES
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "How it reaches its advice"


# --- how this program decides ---------------------------------------------------------------------------


def test_the_state_of_the_content_leads_to_how_it_decides(consult: MainWindow, qtbot: QtBot) -> None:
    page = consult.stack.currentWidget()
    qtbot.mouseClick(page.footer.state, Qt.MouseButton.LeftButton)
    panel = panel_of(consult)
    assert panel.topic == HOW_IT_DECIDES
    assert panel.view.boxes[0].passage.title == FOR_THIS_PATIENT


def test_an_unknown_leads_to_its_question(consult: MainWindow) -> None:
    consult.open_help(HOW_IT_DECIDES)
    panel = panel_of(consult)
    fold = panel.view.folds[0]
    fold.button.click()
    row = next(r for r in fold.findChildren(QWidget) if r.accessibleName() and hasattr(r, "pressed") and r is not
               fold.button)
    row.pressed.emit()  # type: ignore[attr-defined]
    assert not panel.isVisible()
    view = consult.view
    assert view is not None
    assert view.page.questions.open_id == view.wizard.where(view.wizard.decision.questions[0].question)


def test_it_follows_an_answer_and_keeps_what_is_open(consult: MainWindow) -> None:
    consult.open_help(HOW_IT_DECIDES)
    panel, view = panel_of(consult), consult.view
    assert view is not None
    before = panel.view.boxes[0].passage.plain
    panel.view.folds[-1].button.click()
    view.answer({"limb_ischaemia": Answer(value=False)})
    shots.settle()
    assert panel.view.boxes[0].passage.plain != before
    assert panel.view.folds[-1].card.isVisible()


def test_nothing_of_the_patient_stays_when_the_page_is_left(consult: MainWindow) -> None:
    consult.open_help(HOW_IT_DECIDES)
    consult.stand_up()
    consult.show_page(UnlockPage([KeyUser("1", "Dr N. Karim")], training=False))
    assert panel_of(consult).topic == "unlock"
    assert FOR_THIS_PATIENT not in [b.passage.title for b in panel_of(consult).view.boxes]


def test_before_signing_in_it_has_no_patient(qtbot: QtBot, looks: None, desk: Desk) -> None:
    window = MainWindow(save_file=lambda _n, _c: None)
    window.guideline = lambda: desk.pack
    qtbot.addWidget(window)
    window.show_page(UnlockPage([KeyUser("1", "Dr N. Karim")], training=False))
    window.show()
    window.open_help(HOW_IT_DECIDES)
    assert panel_of(window).view.boxes[0].passage.title == "What it is for"
    assert window.help.panel is not None
    assert window.help.panel.tour_link.isHidden()


# --- dialogs --------------------------------------------------------------------------------------------


def dialog_of(window: MainWindow, topic: str) -> HelpedDialog:
    if topic == "sign":
        return SignNow(window, "Dr N. Karim", "State")
    if topic == "handover":
        return Handover(window)
    assert window.view is not None
    cards = options.cards(window.view.wizard.consultation, ("interventions",))
    return CompareTwo(window, cards, (cards[0].id, cards[1].id))


@pytest.mark.parametrize("topic", ["sign", "handover", "compare"])
def test_f1_in_a_dialog(consult: MainWindow, press: Press, qtbot: QtBot, topic: str) -> None:
    dialog = dialog_of(consult, topic)
    qtbot.addWidget(dialog)
    dialog.open()
    activate(qtbot, dialog)
    before = QApplication.focusWidget()
    assert before is not None
    press(F1)
    shown = dialog.findChild(HelpDialog)
    assert shown is not None
    activate(qtbot, shown)
    assert shown.panel.topic == topic
    press(ESC)
    assert not shown.isVisible()
    assert dialog.isVisible()
    activate(qtbot, dialog)
    assert QApplication.focusWidget() is before


# --- how it looks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "scale"), [("light", 1.0), ("dark", 2.0), ("high contrast", 1.25)])
def test_every_topic_is_whole_and_has_names(window: MainWindow, desk: Desk, library: Library, name: str,
                                            scale: float) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, name, scale)
    window.resize(1280, 720)
    desk.training = False  # where there are training patients, that topic begins the tour
    window.show_worklist()
    found: list[str] = []
    for topic in (*library.topics, KEYS, "contents"):
        window.open_help(topic)
        panel = panel_of(window)
        for fold in panel.view.folds[:2]:
            fold.toggle()
        shots.settle()
        found += [f"{topic}: {p}" for p in problems(panel)]
        assert panel.geometry().right() < window.width()
    panel_of(window).search.setText("date")
    shots.settle()
    found += [f"search: {p}" for p in problems(panel_of(window))]
    assert found == []


def test_each_part_is_read_out_with_its_words(window: MainWindow) -> None:
    window.show_worklist()
    window.open_help("sign")
    box = panel_of(window).view.boxes[0]
    assert box.accessibleName() == "What to do"
    assert "Enter does nothing here" in box.accessibleDescription()


def test_options_are_reached_by_the_listed_keys(consult: MainWindow, press: Press, cases: dict[str, Case]) -> None:
    view = consult.view
    assert view is not None
    view.answer(answered(dict(cases["c01"].sheet)))
    view.go(Place("interventions", OPTIONS))
    shots.settle()
    view.page.options.open_option(next(iter(view.page.options.shut_cards)))
    shots.settle()
    press(ESC)
    assert view.page.options.open_card is None
    press(Qt.Key.Key_Space)
    assert view.page.options.open_card is not None
