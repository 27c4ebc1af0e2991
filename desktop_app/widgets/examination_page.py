"""Examination: power, sensation, reflexes and provocation, grid by grid."""

from __future__ import annotations

from desktop_app.widgets.wizard_page import WizardPage


class ExaminationPage(WizardPage):
    """Questions only; everything comes from the pack's screen."""
