"""What a closed consultation has freed goes back to the system, where the C library can be asked for it."""

from __future__ import annotations

import ctypes

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.widgets import main_window, spare_memory
from desktop_app.widgets.main_window import MainWindow
from tests.benchmarks.endurance import resident

PIECE, PIECES = 4096, 20_000  # 80 MB in pieces that the allocator takes from its heap


def test_what_was_freed_between_what_stays_goes_back() -> None:
    c = ctypes.CDLL(None)
    c.malloc.restype, c.malloc.argtypes, c.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
    taken = [c.malloc(PIECE) for _ in range(PIECES)]
    for place in taken:
        ctypes.memset(place, 1, PIECE)
    for number, place in enumerate(taken):
        if number % 100:  # each hundredth stays, so that the heap cannot shrink from its end
            c.free(place)
    before = resident()
    assert spare_memory.give_back()
    assert before - resident() > 0.8 * PIECE * PIECES / 1e6
    for place in taken[::100]:
        c.free(place)


def test_a_c_library_without_it_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spare_memory, "_trim", lambda: None)
    assert not spare_memory.give_back()


def test_the_window_does_so_once_a_consultation_is_closed(consult: MainWindow, qtbot: QtBot,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    view = consult.view
    order: list[str] = []
    assert view is not None
    view.destroyed.connect(lambda: order.append("gone"))
    monkeypatch.setattr(main_window, "give_back", lambda: order.append("given back"))
    consult.show_worklist()
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["gone", "given back"]
