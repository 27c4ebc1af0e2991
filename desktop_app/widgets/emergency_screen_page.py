"""The emergency screen: asked first, every day; anything left open counts as not ruled out."""

from __future__ import annotations

from desktop_app.language import tr
from desktop_app.widgets.wizard_page import WizardPage


class EmergencyScreenPage(WizardPage):
    """Counts what is settled as the engine sees it: what was answered on another day is asked again."""

    def refresh_special(self) -> None:
        screen = self.wizard.decision.emergency
        if screen.complete:
            self.count.setText(tr("<b>Complete</b> for today"))
        elif not self.wizard.page(self.step).total:
            self.count.clear()
