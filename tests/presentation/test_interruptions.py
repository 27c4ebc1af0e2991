"""What interrupts: at most three messages in a consultation, never the same one twice."""

from __future__ import annotations

from desktop_app.presentation.interruptions import MOST, Interruptions


def test_three_at_most() -> None:
    counter = Interruptions()
    assert [counter.may(f"message {n}") for n in range(5)] == [True, True, True, False, False]
    assert len(counter.told) == MOST


def test_never_the_same_twice() -> None:
    counter = Interruptions()
    assert counter.may("one")
    assert not counter.may("one")
    assert counter.told == ("one",)
