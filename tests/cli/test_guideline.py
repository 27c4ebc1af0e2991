"""`lumbar-pathway guideline check|findings|explain`, run as a script would, without a display."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from desktop_app.__main__ import main
from tests.engine.lighthouse import CASES, FOLDER


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    code = main(["--guideline", str(FOLDER), "guideline", *(str(word) for word in words)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_check_passes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check")
    assert code == 0
    assert out.endswith("3 of 3 disagreements accounted for; 35 cases pass\n")
    assert run(capsys, "check", "--no-cases")[1].endswith("no case was run\n")


def test_check_finds_a_problem(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "pack"))
    case = folder / "cases/L13_gas.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("prohibited", "offered"), encoding="utf-8")
    code, out, _ = run(capsys, "check", folder)
    assert code == 1
    assert "case L13_gas: burn_whale_oil of options is prohibited, expected offered" in out
    assert "34 of 35 cases pass" in out


def test_check_reports_all_mistakes_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "pack"))
    for name, old, new in (
        ("conditions.yaml", "- flicker_bad\n    rests", "- flicker_badd\n    rests"),
        ("texts.yaml", "check: own", "check: maybe"),
        ("screens.yaml", "title:", "titel:"),
    ):
        file = folder / name
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    code, out, _ = run(capsys, "check", folder)
    assert code == 65
    assert "conditions.yaml:7:9: unknown finding or condition 'flicker_badd'" in out
    assert "texts.yaml:7:12: 'maybe' is not allowed here; allowed: read, secondary, unchecked, own" in out
    assert "screens.yaml" in out
    assert out.endswith("; conditions and cases are checked when these are mended\n")


def test_a_mistake_of_reading_does_not_hide_the_others(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Found in one run: a word that is not allowed, a rule without basis, a statement that nothing uses."""
    folder = Path(shutil.copytree(FOLDER, tmp_path / "pack"))
    texts = folder / "texts.yaml"
    texts.write_text(texts.read_text(encoding="utf-8").replace("check: own", "check: maybe"), encoding="utf-8")
    statements = next(folder.glob("statements*"))
    file = statements if statements.is_file() else next(statements.glob("*.yaml"))
    entry = "\n  S8:\n" + "".join(
        line + "\n" for line in file.read_text(encoding="utf-8").split("  S1:\n")[1].split("\n  S")[0].splitlines()
    )
    file.write_text(file.read_text(encoding="utf-8").rstrip() + entry, encoding="utf-8")
    code, out, _ = run(capsys, "check", folder)
    assert code == 65
    assert "texts.yaml:7:12: 'maybe' is not allowed here" in out
    assert "S8" in out
    assert out.endswith("2 mistakes; conditions and cases are checked when these are mended\n")


def test_no_pack(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, "check", tmp_path / "none")
    assert code == 66
    assert "there is no such folder" in out


def test_findings(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "findings", "--json")
    assert code == 0
    dictionary = json.loads(out)
    by_id = {entry["id"]: entry for entry in dictionary["findings"]}
    assert by_id["oil_left"]["units"][1] == {"id": "gallon", "label": "gallons", "factor": 4.546}
    assert by_id["oil_left"]["range"] == {"error": [0, 2000], "warn": [5, 1000], "decimals": 1}
    assert by_id["lens_test"]["relevant_when"] == "any lens_risk"
    assert by_id["lens_test"]["when_not_relevant"] == "no"
    assert by_id["signal"]["atoms"]["signal.lamp_dark"] == "The lamp is dark"
    assert by_id["weak_quarter"]["function"] == "weakest_quarter"
    out = run(capsys, "findings")[1]
    assert "signal: Lamp, colour and horn (emergency)" in out
    assert "  Answer: number from 0 to 2000, litres or gallons" in out
    assert "  Asked when: any lens_risk" in out


def test_explain_a_case(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain", CASES / "L14_electric_many_stores.yaml")
    assert code == 0
    for words in (
        "Urgency: Urgent, within 2 weeks (final)",
        "Due: 31 October 2026",
        "Urgent because: Bad flicker [S5]",
        "Standard not ruled out: Flicker that cleaning did not end",
        "prohibited: Must not be done: Electric lamps have no wick",
        "Blocked by: Electric lamps have no wick.",
        "D1 opposes: A new mantle should not be fitted to an oil lamp",
        "Would change: Not offered if “Flicker” is no.",
        "Guideline content not clinically approved",
    ):
        assert words in out


def test_explain_one_option(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain", CASES / "L05_ships_not_asked.yaml", "--option", "new_wick")
    assert code == 0
    assert "new_wick: New wick" in out
    assert "Still needed: Cleaning tried" in out
    assert "new_mantle" not in out


def test_explain_refuses_in_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "explain", CASES / "L13_gas.yaml", "--option", "new_wik")
    assert code == 65
    assert "unknown option 'new_wik'" in err
    assert "did you mean 'new_wick'" in err
    assert run(capsys, "explain", tmp_path / "none.yaml")[0] == 66
    bad = tmp_path / "bad.yaml"
    bad.write_text("as_of: 2026-10-31\nanswers:\n  flickr: yes\n", encoding="utf-8")
    code, _, err = run(capsys, "explain", bad)
    assert code == 65
    assert "bad.yaml:3:3: unknown finding 'flickr'" in err
