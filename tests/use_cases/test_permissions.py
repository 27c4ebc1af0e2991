"""What a user without rights is told: a sentence that names the folder, and nothing half-written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.file_names import KEY_FILE
from db.whereabouts import profile_exists, profile_users, read_key_file
from desktop_app.door import Door
from desktop_app.seal import key_places
from desktop_app.use_cases.errors import IoFailed, NotPermitted
from desktop_app.use_cases.outputs import write_files
from tests.fakes import StillClock
from tests.unprivileged import as_nobody


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A folder that may be looked into and not written to, reachable for everybody."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == tmp_path.stat().st_uid and folder != Path("/") and "pytest" in str(folder):
            folder.chmod(0o755)
    place = tmp_path / "closed"
    place.mkdir()
    (place / KEY_FILE).write_bytes(b"{}")
    (place / KEY_FILE).chmod(0o000)
    place.chmod(0o555)
    yield place
    place.chmod(0o755)


def test_a_folder_that_may_not_be_written_to(closed: Path) -> None:
    before = sorted(closed.iterdir())

    def check() -> None:
        with pytest.raises(NotPermitted, match="may not be written to") as raised:
            write_files({closed / "plan.json": b"{}"})
        assert raised.value.exit_code == 77
        assert "another folder" in raised.value.next_step

    as_nobody(check)
    assert sorted(closed.iterdir()) == before


def test_a_key_file_that_may_not_be_read(closed: Path) -> None:
    def check() -> None:
        with pytest.raises(IoFailed, match="cannot be read"):
            read_key_file(closed)

    as_nobody(check)


def test_somebody_elses_records_are_said_to_be_theirs(closed: Path) -> None:
    """As on a computer with several users: no first start is offered there, and nothing is our mistake."""
    closed.chmod(0o700)

    def check() -> None:
        assert profile_exists(closed)
        with pytest.raises(IoFailed, match="cannot be read"):
            profile_users(closed, key_places)

    as_nobody(check)


def test_a_window_on_somebody_elses_records_can_be_left(closed: Path, guideline_folder: Path) -> None:
    door = Door(closed, guideline_folder, StillClock())
    door.leave()  # everything is loaded now, also the guideline, of which a copy would be kept
    assert door.pack.content_hash
    closed.chmod(0o700)
    as_nobody(door.leave)
