"""Guideline: which edition gives the advice, whose approval it has, and other editions from a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.language import tr
from desktop_app.presentation import editions as words
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.presentation.words import day
from desktop_app.use_cases.errors import LumbarError, NoInput
from desktop_app.use_cases.guideline_editions import Choice, GuidelineEditions, Prepared
from desktop_app.use_cases.inputs import read_at_most
from desktop_app.use_cases.permissions import Action
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.confirm import Confirm
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.edition_dialogs import ApproveContent, SwitchOn, TrustPublishers, WithReason
from desktop_app.widgets.edition_part import EditionPart
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.form import Form
from desktop_app.widgets.keys_page import Run
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.warning_card import warning_card

LARGEST = 64 * 1024 * 1024


class GuidelinePage(DeskShell):
    """``run`` does slow work beside the window; ``again`` shows this page anew with the edition that came in use."""

    help_topic = "guideline"

    def __init__(self, desk: ClinicDesk, editions: GuidelineEditions, run: Run, again: Callable[[str], None],
                 said: str = "") -> None:
        super().__init__()
        self.desk, self._editions, self._run, self._again = desk, editions, run, again
        self.part: EditionPart | None = None
        self.buttons: dict[str, Button] = {}
        self.form = Form(tr("Guideline"), tr("The medical content behind every advice. Newer editions come as a file, "
                                             "signed by at least two of its publishers."), width=820)
        self.desk_frame(desk, self.form, "settings")
        self.said = controls.label(said, "small-strong", ink="accent", wrap=True)
        self.said.setVisible(bool(said))
        self.wrong = controls.label("", "small-strong", ink="red", wrap=True)
        self.wrong.hide()
        self.form.put(self.said)
        self.form.put(self.wrong)
        holder = QWidget()
        said_first = controls.column(holder, margins=(0, 0, 0, 10), spacing=12)
        for warning in editions.warnings(desk.today):
            said_first.addWidget(warning_card(warning, alarm=warning == editions.trouble))
        self.form.put(holder)
        holder.setVisible(said_first.count() > 0)
        self._in_use()
        if desk.access.may(Action.INSTALL_GUIDELINE):
            self._from_files()
        self._changes = controls.column(spacing=0)
        below = QWidget()
        below.setLayout(self._changes)
        self.form.put(below)
        self.back = self.footer_bar.add(Button(tr("Settings"), icon="arrow-left"))
        self.back.clicked.connect(self.to_settings)

    # --- what is shown --------------------------------------------------------------------------------

    def _in_use(self) -> None:
        pack, editions = self._editions.current.pack, self._editions
        card = controls.Card()
        inside = controls.column(card, margins=(20, 16, 20, 16), spacing=6)
        inside.addWidget(controls.label(tr("Edition {version} gives the advice").format(version=pack.info.version),
                                        "subheading", wrap=True))
        inside.addWidget(controls.label(f"{pack.info.state_words}.", "strong", wrap=True))
        use = None if editions.stands_in else editions.use
        lines = [pack.info.title, words.origin(use) if not editions.stands_in else "",
                 tr("To be looked at again by {day}.").format(day=day(editions.review_by())),
                 words.withdrawn(editions.approvals.newest(pack.content_hash)), words.content(pack)]
        for line in lines:
            if line:
                inside.addWidget(controls.label(line, "small", ink="text2", wrap=True))
        box = []
        access = self.desk.access
        if access.may(Action.APPROVE_GUIDELINE):
            name, act = ((tr("Withdraw the approval…"), self.ask_to_withdraw) if pack.info.approved
                         else (tr("Approve this content…"), self.ask_to_approve))
            box.append(self._button("approve", name, act))
        before = editions.before
        if access.may(Action.INSTALL_GUIDELINE) and before is not None:
            box.append(self._button("back", tr("One step back to edition {version}…").format(version=before.version),
                                    self.ask_to_return))
        if box:
            inside.addSpacing(6)
            inside.addWidget(FlowBox(*box, gap=12))
        self.form.put(card)

    def _button(self, name: str, text: str, act: Callable[[], None], kind: str = "secondary") -> Button:
        button = Button(text, kind, look="strong" if kind == "primary" else "body")
        button.clicked.connect(act)
        self.buttons[name] = button
        return button

    def _from_files(self) -> None:
        editions, believed = self._editions, self._editions.publishers
        self.form.heading(tr("Editions from a file"))
        if believed is None:
            self.form.put(controls.label(words.NO_PUBLISHERS, "body", wrap=True))
            self._gap()
            self.form.buttons(self._button("trust", tr("Take the publishers' list…"), self.ask_to_trust))
            return
        self.form.put(controls.label(tr("Publishers believed since {day}, compared by {by}: {letters}").format(
            day=day(believed.since.date()), by=believed.by, letters=editions.fingerprint), "small",
            ink="text2", wrap=True))
        self._gap()
        self.form.buttons(self._button("install", tr("Install from a file…"), self.ask_for_file, "primary"))
        holder = QWidget()
        cards = controls.column(holder, margins=(0, 10, 0, 0), spacing=12)
        for choice in editions.choices():
            if not choice.in_use or choice.edition is not None:
                cards.addWidget(self._choice(choice))
        self.form.put(holder)

    def _gap(self) -> None:
        self.form.column.insertSpacing(self.form.column.count() - 1, 8)

    def _choice(self, choice: Choice) -> QWidget:
        card = controls.Card()
        inside = controls.column(card, margins=(20, 12, 20, 14), spacing=4)
        inside.addWidget(controls.label(words.title(choice), "strong", wrap=True))
        state = ""
        if choice.in_use:
            state = tr("Switched on, but it cannot be used.") if self._editions.stands_in else tr("In use.")
        elif not choice.newer:
            state = tr("Gives the advice meanwhile.") if self._editions.stands_in and choice.edition is None else tr(
                "Older than the one in use.")
        told = " ".join(one for one in (state, words.about(choice)) if one)
        if told:
            inside.addWidget(controls.label(told, "small", ink="text2", wrap=True))
        if choice.newer:
            inside.addSpacing(6)
            inside.addWidget(FlowBox(self._button(f"look {choice.number}", tr("What would change…"),
                                                  partial(self.look_at, choice.number))))
        return card

    def _say(self, error: LumbarError) -> None:
        self.said.hide()
        self.wrong.setText(f"{error} {error.next_step}".strip())
        self.wrong.show()
        reveal(self.wrong)

    # --- what can be done -----------------------------------------------------------------------------

    def choose_file(self, title: str, kinds: str) -> str:
        return QFileDialog.getOpenFileName(self, title, "", kinds)[0]

    def ask_to_trust(self) -> None:
        path = self.choose_file(tr("List of publishers"), tr("List of publishers (*.json);;All files (*)"))
        if not path:
            return
        try:
            content = read(path)
            fingerprint = self._editions.look_at_publishers(content)
        except LumbarError as error:
            self._say(error)
            return
        self._asked(TrustPublishers(self, fingerprint),
                    lambda secret: self._editions.trust(content, fingerprint, secret),
                    tr("The list of publishers is believed from now on."))

    def ask_for_file(self) -> None:
        path = self.choose_file(tr("Edition of the guideline"),
                                tr("Editions of the guideline (*.lumbar-pack);;All files (*)"))
        if path:
            self.install(path)

    def install(self, path: str) -> None:
        """The file is checked and taken in; without a list of publishers only the page's own words stand there."""
        if self._editions.publishers is not None:
            self._run(lambda: self._editions.install(read(path)), self._installed, self._say)

    def _installed(self, _known: object) -> None:
        self._again(tr("The edition is installed. It gives no advice before it is switched on: look first at what "
                       "would change."))

    def look_at(self, number: int) -> None:
        """Works out what would change, beside the window, and shows it below."""
        self._run(lambda: self._editions.prepare(number), self._prepared, self._say)

    def _prepared(self, found: object) -> None:
        if not isinstance(found, Prepared):
            return
        self.wrong.hide()
        controls.clear(self._changes)
        self.part = EditionPart(found, names=self.desk.access.may(Action.SEE_PATIENTS))
        self.part.switch.connect(partial(self._ask_to_switch, found))
        self._changes.addWidget(self.part)
        reveal(self.part)
        self.part.search.setFocus()

    def _ask_to_switch(self, prepared: Prepared) -> None:
        self._asked(SwitchOn(self, words.title(prepared.choice), words.compared(prepared.comparison)),
                    lambda secret: self._editions.switch_on(prepared, secret),
                    tr("The edition is switched on."))

    def ask_to_return(self) -> None:
        before = self._editions.before
        if before is None:
            return
        dialog = WithReason(self, tr("One step back to edition {version}?").format(version=before.version),
                            tr("That edition gives the advice again. What was signed meanwhile keeps the edition it "
                               "was decided with."), tr("Go back"))
        self._asked(dialog, lambda secret: self._editions.return_one_step(dialog.words, secret),
                    tr("The edition before gives the advice again."))

    def ask_to_approve(self) -> None:
        pack, keys = self._editions.current.pack, self.desk.keys
        token = keys.in_use().token if keys is not None else ""
        dialog = ApproveContent(self, pack.info.version, words.content(pack), token)
        self._asked(dialog, lambda secret: self._editions.approve(secret, dialog.pin_field.text()),
                    tr("Every page names the approval from now on."))

    def ask_to_withdraw(self) -> None:
        dialog = WithReason(self, tr("Withdraw the approval?"),
                            tr("Every page says “not clinically approved” again. Documents that are signed stay as "
                               "they are."), tr("Withdraw"))
        self._asked(dialog, lambda secret: self._editions.withdraw_approval(dialog.words, secret),
                    tr("The approval is withdrawn."))

    def _asked(self, dialog: Confirm, act: Callable[[str], object], said: str) -> None:
        def done(_result: object) -> None:
            dialog.accept()
            self._again(said)

        self.dialog = dialog
        dialog.tried.connect(lambda secret: self._run(lambda: act(secret), done, dialog.show_error))
        dialog.open()

    def focus_first(self) -> None:
        next(iter(self.buttons.values()), self.back).setFocus()


def read(path: str) -> bytes:
    """Raises ``NoInput`` in words."""
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST:
            raise NoInput(tr("This file is larger than any edition of the guideline."),
                          next_step=tr("Choose another file."))
        return read_at_most(file, LARGEST)
    except OSError as problem:
        raise NoInput(tr("The file cannot be read: {value}.").format(value=problem.strerror or problem),
                      next_step=tr("Check that it is there and may be read.")) from problem
