"""Pictures of a consultation: every step, what lies behind its options, its papers, and the emergency page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from desktop_app.language import tr
from desktop_app.presentation.papers import LOOK
from desktop_app.presentation.ports import ClinicDesk, OpenConsultation
from desktop_app.presentation.wizard import CORRELATION, IMAGING, OPTIONS, REVIEW, Place
from desktop_app.use_cases.domain import EncounterState, PaperKind
from desktop_app.widgets import shots
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.imaging_page import ImagingPage
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.medicines_page import MedicinesPage
from desktop_app.widgets.print_dialog import PrintDialog
from desktop_app.widgets.review_page import ReviewPage


def _steps(window: MainWindow, view: ConsultationView, folder: Path, prefix: str) -> Iterator[Path]:
    for number, screen in enumerate(view.wizard.screens, start=1):
        view.go(Place(screen))
        page = view.page
        if page.has_options and view.wizard.consultation.asks_impression:
            page.show_part(OPTIONS)
            yield shots.take(window, folder, f"{prefix}-{number}-{screen}-own-impression")
            page.own.done.emit("")
        if page.has_options and view.wizard.page(screen).total:
            page.show_part("questions")
            yield shots.take(window, folder, f"{prefix}-{number}-{screen}")
            if isinstance(page, ImagingPage):
                yield from _correlation(window, page, folder, f"{prefix}-{number}-{screen}")
            page.show_part(OPTIONS)
            yield shots.take(window, folder, f"{prefix}-{number}-{screen}-options")
            yield from _deeper(window, view, folder, f"{prefix}-{number}-{screen}")
        else:
            yield shots.take(window, folder, f"{prefix}-{number}-{screen}")
        if screen == REVIEW:
            yield from shots.downwards(window, page, folder, f"{prefix}-{number}-{screen}")
        yield from _why_asked(window, view, folder, f"{prefix}-{number}-{screen}")
        for card in view.wizard.page(screen).drawn().values():  # answered on the body map
            view.go(Place(screen, card.id))
            yield shots.take(window, folder, f"{prefix}-{number}-{screen}-{card.id}")


def _editors(window: MainWindow, view: ConsultationView, folder: Path, prefix: str) -> Iterator[Path]:
    """One open question of every kind of answer, wherever the first of its kind is asked."""
    seen = set()
    for screen in view.wizard.screens:
        for card in view.wizard.page(screen).cards:
            kind = (card.type, bool(card.rows), bool(card.drawn))
            if kind in seen:
                continue
            seen.add(kind)
            view.go(Place(screen, card.id))
            yield shots.take(window, folder, f"{prefix}-answer-{len(seen):02d}-{card.id}")


def _why_asked(window: MainWindow, view: ConsultationView, folder: Path, name: str) -> Iterator[Path]:
    """The reason for the first question that is still open, one press away."""
    question = view.wizard.page(view.step).next_open() if view.step != REVIEW else ""
    if not question:
        return
    view.go(Place(view.step, question))
    card = view.page.questions.open_card
    if card is not None:
        card.why.click()
        yield shots.take(window, folder, f"{name}-why-asked")


def _papers(window: MainWindow, view: ConsultationView, folder: Path, prefix: str) -> Iterator[Path]:
    """The review with its documents, the plan in the preview with words found in it, and the way to the printer."""
    view.go(Place(REVIEW))
    page = view.page
    if not isinstance(page, ReviewPage):
        return
    page.ensureWidgetVisible(page.papers)
    yield shots.take(window, folder, f"{prefix}-documents")
    page.papers.buttons[LOOK, PaperKind.CARE_PLAN.value].click()
    window.gate.wait()
    shots.settle()
    preview = window.papers.preview
    if preview is None:  # the documents of a test are no PDF
        return
    yield shots.take(window, folder, f"{prefix}-preview")
    preview.search.setText("guideline")
    preview.show_hit(-1)
    yield shots.take(window, folder, f"{prefix}-preview-search")
    for name, names in (("print", ("Ward printer", "Office")), ("print-no-printer", ())):
        dialog = PrintDialog(window, preview.pages, preview.row, names=partial(tuple, names))
        dialog.show()
        yield shots.take(dialog, folder, f"{prefix}-{name}")
        dialog.close()
    preview.leave.emit()


def _correlation(window: MainWindow, page: ImagingPage, folder: Path, name: str) -> Iterator[Path]:
    """Signs and report beside each other: as it opens, with why, and down to its lists."""
    page.show_part(CORRELATION)
    yield shots.take(window, folder, f"{name}-correlation")
    for number, what in enumerate(page.correlation.verdict.panels):
        page.correlation.verdict.toggle(what)
        shots.settle()
        page.ensureWidgetVisible(page.correlation.verdict)
        yield shots.take(window, folder, f"{name}-correlation-{('why', 'changes', 'follows')[number]}")
    page.correlation.verdict.toggle(what)
    shots.settle()
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    yield shots.take(window, folder, f"{name}-correlation-lists")


def _deeper(window: MainWindow, view: ConsultationView, folder: Path, name: str) -> Iterator[Path]:
    """What lies one step behind the options: why, the list with nothing open, two side by side."""
    page = view.page
    card = page.options.open_card
    if card is not None:
        card.panels[tr("Why")][0].click()
        yield shots.take(window, folder, f"{name}-options-why")
    page.options.open_option("")
    shots.settle()
    page.verticalScrollBar().setValue(0)
    yield shots.take(window, folder, f"{name}-options-shut")
    if isinstance(page, MedicinesPage):
        page.unfold(shown=True)
        yield shots.take(window, folder, f"{name}-doses-and-dates")
    page.compare_first()
    if page.comparison is not None:
        yield shots.take(page.comparison, folder, f"{name}-options-compared")
        page.comparison.close()


def render_consultation(window: MainWindow, consultation: OpenConsultation, folder: Path, prefix: str) -> list[Path]:
    """Every step of one consultation, or its emergency page where it has one."""
    window.open_consultation(consultation)
    view = window.view
    if view is None:
        return []
    if view.wizard.emergency():
        return list(_emergency(window, folder, prefix))
    return [*_steps(window, view, folder, prefix), *_editors(window, view, folder, prefix),
            *_papers(window, view, folder, prefix), *_signing(window, view, folder, prefix)]


def render_untouched(window: MainWindow, consultation: OpenConsultation, folder: Path) -> list[Path]:
    """A consultation in which nothing has been answered: how it begins, and what says that it is empty."""
    window.open_consultation(consultation)
    view = window.view
    if view is None:
        return []
    found = []
    for name, place in (("emergency", Place("emergency")), ("correlation", Place(IMAGING, CORRELATION)),
                        ("options", Place("interventions", OPTIONS)), ("review", Place(REVIEW))):
        view.go(place)
        found.append(shots.take(window, folder, f"empty-consultation-{name}"))
    return found


def _emergency(window: MainWindow, folder: Path, prefix: str) -> Iterator[Path]:
    """The fixed page with its two questions, and the review behind it; then back, as somebody would go."""
    yield shots.take(window, folder, f"{prefix}-emergency-page")
    page = window.emergencies.page
    if page is None:
        return
    yield from shots.downwards(window, page.area, folder, f"{prefix}-emergency-page")
    window.emergencies.answer_was_wrong()
    yield from shots.question(window, folder, f"{prefix}-emergency-wrong")
    window.emergencies.record_handover()
    yield from shots.question(window, folder, f"{prefix}-emergency-handover")
    page.review.emit()
    yield shots.take(window, folder, f"{prefix}-emergency-review")
    window.emergencies.show()


def _signing(window: MainWindow, view: ConsultationView, folder: Path, prefix: str) -> Iterator[Path]:
    """The last look before signing."""
    view.go(Place(REVIEW))
    if view.wizard.consultation.can_write:
        window.signing.ask()
        yield from shots.question(window, folder, f"{prefix}-sign")


def render_signed(window: MainWindow, desk: ClinicDesk, folder: Path) -> list[Path]:
    """A signed plan as it is found again from the worklist, and the two things that can be done about it."""
    name = next((row.encounter_id for row in desk.worklist() if row.state is EncounterState.SIGNED), "")
    if not name:
        return []
    window.look_at(name)
    view = window.view
    if view is None:
        return []
    found = [shots.take(window, folder, "signed"), *_papers(window, view, folder, "signed")]
    for label, ask in (("correct", window.correcting.ask_to_correct), ("void", window.correcting.ask_to_void)):
        ask()
        found += shots.question(window, folder, f"signed-{label}")
    return found
