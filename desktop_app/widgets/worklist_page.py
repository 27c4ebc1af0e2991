"""The worklist: overdue and soonest first, one action a row; finding a patient or beginning with a new one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.language import tr, trn
from desktop_app.presentation import looking, notices, words, worklist
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.presentation.worklist import Action, Does, WorkGroup, WorkRow
from desktop_app.use_cases.blank_papers import Blank
from desktop_app.use_cases.domain import Patient
from desktop_app.use_cases.permissions import Action as Permitted
from desktop_app.use_cases.surroundings import clock_doubt
from desktop_app.widgets import controls, older_records_part, shortcuts, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.fields import field
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.form import Sheet
from desktop_app.widgets.scroll_area import ScrollArea
from desktop_app.widgets.shell import LARGE
from desktop_app.widgets.tokens import TIER_LOOK
from desktop_app.widgets.warning_card import warning_card

AT_ONCE = 50  # rows of a group that are drawn before somebody asks for more; of emergencies all
SHOWN = 8  # patients found; whoever is further down needs more letters
NAME, DOES = 176, 456  # widths of a found patient's name and of what can be done
ACTION = 184  # width of the button of a row
CHIP_OF = {"red": "red", "amber": "amber", "green": "green", "text2": "neutral"}


class WorklistPage(DeskShell):
    help_topic = "worklist"
    open_encounter = Signal(str)
    look_at = Signal(str)
    history = Signal(str)
    open_patient = Signal(str)
    new_patient = Signal()
    blank_paper = Signal(str)
    emergency_access = Signal()
    accept_older = Signal()

    def __init__(self, desk: ClinicDesk) -> None:
        super().__init__()
        self.desk = desk
        body = ScrollArea()
        body.setWidgetResizable(True)
        body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = Sheet()
        column = controls.column(inside, margins=(24, 20, 24, 24), spacing=12)
        head = controls.row(margins=(0, 4, 0, 0), spacing=12)
        head.addWidget(controls.label(tr("Worklist"), "title"))
        head.addWidget(controls.label(words.weekday(desk.today), "body", ink="text2"))
        head.addStretch(1)
        tools: QHBoxLayout = head
        if theme.scale() >= LARGE:
            column.addLayout(head)
            tools = controls.row(spacing=12)
        self.search = field(tr("Find a patient by name or number"), placeholder=tr("Name or number") + "   Ctrl F",
                            width=260)
        self.search.textChanged.connect(self._find)
        self.new = Button(tr("New patient"), "primary", icon="plus", key="Ctrl N")
        self.new.clicked.connect(self.new_patient)
        tools.addWidget(self.search)
        tools.addWidget(self.new)
        if tools is not head:
            tools.addStretch(1)
        column.addLayout(tools)
        if desk.access.read_only:
            column.addWidget(warning_card(desk.access.only_shown, alarm=True))
        self.older = older_records_part.offer(desk, column)
        if self.older is not None:
            self.older.clicked.connect(self.accept_older)
        self._clock_doubted = clock_doubt(desk.surroundings, desk.pack.info.approved_on) is not None
        self.notices = controls.column(spacing=12)
        column.addLayout(self.notices)
        self.show_notices()
        if desk.editions is not None and (warnings := desk.editions.warnings(desk.today)):
            for warning in warnings:
                column.addWidget(warning_card(warning, alarm=warning == desk.editions.trouble))
        self._emergency_accesses(column)
        may = desk.access.may
        self._consults, self._sees = may(Permitted.CONSULT) or desk.access.read_only, may(Permitted.SEE_PATIENTS)
        self.new.setVisible(self._consults)
        self.new.setEnabled(may(Permitted.ADD_PATIENT))
        self.search.setVisible(self._sees)
        self.found = controls.column(spacing=8)
        column.addLayout(self.found)
        self.list = controls.column(spacing=8)
        column.addLayout(self.list)
        column.addWidget(self._on_paper())
        column.addStretch(1)
        body.setWidget(inside)
        self.desk_frame(desk, body, "worklist")
        shortcuts.install(self, "find", self.search.setFocus)
        shortcuts.install(self, "new_patient", self.new.click)
        self.row_buttons: list[Button] = []
        self.found_buttons: list[Button] = []
        self._drawn: dict[str, int] = {}  # of a group, once more was asked for
        self.search.installEventFilter(self)
        self.refresh()

    def _emergency_accesses(self, column: QVBoxLayout) -> None:
        """That it lasts, for whoever took it; that it was taken, for an administrator, until they looked through it."""
        access = self.desk.emergency_access
        if told := looking.in_emergency(self.desk.access):
            column.addWidget(warning_card(told, alarm=True))
        if not self.desk.access.may(Permitted.SEE_EMERGENCY_ACCESS):
            return
        others = access.others()
        for one in (unseen := access.unseen()):
            column.addWidget(warning_card(looking.taken(one, others), alarm=True))
        if any(not (one.own and others) for one in unseen):
            self.looked_through = Button(tr("I have looked through it"), tall=32)
            self.looked_through.clicked.connect(access.looked_through)
            self.looked_through.clicked.connect(self.to_worklist)
            column.addWidget(self.looked_through, 0, Qt.AlignmentFlag.AlignLeft)

    def _take_emergency_access(self) -> Button:
        self.take_access = Button(tr("Emergency access…"), "link", icon="alert-octagon", tall=32)
        self.take_access.clicked.connect(self.emergency_access)
        self.take_access.setVisible(self.desk.emergency_access.offered)
        return self.take_access

    def show_notices(self) -> None:
        """Whatever stands against the records of this computer now; again after each round of backups."""
        controls.clear(self.notices)
        for notice in notices.of(self.desk):
            self.notices.addWidget(warning_card(notice.words, alarm=notice.alarm))

    def _on_paper(self) -> QWidget:
        """For the day without power: print these while there is some."""
        self.blank_buttons = {what: Button(text, "link", icon="printer", tall=32) for what, text in (
            (Blank.FORM, tr("Questions on paper…")), (Blank.CARD, tr("Emergency card…")))}
        for what, button in self.blank_buttons.items():
            button.clicked.connect(partial(self.blank_paper.emit, what.value))
        told = controls.label(tr("For a day without power:"), "small", ink="text2")
        return FlowBox(told, *self.blank_buttons.values(), self._take_emergency_access(), gap=12)

    def refresh(self) -> None:
        controls.clear(self.list)
        self.row_buttons = []
        self.rest_buttons: list[Button] = []
        if not self._sees:
            self._empty(tr("No patients here for you"), tr(
                "You look after this computer. Patients and their records are for clinicians, reviewers and viewers."))
            return
        groups = worklist.groups(list(self.desk.worklist()), self.desk.today, consult=self._consults)
        for group in groups:
            self._group(group)
        if not groups:
            self._empty(tr("No consultation yet"), tr(
                "Begin with a new patient. Whoever has a time limit then stands here, soonest first.")
                if self._consults else tr("A clinician begins one. Whoever has a time limit then stands here, soonest "
                                          "first."))

    def _empty(self, title: str, told: str) -> None:
        card = controls.Card()
        inner = controls.column(card, margins=(32, 36, 32, 36), spacing=10)
        inner.addWidget(controls.IconLabel("clipboard-text-outline", 40, "text3"), 0, Qt.AlignmentFlag.AlignHCenter)
        for text, look, ink in ((title, "heading", ""), (told, "body", "text2")):
            line = controls.label(text, look, ink=ink, wrap=True)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inner.addWidget(line)
        self.list.addWidget(card)

    def _group(self, group: WorkGroup) -> None:
        head = controls.row()
        head.addWidget(controls.label(group.title, "subheading"))
        head.addWidget(controls.label(str(len(group.rows)), "caption-strong", ink="text2"))
        head.addStretch(1)
        self.list.addLayout(head)
        card = controls.Card()
        column = controls.column(card, margins=(20, 4, 20, 4), spacing=0)
        drawn = len(group.rows) if group.whole else self._drawn.get(group.title, AT_ONCE)
        for index, row in enumerate(group.rows[:drawn]):
            if index:
                column.addWidget(controls.Rule())
            column.addWidget(self._row(row))
        if (left := len(group.rows) - drawn) > 0:
            controls.add_all(column, controls.Rule(), self._rest(group, group.rows[drawn], left))
        self.list.addWidget(card)
        self.list.addSpacing(6)

    def _rest(self, group: WorkGroup, first: WorkRow, left: int) -> Button:
        """How many more stand in the group; pressed, the next are drawn, the first of them with the keyboard."""
        told = trn("{count} more in this group", "{count} more in this group", left).format(count=left)
        button = Button(told, "link", icon="chevron-down", tall=36, name=f"{group.title}: {told}")

        def more() -> None:
            self._drawn[group.title] = self._drawn.get(group.title, AT_ONCE) + AT_ONCE
            self.refresh()  # meanwhile the row may have gone, or stand in another group
            found = (button for button in self.row_buttons if button.property("encounter") == first.encounter_id)
            (next(found, None) or self.search).setFocus()

        button.clicked.connect(more)
        self.rest_buttons.append(button)
        return button

    def _row(self, row: WorkRow) -> QWidget:
        holder = QWidget()
        buttons = self._buttons(row.actions, row.name)
        buttons[0].setProperty("encounter", row.encounter_id)
        self.row_buttons.append(buttons[0])
        if theme.scale() >= LARGE:  # large text: one thing below the other
            column = controls.column(holder, margins=(0, 12, 4, 12), spacing=8)
            head = controls.row(spacing=16)
            controls.add_all(head, self._tier(row), self._when(row))
            head.addStretch(1)
            column.addLayout(head)
            column.addLayout(self._who(row))
            column.addLayout(self._next(row))
            column.addWidget(FlowBox(*buttons, gap=12))
            return holder
        line = controls.row(holder, margins=(0, 8, 4, 8), spacing=16)
        buttons[0].setParent(holder)  # Tab comes to what is done most before what can be done besides
        buttons[0].setFixedWidth(theme.px(ACTION))  # one below the other, all of one width
        tier, when = self._tier(row), self._when(row)
        tier.setFixedWidth(theme.px(116))
        when.setFixedWidth(theme.px(124))
        line.addWidget(tier)
        line.addLayout(self._who(row), 3)
        line.addLayout(self._next(row, buttons[1:]), 5)
        line.addWidget(when)
        line.addWidget(buttons[0])
        return holder

    def _buttons(self, actions: tuple[Action, ...], name: str) -> list[Button]:
        """The first as a button, the rest as quieter ones."""
        found = []
        for place, action in enumerate(actions):
            quiet = place > 0
            button = Button(action.words, "link" if quiet else "secondary", tall=28 if quiet else 36,
                            name=f"{action.words}: {name}", look="small-strong")
            button.clicked.connect(lambda _=False, a=action: self.act(a))
            button.installEventFilter(self)
            found.append(button)
        return found

    def act(self, action: Action) -> None:
        signal = {Does.CONTINUE: self.open_encounter, Does.LOOK: self.look_at, Does.BEGIN: self.open_patient,
                  Does.HISTORY: self.history}
        signal[action.does].emit(action.target)

    @staticmethod
    def _tier(row: WorkRow) -> QWidget:
        icon, strong = TIER_LOOK[row.tier][:2] if row.tier else ("help", "text2")
        left = QWidget()
        if row.crossed_out:
            icon, strong = "cancel", "red"
        chip = controls.Chip(row.tier_word, CHIP_OF[strong] if row.tier or row.crossed_out else "unknown", icon)
        controls.row(left).addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        return left

    @staticmethod
    def _who(row: WorkRow) -> QVBoxLayout:
        who = controls.column(spacing=0)
        who.addStretch(1)
        name = controls.label(row.name, "strong", wrap=True)
        if row.crossed_out:
            font = name.font()
            font.setStrikeOut(True)
            name.setFont(font)
        who.addWidget(name)
        who.addWidget(controls.label(row.line, "caption", ink="text2"))
        who.addStretch(1)
        return who

    @staticmethod
    def _next(row: WorkRow, quiet: list[Button] | None = None) -> QVBoxLayout:
        """What comes next; below it, in words, what else can be done."""
        told = controls.column(spacing=2)
        told.addStretch(1)
        told.addWidget(controls.label(row.next_step, "small", wrap=True))
        if row.note:
            told.addWidget(controls.label(row.note, "caption", ink="text2", wrap=True))
        if quiet:
            told.addWidget(FlowBox(*quiet))
        told.addStretch(1)
        return told

    def _when(self, row: WorkRow) -> QWidget:
        side = QWidget()
        when = controls.column(side, spacing=0)
        when.addStretch(1)
        when.addWidget(controls.label(row.date, "small-strong"))
        distance = controls.row(spacing=4)
        if row.overdue:
            distance.addWidget(controls.IconLabel("alert-circle", 16, "red"))
        if row.distance:
            distance.addWidget(controls.label(row.distance, "small-strong" if row.overdue else "small",
                                              ink="red" if row.overdue else "text2"))
        distance.addStretch(1)
        when.addLayout(distance)
        if row.date and self._clock_doubted:
            when.addWidget(controls.label(tr("by a doubtful clock"), "caption-strong", ink="red", wrap=True))
        when.addStretch(1)
        return side

    # --- finding somebody -----------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        controls.clear(self.found)
        self.found_buttons = []
        if not text.strip():
            return
        patients = list(self.desk.find(text.strip()))
        card = controls.Card(edge="accent")
        column = controls.column(card, margins=(20, 8, 20, 8), spacing=2)
        if not patients:
            column.addWidget(
                controls.label(
                    tr("No patient found for “{strip}”. A part of the name or of the number is enough.").format(
                        strip=text.strip()
                    ),
                    "body",
                    ink="text2",
                    wrap=True,
                )
            )
        for patient in patients[:SHOWN]:
            column.addWidget(self._patient(patient))
        if len(patients) > SHOWN:
            column.addWidget(
                controls.label(
                    tr("{value} more: write more of the name or the number.").format(value=len(patients) - SHOWN),
                    "small",
                    ink="text2",
                    wrap=True,
                )
            )
        self.found.addWidget(card)
        before: QWidget = self.search
        for button in [*self.found_buttons, self.new]:
            self.setTabOrder(before, button)
            before = button

    def _open_found(self) -> None:
        """Enter opens the patient when only one was found, else it leads to the first of them."""
        if len({button.property("patient") for button in self.found_buttons}) == 1:
            self.found_buttons[0].click()
        elif self.found_buttons:
            self.found_buttons[0].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down go from line to line and back into the search; Escape empties it."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if watched is self.search:
            return self._search_key(event) or super().eventFilter(watched, event)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            return super().eventFilter(watched, event)
        lines = [*self._found_first(), *self.row_buttons]
        line = next((n for n, button in enumerate(lines) if button.parent() is watched.parent()), 0) + step
        if line < 0:
            self.search.setFocus()
        elif line < len(lines):
            lines[line].setFocus()
        return True

    def _search_key(self, event: QKeyEvent) -> bool:
        below = [*self.found_buttons, *self.row_buttons]
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open_found()  # taken here, so that the page does not press what then has the keyboard
        elif event.key() == Qt.Key.Key_Escape:
            self.search.clear()
        elif event.key() == Qt.Key.Key_Down and below:
            below[0].setFocus()
        else:
            return False
        return True

    def _found_first(self) -> list[Button]:
        """Of every patient found the first button."""
        found: dict[str, Button] = {}
        for button in self.found_buttons:
            found.setdefault(str(button.property("patient")), button)
        return [*found.values()]

    def _patient(self, patient: Patient) -> QWidget:
        holder = QWidget()
        buttons = self._buttons(worklist.actions(self.desk.visits(patient.id), patient.id, consult=self._consults),
                                patient.name)
        for button in buttons:
            button.setProperty("patient", patient.id)
        self.found_buttons += buttons
        large = theme.scale() >= LARGE
        row = controls.column(holder, margins=(0, 8, 4, 8), spacing=8) if large else controls.row(
            holder, margins=(0, 4, 4, 4), spacing=16)
        name = controls.label(patient.name, "strong", wrap=True)
        line = controls.label(worklist.identity(patient, self.desk.today), "small", ink="text2", wrap=True)
        does = FlowBox(*buttons, gap=12)
        if not large:
            name.setFixedWidth(theme.px(NAME))
            does.setFixedWidth(theme.px(DOES))
        row.addWidget(name)
        row.addWidget(line, 1)
        row.addWidget(does)
        return holder

    def focus_first(self) -> None:
        paper = self.blank_buttons[Blank.FORM]
        (self.row_buttons[0] if self.row_buttons else self.new if self._consults else paper).setFocus()
