"""What stands in the window when it cannot go on: what happened, what to do, and nothing of the insides."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from desktop_app.language import tr
from desktop_app.presentation.forms import Trouble
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.form import Form
from desktop_app.widgets.program_header import door_footer, program_header
from desktop_app.widgets.report_button import ReportButton
from desktop_app.widgets.shell import Shell


class ErrorPage(Shell):
    help_topic = "error"
    again = Signal()
    leave = Signal()
    restore = Signal()

    def __init__(self, trouble: Trouble, *, training: bool = False, details: str = "", report: str = "",
                 save_file: Callable[[str, bytes], None] | None = None) -> None:
        super().__init__()
        form = Form(trouble.title, trouble.sentence, width=600, icon="alert-circle", card=True)
        footer, row = door_footer()
        self.frame(program_header("", training=training), form, footer)
        if trouble.next_step:
            form.heading(tr("What to do"))
            form.put(controls.label(trouble.next_step, "body", wrap=True))
        if trouble.restore:
            self.bring_back = Button(tr("Restore a backup…"), look="body")
            self.bring_back.clicked.connect(self.restore)
            form.buttons(self.bring_back)
        if details:
            form.heading(tr("For the person who looks after this program"))
            form.put(controls.label(details, "small", ink="text2", wrap=True))
        if report and save_file is not None:
            form.heading(tr("A report about it"), tr("It says where in the program it happened and under which "
                                                 "versions. It holds nothing of a patient and is sent nowhere."))
            self.report_button = ReportButton(lambda: report, save_file)
            form.buttons(self.report_button)
        self.close_button = Button(tr("Close the program"))
        self.close_button.clicked.connect(self.leave)
        self.again_button = Button(tr("Try again"), "primary")
        self.again_button.clicked.connect(self.again)
        controls.add_all(row, self.close_button, self.again_button)

    def focus_first(self) -> None:
        self.again_button.setFocus()
