"""The tour over the window: a short note beside the real part it is about, a frame around that part, and the offer.

Nothing is blocked while it runs, and it answers, accepts and signs nothing: it only opens pages and points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop_app.language import tr
from desktop_app.presentation import tour as script
from desktop_app.presentation.tour import Stop, Tour
from desktop_app.use_cases.domain import EncounterState
from desktop_app.widgets import controls, painting, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.emergency_page import EmergencyPage
from desktop_app.widgets.shell import LARGE, Shell
from desktop_app.widgets.tour_targets import TARGETS
from desktop_app.widgets.worklist_page import WorklistPage

if TYPE_CHECKING:
    from desktop_app.widgets.frame import Frame

WIDTH, OFFER = 340, 208
GAP = 14  # between the note and what it points at
FRAME = 6  # clear space between a part and the frame around it
EDGE = 12  # between the note and the window's edge
RING = 4  # room for the focus ring
LOOK = 120  # milliseconds between two looks at where the part is


class Note(controls.Card):
    """Words and buttons; Esc leaves."""

    left = Signal()

    def __init__(self, window: QWidget, width: int) -> None:
        super().__init__(edge="accent", width=2, parent=window)
        self.setFixedWidth(min(theme.px(width), window.width() - 2 * EDGE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = self.focusWidget()
            if isinstance(focused, Button) and focused.hasFocus():
                focused.click()
        else:
            super().keyPressEvent(event)

    def shrink(self) -> None:
        """As tall as the words need at this width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            tall = layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else 0
            self.resize(self.width(), tall or self.minimumSizeHint().height())  # which guesses lines at no width


class StopNote(Note):
    """One stop of the tour."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, WIDTH)
        column = controls.column(self, margins=(20 - RING, 14, 20 - RING, 12), spacing=6)
        self.place = controls.label("", "caption-strong", ink="text2")
        self.title = controls.label("", "subheading", wrap=True)
        self.text = controls.label("", "body", wrap=True)
        words = controls.column(margins=(RING, 0, RING, 4), spacing=6)
        controls.add_all(words, self.place, self.title, self.text)
        column.addLayout(words)
        self.leave_button = Button(tr("Leave the tour"), "link", key="Esc", tall=32)
        self.back_button = Button(tr("Back"), tall=36, name=tr("Back to the stop before"))
        self.show_button = Button(tr("Show me"), tall=36, name=tr("Show me the part this is about"))
        self.next_button = Button(tr("Next"), "primary", tall=36, trailing="arrow-right")
        buttons = controls.row(margins=(RING, 2, RING, 2), spacing=12)
        controls.add_all(buttons, self.next_button, self.back_button, self.show_button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        last = controls.row(margins=(RING, 0, RING, 0))
        last.addWidget(self.leave_button)
        last.addStretch(1)
        column.addLayout(last)
        self.leave_button.clicked.connect(self.left)

    def show_stop(self, tour: Tour) -> None:
        stop = tour.stop
        self.place.setText(tr("Tour · {place}").format(place=tour.place))
        self.title.setText(stop.title)
        self.text.setText(stop.text)
        self.setAccessibleName(tr("Tour, {place}: {title}").format(place=tour.place, title=stop.title))
        self.next_button.set_words(tr("End of the tour") if tour.last else tr("Next"))
        self.next_button.setAccessibleDescription(f"{stop.title}. {stop.text}")
        self.back_button.setVisible(tour.index > 0)


class OfferNote(Note):
    """Asks once whether somebody wants the tour; it takes no keyboard and covers nothing that is needed."""

    def __init__(self, window: QWidget, title: str, text: str) -> None:
        large = theme.scale() >= LARGE
        super().__init__(window, WIDTH if large else OFFER)
        self.setAccessibleName(f"{title} {text}")
        column = controls.column(self, margins=(14, 12, 14, 12), spacing=8)
        column.addWidget(controls.label(title, "subheading", wrap=True))
        column.addWidget(controls.label(text, "small", wrap=True))
        self.take = Button(tr("Take the tour"), "primary", tall=36, look="small-strong")
        self.no = Button(tr("Not now"), "link", tall=28)
        self.no.clicked.connect(self.left)
        for some in ((self.take, self.no),) if large else ((self.take,), (self.no,)):
            row = controls.row(spacing=12)
            controls.add_all(row, *some)
            row.addStretch(1)
            column.addLayout(row)


HANDS = {QEvent.Type.Wheel, QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress}


class Spot(QWidget):
    """The frame around the part that is meant; it lets every click through, and tells when the page is touched."""

    touched = Signal()

    def __init__(self, window: QWidget, note: QWidget) -> None:
        super().__init__(window)
        self._window, self._note = window, note
        if (app := QApplication.instance()) is not None:
            app.installEventFilter(self)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        painting.box(painter, QRectF(self.rect()), fill=None, edge=theme.colour("accent"), width=3, radius=12)
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in HANDS and isinstance(watched, QWidget) and self._window.isAncestorOf(watched) \
                and watched is not self._note and not self._note.isAncestorOf(watched):
            self.touched.emit()
        return False


class TourGuide(Tour):
    """The tour of one window."""

    def __init__(self, window: Frame) -> None:
        super().__init__(script.read(theme.RESOURCES / "help" / "tour.yaml"))
        self._window = window
        self.note: StopNote | None = None
        self.offer_note: OfferNote | None = None
        self.spot: Spot | None = None
        self._before: QWidget | None = None
        self._leads = False  # until the page is touched, the part is kept in sight: pages settle in rounds
        self._timer = QTimer(window)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self.follow)

    # --- begin and end --------------------------------------------------------------------------------

    def offer(self) -> None:
        """Once a session, in the corner."""
        if self.offered:
            return
        self.offered = True
        note = OfferNote(self._window, self.script.offer_title, self.script.offer_text)
        note.take.clicked.connect(self.take)
        note.left.connect(self.decline)
        self.offer_note = note
        self._timer.start()
        self.follow()

    def decline(self) -> None:
        if self.offer_note is not None:
            self.offer_note.hide()
            self.offer_note.deleteLater()
            self.offer_note = None
        self._give_back()
        if not self.on:
            self._timer.stop()

    def take(self) -> None:
        """Begin, or go on where it was left."""
        self.decline()
        if self.on:
            return
        self.start()
        self.note = StopNote(self._window)
        self.spot = Spot(self._window, self.note)
        self.spot.touched.connect(self._hands_on)
        self.note.next_button.clicked.connect(self.next)
        self.note.back_button.clicked.connect(self.back)
        self.note.show_button.clicked.connect(self.arrive)
        self.note.left.connect(self.leave)
        self._timer.start()
        self.arrive()

    def next(self) -> None:
        if self.go_on():
            self.arrive()
        else:
            self._end()

    def back(self) -> None:
        if self.go_back():
            self.arrive()

    def leave(self) -> None:
        """It waits in Help at the same place."""
        super().leave()
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        if self.spot is not None and (app := QApplication.instance()) is not None:
            app.removeEventFilter(self.spot)
        for widget in (self.note, self.spot):
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.note = self.spot = None
        self._give_back()

    def _give_back(self) -> None:
        page = self._window.stack.currentWidget()
        if isinstance(page, Shell) and not isinstance(QApplication.focusWidget(), QWidget):
            page.focus_first()

    # --- at a stop ------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """Open the page of this stop and put the note beside what it is about."""
        note = self.note
        if note is None or not self._go_to(self.stop):
            self.leave()
            return
        note.show_stop(self)
        note.show()
        note.shrink()
        self._leads = True
        self.follow()
        note.next_button.clearFocus()  # else a card that is shown in a moment takes the keyboard it was promised
        note.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to(self, stop: Stop) -> bool:
        """Open the stop's page. False where that is not possible: no training patient, or an emergency came first."""
        window = self._window
        if stop.at == script.WORKLIST:
            if not isinstance(window.stack.currentWidget(), WorklistPage):
                window.show_worklist()
            return True
        from desktop_app.presentation.wizard import Place

        if window.view is None or window.view is not window.stack.currentWidget():
            encounter = self._training_encounter()
            if not encounter:
                return False
            window.open_consultation(window.desk.open_encounter(encounter))
        view = window.view
        if view is None or isinstance(window.stack.currentWidget(), EmergencyPage):
            return False
        if view.step != stop.at or not stop.part:
            view.go(Place(stop.at))
        if stop.part and hasattr(view.page, f"to_{stop.part}"):  # the button that leads to this part of the page
            view.page.show_part(stop.part, focus=False)
        return True

    def _training_encounter(self) -> str:
        drafts = [r for r in self._window.desk.worklist()
                  if r.state is EncounterState.DRAFT and not r.emergency and r.patient.training]
        drafts.sort(key=lambda r: r.patient.number != self.script.patient)
        return drafts[0].encounter_id if drafts else ""

    def _target(self) -> QWidget | None:
        found = TARGETS[self.stop.points_at](self._window, self.script.patient)
        return found if found is not None and self._at_place() else None

    def _at_place(self) -> bool:
        view = self._window.view
        if self.stop.at == script.WORKLIST:
            return isinstance(self._window.stack.currentWidget(), WorklistPage)
        return view is not None and view is self._window.stack.currentWidget() and view.step == self.stop.at

    # --- where it stands ------------------------------------------------------------------------------

    def follow(self) -> None:
        """Keep note and frame beside a part that moves; end where there is no page for it any more."""
        window = self._window
        page = window.stack.currentWidget()
        if not window.signed_in or isinstance(page, EmergencyPage):
            self.decline()
            if self.on:
                self.leave()
            return
        if self.offer_note is not None:
            self._place_offer(self.offer_note, page)
        if self.note is not None and self.spot is not None:
            self._place(self.note, self.spot)

    def _place_offer(self, note: OfferNote, page: QWidget | None) -> None:
        """Over the empty part of the side list, above Settings; where that is a rail, in the other corner."""
        note.setVisible(isinstance(page, WorklistPage))
        note.shrink()
        foot = self._window.height() - (page.footer.height() if isinstance(page, Shell) else 0)
        if theme.scale() >= LARGE:
            note.move(self._window.width() - note.width() - 2 * EDGE, foot - note.height() - EDGE)
        else:
            note.move(EDGE, foot - note.height() - theme.px(OFFER_ABOVE))
        note.raise_()

    def _place(self, note: StopNote, spot: Spot) -> None:
        target = self._target()
        if target is not None and self._leads:
            _bring_into_sight(target, whole_page=self.stop.points_at == "title")
        around = self._around(target) if target is not None else QRect()
        note.show_button.setVisible(around.isEmpty())
        note.shrink()
        page = self._window.stack.currentWidget()
        top, bottom = page.help_room() if isinstance(page, Shell) else (0, 0)  # header and footer are never covered
        area = self._window.rect().adjusted(EDGE, top + EDGE, -EDGE, -bottom - EDGE)
        if around.isEmpty():
            spot.hide()
            note.move(area.right() - note.width(), area.bottom() - note.height())
        else:
            spot.setGeometry(around)
            spot.show()
            spot.raise_()
            note.move(place_beside(around, note.size().width(), note.size().height(), area))
        note.raise_()

    def _hands_on(self) -> None:
        """Somebody works on the page: from now on it scrolls as they like."""
        self._leads = False

    def _around(self, target: QWidget) -> QRect:
        corner = target.mapTo(self._window, QPoint(0, 0))
        full = QRect(corner, target.size()).adjusted(-FRAME, -FRAME, FRAME, FRAME)
        area = _scroll_area(target)
        if area is not None:  # only what can be seen of it
            view = area.viewport()
            full = full.intersected(QRect(view.mapTo(self._window, QPoint(0, 0)), view.size()))
        return full.intersected(self._window.rect().adjusted(2, 2, -2, -2))

    def to_other_part(self) -> None:
        """F6: from the page to the note and back."""
        note = self.note or self.offer_note
        if note is None:
            return
        focused = QApplication.focusWidget()
        if focused is not None and note.isAncestorOf(focused):
            page = self._window.stack.currentWidget()
            if self._before is not None and self._before.isVisible():
                self._before.setFocus()
            elif isinstance(page, Shell):
                page.focus_first()
            return
        self._before = focused
        button = note.next_button if isinstance(note, StopNote) else note.take if isinstance(note, OfferNote) else note
        button.setFocus(Qt.FocusReason.OtherFocusReason)


OFFER_ABOVE = 76  # the Settings line below it stays free


def place_beside(target: QRect, width: int, height: int, area: QRect) -> QPoint:
    """The corner of a note beside ``target``, inside ``area``, covering it only where there is no other way."""
    middle_x = min(max(target.center().x() - width // 2, area.left()), area.right() - width)
    middle_y = min(max(target.center().y() - height // 2, area.top()), area.bottom() - height)
    places = ((target.right() + GAP, middle_y), (target.left() - GAP - width, middle_y),
              (middle_x, target.bottom() + GAP), (middle_x, target.top() - GAP - height))
    for x, y in places:
        if area.contains(QRect(x, y, width, height)):
            return QPoint(x, y)
    return QPoint(area.right() - width, area.bottom() - height)


def _scroll_area(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def _bring_into_sight(target: QWidget, *, whole_page: bool) -> None:
    area = _scroll_area(target)
    if area is not None and whole_page:
        area.verticalScrollBar().setValue(0)
    elif area is not None:
        area.ensureWidgetVisible(target)
