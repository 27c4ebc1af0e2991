"""The wizard's window: steps at the left, the page in the middle, the advice at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop_app.language import tr
from desktop_app.presentation import advice, medicine_rows, standing, words, worklist
from desktop_app.presentation.interruptions import OPENED_BY_ITSELF
from desktop_app.presentation.looking import in_emergency
from desktop_app.presentation.papers import SAVE
from desktop_app.presentation.way import Way
from desktop_app.presentation.wizard import CORRELATION, OPTIONS, QUESTIONS, REVIEW, Place, Wizard
from desktop_app.use_cases.domain import PaperKind, Verdict
from desktop_app.use_cases.errors import LumbarError
from desktop_app.use_cases.permissions import Action
from desktop_app.widgets import controls, shortcuts, theme
from desktop_app.widgets.advice_panel import AdvicePanel
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.emergency_screen_page import EmergencyScreenPage
from desktop_app.widgets.examination_page import ExaminationPage
from desktop_app.widgets.imaging_page import ImagingPage
from desktop_app.widgets.interventions_page import InterventionsPage
from desktop_app.widgets.ladder import UrgencyChip
from desktop_app.widgets.medicines_page import MedicinesPage
from desktop_app.widgets.presentation_page import PresentationPage
from desktop_app.widgets.referral_page import ReferralPage
from desktop_app.widgets.review_page import ReviewPage
from desktop_app.widgets.shell import LARGE, Footer, Header, Pin, Shell
from desktop_app.widgets.step_list import StepList
from desktop_app.widgets.warning_card import warning_card
from desktop_app.widgets.wizard_page import WizardPage

PAGES: dict[str, type[WizardPage]] = {
    "emergency": EmergencyScreenPage,
    "presentation": PresentationPage,
    "examination": ExaminationPage,
    "imaging": ImagingPage,
    "interventions": InterventionsPage,
    "medicines": MedicinesPage,
    "referral": ReferralPage,
    REVIEW: ReviewPage,
}


SLICE_MS = 8  # of idle time at once
NARROW = 1180  # px of window below which the list of steps is the rail: beside list and panel options would be cut


class ConsultationView(Shell):
    """Shows one wizard. Every answer goes through :meth:`answer`, every move through :meth:`go`."""

    emergency = Signal()
    leave = Signal()
    new_patient = Signal()
    lock = Signal()
    sign = Signal()
    correct = Signal()  # this signed plan
    void = Signal()
    stamp = Signal()  # a time stamp for what was signed
    paper = Signal(str, str)  # look, print or save; which document

    def __init__(self, wizard: Wizard) -> None:
        super().__init__()
        consultation = wizard.consultation
        patient, info = consultation.patient, consultation.pack.info
        self.wizard, self._way = wizard, Way(wizard)
        self.step = ""
        self.pages: dict[str, WizardPage] = {}
        header = Header(patient.name, worklist.identity(patient, consultation.as_of), training=patient.training)
        self._large = theme.scale() >= LARGE  # the panel becomes a chip, the steps become the rail, on every page
        self._narrow = False  # the steps were made the rail for want of width
        self._came_by_itself = ""  # the step that the last answer of another one opened, until something is done there
        self._panel_called = False  # the clinician asked for the whole advice on a page without room for it
        body = QWidget()
        layout = controls.row(body, spacing=0)
        corrects = standing.corrects(consultation.standing)
        self.steps = StepList(tr("Consultation · {as_of}").format(as_of=words.day(consultation.as_of)), under=corrects)
        self.stack = QStackedWidget()
        self.panel = AdvicePanel()
        middle = QWidget()
        column = controls.column(middle, spacing=0)
        column.addWidget(self._strip())
        self._looking = QWidget()
        told = controls.row(self._looking, margins=(24, 12, 24, 0), spacing=8)
        self._why_only = controls.label("", "small-strong", ink="text2", wrap=True)
        told.addWidget(controls.IconLabel("lock-outline", 18), 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self._why_only, 1)
        column.addWidget(self._looking)
        self.corrects = controls.label(corrects, "caption-strong", ink="accent", wrap=True)
        self.corrects.setContentsMargins(24, 12, 24, 0)
        column.addWidget(self.corrects)
        if consultation.edition_note:
            self.edition = warning_card(consultation.edition_note, alarm=False)
            beside = controls.row(margins=(24, 12, 24, 0))
            beside.addWidget(self.edition)
            column.addLayout(beside)
        column.addWidget(self.stack, 1)
        layout.addWidget(self.steps)
        layout.addWidget(middle, 1)
        layout.addWidget(self.panel)
        footer = self._footer = Footer(info.state_words, info.version)
        self.frame(header, body, footer)
        header.lock_button.clicked.connect(self.lock)
        self._bar = header
        self.worklist = footer.add(Button("" if self._large else tr("Worklist"), "link", icon="clipboard-text-outline",
                                          name=tr("Back to the worklist; every answer is stored")))
        self.worklist.clicked.connect(self.to_worklist)
        self.back = footer.add(Button(tr("Back"), icon="arrow-left"))
        self.back.clicked.connect(self.go_back)
        self.next = footer.add(Button(tr("Next"), "primary", trailing="arrow-right"))
        self.next.clicked.connect(self.go_on)
        self.steps.chosen.connect(lambda name: self.go(Place(name)))
        self.panel.question.connect(self.go_to_question)
        self.panel.option.connect(self.go_to_option)
        self.panel.undo.connect(self.undo)
        self.panel.emergency.connect(self.emergency)
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._use_idle_time)
        self._keys()

    def _strip(self) -> QWidget:
        """The line over a page without the panel: the page's title where it is wide, and always the urgency."""
        self.strip = QWidget()
        column = controls.column(self.strip, spacing=8)
        holder = controls.row(margins=(24, 12, 24, 0), spacing=16)
        column.addLayout(holder)
        column.addWidget(controls.Rule())  # the page scrolls below it
        self._wide_title = controls.label("", "title")
        self._wide_intro = controls.label("", "small", ink="text2", wrap=True)
        self.chip = UrgencyChip()
        self.chip.pressed.connect(self._call_panel)
        holder.addWidget(self._wide_title)
        holder.addWidget(self._wide_intro, 1)
        holder.addStretch()
        holder.addWidget(self.chip)
        under = controls.row(margins=(24, 0, 24, 0))
        self.not_ruled_out = UrgencyChip()  # the panel says it larger; without the panel it must not go unsaid
        self.not_ruled_out.pressed.connect(self._call_panel)
        under.addStretch()
        under.addWidget(self.not_ruled_out)
        column.insertLayout(1, under)
        return self.strip

    def _is_narrow(self) -> bool:
        return self.window().width() < NARROW

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.step and self._is_narrow() != self._narrow:
            self._arrange()

    def _call_panel(self) -> None:
        self._panel_called = not self._panel_called
        self._arrange()

    def _arrange(self) -> None:
        """Give a wide page the window; the urgency stays in sight, the whole advice is one press away."""
        page, self._narrow = self.page, self._is_narrow()
        roomy = not (page.wide or self._large or (self._narrow and page.broad))
        titled = page.wide and not self._large
        rail = not roomy or self._narrow
        self.steps.show_rail(rail=rail)
        self.corrects.setVisible(rail and bool(self.corrects.text()))  # the rail has no room for it
        self.strip.setVisible(not roomy)
        self.panel.setVisible(roomy or self._panel_called)
        page.head.setVisible(not titled)
        for label, text in ((self._wide_title, page.title.text()), (self._wide_intro, page.intro.text())):
            label.setText(text)
            label.setVisible(titled)

    def _keys(self) -> None:
        shortcuts.install_each(self, "step", [partial(self.go, Place(name)) for name in self.wizard.screens])
        shortcuts.install(self, "undo", self.undo)
        shortcuts.install(self, "next", self.go_on)
        shortcuts.install(self, "back", self.go_back)
        shortcuts.install(self, "to_worklist", self.to_worklist)
        shortcuts.install(self, "new_patient", self._next_patient)

    def _page(self, screen: str) -> WizardPage:
        page = self.pages.get(screen)
        if page is None:
            consultation = self.wizard.consultation
            pack = consultation.pack
            drugs = {q: medicine_rows.drugs(pack, q) for q, found in pack.questions.items()
                     if found.type.value == "medicines"}
            page = PAGES.get(screen, WizardPage)(self.wizard, screen, consultation.as_of, drugs)
            page.answered.connect(self.answer)
            page.opened.connect(lambda name, s=screen: self._opened(s, name))
            page.finished.connect(self._finished)
            page.finished_part.connect(self._buttons)
            page.decided.connect(self.decide)
            page.jump.connect(self.go_to_question)
            page.impression_noted.connect(self.show_all)
            if isinstance(page, ReviewPage):
                page.sign.connect(self._to_sign)
                page.standing.correct.connect(self.correct)
                page.standing.void.connect(self.void)
                page.standing.stamp.connect(self.stamp)
                page.save_pdf.connect(lambda: self.paper.emit(SAVE, PaperKind.CARE_PLAN.value))
                page.papers.asked.connect(self.paper)
                page.to_option.connect(self._to_option)
                self._footer.buttons.addWidget(page.waits)
                self._footer.add(page.pdf_button)
                self._footer.add(page.sign_button)
            self.pages[screen] = page
            self.stack.addWidget(page)
        return page

    def topic(self) -> str:
        return self.step

    def pinned(self) -> tuple[Pin, ...]:
        model = advice.build(self.wizard)
        return (Pin(f"{model.lead}: {model.tier_words}", model.when, model.tier, overdue=model.overdue),)

    @property
    def asking_impression(self) -> bool:
        """Whether the clinician is being asked for an own impression just now."""
        return self.page.asking_impression

    @property
    def page(self) -> WizardPage:
        return self.pages[self.step]

    def start(self) -> None:
        """Resume on the field where it was left."""
        self.go(self.wizard.start())

    def go(self, place: Place) -> None:
        """Visit a step. Text that cannot be read stays in its field with its red words until the page is seen again."""
        if self.step and self.page.holds():
            self._bar.say(tr("A day beside a check is wrong: mend it or take its tick out first."))
            return
        if self.step and place.screen != self.step and self.page.questions.open_card is not None:
            self.page.questions.open_card.editor.commit()
        self._came_by_itself = ""
        fresh = place.screen not in self.pages
        page = self._page(place.screen)
        if place.screen != self.step:
            self._panel_called = False
        self.step = place.screen
        self.stack.setCurrentWidget(page)
        if not fresh:
            page.refresh()
        page.start_at(place.question)
        self.wizard.stand(Place(place.screen, self._open_name()))
        self._show_advice()
        self._show_buttons()
        self._keep_keyboard()

    def _keep_keyboard(self) -> None:
        """A page that asks nothing takes no keyboard; then the button that leads on or back has it."""
        focused = self.window().focusWidget()
        if focused is None or not focused.isVisible():
            button = next((b for b in (self.next, self.back) if b.isVisible()), None)
            if button is not None:
                button.setFocus()

    def _open_name(self) -> str:
        page = self.page
        return page.questions.open_id if page.part == QUESTIONS else page.part

    def _opened(self, screen: str, name: str) -> None:
        if screen == self.step:
            self.wizard.stand(Place(screen, name))

    def answer(self, changes: object) -> None:
        """Store a step of answers; leave for the emergency page at once when it says so."""
        if not isinstance(changes, dict):
            return
        if told := self.wizard.only_look:
            self._bar.say(told)
            return
        self._came_by_itself = ""
        leave = self.wizard.answer(changes)
        self._bar.saved_now()
        self.show_all()
        if leave:
            self.emergency.emit()

    def recorded(self) -> None:
        """Something was recorded outside this page; the header and the advice say so when it is seen again."""
        self._bar.saved_now()

    def told_of_edition(self) -> None:
        """Signed a moment ago: there is nothing left to look through."""
        if self.wizard.consultation.edition_note:
            self.edition.hide()

    def header_says(self, text: str) -> None:
        self._bar.say(text)

    def decide(self, option: str, verdict: Verdict | None, reason: str) -> None:
        try:
            self.wizard.consultation.choose(option, verdict, reason)
        except LumbarError as error:
            self._bar.say(str(error))
            return
        self._bar.saved_now()
        self.show_all()

    def undo(self) -> None:
        """Take the last answer back and show its question again."""
        if self.wizard.undo():
            self.show_all()
            if self.wizard.emergency():
                self.emergency.emit()
            elif self.page.part != CORRELATION:  # there the pictures show at once what was taken back
                self.go_to_question(self.wizard.where(self.wizard.taken_back))

    def show_all(self) -> None:
        """Bring steps, page, advice and buttons up to the answers as they stand."""
        self._show_advice()
        self.page.refresh()
        self._show_buttons()

    def _show_advice(self) -> None:
        model, looking = advice.build(self.wizard), self.wizard.only_look
        self._why_only.setText(looking or in_emergency(self.wizard.consultation.access))
        self._looking.setVisible(bool(self._why_only.text()))
        self.panel.show_advice(model)
        self.chip.show_tier(model.tier, model.tier_words, model.when_brief, certain=model.certain, late=model.overdue)
        self.not_ruled_out.show_tier(model.ceiling, model.open_words, "", certain=False)
        self.not_ruled_out.setVisible(bool(model.open_words))
        self.steps.show_steps(self.wizard.steps(self.step))

    def _show_buttons(self) -> None:
        self._buttons()
        self.changed.emit()
        self._idle.start()

    def _use_idle_time(self) -> None:
        """Nothing waits: work out what would change the advice, in slices that no key has to wait for."""
        spent = QElapsedTimer()
        spent.start()
        while spent.elapsed() < SLICE_MS:
            if not self.wizard.consultation.work_on():
                self._idle.stop()
                self.page.show_what_ifs()
                return

    def _buttons(self) -> None:
        self._arrange()
        before = self._way.back(self.step, self.page.part)
        self.worklist.setVisible(before is not None)
        self.back.set_words(tr("Back") if before else tr("Worklist"),
                            name=tr("Back to {before}").format(before=self._way.name(before, self.step)) if before
                            else tr("Back to the worklist"))
        review = self.pages.get(REVIEW)
        if isinstance(review, ReviewPage):
            may = self.wizard.consultation.access.may
            review.pdf_button.setVisible(self.step == REVIEW and may(Action.TAKE_OUT))
            review.waits.setVisible(self.step == REVIEW and bool(review.waits.text()))
            review.sign_button.setVisible(self.step == REVIEW and not self.wizard.signed and may(Action.SIGN))
        following = self._onward()
        self.next.setVisible(following is not None)
        if following is not None:
            self.next.set_words(tr("Next: {following}").format(following=self._way.name(following, self.step)))

    def _finished(self) -> None:
        """Nothing is open on this page: on to what waits next, except to the review, which is opened on purpose."""
        following = self._onward()
        if following is None or following.screen == REVIEW or self.wizard.emergency():
            self.next.setFocus()
        else:
            self.go(following)
            self._came_by_itself = self.step if self.page.part == QUESTIONS else ""

    def _onward(self) -> Place | None:
        return self._way.onward(self.step, self.page.part)

    def go_on(self) -> None:
        if self._came_by_itself == self.step and self.wizard.interrupt(OPENED_BY_ITSELF):
            # Who pressed Next out of habit would pass over a whole step without having seen it. Once is enough.
            self._came_by_itself = ""
            left = words.count(self.wizard.page(self.step).left, "question")
            title = self.wizard.title(self.step)
            self._bar.say(
                tr("{title} has opened by itself: {left} to go. Next once more leaves it.").format(
                    title=title, left=left
                )
            )
            self.focus_first()
            return
        if self._can_leave() and (place := self._onward()) is not None:
            self._way.leave(self.step, self.page.part)
            self.go(place)

    def go_back(self) -> None:
        if self._can_leave():
            before = self._way.back(self.step, self.page.part)
            if before is not None:
                self.go(before)
            else:
                self.leave.emit()

    def _next_patient(self) -> None:
        """From a signed plan on to the next patient; an open consultation is left on purpose only."""
        if self.wizard.signed:
            self.new_patient.emit()

    def to_worklist(self) -> None:
        if self._can_leave():
            self.leave.emit()

    def _can_leave(self) -> bool:
        return self.page.can_leave()

    def _to_sign(self) -> None:
        """Not while a reason was begun on another step, or an answer stands there that cannot be read: it would be
        gone, and nobody would know.
        """
        for step, page in self.pages.items():
            asked = page.questions.open_card
            if asked is not None and not asked.editor.commit():
                self.go(Place(step, page.questions.open_id))
                asked.editor.commit()
                return
            card = page.options.open_card
            if card is not None and not card.commit():
                self.go_to_option(step, page.options.open_id)
                card.commit()  # its page is seen now, and with it what it says
                return
        self.sign.emit()

    def go_to_question(self, question: str) -> None:
        if screen := self.wizard.screen_of(question):
            self.go(Place(screen, question))

    def _to_option(self, option: str) -> None:
        group = self.wizard.consultation.pack.options[option].group
        self.go_to_option(next(s.id for s in self.wizard.consultation.pack.screens if group in s.option_groups), option)

    def go_to_option(self, screen: str, option: str) -> None:
        if screen:
            self.go(Place(screen, OPTIONS))
            self.page.options.open_option(option)

    def enter(self) -> None:
        """Enter moves on; it presses what only leads somewhere, and never what accepts or signs."""
        focused = QApplication.focusWidget()
        if not isinstance(focused, Button):
            self._enter_on_page()
        elif focused.guarded:
            return
        elif focused.kind == "link" or not self.page.isAncestorOf(focused):
            focused.click()
        else:
            self._enter_on_page()

    def _enter_on_page(self) -> None:
        page = self.page
        if page.part == QUESTIONS and (following := self.wizard.page(self.step).next_open()):
            page.questions.open_question(following)
        else:
            self.go_on()

    def focus_first(self) -> None:
        card = self.page.questions.open_card
        (card or self.next).setFocus(Qt.FocusReason.OtherFocusReason)
