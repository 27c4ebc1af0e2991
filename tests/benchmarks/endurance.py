"""Many consultations in one window: memory, open files and the time of a page change at the end as at the start (R15).

python -m tests.benchmarks endurance. ENDURANCE=COUNT in the environment takes another number than 2,000. Each answers
a part of a case and goes through all steps.
"""

from __future__ import annotations

import ctypes
import os
import statistics
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app import places
from desktop_app.engine.cases import load_case
from desktop_app.presentation.wizard import Place
from desktop_app.use_cases.patient_answers import DATE_OF_BIRTH, SEX
from desktop_app.widgets.app import Program
from tests.benchmarks.ratio import in_ms
from tests.benchmarks.refresh import CASES, begin, opened, painted

WARM = 20
"""Consultations before anything is counted: caches fill, pages are compiled."""


def resident() -> float:
    """Memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class _Mallinfo2(ctypes.Structure):
    """What mallinfo2(3) of the GNU C library says of its heap."""

    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")]


def in_use() -> int:
    """Bytes of the C library's heap that somebody holds: what only lies free between them is not counted."""
    ask = ctypes.CDLL(None).mallinfo2
    ask.restype = _Mallinfo2
    return int(ask().uordblks)


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def consult(program: Program, number: int) -> list[float]:
    """One consultation: a third of a case's answers, every step opened, back to the worklist. Seconds of each step."""
    case = load_case(places.guideline() / "cases" / f"{CASES[number % len(CASES)]}.yaml", program.door.pack)
    view = begin(program, case, number)
    answers = [(atom, answer) for atom, answer in case.sheet.items() if atom not in {SEX, DATE_OF_BIRTH}]
    view.wizard.consultation.answer_many(dict(answers[number % 3::3]))
    view.show_all()
    taken = []
    for screen in view.wizard.screens:
        begun = time.perf_counter()
        view.go(Place(screen))
        painted()
        taken.append(time.perf_counter() - begun)
    program.window.show_worklist()
    QApplication.processEvents()
    return taken


def report() -> list[str]:
    count = int(os.environ.get("ENDURANCE", "2000"))
    with opened() as program:
        for number in range(WARM):
            consult(program, number)
        memory, held, files = resident(), in_use(), open_files()
        steps = [consult(program, WARM + number) for number in range(count)]
        tenth = max(1, count // 10)
        first, last = ([second for one in part for second in one] for part in (steps[:tenth], steps[-tenth:]))
        grown = resident() - memory
        told = f"memory {memory:.0f} MB, then {grown:+.0f} MB ({grown / memory:+.1%}; aim +10 %)"
        lines = [f"{count} consultations: {told}, open files {files}, then {open_files()}",
                 f"held of the C library's heap {held / 1e6:.0f} MB, then {(in_use() - held) / 1e6:+.1f} MB"]
        for name, part in (("first", first), ("last", last)):
            p95 = statistics.quantiles(part, n=20)[-1]
            lines.append(f"page change, the {name} tenth     {in_ms(statistics.median(part)):>9}   p95 {in_ms(p95):>9}")
        return lines
