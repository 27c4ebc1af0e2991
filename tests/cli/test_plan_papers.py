"""`lumbar-pathway plan` writes letter, patient's sheets and transfer note beside the plan, signed by one key."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.test_plan import decided, key_file

__all__ = ["key_file"]


def test_every_document_of_one_decision_in_one_run(run: Run, case_folder: Path, tmp_path: Path) -> None:
    files = {option: tmp_path / f"{option}.pdf" for option in ("pdf", "letter", "handout", "choices")}
    ran = run("plan", decided(case_folder), *(part for option, file in files.items() for part in (f"--{option}", file)))
    assert ran.code == 0, ran.err
    assert all(file.read_bytes().startswith(b"%PDF-") for file in files.values())
    assert "referral letter, DRAFT, not signed" in ran.out
    assert "patient's sheet, DRAFT, not signed" in ran.out


def test_all_of_them_are_signed_and_accepted(
    run: Run, case_folder: Path, tmp_path: Path, key_file: tuple[Path, Path]
) -> None:
    key, authority = key_file
    files = {option: tmp_path / f"{option}.pdf" for option in ("pdf", "letter", "handout", "choices")}
    ran = run(
        "plan", decided(case_folder), *(part for option, file in files.items() for part in (f"--{option}", file)),
        "--sign-with", key, "--passphrase-file", key.parent / "words",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    for option, file in files.items():
        said = run("verify", file, "--trust", authority)
        assert said.code == 0, (option, said.out, said.err)
        assert "Marta Lindqvist" in said.out, option


def test_an_emergency_has_a_transfer_note_and_no_letter(run: Run, case_folder: Path, tmp_path: Path) -> None:
    case = case_folder / "emergency_decided.yaml"
    note, letter = tmp_path / "note.pdf", tmp_path / "letter.pdf"
    assert run("plan", case, "--transfer-note", note).code == 0
    assert note.read_bytes().startswith(b"%PDF-")
    ran = run("plan", case, "--letter", letter, "--transfer-note", tmp_path / "other.pdf")
    assert ran.code == 65
    assert "An emergency is not referred by letter." in ran.err
    assert not letter.exists()
    assert not (tmp_path / "other.pdf").exists()  # all that was asked for, or nothing


def test_nothing_decided_gives_no_sheet_for_the_patient(run: Run, case_folder: Path, tmp_path: Path) -> None:
    ran = run("plan", case_folder / "c01.yaml", "--handout", tmp_path / "sheet.pdf")
    assert ran.code == 65
    assert "Nothing was decided" in ran.err
    assert not (tmp_path / "sheet.pdf").exists()


def test_two_documents_in_one_file_are_refused(run: Run, case_folder: Path, tmp_path: Path) -> None:
    same = tmp_path / "same.pdf"
    ran = run("plan", decided(case_folder), "--letter", same, "--handout", same)
    assert ran.code == 2
    assert "would overwrite what --letter writes" in ran.err
    assert not same.exists()
