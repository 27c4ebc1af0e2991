"""A disk that is really full: a small one of its own where it can be mounted, else files that may not grow."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from db import reserve
from tests.db.full_disk_migration import ROOMS as MIGRATED
from tests.db.full_disk_work import ROOMS

ROOT = Path(__file__).resolve().parents[2]


def way_to_mount() -> list[str] | None:
    """What stands before the command so that it may mount: nothing for root, a name space of its own for others."""
    may = "mount -t tmpfs -o size=1m tmpfs /mnt"
    for before in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
        if shutil.which(before[0]) and subprocess.run([*before, "sh", "-c", may], capture_output=True,
                                                      check=False).returncode == 0:
            return before
    return None


def worked(folder: Path, guideline: Path, how: str, before: list[str]) -> list[dict[str, Any]]:
    done = subprocess.run([*before, sys.executable, "-m", "tests.db.full_disk_work", str(folder), str(guideline), how],
                          cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True,
                          timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["room"] for one in told] == list(ROOMS[how])
    return told


def nothing_lost(one: dict[str, Any]) -> None:
    """Whatever became of each attempt."""
    assert one["shown"], one  # the window shows what is stored
    assert one["kept"], one
    assert one["whole"], one  # signed with all its documents, or not at all
    assert one["signed"] or one["sign"], one
    assert one["record"], one  # the record of use has no gap
    assert one["parts"] == one["broken"] == [], one
    assert one["good"], one
    assert one["exported"] is (not one["export"]), one
    assert one["lock"] == "", one  # whatever the disk, the screen is locked
    for said in (one["answer"], one["sign"], one["backup"], one["export"]):
        assert not said or said.endswith((".", ". ")), one


@pytest.mark.parametrize("before", [way] if (way := way_to_mount()) else [], ids=" ".join)
def test_a_really_full_disk(tmp_path: Path, guideline_folder: Path, before: list[str]) -> None:
    """Where nobody may mount a disk, only the other one of these tests is there."""
    told = worked(tmp_path / "disk", guideline_folder, "mount", before)
    for one in told:
        nothing_lost(one)
        assert one["made"] == 0
        assert "There is no room for a backup" in one["backup"]
        assert "disk is full" in one["export"]
        for said in (one["answer"], one["sign"]):
            assert not said or ("is full; the last entry was not saved" in said and str(tmp_path) in said), one
        if one["kept_room"]:  # what could not be saved is saved the second time, and the records can be opened
            assert one["answer"] == "" or "room that was kept for this has been given up" in one["answer"], one
            assert one.get("again", "") == "", one
            assert one["read_when_full"] == "", one
            assert one["kept_when_full"], one
    assert sum("is full" in one["answer"] for one in told) >= len(ROOMS["mount"]) - 2
    assert any("is full" in one["sign"] for one in told)


@pytest.mark.parametrize("before", [way] if (way := way_to_mount()) else [], ids=" ".join)
def test_an_older_store_on_a_really_full_disk(tmp_path: Path, before: list[str]) -> None:
    """It is brought up to date whole or not at all; the disk is named, and nothing half-made holds its last room."""
    done = subprocess.run([*before, sys.executable, "-m", "tests.db.full_disk_migration", str(tmp_path / "disk")],
                          cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["room"] for one in told] == list(MIGRATED)
    for one in told:
        assert one["untouched"] is bool(one["said"]), one
        assert not one["said"] or ("is full" in one["said"] and str(tmp_path) in one["said"]), one
        assert one["left"] == [], one
        assert (one["visits"], one["record"]) == ([2, 1], True), one  # once there was room again
        assert (one["copies"], one["copy_reads"]) == (["store.db.before-0002"], True), one
    assert 3 < sum(bool(one["said"]) for one in told) < len(told) - 1


def test_files_that_may_not_grow(tmp_path: Path, guideline_folder: Path) -> None:
    """The same without a disk of its own: every write beyond a size is refused by the system."""
    told = worked(tmp_path / "disk", guideline_folder, "limit", [])
    for one in told:
        nothing_lost(one)
    assert any(one["answer"] for one in told)
    assert any(one["sign"] for one in told)
    assert any(one["export"] for one in told)


def test_room_is_kept_once_and_given_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reserve, "SIZE", 1 << 16)
    reserve.keep_room(tmp_path)
    reserve.keep_room(tmp_path)
    [kept] = tmp_path.iterdir()
    assert kept.stat().st_size == 1 << 16
    assert kept.stat().st_mode & 0o077 == 0
    assert reserve.give_up(tmp_path)
    assert not reserve.give_up(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1 << 20, 1 << 20, 1 << 10))
    reserve.keep_room(tmp_path)
    assert list(tmp_path.iterdir()) == []  # a disk that is nearly full is not filled
    assert reserve.given_up(tmp_path)
    reserve.keep_room(tmp_path / "not there")
