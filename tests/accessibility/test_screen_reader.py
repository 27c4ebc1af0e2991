"""The whole consultation as a screen reader sees it: the program in its own process, read over AT-SPI.

The reader's side is a script of the system's Python (``consult_by_reader.py``, ``stale_by_reader.py``): it finds what
it presses by role and name on the accessibility bus, under a screen that nobody sees.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop_app.parts import seal
from tests.accessibility.seat import Seat, seat
from tests.people import PASSPHRASE

REASON = "The patient prefers to wait"
LONGEST = 240  # seconds that a busy machine may need; a quiet one needs 20
C01 = (  # beginning of a question of case c01, and the keys that answer it; what is not here is "not assessed"
    ("Are any of these new?", "n"),
    ("Any of these in either leg?", "n"),
    ("How has weakness of the legs behaved?", "1"),
    ("Any of these signs on examination?", "n"),
    ("Is there a new or worsening deficit in both legs, or one that no single nerve root explains?", "n"),
    ("Is there known or suspected cancer, now or at any time before?", "n"),
    ("Any of these for this fracture?", "n"),
    ("Is any of this pain new or clearly worse?", "n"),
    ("Is any of this known?", "n"),
    ("Do any of these risks apply?", "n"),
    ("Any of these with the pain?", "n"),
    ("Is a leg suddenly painful, pale, cold, pulseless, numb or paralysed?", "n"),
    ("Which of these have been done?", "n"),
    ("Does the patient take any of these now?", "n"),
    ("Any thoughts of ending life or of self-harm?", "n"),
    ("Has imaging shown a compression fracture of a lumbar vertebra?", "Y"),
    ("Does part of the pain come from the broken vertebra itself?", "y"),
    ("Which vertebra is fractured?", "4"),
    ("What is the fracture thought to come from?", "1"),
    ("Do you judge the leg pain to be severe?", "Y"),
    ("Has conservative care been tried for the leg pain?", "Y"),
    ("Do any of these apply?", "N"),
    ("Power of each key muscle, right and left?", "n"),
    ("Sensation at each key point, right and left?", "Down Right Down Down Down 2 n"),
    ("How has numbness or changed feeling in the legs behaved?", "4"),
    ("Knee and ankle jerk, right and left?", "Down Right 2 n"),
    ("Where does the leg pain run?", "Down Right Down Down y y n"),
    ("Is there pain like that of a facet joint?", "N"),
    ("Has an MRI, or a CT where MRI is impossible, been done for this leg pain?", "y"),
    ("Does the imaging show a nerve root touched or pressed?", "2"),
    ("What does the imaging show at each level and place?",
     "Down Right Right Right Right Right Down Down Down Down 3 n"),
    ("Does bone of a fractured vertebra reach into the canal?", "n"),
    ("Which of these does the imaging fulfil?", "y"),
    ("What does the imaging say about the healing of the fracture?", "1"),
    ("Do examination and imaging agree that the pain comes from this vertebra?", "y"),
    ("Does the imaging show any of these?", "N"),
    ("Does the patient have any of these now?", "N"),
    ("How would the needle be guided for an epidural injection?", "1"),
    ("Which of these does the patient take?", "1 2 n"),
    ("Has creatinine clearance been worked out by the Cockcroft-Gault formula already?", "7 5 Return"),
    ("Is kidney function stable, without acute kidney injury or dehydration?", "y"),
    ("Which of these, not taken yet, are being weighed up for this patient?", "N"),
    ("Which of these have been done since the fracture?", "n"),
    ("Are any of these true?", "n"),
    ("Has the specialist seen the patient for this?", "n"),
)


@pytest.fixture(scope="module")
def at() -> Iterator[Seat]:
    with seat() as made:
        yield made


@contextmanager
def program(at: Seat, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program at this seat, before its locked door; ``folder`` gets its profile and what it saves."""
    arguments = [str(folder / name) for name in ("profile", "plan.pdf", "authority.pem")]
    with at.start([sys.executable, "-m", "tests.accessibility.program", *arguments], folder / "log") as running:
        yield running


def said(folder: Path) -> str:
    """The last words of the program; what it says of things that had gone when they were asked for is no fault."""
    lines = (folder / "log").read_text(errors="replace").splitlines()
    return "\n".join([line for line in lines if "Could not find accessible" not in line][-30:])


def test_from_unlocking_to_the_signed_and_saved_plan_by_screen_reader(at: Seat, tmp_path: Path) -> None:
    answers = json.dumps([(question, keys.split()) for question, keys in C01])
    with program(at, tmp_path) as running:
        code, out = at.read("consult_by_reader.py", PASSPHRASE, answers, REASON, str(tmp_path / "plan.pdf"),
                            longest=LONGEST)
        assert running.poll() is None, f"the program ended: {said(tmp_path)}"
        assert code == 0, f"{out[-4000:]}\n{said(tmp_path)}"
    stops = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    assert [stop for stop in stops if stop.get("nameless")] == []
    assert {stop["verdict"] for stop in stops if "option" in stop} == {"accepted", "declined"}
    assert sum(bool(stop.get("keys")) for stop in stops) > len(C01) / 2
    told = seal().verify((tmp_path / "plan.pdf").read_bytes(), [(tmp_path / "authority.pem").read_bytes()])
    assert told.accepted, told
    assert "Marta Lindqvist" in told.patient
    words = subprocess.run(["pdftotext", str(tmp_path / "plan.pdf"), "-"], capture_output=True, text=True, check=True)
    assert REASON in " ".join(words.stdout.split())


def test_a_reader_that_is_slower_than_the_program_does_not_end_it(at: Seat, tmp_path: Path) -> None:
    """It asks for what it has counted on a page that is another one by now; see ``widgets/scroll_area.py``."""
    with program(at, tmp_path) as running:
        code, out = at.read("stale_by_reader.py", PASSPHRASE, longest=LONGEST)
        assert running.poll() is None, f"the program ended: {said(tmp_path)}"
        assert code == 0, f"{out[-4000:]}\n{said(tmp_path)}"
    told = json.loads(out)
    assert told["steps"] == 8
    assert told["asked"] > 1000
