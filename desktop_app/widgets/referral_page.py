"""Referral: by when, why, and what this hospital lacks."""

from __future__ import annotations

from desktop_app.widgets.wizard_page import WizardPage


class ReferralPage(WizardPage):
    pass
