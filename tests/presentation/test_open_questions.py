"""What the open questions that are only counted can still do, in words."""

from __future__ import annotations

import pytest

from desktop_app.documents.care_plan import Paper
from desktop_app.engine.cases import Case
from desktop_app.engine.decision import OpenQuestion
from desktop_app.engine.model import Tier
from desktop_app.presentation import review
from desktop_app.presentation.advice import _rest
from desktop_app.presentation.wizard import Wizard
from desktop_app.use_cases.asking import ON_THE_SCREEN
from desktop_app.use_cases.domain import PaperKind
from tests.presentation.conftest import answered


def question(effect: str, raises_to: Tier | None = None, decides: tuple[str, ...] = ()) -> OpenQuestion:
    return OpenQuestion("q", "q.a", "Question", effect, raises_to, decides)


def test_only_what_is_left_of_the_screen_is_said_to_complete_it() -> None:
    """Beside a screen that is complete nothing may say that it is not."""
    other = question("decides the imaging advice")
    asked = [question("can raise the urgency to emergency", Tier.E24), question("decides MRI", decides=("mri",)), other]
    assert _rest(asked) == "3 more: 1 can raise the urgency, 1 decides options, 1 adds to what is said"
    assert _rest([other, other, question(ON_THE_SCREEN)]) == (
        "3 more: 1 completes the emergency screen, 2 add to what is said")
    assert _rest([]) == ""


@pytest.mark.parametrize("left_out", ["new_pain", ""])
def test_a_screen_is_not_called_answered_where_a_question_was_not(wizard: Wizard, cases: dict[str, Case],
                                                                 left_out: str) -> None:
    """Every criterion may be ruled out without it; but what nobody asked was not answered with no."""
    consultation = wizard.consultation
    wizard.answer({atom: given for atom, given in answered(dict(cases["c01"].sheet)).items()
                   if consultation.pack.atoms[atom].question != left_out})
    assert wizard.decision.emergency.complete
    model = review.build(wizard)
    told = model.emergency_words
    page = " ".join(Paper().text(PaperKind.CARE_PLAN, consultation.plan_input("1", None)).split())
    assert model.emergency_state == "complete"
    if left_out:
        assert told == "Emergency screen complete: every criterion is ruled out; 1 question not answered."
        assert "every criterion is ruled out as of 12 Nov 2026; 1 question not answered." in page
        assert "answered no, as of" not in page
    else:
        assert told == "Emergency screen complete: every question answered no today."
        assert "every item that applies answered no, as of 12 Nov 2026." in page
