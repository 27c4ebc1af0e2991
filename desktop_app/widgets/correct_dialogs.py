"""Two things that can be done about a signed plan: correct it, or say that it was signed for the wrong patient."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop_app.language import tr
from desktop_app.widgets import controls
from desktop_app.widgets.choosers import Tick
from desktop_app.widgets.confirm import Confirm
from desktop_app.widgets.dialogs import Ask
from desktop_app.widgets.fields import set_wrong, text_area


def ask_reason(dialog: Ask, question: str, placeholder: str) -> QPlainTextEdit:
    """A reason in words, of which the record keeps them."""
    area = text_area(question, placeholder=placeholder, lines=3)
    dialog.labelled(question, area)
    area.setFocus()
    return area


def words_in(area: QPlainTextEdit) -> str:
    return " ".join(area.toPlainText().split())


def lacks_words(area: QPlainTextEdit) -> bool:
    set_wrong(area, wrong=not words_in(area))
    return not words_in(area)


class CorrectPlan(Ask):
    help_topic = "correct"
    keeps_words = True

    def __init__(self, parent: QWidget, number: str, *, same_content: bool) -> None:
        """``same_content``: the plan was decided with what the guideline says now."""
        begins = (
            tr("A new consultation begins with the same answers and decisions.")
            if same_content
            else tr("The guideline has changed since then. A new consultation begins with the same answers, as far as "
                    "they are still asked for; every decision is made anew.")
        )
        then = tr("Once it is signed it takes the place of {number} and names that number and your reason; the old "
                  "plan is marked as superseded wherever it is shown. Nothing signed is changed.").format(number=number)
        super().__init__(
            parent,
            tr("Correct {number}?").format(number=number),
            f"{begins} {then}",
            tr("Begin the correction"),
        )
        self.reason = ask_reason(self, tr("Why is it corrected?"), tr("For example: the fracture is at L2, not at L1"))

    @property
    def words(self) -> str:
        return words_in(self.reason)

    def mistake(self) -> str:
        return tr("Write why; the new plan names it.") if lacks_words(self.reason) else ""


class VoidPlan(Confirm):
    help_topic = "void"
    keeps_words = True

    def __init__(self, parent: QWidget, number: str, patient: str, took_over: Sequence[str]) -> None:
        super().__init__(parent, tr("Void {number}?").format(number=number),
                         tr("For a plan that was signed for the wrong patient. It is kept and crossed out "
                            "wherever it is shown, and its time limits stop. This cannot be taken back. To "
                            "change a plan of the right patient, correct it instead."), tr("Void this plan"))
        self.body.addWidget(
            controls.label(tr("It stands in the record of {patient}.").format(patient=patient), "strong", wrap=True)
        )
        if took_over:
            self.body.addWidget(
                controls.label(
                    tr("Began later and took answers over from it: ")
                    + ", ".join(took_over)
                    + tr(". Look through each of them."),
                    "small-strong",
                    ink="red",
                    wrap=True,
                )
            )
        self.reason = ask_reason(self, tr("What happened?"),
                                 tr("For example: answers of another patient with a similar name"))
        self.sure = Tick(tr("Papers that were handed out or sent are called back, or I see to it"))
        self.body.addWidget(self.sure)
        self.ask_passphrase()
        self.reason.setFocus()

    @property
    def words(self) -> str:
        return words_in(self.reason)

    def mistake(self) -> str:
        if lacks_words(self.reason):
            return tr("Write what happened; it stays in the record.")
        if not self.sure.isChecked():
            return tr("Paper outside does not know that it is void: see to it, and say so above.")
        return ""
