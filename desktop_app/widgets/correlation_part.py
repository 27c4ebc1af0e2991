"""The correlation as a page: body map, verdict with the roots, spine with its zones, and the same as lists."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop_app.engine.answers import Answer
from desktop_app.language import tr
from desktop_app.pictures import body
from desktop_app.pictures.body import PAIN, SENSATION, Place
from desktop_app.pictures.correlation import correlation
from desktop_app.pictures.spine import ZONE_WORDS
from desktop_app.pictures.spine_marks import grids
from desktop_app.presentation import body as body_words
from desktop_app.presentation import imaging, imaging_lists, imaging_marks
from desktop_app.presentation.cards import Card
from desktop_app.presentation.imaging import Correlation
from desktop_app.presentation.wizard import Wizard
from desktop_app.widgets import controls, theme
from desktop_app.widgets.body_map import BodyMap
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.checklist_card import ChecklistCard
from desktop_app.widgets.editors import UNKNOWN_KEYS
from desktop_app.widgets.fact_lines import FactList
from desktop_app.widgets.picture_view import PictureView
from desktop_app.widgets.shell import LARGE
from desktop_app.widgets.spine_map import SpineMap
from desktop_app.widgets.verdict_card import VerdictCard

_BESIDE = 1000  # px at 100 %: narrower than this the three pictures stand one below the other
_KINDS = {PAIN: (tr("Pain"), "P"), SENSATION: (tr("Sensation"), "S")}
_WIDE_PICTURE, _WIDTH = 448.0, 400.0  # units of the picture of two legs and of one


class Empty(QWidget):
    """Words and one button where there is nothing to draw yet."""

    pressed = Signal()

    def __init__(self, icon: str) -> None:
        super().__init__()
        column = controls.column(self, margins=(0, 16, 0, 16), spacing=8)
        column.addWidget(controls.IconLabel(icon, 28, "text2"))
        self.title = controls.label("", "subheading", wrap=True)
        self.text = controls.label("", "small", ink="text2", wrap=True)
        self.button = Button("", tall=40)
        controls.add_all(column, self.title, self.text, self.button)
        column.addStretch(1)
        self.button.clicked.connect(self.pressed)

    def say(self, title: str, text: str, button: str) -> None:
        self.title.setText(title)
        self.text.setText(text)
        self.button.set_words(button)


class Pane(controls.Card):
    """A card with a heading and a caption at its right."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.column = controls.column(self, margins=(16, 12, 16, 12), spacing=6)
        head = controls.row(spacing=8)
        self.title = controls.label(title, "subheading")
        self.caption = controls.label("", "caption", ink="text2", wrap=True)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.caption)
        self.column.addLayout(head)


class CorrelationPart(QWidget):
    """Shows the correlation and lets it be answered; every answer goes the way of the questions."""

    answered = Signal(object)
    question = Signal(str)

    def __init__(self, wizard: Wizard) -> None:
        super().__init__()
        self.wizard = wizard
        self.model: Correlation | None = None
        self.kind = PAIN
        column = controls.column(self, spacing=12)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(12)
        column.addLayout(self._beside)
        self.verdict = VerdictCard()
        self.verdict.question.connect(self.question)
        middle = QWidget()
        inner = controls.column(middle, spacing=12)
        inner.addWidget(self.verdict)
        inner.addWidget(self._roots(), 1)
        panes = [(self._felt(), 5), (middle, 8), (self._report(), 6)]
        if theme.scale() >= LARGE:  # one below the other: the verdict comes first, to the eye and to the keyboard
            panes.insert(0, panes.pop(1))
        for pane, share in panes:
            self._beside.addWidget(pane, share)
        self.checklist = ChecklistCard(wizard.consultation.as_of)
        self.checklist.said.connect(lambda atom, given: self.answered.emit({atom: given}))
        self.checklist.question.connect(self.question)
        column.addWidget(self.checklist)
        column.addWidget(self._lists())

    # -- the parts ----------------------------------------------------------------------------------

    def _felt(self) -> QWidget:
        pane = Pane(tr("Where it is felt"))
        pane.caption.setText(tr("Patient’s right and left"))
        self.map = BodyMap(smallest=0.76)
        if self.cards:
            self.map.show_marks(self.cards, self.kind)  # its parts come before what follows on the page, for Tab
        self.map.said.connect(self._marked)
        self.map.kind_asked.connect(self.show_kind)
        self.map.pointed.connect(self._pointed)
        row = controls.row(spacing=6)
        self.kinds: dict[str, Button] = {}
        for kind, (words_, key) in _KINDS.items():
            button = Button(words_, key=key, tall=32, look="small-strong")
            button.setCheckable(True)
            button.setAccessibleDescription(tr("Chooses what a mark on the map means"))
            button.clicked.connect(lambda _=False, k=kind: self.show_kind(k))
            self.kinds[kind] = button
            row.addWidget(button)
        row.addStretch(1)
        pane.column.addLayout(row)
        pane.column.addWidget(self.map, 1)
        self.pointed_body = controls.label("", "caption", ink="text2", wrap=True)
        self.pointed_body.setMinimumHeight(theme.px(16))
        pane.column.addWidget(self.pointed_body)
        return pane

    def _roots(self) -> QWidget:
        card = controls.Card()
        column = controls.column(card, margins=(16, 12, 16, 12), spacing=6)
        self.roots = PictureView(smallest=0.86)
        self.roots.setAccessibleName(tr("Signs and imaging by root"))
        self.no_roots = Empty("clipboard-text-outline")
        self.no_roots.say(tr("Nothing to compare yet"), tr("Neither signs of a root nor imaging have been entered."),
                          tr("Go to the examination"))
        self.no_roots.pressed.connect(lambda: self.question.emit(self._first_sign()))
        controls.add_all(column, self.roots, self.no_roots)
        return card

    def _report(self) -> QWidget:
        self.report_pane = Pane(tr("What the report says"))
        self.spine = SpineMap(self.wizard.consultation.pack)
        self.spine.show_marks(imaging_marks.spine_of(self.wizard))
        self.spine.said.connect(lambda atom, given: self.answered.emit({atom: given}))
        self.spine.pointed.connect(self._pointed_zone)
        self.no_imaging = Empty("file-document-edit-outline")
        self.no_imaging.pressed.connect(lambda: self.question.emit("imaging_done"))
        self.pointed_zone = controls.label("", "caption", ink="text2", wrap=True)
        self.pointed_zone.setMinimumHeight(theme.px(16))
        self.whole = controls.label("", "small-strong", wrap=True)
        self.report_pane.column.addWidget(self.whole)
        self.report_pane.column.addWidget(self.spine, 1)
        controls.add_all(self.report_pane.column, self.no_imaging, self.pointed_zone)
        return self.report_pane

    def _lists(self) -> QWidget:
        card = controls.Card()
        self._two = QBoxLayout(QBoxLayout.Direction.LeftToRight, card)
        self._two.setContentsMargins(8, 8, 16, 12)
        self._two.setSpacing(16)
        self.signs = FactList(tr("The same as a list: signs"), tr("Add sign"))
        self.said = FactList(tr("The same as a list: report"), tr("Add finding"))
        self.signs.add.clicked.connect(lambda: self.question.emit(self._first_sign()))
        self.said.add.clicked.connect(self._add_finding)
        for made in (self.signs, self.said):
            made.asked.connect(self.question)
            self._two.addWidget(made, 1)
        return card

    def _first_sign(self) -> str:
        found = imaging_lists.sign_questions(self.wizard.consultation.pack)
        return found.get("pain", next(iter(found.values()), ""))

    def _add_finding(self) -> None:
        done = self.model is not None and self.model.done
        places = grids(self.wizard.consultation.pack)
        self.question.emit(places.get("compression", "") if done else "imaging_done")

    # -- what is shown ------------------------------------------------------------------------------

    def refresh(self) -> None:
        model = imaging.build(self.wizard)
        self.model = model
        self.verdict.show_verdict(model)
        self.checklist.show_checks(model.checklist, model.sources)
        something = model.examined or bool(model.done)
        self.roots.setVisible(something)
        self.no_roots.setVisible(not something)
        if something:
            wide = _WIDTH if len(model.legs) < 2 else _WIDE_PICTURE
            self.roots.show_picture(correlation(model.legs, width=wide, row=38, note=imaging.NOTE), {})
        self._show_report(model)
        self.signs.show_lines(model.signs, tr("No sign of a root is entered.") if model.examined
                              else tr("The signs of a root have not been examined yet."))
        self.said.show_lines(model.report, tr("There is no report.") if model.done is False
                             else tr("Whether there is imaging has not been answered."))
        self._show_felt()

    def _show_report(self, model: Correlation) -> None:
        done = bool(model.done)
        self.spine.setVisible(done)
        self.pointed_zone.setVisible(done)
        self.no_imaging.setVisible(not done)
        self.report_pane.caption.setText(model.when)
        self.whole.setText(model.whole)
        self.whole.setVisible(bool(model.whole))
        if done:
            self.spine.show_marks(model.spine)
            self._pointed_zone(next((key for key, spot in self.spine.spots.items() if spot.hasFocus()), ""))
        elif model.done is False:
            self.no_imaging.say(tr("No imaging of the nerves"), model.action or model.output, tr("Change the answer"))
        else:
            self.no_imaging.say(tr("No report entered"), tr("Say whether there is imaging; then the report is "
                                                        "entered here, level by level."), tr("Is there imaging?"))

    @property
    def cards(self) -> dict[str, Card]:
        """The questions that are answered on the body map, wherever they stand."""
        for screen in self.wizard.screens:
            if drawn := self.wizard.page(screen).drawn():
                return drawn
        return {}

    def show_kind(self, kind: str) -> None:
        self.kind = kind
        self._show_felt()

    def _show_felt(self) -> None:
        cards = self.cards
        if self.kind not in cards:
            self.kind = next(iter(cards), self.kind)
        for kind, button in self.kinds.items():
            button.setVisible(kind in cards)
            button.setChecked(kind == self.kind)
        self.map.setVisible(bool(cards))
        if cards:
            self.map.show_marks(cards, self.kind)
        self._pointed(next((key for key, spot in self.map.spots.items() if spot.hasFocus()), ""))

    def _pointed(self, key: str) -> None:
        cards = self.cards
        if not key or not cards:
            self.pointed_body.setText(tr("Space or a click marks. N: not affected."))
            return
        place = body.place_of(key)
        told = body.told(body_words.marks(cards), place, cards)
        self.pointed_body.setText(f"{body_words.place_words(place)}: {told}")

    def _pointed_zone(self, key: str) -> None:
        marks = self.model.spine if self.model is not None else None
        cells = {cell.key: cell.name for cell in marks.drawn()} if marks is not None else {}
        bodies = {body.key: body for body in marks.bodies} if marks is not None else {}
        if key in cells:
            told = tr("{name}. Keys: 1 to 4, N, A, C, D.").format(name=cells[key])
        elif key in bodies:
            broken = marks is not None and marks.fracture is not None and marks.fracture.level == bodies[key].level
            keys = tr("Keys: 1 to 4 part, Y or N oedema, 5 to 7 age.") if broken else tr("Space opens its menu.")
            told = f"{bodies[key].name}. {keys}"
        else:
            told = tr("{zones}. A click on a vertebra enters its fracture.").format(zones=tr(ZONE_WORDS)) if bodies \
                else tr(ZONE_WORDS)
        self.pointed_zone.setText(told)

    # -- what is said -------------------------------------------------------------------------------

    def _marked(self, place: Place, what: str) -> None:
        card = self.cards.get(self.kind)
        cell = body_words.cell_at(card, place) if card is not None else None
        if card is None or cell is None:
            return
        given: Answer | None = None
        if what in {"mark", "yes"}:
            given = body_words.marked_answer(card, cell)
            if what == "yes" and given is None:
                return
        elif what == "normal":
            given = body_words.normal_answer(card)
        elif what in UNKNOWN_KEYS:
            given = Answer(unknown=UNKNOWN_KEYS[what])
        self.answered.emit({cell.atom: given})

    # -- room ---------------------------------------------------------------------------------------

    def arrange(self, room: int) -> None:
        """``room``: px that the page has across; the own width is never less than the parts beside each other need."""
        beside = room >= theme.px(_BESIDE)
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        for layout in (self._beside, self._two):
            if layout.direction() is not wanted:
                layout.setDirection(wanted)
