"""The growing wait: it survives a restart, tampering leads to a wait, and nothing locks anybody out for good."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from db.attempts import ATTEMPTS_FILE, LONGEST_WAIT, Attempts, wait_after
from desktop_app.use_cases.errors import MustWait
from tests.unprivileged import as_nobody

ANNA, BERTA = "anna", "berta"


class Watch:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def today(self) -> date:
        return self.time.date()

    def turn(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def attempts(tmp_path: Path, watch: Watch) -> Attempts:
    made = Attempts(tmp_path, watch)
    made.begin()
    return made


def left(attempts: Attempts, who: str = ANNA) -> int:
    try:
        attempts.require_no_wait(who)
    except MustWait as wait:
        return wait.seconds
    return 0


def test_the_schedule() -> None:
    assert [wait_after(n) for n in range(14)] == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert wait_after(10**6) == LONGEST_WAIT


def test_it_grows_and_survives_a_restart_and_ends(tmp_path: Path, watch: Watch, attempts: Attempts) -> None:
    told = [attempts.wrong(ANNA) for _ in range(6)]
    assert told == [0, 0, 0, 1, 2, 4]
    again = Attempts(tmp_path, watch)
    assert left(again) == 4
    assert left(again, BERTA) == 0
    watch.turn(4)
    assert left(again) == 0
    assert again.wrong(ANNA) == 8
    watch.turn(8)
    assert again.right(ANNA) == 7
    assert again.wrong(ANNA) == 0


@pytest.mark.parametrize("content", [None, b"", b"{}", b"[1]", b'{"format": "lumbar-pathway-attempts", "users": {}}',
                                     b"\xff\x00", b"[" * 9000])
def test_a_missing_or_altered_file_costs_one_wait_for_everybody(tmp_path: Path, watch: Watch, attempts: Attempts,
                                                                content: bytes | None) -> None:
    path = tmp_path / ATTEMPTS_FILE
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    again = Attempts(tmp_path, watch)
    assert left(again) == left(again, BERTA) == 32
    watch.turn(32)
    assert left(again) == 0
    again.right(ANNA)
    assert left(Attempts(tmp_path, watch), BERTA) == 0


@pytest.mark.parametrize("forged", [{"failed": 3, "at": "2026-11-22T13:00:00"},
                                    {"failed": float("inf"), "at": "2026-11-22T13:00:00+00:00"}],
                         ids=["no zone", "endless"])
@pytest.mark.usefixtures("attempts")
def test_a_forged_file_with_the_right_digest_costs_a_wait_too(tmp_path: Path, watch: Watch,
                                                              forged: dict[str, object]) -> None:
    """The digest holds no secret: whoever can write the file can write it too. Sign-in never stops at it."""
    content = {"format": 1, "users": {ANNA: forged}}
    read = json.loads((tmp_path / ATTEMPTS_FILE).read_bytes())
    content["format"] = read["format"]
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    (tmp_path / ATTEMPTS_FILE).write_text(json.dumps({**content, "digest": digest}), encoding="utf-8")
    again = Attempts(tmp_path, watch)
    assert left(again) == left(again, BERTA) == 32
    watch.turn(32)
    assert left(again) == 0


def test_a_clock_put_back_by_a_year_means_one_more_wait_not_a_year(tmp_path: Path, watch: Watch,
                                                                  attempts: Attempts) -> None:
    for _ in range(20):
        attempts.wrong(ANNA)
    watch.turn(-365 * 86400)
    again = Attempts(tmp_path, watch)
    assert left(again) == LONGEST_WAIT
    watch.turn(LONGEST_WAIT)
    assert left(again) == 0


def test_no_number_of_mistakes_locks_anybody_out(watch: Watch, attempts: Attempts) -> None:
    for _ in range(500):
        attempts.wrong(ANNA)
    watch.turn(LONGEST_WAIT)
    assert left(attempts) == 0


def test_in_a_folder_that_cannot_be_written_to_it_still_waits(tmp_path: Path, watch: Watch, attempts: Attempts) -> None:
    for folder in (tmp_path, *tmp_path.parents):
        if "pytest" in str(folder):
            folder.chmod(0o755)
    tmp_path.chmod(0o555)

    def check() -> None:
        again = Attempts(tmp_path, watch)
        for _ in range(5):
            again.wrong(ANNA)
        assert left(again) > 0

    as_nobody(check)
    tmp_path.chmod(0o755)
