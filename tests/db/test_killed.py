"""Killed without warning at any moment: nothing acknowledged is lost, nothing half-made is left."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def kill_loop(kind: str, place: Path, rounds: int) -> dict[str, int]:
    return ran("tests.db.kill_loop", kind, str(place), str(rounds))


def ran(module: str, *arguments: str) -> dict[str, int]:
    done = subprocess.run([sys.executable, "-m", module, *arguments, "20261122"], cwd=ROOT, capture_output=True,
                          text=True, timeout=3000, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    return found


def test_a_killed_first_start_leaves_all_or_nothing(tmp_path: Path) -> None:
    found = kill_loop("first-start", tmp_path, 40)
    assert found["nothing"] + found["whole"] == 40
    assert found["nothing"] > 0


def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    assert kill_loop("writers", tmp_path, 12)["acknowledged"] > 0


def test_killed_while_signing_backing_up_changing_the_passphrase_or_migrating(tmp_path: Path) -> None:
    kill_loop("everything", tmp_path, 8)


def test_killed_while_importing_a_certificate_an_edition_or_a_backup(tmp_path: Path) -> None:
    ran("tests.db.kill_imports", str(tmp_path), "10")


@pytest.mark.long
def test_killed_two_hundred_times_while_importing(tmp_path: Path) -> None:
    found = ran("tests.db.kill_imports", str(tmp_path), "200")
    print(found)
    assert all(found[what] > 0 for what in ("certificate", "edition", "restored"))


@pytest.mark.long
def test_killed_two_hundred_times_at_everything(tmp_path: Path) -> None:
    found = kill_loop("everything", tmp_path, 200)
    print(found)
    assert all(found[what] > 0 for what in ("signed", "backups", "passphrases", "migrated"))
