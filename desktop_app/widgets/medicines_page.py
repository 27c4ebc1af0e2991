"""Medicines: what is taken, the kidney's clearance with its calculation, doses, equivalents, then options."""

from __future__ import annotations

from desktop_app.widgets.wizard_page import WizardPage


class MedicinesPage(WizardPage):
    pass
