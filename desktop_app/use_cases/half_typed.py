"""Words that were typed and are no answer yet: kept in the encrypted store for whoever typed them, and nobody else."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.ports import Clock, Store

NEW_PATIENT = ""
"""In place of an encounter: the page on which a patient is added."""


class HalfTyped:
    """One set of fields for each consultation, so that no patient's words appear in another's."""

    def __init__(self, access: Access, store: Store, clock: Clock) -> None:
        self.access, self._store, self._clock = access, store, clock

    def allowed(self) -> bool:
        """Whether anything can be kept: not for somebody who only looks, nor where the records are only shown."""
        return self.access.may(Action.CONSULT)

    @needs(Action.CONSULT)
    def of(self, encounter_id: str) -> Mapping[str, str]:
        """Field to text."""
        return self._store.half_typed(self.access.person.id, encounter_id)

    @needs(Action.CONSULT)
    def keep(self, encounter_id: str, fields: Mapping[str, str]) -> None:
        self._store.save_half_typed(self.access.person.id, encounter_id, fields, self._clock.now())
