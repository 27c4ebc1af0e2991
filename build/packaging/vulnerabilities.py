"""Known weaknesses of the pinned packages, asked with pip-audit: one package that was not looked up fails the check."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bundle import ROOT
from parts import plain
from sbom import locked

FOUND, NOT_WHOLE = 1, 2


def judge(answer: dict[str, Any], wanted: set[str]) -> tuple[int, list[str]]:
    """Exit code and lines: 0 when every wanted package was looked up and none has a known weakness."""
    lines: list[str] = []
    looked_up: set[str] = set()
    code = 0
    for entry in answer["dependencies"]:
        name = plain(entry["name"])
        if reason := entry.get("skip_reason"):
            lines.append(f"{name}: was not looked up: {reason}")
            continue
        looked_up.add(name)
        for weakness in entry["vulns"]:
            code = FOUND
            mended = ", ".join(weakness.get("fix_versions") or ()) or "no version"
            lines.append(f"{name} {entry['version']}: {weakness['id']}, mended in {mended}")
    if missing := sorted(wanted - looked_up):
        lines.append(f"Not looked up: {', '.join(missing)}. Nothing can be said about them.")
        return NOT_WHOLE, lines
    return code, [*lines, f"{len(looked_up)} packages looked up."]


def main() -> int:
    wanted = set(locked(ROOT / "requirements.lock"))
    asked = subprocess.run(
        [sys.executable, "-m", "pip_audit", "-r", str(ROOT / "requirements.lock"), "--disable-pip", "--require-hashes",
         "--format", "json", "--progress-spinner", "off"], capture_output=True, text=True, check=False)
    try:
        answer = json.loads(asked.stdout)
    except json.JSONDecodeError:
        print("The list of known weaknesses gave no answer. Nothing was checked.")
        print(*asked.stderr.splitlines()[-3:], sep="\n")
        return NOT_WHOLE
    code, lines = judge(answer, wanted)
    print(*lines, sep="\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
