"""Editions over a real store: refused for a reason, whole or not at all, never gone back to, never believed unseen."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import update

from db import tables
from db.backup import broken_in, require_whole
from db.edition_archives import archives_of, put_back
from db.shelf import SHELF, FolderShelf
from desktop_app.engine.model import Tier
from desktop_app.use_cases.audit import AuditFilter
from desktop_app.use_cases.domain import EncounterState, PaperKind, Role
from desktop_app.use_cases.editions import EditionRefused
from desktop_app.use_cases.errors import BadData, Conflict, NotPermitted, WrongPassphrase
from tests.editions import house
from tests.editions.conftest import MILD, SEVERE, SIGNED, Clinic
from tests.people import PASSPHRASE


def shelf(clinic: Clinic) -> list[str]:
    folder = clinic.folder / SHELF
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_nothing_is_installed_before_somebody_compared_a_list_of_publishers(clinic: Clinic) -> None:
    with pytest.raises(EditionRefused, match="No list of publishers is believed"):
        clinic.editions.install(house.edition())
    with pytest.raises(EditionRefused, match="not the fingerprint"):
        clinic.editions.trust(house.publishers(), "AAAA BBBB", PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        clinic.editions.trust(house.publishers(), clinic.editions.look_at_publishers(house.publishers()), "another one")
    assert clinic.editions.publishers is None
    clinic.believe()
    assert clinic.editions.fingerprint
    with pytest.raises(EditionRefused, match="believed here already"):
        clinic.editions.look_at_publishers(house.publishers())


def no_criteria(files: dict[str, bytes]) -> None:
    files["referral.yaml"] = b"criteria:\n  S24:\n    tier: SOON\n"


def other_version(files: dict[str, bytes]) -> None:
    files["pack.yaml"] = files["pack.yaml"].replace(b"version: 0.2.0", b"version: 0.3.0")


@pytest.mark.parametrize(("what", "words"), [
    ({"signers": 1}, "signed by 1 of"),
    ({"pack": "another_guideline"}, "another guideline"),
    ({"program": "99.0"}, "needs version 99.0 of the program"),
    ({"version": "0.1.0"}, "not newer than version 0.1.0"),
    ({"version": "0.0.9"}, "not newer than version 0.1.0"),
    ({"change": no_criteria}, "has mistakes"),
    ({"change": other_version}, "says that it is"),
])
def test_what_may_not_be_installed_is_refused_and_leaves_nothing(clinic: Clinic, what: dict[str, object],
                                                                 words: str) -> None:
    clinic.believe()
    with pytest.raises(EditionRefused, match=words) as caught:
        clinic.editions.install(house.edition(**what))  # type: ignore[arg-type]
    assert caught.value.next_step.endswith(".")
    assert shelf(clinic) == []
    assert [one.number for one in clinic.editions.choices()] == [0]


def test_numbers_only_go_up(clinic: Clinic) -> None:
    clinic.believe()
    clinic.editions.install(house.edition(5, "0.5.0"))
    for number in (1, 4):
        with pytest.raises(EditionRefused, match="Numbers only go up"):
            clinic.editions.install(house.edition(number, "0.6.0"))
    with pytest.raises(EditionRefused, match="with other content"):
        clinic.editions.install(house.edition(5, "0.5.0", days=3))
    assert clinic.editions.install(house.edition(5, "0.5.0")).number == 5  # the same once more mends a folder


def test_one_that_fails_a_case_of_its_own_cannot_be_switched_on(clinic: Clinic) -> None:
    def wrong_case(files: dict[str, bytes]) -> None:
        name = f"cases/{house.OWN_CASE}"
        files[name] = files[name].replace(b"  floor: ", b"  floor: NONE #")

    def no_case(files: dict[str, bytes]) -> None:
        del files[f"cases/{house.OWN_CASE}"]

    clinic.believe()
    for number, change in enumerate((wrong_case, no_case), start=1):
        clinic.editions.install(house.edition(number, f"0.{number + 1}.0", change=change))
        with pytest.raises(EditionRefused, match="its own worked cases"):
            clinic.editions.prepare(number)
    assert clinic.editions.use is None


def test_whose_advice_changes_is_told_before_and_what_is_signed_stays(clinic: Clinic) -> None:
    clinic.fill()
    clinic.believe()
    clinic.editions.install(house.edition())
    found = clinic.editions.prepare(1)
    assert found.comparison.looked_at == 3
    changed = {one.patient.name: one for one in found.comparison.affected}
    assert set(changed) == {SEVERE, SIGNED}
    assert MILD not in changed
    for one in changed.values():
        assert one.before.floor is one.after.floor is Tier.U14
        assert one.before.due is not None
        assert one.after.due is not None
        assert one.after.due < one.before.due
    assert any(change.part == "reason for urgency" and change.id == "S24" for change in found.changes)
    with pytest.raises(WrongPassphrase):
        clinic.editions.switch_on(found, "not this one")
    assert clinic.desk.pack.info.version == "0.1.0"
    clinic.editions.switch_on(found, PASSPHRASE)
    rows = {row.patient.name: row for row in clinic.desk.worklist()}
    assert rows[SEVERE].due_date == changed[SEVERE].after.due  # worked out anew at once
    assert rows[SIGNED].due_date == changed[SIGNED].before.due
    for desk in (clinic.desk, clinic.sign_in()):  # and after the program was started anew
        assert desk.pack.info.version == "0.2.0"
        signed = desk.open_encounter(rows[SIGNED].encounter_id)
        assert signed.pack.info.version == "0.1.0"
        assert signed.decision.tier.due_date == changed[SIGNED].before.due
        assert "Decided with edition 0.1.0" in signed.edition_note
        assert signed.plain_text(PaperKind.CARE_PLAN)
        draft = desk.open_encounter(rows[SEVERE].encounter_id)
        assert draft.decision.tier.due_date == changed[SEVERE].after.due
        assert "Begun with edition 0.1.0" in draft.edition_note
    told = [row.event for row in clinic.door.audit_rows(AuditFilter())]
    assert any(event.what == "guideline in use" and "0.2.0" in event.new for event in told)
    assert any(event.what == "guideline edition 1" for event in told)


def test_one_step_back_needs_a_reason_and_leads_no_further(clinic: Clinic) -> None:
    clinic.believe()
    clinic.switch_on()
    clinic.switch_on(number=2, version="0.3.0", days=10)
    with pytest.raises(EditionRefused, match="not newer"):
        clinic.editions.prepare(1)
    with pytest.raises(BadData, match="Say why"):
        clinic.editions.return_one_step(" ", PASSPHRASE)
    clinic.editions.return_one_step("The new limit is too long", PASSPHRASE)
    assert clinic.desk.pack.info.version == "0.2.0"
    use = clinic.sign_in().editions
    assert use is not None
    assert use.use is not None
    assert (use.use.version, use.use.reason, use.use.returned) == ("0.2.0", "The new limit is too long", True)
    assert use.before is None
    with pytest.raises(EditionRefused, match="no step back"):
        use.return_one_step("Once more", PASSPHRASE)
    use.switch_on(use.prepare(2), PASSPHRASE)  # forward again is allowed
    assert clinic.desk.pack.info.version == "0.3.0"


def test_back_to_the_one_that_came_with_the_program(clinic: Clinic) -> None:
    clinic.believe()
    clinic.switch_on()
    clinic.editions.return_one_step("Not agreed in the clinic yet", PASSPHRASE)
    assert clinic.sign_in().pack.info.version == "0.1.0"


@pytest.mark.parametrize("damage", ["changed", "missing", "unreadable"])
def test_a_shelf_that_was_tampered_with_is_said_and_the_shipped_one_stands_in(clinic: Clinic, damage: str) -> None:
    clinic.believe()
    clinic.switch_on()
    [name] = shelf(clinic)
    folder = clinic.folder / SHELF / name
    if damage == "missing":
        shutil.rmtree(folder)
    else:
        file = folder / "referral.yaml"
        file.write_bytes(file.read_bytes().replace(b"days: 7", b"days: 70") if damage == "changed" else b"}{")
    desk = clinic.sign_in()
    assert desk.pack.info.version == "0.1.0"
    [warning] = clinic.editions.warnings(desk.today)
    assert "0.2.0" in warning
    assert "0.1.0, gives the advice now" in warning
    assert any(row.event.deed.value == "failed" for row in clinic.door.audit_rows(AuditFilter(deed="failed")))
    clinic.editions.install(house.edition())  # the file again mends it, without a new start
    assert clinic.desk.pack.info.version == "0.2.0"
    assert clinic.editions.warnings(desk.today) == ()


def test_the_day_of_review_warns_and_blocks_nothing(clinic: Clinic) -> None:
    clinic.later((house.REVIEW - clinic.clock.day).days)
    assert clinic.editions.warnings(clinic.clock.today()) == ()
    clinic.later(1)
    [warning] = clinic.editions.warnings(clinic.clock.today())
    assert "31 May 2027" in warning
    clinic.fill()  # patients are taken in and a plan is signed as on any day
    assert any(row.state is EncounterState.SIGNED for row in clinic.desk.worklist())


KILLED = """
import os, signal, sys
from pathlib import Path
from db import shelf
from tests.editions import house

count = 0
def write_new(path, content, write=shelf.write_new):
    global count
    count += 1
    if count == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    write(path, content)
shelf.write_new = write_new
place = shelf.FolderShelf(Path(sys.argv[1]))
if sys.argv[2] == "0":
    folder = place.take_in(house.content("0.2.0", 7))
    os.kill(os.getpid(), signal.SIGKILL)
place.take_in(house.content("0.2.0", 7))
"""


@pytest.mark.parametrize("at", [0, 1, 20])
def test_killed_while_installing_leaves_nothing_that_is_ever_read(clinic: Clinic, at: int) -> None:
    clinic.believe()
    ended = subprocess.run([sys.executable, "-c", KILLED, str(clinic.folder), str(at)], check=False, timeout=120,
                           env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})
    assert ended.returncode == -signal.SIGKILL
    assert all(name.startswith(".") for name in shelf(clinic))
    assert clinic.sign_in().pack.info.version == "0.1.0"
    assert len(clinic.editions.choices()) == 1
    clinic.switch_on()
    assert [name for name in shelf(clinic) if name.startswith(".")] == []
    assert clinic.sign_in().pack.info.version == "0.2.0"


def test_a_copy_of_the_shipped_one_is_kept_for_its_encounters(clinic: Clinic) -> None:
    clinic.door.lock()
    clinic.door.leave()
    assert FolderShelf(clinic.folder).folder(clinic.pack.content_hash) is not None
    clinic.door.leave()


def test_a_backup_carries_the_editions_to_a_new_machine(clinic: Clinic, tmp_path: Path) -> None:
    clinic.believe()
    clinic.switch_on()
    clinic.fill()
    [row] = [row for row in clinic.desk.worklist() if row.patient.name == SEVERE]
    before = clinic.desk.open_encounter(row.encounter_id).decision.tier.due_date
    clinic.door.lock()
    clinic.door.leave()  # the shipped edition lies on the shelf from now on
    clinic.sign_in()
    [made] = clinic.door.back_up(tmp_path / "stick").made
    archives = list(archives_of(made.path))
    assert len(archives) == 2
    assert made.size > sum(path.stat().st_size for path in archives)
    stray = made.path / f"guideline-{'0' * 64}.zip"  # nobody's: its content is not what its name says
    stray.write_bytes(b"no archive")

    old, clinic.folder = clinic.folder, tmp_path / "new machine"
    clinic.door.lock()
    clinic.door = clinic._door()
    clinic.door.restore(made.path, clinic.desk.clinician.id, PASSPHRASE)
    desk = clinic.sign_in()
    assert desk.pack.info.version == "0.2.0"
    assert desk.open_encounter(row.encounter_id).decision.tier.due_date == before
    assert prints(clinic.folder) == prints(old)

    archives[0].write_bytes(archives[0].read_bytes()[:-1] + b"x")
    with pytest.raises(BadData, match="damaged"):
        require_whole(made.path)
    archives[0].unlink()
    assert broken_in(made.path.parent) == [made.path]


def prints(profile: Path) -> dict[str, bytes]:
    """Every file of every edition on the shelf."""
    return {path.relative_to(profile).as_posix(): path.read_bytes()
            for path in (profile / "guidelines").rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["../outside.yaml", "/etc/outside.yaml", "a/../../outside.yaml", "c:outside.yaml"])
def test_an_archive_that_leads_out_of_its_folder_is_left_out(tmp_path: Path, name: str) -> None:
    backup, profile = tmp_path / "backup", tmp_path / "profile"
    backup.mkdir()
    profile.mkdir()
    with zipfile.ZipFile(backup / f"guideline-{'1' * 64}.zip", "w") as archive:
        archive.writestr(name, b"anything")
    put_back(backup, profile)
    assert list(profile.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


# --- the clinic lead's signature -----------------------------------------------------------------


def test_only_a_reviewer_approves_and_only_exactly_this_content(clinic: Clinic) -> None:
    with pytest.raises(NotPermitted):
        clinic.editions.approve(PASSPHRASE)
    clinic.become(Role.REVIEWER)
    with pytest.raises(WrongPassphrase):
        clinic.editions.approve("not this one")
    clinic.editions.approve(PASSPHRASE)
    words = "Guideline content approved by Dr N. Karim, 2026-11-12"
    assert clinic.desk.pack.info.state_words == words
    assert clinic.sign_in().pack.info.state_words == words
    with pytest.raises(Conflict, match="approved already"):
        clinic.editions.approve(PASSPHRASE)
    clinic.believe()
    clinic.switch_on()
    assert clinic.desk.pack.info.state_words == "Guideline content not clinically approved"
    clinic.editions.return_one_step("Not read yet", PASSPHRASE)
    assert clinic.desk.pack.info.state_words == words
    with pytest.raises(BadData, match="Say why"):
        clinic.editions.withdraw_approval("", PASSPHRASE)
    clinic.editions.withdraw_approval("A limit is wrong", PASSPHRASE)
    assert not clinic.sign_in().pack.info.approved
    clinic.editions.approve(PASSPHRASE)
    assert clinic.desk.pack.info.approved


def test_what_a_file_says_of_its_own_approval_counts_nothing(clinic: Clinic) -> None:
    def approved(files: dict[str, bytes]) -> None:
        files["pack.yaml"] = files["pack.yaml"].replace(
            b"state: draft", b"state: approved\napproved_by: Somebody\napproved_on: 2026-01-01")

    clinic.believe()
    clinic.switch_on(change=approved)
    assert clinic.desk.pack.info.state_words == "Guideline content not clinically approved"


def test_an_approval_that_was_changed_in_the_store_does_not_count(clinic: Clinic) -> None:
    clinic.become(Role.REVIEWER)
    clinic.editions.approve(PASSPHRASE)
    opened = clinic.door._opened
    assert opened is not None
    kept = opened.store.approval(clinic.pack.content_hash)
    assert kept is not None
    with opened.store._database.write() as connection:
        changed = kept.statement.replace(b"2026-11-12", b"2026-11-13")
        connection.execute(update(tables.approvals).values(statement=changed))
    desk = clinic.sign_in()
    assert desk.pack.info.state_words == "Guideline content not clinically approved"
    [warning] = clinic.editions.warnings(desk.today)
    assert "changed after it was signed" in warning


def test_an_approval_from_another_clinic_does_not_count(clinic: Clinic, tmp_path: Path) -> None:
    other = Clinic(tmp_path / "other", clinic.clock, clinic.pack)
    try:
        other.become(Role.REVIEWER)
        other.editions.approve(PASSPHRASE)
        assert other.door._opened is not None
        stranger = other.door._opened.store.approval(clinic.pack.content_hash)
    finally:
        other.door.lock()
    assert stranger is not None
    assert clinic.door._opened is not None
    clinic.door._opened.store.save_approval(stranger)
    assert not clinic.sign_in().pack.info.approved
    assert "not signed with a key of this clinic" in clinic.editions.approvals.trouble


def test_every_document_names_the_approval(clinic: Clinic) -> None:
    clinic.become(Role.REVIEWER)
    clinic.editions.approve(PASSPHRASE)
    clinic.become(Role.CLINICIAN)
    clinic.fill()
    name = next(row.encounter_id for row in clinic.desk.worklist() if row.state is EncounterState.SIGNED)
    told = clinic.desk.open_encounter(name).plain_text(PaperKind.CARE_PLAN)
    assert "approved by Dr N. Karim" in told
    assert "not clinically approved" not in told
