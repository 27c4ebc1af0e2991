"""What stands in the window when it cannot go on: what happened, what to do, and nothing of the insides."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_app.presentation.forms import Trouble
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.form import Form
from desktop_app.widgets.program_header import door_footer, program_header
from desktop_app.widgets.shell import Shell


class ErrorPage(Shell):
    help_topic = "error"
    again = Signal()
    leave = Signal()

    def __init__(self, trouble: Trouble, *, training: bool = False, details: str = "") -> None:
        super().__init__()
        form = Form(trouble.title, trouble.sentence, width=600, icon="information-outline", card=True)
        footer, row = door_footer()
        self.frame(program_header("", training=training), form, footer)
        if trouble.next_step:
            form.heading("What to do")
            form.put(controls.label(trouble.next_step, "body", wrap=True))
        if details:
            form.heading("For the person who looks after this program")
            form.put(controls.label(details, "small", ink="text2", wrap=True))
        self.close_button = Button("Close the program", tall=44)
        self.close_button.clicked.connect(self.leave)
        self.again_button = Button("Try again", "primary", tall=44)
        self.again_button.clicked.connect(self.again)
        controls.add_all(row, self.close_button, self.again_button)

    def focus_first(self) -> None:
        self.again_button.setFocus()
