"""The way through a consultation: which part of which step comes next, and which came before.

First everything is asked, step by step; then comes what it means, the correlation, and what to do, step by step: an
option that still hangs on a later answer is not met before that answer, and the own impression is asked for when all
is known. Forward it passes over what is done and never over a question that matters or an option that waits for a
decision: what a later answer brought back leads back once, before the second round and before the review. Back it
passes over nothing.
"""

from __future__ import annotations

from desktop_app.language import tr
from desktop_app.presentation import options
from desktop_app.presentation.wizard import CORRELATION, IMAGING, OPTIONS, QUESTIONS, REVIEW, Place, Wizard

_PARTS = (QUESTIONS, CORRELATION, OPTIONS)  # the order inside a step; all but questions comes in the second round
_NAMES = {CORRELATION: tr("Correlation"), OPTIONS: tr("Options")}


class Way:
    """Knows the wizard and what stood open when a place was left, so that nobody is sent back to it twice."""

    def __init__(self, wizard: Wizard) -> None:
        self._wizard = wizard
        self._passed: dict[Place, frozenset[str]] = {}

    def leave(self, step: str, part: str) -> None:
        """The clinician goes on from here: what still waits here was left open on purpose."""
        place = Place(step, part)
        self._passed[place] = self._open(place)

    def onward(self, step: str, part: str) -> Place | None:
        """The next place where something is to be answered, seen or decided; the review is the last; None behind it."""
        here, places = self._rank(Place(step, part)), self._places()
        ahead = next((p for p in places if self._rank(p) > here and self._waits(p)), None)
        asked_through = ahead is not None and self._rank(ahead)[0] and not here[0]
        if ahead is None or self._wizard.signed or not (asked_through or ahead.screen == REVIEW):
            return ahead
        behind = (p for p in places if self._rank(p) < here and p.question != CORRELATION)
        return next((p for p in behind if self._open(p) - self._passed.get(p, frozenset())), ahead)

    def back(self, step: str, part: str) -> Place | None:
        """The place before this one, done or not; None before the first."""
        here = self._rank(Place(step, part))
        return next((p for p in reversed(self._places()) if self._rank(p) < here), None)

    def name(self, place: Place, step: str) -> str:
        """What the place is called on a button of the step ``step``."""
        inner = _NAMES.get(place.question, "")
        if place.screen == step:
            return inner or tr("Questions")
        title = self._wizard.title(place.screen)
        apart = place.question == OPTIONS and self._wizard.page(place.screen).total
        return f"{title}, {inner.lower()}" if apart else title

    def _places(self) -> tuple[Place, ...]:
        found = []
        for screen in self._wizard.screens:
            page = self._wizard.page(screen)
            if page.total or not page.option_groups:
                found.append(Place(screen, QUESTIONS))
            if screen == IMAGING:
                found.append(Place(screen, CORRELATION))
            if page.option_groups:
                found.append(Place(screen, OPTIONS))
        return tuple(sorted(found, key=self._rank))

    def _rank(self, place: Place) -> tuple[bool, int, int]:
        second = place.question != QUESTIONS or place.screen == REVIEW
        return second, self._wizard.screens.index(place.screen), _PARTS.index(place.question)

    def _waits(self, place: Place) -> bool:
        """Whether somebody who moves on has to come past here."""
        if place.screen == REVIEW or place.question == CORRELATION or self._wizard.signed:
            return True
        page = self._wizard.page(place.screen)
        if place.question == OPTIONS:
            offered, decided = options.tally(self._wizard.consultation, page.option_groups)
            return decided < offered
        return bool(page.left)

    def _open(self, place: Place) -> frozenset[str]:
        """What waits at a place: its questions that matter, or its options without a decision."""
        page = self._wizard.page(place.screen)
        if place.question == QUESTIONS:
            return frozenset(card.id for card in page.cards if card.open)
        if place.question == OPTIONS:
            briefs = options.briefs(self._wizard.consultation, page.option_groups)
            return frozenset(b.id for b in briefs if b.can_decide and b.choice is None)
        return frozenset()
