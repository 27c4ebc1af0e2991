"""`lumbar-pathway plan`: record and PDF for a case file, exit codes and sentences for everything wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.use_cases.domain import Clinic, Clinician
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "correct horse battery staple"


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A throw-away clinic: the clinician's PKCS#12 file and the clinic's certificate."""
    from desktop_app.seal import pkcs12, pki

    folder = tmp_path_factory.mktemp("pki")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    clinic = Clinic("Hillside Clinic", "1 Example Road", "555", "TR01")
    clinician = Clinician("c1", "Dr N. Karim", "general practitioner")
    above = pki.clinic_authority(clinic.name, at)
    made = pki.clinician_certificate(above, clinic.name, clinician.name, clinician.role_title, at)
    pair = pkcs12.KeyPair(made.key, made.certificate, (above.certificate,))
    (folder / "key.p12").write_bytes(pkcs12.export(pair, clinician.name, PASSPHRASE.encode()))
    (folder / "ca.pem").write_bytes(pki.to_pem(above.certificate))
    (folder / "words").write_text(PASSPHRASE + "\n")
    return folder / "key.p12", folder / "ca.pem"


def decided(case_folder: Path) -> Path:
    return case_folder / "c01_decided.yaml"


def test_the_record_has_the_agreed_keys(run: Run, case_folder: Path) -> None:
    ran = run("plan", case_folder / "c01.yaml", "--json", "-")
    assert ran.code == 0
    record = json.loads(ran.out)
    assert set(record) >= {
        "guideline", "as_of", "scope", "tier", "emergency_screen", "imaging", "recommendations", "medicines",
        "unanswered_that_matter", "answers",
    }
    assert set(record["tier"]) >= {"floor", "ceiling", "final", "due_date", "rule_out_by", "overdue_days", "reasons"}
    assert set(record["recommendations"][0]) >= {
        "id", "status", "kind", "text", "why", "why_not", "missing", "flips", "statements", "disagreements",
    }


def test_the_same_case_gives_the_same_bytes(run: Run, case_folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        case = case_folder / "c01.yaml"
        assert run("plan", case, "--json", tmp_path / f"{name}.json", "--pdf", tmp_path / f"{name}.pdf").code == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_without_output_files_a_summary_is_printed(run: Run, case_folder: Path) -> None:
    ran = run("plan", case_folder / "c03.yaml")
    assert ran.code == 0
    assert "not clinically approved" in ran.out
    assert "Due: 13 Nov 2026" in ran.out
    assert "because: " in ran.out
    for engine_word in ("U14", "E24", "NONE", "not_done", "not_offered", "suppressed", "floor", "ceiling"):
        assert engine_word not in ran.out, engine_word


def test_every_verdict_and_status_is_printed_in_words(run: Run, case_folder: Path) -> None:
    for case in ("c05", "c09", "c29"):
        out = run("plan", case_folder / f"{case}.yaml").out
        assert not re.findall(r"\b\w+_\w+\b", out), case
        assert not re.findall(r"\b(?:E|E24|U14|R3|NONE)\b", out), case
    late = run("plan", case_folder / "c05.yaml").out
    assert "Was due: 6 Nov 2026, counted from 23 Oct 2026; 6 days overdue, act today" in late
    begun = run("plan", case_folder / "c29.yaml").out
    assert "Still needed, most important first:" in begun
    assert "Emergency screen: INCOMPLETE" in begun


def test_with_output_files_it_says_what_was_written_and_how_urgent_it_is(
    run: Run, case_folder: Path, tmp_path: Path
) -> None:
    pdf, record = tmp_path / "plan.pdf", tmp_path / "plan.json"
    out = run("plan", decided(case_folder), "--pdf", pdf, "--json", record).out
    assert out.startswith("Act on: ")
    assert f"Written: {pdf} (care plan, DRAFT, not signed)" in out
    assert f"Written: {record} (decision record)" in out
    bare = run("plan", case_folder / "c01.yaml", "--pdf", pdf).out
    assert "(advice printout, nothing decided)" in bare
    only_json = run("plan", case_folder / "c01.yaml", "--pdf", pdf, "--json", "-").out
    json.loads(only_json)


def test_an_output_never_takes_the_place_of_an_input_or_of_the_other_output(
    run: Run, case_folder: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case.yaml"
    case.write_bytes((case_folder / "c01.yaml").read_bytes())
    before = case.read_bytes()
    (tmp_path / "link.yaml").symlink_to(case)
    for asked in (("--pdf", case), ("--json", case), ("--pdf", tmp_path / "link.yaml"),
                  ("--pdf", tmp_path / "x", "--json", tmp_path / "." / "x")):
        ran = run("plan", case, *asked)
        assert ran.code == 2
        assert "would overwrite" in ran.err
        assert case.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.yaml", "link.yaml"]


def test_another_as_of_date_moves_the_deadline(run: Run, case_folder: Path) -> None:
    ran = run("plan", case_folder / "c03.yaml", "--as-of", "2026-11-14", "--json", "-")
    assert json.loads(ran.out)["tier"]["overdue_days"] == 1


def test_an_as_of_date_in_the_future_is_refused(run: Run, case_folder: Path) -> None:
    ran = run("plan", case_folder / "c03.yaml", "--as-of", "2999-01-01")
    assert ran.code == 65
    assert "in the future" in ran.err


def test_a_signed_plan_is_accepted_by_verify(
    run: Run, case_folder: Path, tmp_path: Path, key_file: tuple[Path, Path]
) -> None:
    key, authority = key_file
    pdf = tmp_path / "plan.pdf"
    words = key.with_name("words")
    signed = run("plan", decided(case_folder), "--pdf", pdf, "--sign-with", key, "--passphrase-file", words)
    assert (signed.code, signed.err) == (0, "")
    checked = run("verify", pdf, "--trust", authority)
    assert checked.code == 0, checked.out
    assert "Dr N. Karim" in checked.out
    assert "Marta Lindqvist" in checked.out


def test_a_changed_plan_and_an_unknown_clinic_are_refused(
    run: Run, case_folder: Path, tmp_path: Path, key_file: tuple[Path, Path]
) -> None:
    key, authority = key_file
    pdf = tmp_path / "plan.pdf"
    words = key.with_name("words")
    run("plan", decided(case_folder), "--pdf", pdf, "--sign-with", key, "--passphrase-file", words)
    assert run("verify", pdf).code == 1
    content = bytearray(pdf.read_bytes())
    content[1000] ^= 4
    pdf.write_bytes(bytes(content))
    assert run("verify", pdf, "--trust", authority).code == 1


def test_signing_without_decisions_is_refused_and_leaves_nothing(
    run: Run, case_folder: Path, tmp_path: Path, key_file: tuple[Path, Path]
) -> None:
    pdf = tmp_path / "plan.pdf"
    ran = run("plan", case_folder / "c01.yaml", "--pdf", pdf, "--sign-with", key_file[0])
    assert ran.code == 65
    assert "Nothing was decided" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_passphrase_is_said_and_leaves_nothing(
    run: Run, case_folder: Path, tmp_path: Path, key_file: tuple[Path, Path]
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not the passphrase\n")
    pdf = tmp_path / "out" / "plan.pdf"
    pdf.parent.mkdir()
    ran = run("plan", decided(case_folder), "--pdf", pdf, "--sign-with", key_file[0], "--passphrase-file", wrong)
    assert ran.code in {65, 77}
    assert "passphrase" in ran.err
    assert list(pdf.parent.iterdir()) == []


BAD_CASES = {
    "unknown finding": ("answers:\n  radiclar_pain: yes\n", r"case.yaml:3:3: .*radiclar_pain"),
    "value out of range": ("answers:\n  leg_pain_score: 12\n", r"case.yaml:3:19: .*12"),
    "wrong unit": ("answers:\n  creatinine:\n    value: 1\n    unit: mmol\n", r"case.yaml:\d+:\d+: .*mmol"),
    "unit missing": ("answers:\n  creatinine: 88\n", r"case.yaml:3:\d+: .*unit"),
    "date in the future": ("answers:\n  radicular_onset: 2031-01-01\n", r"case.yaml:3:\d+: .*2031"),
    "wrong option": ("answers:\n  fracture_level: L9\n", r"case.yaml:3:\d+: .*L9.*allowed"),
    "alias": ("answers: &a\n  cancer: yes\nother: *a\n", r"case.yaml:\d+:\d+: "),
    "duplicate": ("answers:\n  cancer: yes\n  cancer: no\n", r"case.yaml:4:3: .*cancer"),
    "contradiction": ("answers:\n  fracture_cause: malignant\n  cancer: no\n",
                      r"case.yaml:3:19, \S*case.yaml:4:11: two answers contradict"),
    "as-of in the future": ("answers:\n  cancer: no\n", r"case.yaml:1:8: the as-of date 2999-01-01 lies in the future"),
    "born too long ago": ("patient:\n  born: 1754-03-03\nanswers:\n  cancer: no\n", r"case.yaml:3:9: .*272 years"),
    "a whole page": (f"answers:\n  leg_pain_score: {'x' * 5000}\n", r"case.yaml:3:19: 'x{60} \.\.\.' is not a number"),
    "unknown option decided": ("decisions:\n  magic:\n    verdict: accept\n", r"case.yaml:3:\d+: .*magic"),
    "not offered": (
        "answers:\n  cancer: no\ndecisions:\n  epidural_injection:\n    verdict: accept\n",
        r"case.yaml:5:3: .*cannot be accepted",
    ),
}


@pytest.mark.parametrize("name", list(BAD_CASES))
def test_bad_cases_name_the_place_and_leave_nothing(run: Run, tmp_path: Path, name: str) -> None:
    body, words = BAD_CASES[name]
    case = tmp_path / "case.yaml"
    day = "2999-01-01" if name == "as-of in the future" else "2026-11-12"
    case.write_text(f"as_of: {day}\n" + body)
    ran = run("plan", case, "--json", tmp_path / "out.json", "--pdf", tmp_path / "out.pdf")
    assert ran.code == 65, ran.err
    assert re.search(words, ran.err), ran.err
    assert "Traceback" not in ran.err
    assert len(ran.err) < 1000
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (None, 66, "case.yaml"),
        (b"", 65, "case.yaml"),
        (b"\x00\x01\x02binary", 65, "text"),
        (b"\xff\xfe\xfa", 65, "text"),
        (b"a: " + b"x" * 10_000_000, 65, "case.yaml"),
        (b"as_of: [\n", 65, "case.yaml"),
    ],
    ids=["missing", "empty", "binary", "not UTF-8", "10 MB", "broken YAML"],
)
def test_files_that_are_no_case(run: Run, tmp_path: Path, content: bytes | None, code: int, words: str) -> None:
    case = tmp_path / "case.yaml"
    if content is not None:
        case.write_bytes(content)
    ran = run("plan", case)
    assert ran.code == code
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_an_alias_bomb_is_refused_quickly(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    case.write_text("\n".join(levels))
    assert run("plan", case).code == 65


def test_a_missing_folder_for_the_output_is_73(run: Run, case_folder: Path, tmp_path: Path) -> None:
    ran = run("plan", case_folder / "c01.yaml", "--json", tmp_path / "no" / "out.json")
    assert ran.code == 73
    assert "does not exist" in ran.err


def test_wrong_usage_is_2(run: Run) -> None:
    assert run("plan").code == 2
    assert run("plan", "x.yaml", "--as-of", "yesterday").code == 2


def test_it_works_with_no_display_and_no_home(case_folder: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "desktop_app", "plan", str(case_folder / "c09.yaml")],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "Act on: Emergency now" in ran.stdout
    assert "Emergency first: " in ran.stdout
    assert "suppressed" not in ran.stdout


def test_the_data_folder_is_named_before_or_after_the_command(run: Run, tmp_path: Path) -> None:
    for asked in (("--data-dir", tmp_path, "verify", tmp_path / "x.pdf"),
                  ("verify", tmp_path / "x.pdf", "--data-dir", tmp_path)):
        assert run(*asked).code == 66
    assert "--data-dir" in run("verify", "--help").out


def test_help_says_what_each_command_does_and_its_exit_codes(run: Run) -> None:
    for command in ("plan", "verify", "form", "self-check", "guideline"):
        shown = run(command, "--help")
        assert shown.code == 0
        assert len(shown.out.splitlines()) > 8, command
    assert "65" in run("plan", "--help").out
