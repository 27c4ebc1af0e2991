"""Backup, restore and the record of use on the command line, over a real profile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db.attempts import Attempts
from db.profile import STORE_FILE, create_profile, open_profile
from desktop_app import __main__
from desktop_app.engine.answers import Answer
from desktop_app.use_cases.ports import SignatureRequest
from tests.fakes import StillClock
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, PATIENT, cheap_keeper, draft
from tests.seal.paper import plan_pdf

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile with one patient, closed; a signed PDF that was taken out lies beside it."""
    opened = create_profile(tmp_path / "profile", CLINIC, replace(CLINICIAN, administers=True), PASSPHRASE, NOW,
                            cheap_keeper())
    opened.store.add_patient(PATIENT)
    opened.store.start_encounter(draft(answers={"cancer": Answer(True)}))
    head = str(opened.store.audit_head())
    (tmp_path / "plan.pdf").write_bytes(opened.signer().sign(
        SignatureRequest(plan_pdf(), "Care plan signed", CLINICIAN.name, NOW, head)))
    opened.close()
    Attempts(tmp_path / "profile", StillClock()).begin()
    return tmp_path / "profile"


@pytest.fixture
def run(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    secret = tmp_path / "passphrase"
    secret.write_text(f"{PASSPHRASE}\n")

    def command(*words: str, passphrase: str = PASSPHRASE) -> tuple[int, str, str]:
        secret.write_text(f"{passphrase}\n")
        code = __main__.main([*words, "--data-dir", str(folder), "--passphrase-file", str(secret)])
        out, err = capsys.readouterr()
        return code, out, err

    return command


def test_backup_list_and_restore(run: Run, folder: Path) -> None:
    code, out, _ = run("backup")
    assert code == 0
    assert "backup-000001 (1 consultations" in out
    assert run("backup")[:2] == (0, "Nothing has changed since the newest backup.\n")
    code, out, _ = run("backup", "--list")
    assert [line.split()[0].rsplit("/", 1)[1] for line in out.splitlines()] == ["backup-000001"]
    damaged = folder / STORE_FILE
    damaged.write_bytes(b"not a store")
    assert run("audit")[0] == 65
    code, out, _ = run("restore", str(folder / "backups" / "backup-000001"))
    assert code == 0
    assert "set-aside-001" in out
    assert (folder / "set-aside-001" / STORE_FILE).read_bytes() == b"not a store"
    code, out, _ = run("audit", "verify")
    assert code == 0
    assert "a backup was restored at row" in out


def test_a_backup_is_restored_with_the_recovery_key_of_its_day(run: Run, folder: Path) -> None:
    opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, cheap_keeper())
    printed = opened.new_recovery_key()
    opened.close()
    run("backup")
    backup = str(folder / "backups" / "backup-000001")
    assert run("restore", backup, "--recovery-key", passphrase=PASSPHRASE)[0] != 0
    assert not (folder / "set-aside-001").exists()
    code, out, _ = run("restore", backup, "--recovery-key", passphrase=printed)
    assert code == 0
    assert "set-aside-001" in out


def test_a_backup_goes_to_a_stick_that_is_named(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("backup", "--to", str(tmp_path / "stick"))
    assert code == 0
    assert str(tmp_path / "stick" / "backup-000001") in out


def test_restoring_what_is_no_backup_changes_nothing(run: Run, folder: Path, tmp_path: Path) -> None:
    before = (folder / STORE_FILE).read_bytes()
    code, _, err = run("restore", str(tmp_path / "nowhere"))
    assert code == 66
    assert "no such backup" in err
    run("backup")
    code, _, err = run("restore", str(folder / "backups" / "backup-000001"), passphrase="brown tractor on the moon")
    assert code == 77
    assert not (folder / "set-aside-001").exists()
    assert len(before) > 0


def test_the_record_is_shown_and_verified_against_a_signed_file(run: Run, folder: Path, tmp_path: Path) -> None:
    code, out, _ = run("audit", "show", "--patient", PATIENT.id, "--kind", "changed")
    assert code == 0
    assert "changed answer cancer" in out
    older = (folder / STORE_FILE).read_bytes()
    code, out, _ = run("audit", "verify", "--against", str(tmp_path / "plan.pdf"))
    assert code == 0
    assert out.startswith("The record of use is whole:")
    run("backup")
    (folder / STORE_FILE).write_bytes(older)  # somebody puts an older copy back
    code, out, _ = run("audit", "verify")
    assert code == 1
    assert "rows are missing at its end, or an older copy of the store was put in its place" in out


def test_a_wrong_passphrase_and_an_unknown_user_are_said(run: Run) -> None:
    assert run("audit", passphrase="brown tractor on the moon")[0] == 77
    code, _, err = run("backup", "--user", "Nobody")
    assert code == 66
    assert CLINICIAN.name in err
