"""The advice on one state of the answers: decided at once, what would change it worked out when there is time."""

from __future__ import annotations

from collections.abc import Generator

from desktop_app.engine.decision import Decision
from desktop_app.engine.judge import Judged


class Considered:
    """Nothing stale can come of it: other answers, or another day, are considered anew."""

    def __init__(self, judged: Judged) -> None:
        self.judged = judged
        self.whole: Decision | None = None
        """The decision with what would change each option; None until that has been worked out."""
        self._pieces: Generator[None, None, Decision] | None = None

    def work_on(self) -> bool:
        """Work out the next piece, a few milliseconds; False when all is there."""
        if self.whole is not None:
            return False
        if self._pieces is None:
            self._pieces = self.judged.in_pieces()
        try:
            next(self._pieces)
        except StopIteration as end:
            self.whole, self._pieces = end.value, None
        return self.whole is None

    def whole_now(self) -> Decision:
        """All of it at once."""
        if self.whole is None:
            self.whole = self.judged.complete()
        return self.whole
