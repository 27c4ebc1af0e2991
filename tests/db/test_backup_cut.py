"""A backup whose disk fills, fails or goes away in the middle: said, recorded, and never taken for one."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.backup import backups_in, broken_in, require_whole
from db.profile import Opened
from db.store import SqlStore
from desktop_app.engine.answers import Answer
from desktop_app.use_cases.audit import Deed
from desktop_app.use_cases.backups import BackupPlaces, BackupReport
from tests.people import CLINICIAN, NOW, draft


@pytest.fixture
def full(store: SqlStore, opened: Opened) -> Opened:
    store.save_clinician(replace(CLINICIAN, administers=True))
    store.start_encounter(draft(answers={"cancer": Answer(True)}))
    return opened


class FailingDisk:
    """Lets so many calls of the system through and refuses every later one, as a disk does that is gone; the
    computer's own disk goes on working.
    """

    def __init__(self, patch: pytest.MonkeyPatch, place: Path, left: int, code: int) -> None:
        self._place, self._left, self._code, self.refused = str(place), left, code, 0
        for name in ("open", "mkdir", "rename", "fsync"):
            patch.setattr(os, name, self._watched(getattr(os, name)))

    def _watched(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(target: Any, *given: Any, **named: Any) -> Any:
            where = str(Path(f"/proc/self/fd/{target}").readlink() if isinstance(target, int) else target)
            if where.startswith(self._place):
                self._left -= 1
                if self._left < 0:
                    self.refused += 1
                    raise OSError(self._code, os.strerror(self._code), where)
            return real(target, *given, **named)

        return call


def prints(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def told_and_recorded(opened: Opened, report: BackupReport, place: Path) -> None:
    [said] = report.failed
    assert report.made == ()
    assert said.startswith(f"No backup was made in {place}: ")
    assert said.endswith(".")
    [row] = opened.store.audit_rows(limit=1)
    assert (row.event.deed, row.event.detail) == (Deed.FAILED, str(place))
    assert row.event.new


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.ENOENT])
def test_at_every_step_the_disk_may_fail(full: Opened, tmp_path: Path, code: int) -> None:
    """One more step is let through each time, until a backup is made."""
    place = tmp_path / "stick"
    [first] = full.back_up(NOW, BackupPlaces(place), always=True).made
    before = prints(first.path)
    for left in range(100):
        with pytest.MonkeyPatch.context() as patch:
            disk = FailingDisk(patch, place, left, code)
            report = full.back_up(NOW, BackupPlaces(place), always=True)
        assert prints(first.path) == before
        if not disk.refused:
            break
        if report.failed:
            told_and_recorded(full, report, place)
        assert broken_in(place) == []
        for found in backups_in(place):  # what looks like a backup is one
            assert require_whole(found.path) == found
            if found != first:
                shutil.rmtree(found.path)
    assert left > 8
    assert report.remarks == ()
    assert full.store.verify_audit().sound
    assert {path.name for path in place.iterdir()} == {one.path.name for one in backups_in(place)}


@pytest.mark.parametrize("share", [0.05, 0.4])
def test_a_stick_that_is_pulled_while_the_copy_is_written(full: Opened, tmp_path: Path, share: float) -> None:
    """Everything on it is gone at once, as far as this computer sees."""
    stick = tmp_path / "stick"
    full.back_up(NOW, BackupPlaces(stick), always=True)
    seen: list[float] = []

    def pull(_place: Path, done: float) -> None:
        seen.append(done)
        if done >= share and stick.exists():
            stick.rename(tmp_path / "in a pocket")

    report = full.back_up(NOW, BackupPlaces(stick), always=True, told=pull)
    assert seen
    told_and_recorded(full, report, stick)
    shutil.rmtree(stick, ignore_errors=True)
    (tmp_path / "in a pocket").rename(stick)  # put in again
    [kept] = backups_in(stick)
    assert require_whole(kept.path) == kept
    [made] = full.back_up(NOW, BackupPlaces(stick), always=True).made
    assert made.number == 2
    assert {path.name for path in stick.iterdir()} == {"backup-000001", "backup-000002"}
