"""What the open questions that are only counted can still do, in words."""

from __future__ import annotations

from desktop_app.engine.decision import OpenQuestion
from desktop_app.engine.model import Tier
from desktop_app.presentation.advice import _rest
from desktop_app.use_cases.asking import ON_THE_SCREEN


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
