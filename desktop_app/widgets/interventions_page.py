"""Interventions: the questions they hang on, then the options as decisions."""

from __future__ import annotations

from desktop_app.widgets.wizard_page import WizardPage


class InterventionsPage(WizardPage):
    """Options come with their reasons; nothing is accepted before the emergency screen is complete."""
