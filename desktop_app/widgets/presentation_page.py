"""Presentation: who the patient is, the fracture, the pain, what was tried."""

from __future__ import annotations

from desktop_app.widgets.wizard_page import WizardPage


class PresentationPage(WizardPage):
    """Questions only; everything comes from the pack's screen."""
