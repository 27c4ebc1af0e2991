"""The program is killed without warning in the middle of a consultation: nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

from tests.whole.conftest import Prepare

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 6
SEED = 20261122


class Seen(TypedDict):
    encounter: str
    place: list[str]
    answers: dict[str, str]


def run_and_kill(folder: Path, guideline: Path, seed: int, steps: int, after_ms: float) -> list[Seen]:
    """Let it acknowledge some steps and kill it; what it had acknowledged until then.

    With ``after_ms`` it is already busy with more when that time ends it; without, it stands still.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.whole.driver", str(folder), str(guideline), "c01", str(seed)], cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(b"\n" * (1000 if after_ms else steps - 1))
    child.stdin.flush()
    heard = b""
    while heard.count(b"\n") < steps and (part := os.read(child.stdout.fileno(), 65536)):
        heard += part
    if after_ms:
        poll = select.poll()
        poll.register(child.stdout.fileno(), select.POLLHUP)
        poll.poll(after_ms)
    child.send_signal(signal.SIGKILL)
    rest, trouble = child.communicate()
    told = (heard + rest).decode().split("\n")[:-1]  # a last line without its end was never acknowledged
    assert len(told) >= steps, trouble.decode()
    return [json.loads(line) for line in told]


def test_killed_at_random_it_opens_on_the_same_field_with_every_answer(
    folder: Path, guideline_folder: Path, prepare: Prepare,
) -> None:
    encounter = prepare({})
    chance = random.Random(SEED)
    before: Seen | None = None
    standing_still = False
    for number in range(ROUNDS + 1):
        steps = 1 if number == ROUNDS else chance.randint(2, 9)
        after_ms = 0.0 if number % 2 else chance.uniform(1, 250)
        seen = run_and_kill(folder, guideline_folder, number, steps, after_ms)
        opened = seen[0]
        assert opened["encounter"] == encounter, "another draft was opened"
        if before is not None:
            assert before["answers"].items() <= opened["answers"].items(), "an acknowledged answer was lost"
            if standing_still:
                assert opened == before, "not the same answers on the same screen and field"
        before, standing_still = seen[-1], not after_ms
    assert before is not None
    assert len(before["answers"]) > 20
