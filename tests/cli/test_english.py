"""The command line speaks English whatever the desktop and the screens speak: scripts and technicians read it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app import language, places

ROOT = Path(__file__).resolve().parents[2]
CASE = places.guideline() / "cases" / "c01.yaml"
COMMANDS = (
    ("--help",),
    ("plan", "--help"),
    ("plan", str(CASE), "--as-of", "2026-11-12", "--json", "-"),
    ("plan", str(CASE), "--as-of", "2026-11-12"),
    ("plan", "gone.yaml"),
    ("guideline", "explain", str(CASE)),
    ("guideline", "findings"),
    ("hazards",),
    ("verify", "gone.pdf"),
    ("verify", str(CASE)),
    ("backup",),
    ("restore", "gone"),
    ("audit", "show"),
    ("timestamp", "gone.pdf", "--authority", "nowhere"),
)
RUN = """
import sys
from desktop_app.__main__ import main
for line in sys.stdin.read().splitlines():
    try:
        code = main(line.split("\\t"))
    except SystemExit as ended:
        code = ended.code
    print("==", line, code)
    print("==", line, code, file=sys.stderr)
"""


def said(home: Path, **environment: str) -> tuple[str, str]:
    """What a process says that has been given every command, and what it complains of."""
    ran = ran_with(home, "\n".join("\t".join(one) for one in COMMANDS), environment)
    return ran.stdout.decode(), ran.stderr.decode()


def ran_with(home: Path, lines: str, environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", RUN], input=lines.encode(), cwd=ROOT, capture_output=True, check=True,
                          env={"PATH": os.environ["PATH"], "HOME": str(home), **environment})


@pytest.mark.parametrize("code", ["fr", "es"])
def test_every_command_says_the_same_as_in_english(tmp_path: Path, code: str) -> None:
    settings = tmp_path / ".config" / "lumbar-pathway"
    settings.mkdir(parents=True)
    english = said(tmp_path)
    assert "Urgent" in english[0]
    assert english[1].count("==") == len(COMMANDS)
    (settings / language.FILE).write_text(code, encoding="ascii")
    place = f"{code}_{code.upper()}.UTF-8"
    assert said(tmp_path, LANG=place, LC_ALL=place, LANGUAGE=code) == english


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_that_lacks_letters_stops_nothing(tmp_path: Path, encoding: str) -> None:
    """As on Windows, where the words go into a file. What machines read is UTF-8 all the same."""
    plain = ran_with(tmp_path, f"plan\t{CASE}\t--as-of\t2026-11-12", {"PYTHONIOENCODING": encoding})
    assert b"Urgent" in plain.stdout
    assert plain.stderr.split()[-1:] == [b"0"]
    assert "Guideline content not clinically approved" in plain.stdout.decode(encoding)
    record = ran_with(tmp_path, f"plan\t{CASE}\t--as-of\t2026-11-12\t--json\t-", {"PYTHONIOENCODING": encoding})
    assert json.loads(record.stdout[:record.stdout.rindex(b"==")])["tier"]
    findings = ran_with(tmp_path, "guideline\tfindings\t--json", {"PYTHONIOENCODING": encoding})
    assert json.loads(findings.stdout[:findings.stdout.rindex(b"==")])["findings"]
