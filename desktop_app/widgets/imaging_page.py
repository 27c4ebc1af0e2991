"""Imaging correlation: what the report says beside what the patient shows."""

from __future__ import annotations

from desktop_app.widgets.wizard_page import WizardPage


class ImagingPage(WizardPage):
    pass
