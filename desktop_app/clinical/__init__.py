"""Clinical arithmetic as pure functions: nerve roots, imaging, kidneys, opioids. Its tables come from the pack."""

from desktop_app.clinical.arithmetic import ClinicalArithmetic

__all__ = ["ClinicalArithmetic"]
