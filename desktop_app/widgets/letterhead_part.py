"""The paper of the clinic in the settings: its logo, the size of a page, room for a letterhead printed beforehand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel

from desktop_app.language import LANGUAGES, is_draft, tr
from desktop_app.use_cases.domain import Letterhead
from desktop_app.use_cases.errors import LumbarError
from desktop_app.widgets import theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.form import Form, choice_row, chosen

SIZES = (("A4", "A4"), ("Letter", "US Letter"))
TOPS = (0, 20, 30, 40, 50)  # millimetres
_READ = 64 * 1024 * 1024  # bytes: what is larger is not even read to its end


def paper_languages() -> tuple[tuple[str, str], ...]:
    """Each language with its own name, and with what it is worth."""
    return tuple((code, f"{name}, {tr('machine-drafted, not reviewed')}" if is_draft(code) else name)
                 for code, name in LANGUAGES.items())


class LetterheadPart:
    """Adds its fields to a form and reads them back."""

    def __init__(self, form: Form, kept: Letterhead, read: Callable[[bytes], bytes]) -> None:
        self.form, self._read, self._logo = form, read, kept.logo
        form.heading(tr("Paper"), tr("How the documents of this clinic look."))
        self.shown = QLabel()
        self.shown.setAccessibleName(tr("The logo as it is kept"))
        self.pick = Button(tr("Choose a logo…"), look="body")
        self.remove = Button(tr("Without a logo"), look="body")
        form.labelled("logo", tr("Logo"), FlowBox(self.shown, self.pick, self.remove, gap=12), optional=True,
                      hint=tr("A picture in PNG or JPEG. It is kept with the records and stands at the head of each "
                              "document."))
        self.pick.clicked.connect(self.ask)  # after the field's own: a press takes old red words away first
        self.remove.clicked.connect(lambda: self._keep(b""))
        holder, self.sizes = choice_row(SIZES, kept.page_size)
        form.labelled("page_size", tr("Page size"), holder)
        tops = tuple((str(one), tr("{n} mm").format(n=one) if one else tr("None")) for one in TOPS)
        holder, self.tops = choice_row(tops, str(kept.top))
        form.labelled("top", tr("Room at the top for paper with a printed letterhead"), holder)
        holder, self.languages = choice_row(paper_languages(), kept.language)
        form.labelled(
            "paper_language",
            tr("Language of the papers"),
            holder,
            hint=tr(
                "Care plan, letter, transfer note, blank form and emergency card. Nobody has reviewed the "
                "French and Spanish words yet; each page says so. Attached data, the code and what the "
                "patient takes home do not change with it."
            ),
        )
        self._show()

    def ask(self) -> None:
        """Let a file be chosen and read it; what is wrong with it stands under the field."""
        name = self.choose_file()
        if not name:
            return
        try:
            with Path(name).open("rb") as file:
                raw = file.read(_READ)
            self._keep(self._read(raw))
        except OSError as error:
            self.form.show_mistakes({"logo": tr("{name} cannot be read: {why}.").format(
                name=Path(name).name, why=error.strerror or error)})
        except LumbarError as error:
            self.form.show_mistakes({"logo": f"{error} {error.next_step}".strip()})

    def choose_file(self) -> str:
        return QFileDialog.getOpenFileName(self.pick, tr("Choose a logo"), "", tr("Pictures (*.png *.jpg *.jpeg)"))[0]

    def typed(self) -> Letterhead:
        return Letterhead(self._logo, chosen(self.sizes), int(chosen(self.tops)), chosen(self.languages))

    def _keep(self, logo: bytes) -> None:
        self._logo = logo
        self.form.being_mended("logo")
        self._show()

    def _show(self) -> None:
        self.shown.setVisible(bool(self._logo))
        self.remove.setVisible(bool(self._logo))
        picture = QPixmap()
        if self._logo and picture.loadFromData(self._logo):
            self.shown.setPixmap(picture.scaled(theme.px(160), theme.px(48), Qt.AspectRatioMode.KeepAspectRatio,
                                                Qt.TransformationMode.SmoothTransformation))
