"""The parts of the window the tour points at: each name finds the real widget, or nothing while it is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.language import tr
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.ladder import Ladder, UrgencyChip
from desktop_app.widgets.shell import Footer, Header, Shell
from desktop_app.widgets.worklist_page import WorklistPage

if TYPE_CHECKING:
    from desktop_app.widgets.consultation_view import ConsultationView
    from desktop_app.widgets.frame import Frame

Find = Callable[["Frame", str], QWidget | None]


def _seen(*widgets: QWidget | None) -> QWidget | None:
    """The first that is in sight."""
    return next((w for w in widgets if w is not None and w.isVisible()), None)


def _view(window: Frame) -> ConsultationView | None:
    view = window.view
    return view if view is not None and view is window.stack.currentWidget() else None


def _row(window: Frame, patient: str) -> QWidget | None:
    """The button of the training patient's row; else the first row."""
    page = window.stack.currentWidget()
    if not isinstance(page, WorklistPage) or not page.row_buttons:
        return None
    name = next((r.patient.name for r in window.desk.worklist() if r.patient.number == patient), "")
    named = [b for b in page.row_buttons if name and b.accessibleName() == f"{tr('Continue')}: {name}"]
    return (named or page.row_buttons)[0]


def _shell_part(kind: type[QWidget]) -> Find:
    def find(window: Frame, _patient: str) -> QWidget | None:
        page = window.stack.currentWidget()
        return _seen(*page.findChildren(kind)) if isinstance(page, Shell) else None

    return find


def _help(window: Frame, patient: str) -> QWidget | None:
    header = _shell_part(Header)(window, patient)
    return header.help_button if isinstance(header, Header) else None


def _state(window: Frame, patient: str) -> QWidget | None:
    footer = _shell_part(Footer)(window, patient)
    return footer.state if isinstance(footer, Footer) else None


def _of_view(find: Callable[[ConsultationView], QWidget | None]) -> Find:
    def found(window: Frame, _patient: str) -> QWidget | None:
        view = _view(window)
        return _seen(find(view)) if view is not None else None

    return found


def _page(view: ConsultationView) -> QWidget | None:
    return _seen(view.page.questions.open_card, *view.page.questions.lines.values(), view.page.title)


def _question(view: ConsultationView) -> QWidget | None:
    lines = view.page.questions.lines.values()
    return _seen(view.page.questions.open_card, *lines)


def _title(view: ConsultationView) -> QWidget | None:
    """The page's title, which a wide page shows above itself."""
    titles = [w for w in view.findChildren(QLabel) if w.property("look") == "title" and w.text()]
    return _seen(view.page.head if view.page.title.text() else None, *titles)


def _options(view: ConsultationView) -> QWidget | None:
    return _seen(view.page.options.open_card, *view.page.options.shut_cards.values(), view.page.options)


def _undo(view: ConsultationView) -> QWidget | None:
    """The foot of the advice panel: what the last answer did, and Undo."""
    buttons = view.panel.findChildren(Button)
    undo = next((b for b in buttons if b.accessibleName() == tr("Undo the last answer")), None)
    return _seen(undo, view.panel, view.chip)


TARGETS: dict[str, Find] = {
    "row": _row,
    "identity": _shell_part(Header),
    "steps": _of_view(lambda v: v.steps),
    "question": _of_view(_question),
    "urgency": _of_view(lambda v: _seen(v.panel.findChild(Ladder), v.chip, v.findChild(UrgencyChip))),
    "advice": _of_view(lambda v: _seen(v.panel, v.chip)),
    "undo": _of_view(_undo),
    "page": _of_view(_page),
    "title": _of_view(_title),
    "options": _of_view(_options),
    "state": _state,
    "help": _help,
}
