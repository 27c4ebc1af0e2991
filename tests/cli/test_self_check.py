"""`self-check` tells a working installation from one of which something is missing."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from desktop_app.cli.self_check import Step, run
from desktop_app.use_cases.errors import BadData

ROOT = Path(__file__).resolve().parents[2]
WHOLE = """
import sys
from pathlib import Path
from desktop_app import places
shipped = Path(sys.argv[1])
sys.modules.update(dict.fromkeys(sys.argv[2:]))  # these cannot be imported
places.shipped = lambda: shipped
from desktop_app.__main__ import main
sys.exit(main(["self-check"]))
"""


def _self_check(shipped: Path, home: Path, *without: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", WHOLE, str(shipped), *without], cwd=ROOT, capture_output=True,
                          text=True, env={**os.environ, "HOME": str(home), "DISPLAY": ""}, check=False)


@pytest.fixture
def little(tmp_path: Path) -> Path:
    """An installation with a few of the cases, so that a test is quick."""
    shutil.copytree(ROOT / "resources", tmp_path / "resources")
    cases = tmp_path / "resources" / "guidelines" / "lumbar_fracture_radicular_pain" / "cases"
    for case in cases.rglob("*.yaml"):
        if not case.name.startswith("c01"):
            case.unlink()
    return tmp_path


def test_a_working_installation_says_so_part_by_part(little: Path) -> None:
    ran = _self_check(little, little)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert [line.split("  ")[0] for line in ran.stdout.splitlines()[:-1]] == ["ok"] * 9
    for part in ("Guideline", "Window, fonts and icons", "Printers, lock", "Languages", "Store made and reopened",
                 "Scripts of the", "Care plan signed", "Pages on the screen", "Keys on cards and tokens"):
        assert part in ran.stdout
    assert ran.stdout.splitlines()[-1].startswith("Everything works.")


def test_what_is_missing_is_named_and_the_rest_is_still_checked(little: Path) -> None:
    (little / "resources" / "fonts" / "NotoSans-Bold.ttf").write_bytes(b"no font")
    case = little / "resources" / "guidelines" / "lumbar_fracture_radicular_pain" / "cases" / "c01.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("ceiling: ", "ceiling: NO", 1), encoding="utf-8")
    ran = _self_check(little, little)
    assert ran.returncode == 1
    assert "FAILED  Window, fonts and icons: These fonts cannot be used: NotoSans-Bold.ttf" in ran.stdout
    assert "FAILED  Guideline" in ran.stdout
    assert "ok      Languages" in ran.stdout


def test_a_library_that_is_missing_is_noticed_though_nobody_needs_it_to_sign(little: Path) -> None:
    """Of a bundle from which too much was pruned: the preview, Arabic and tokens would fail in front of a patient."""
    ran = _self_check(little, little, "bidi", "pkcs11", "pypdfium2")
    told = {line.split(":")[0]: line for line in ran.stdout.splitlines()}
    assert ran.returncode == 1
    for part, library in (("Scripts of the patient's sheet", "bidi"), ("Keys on cards and tokens", "pkcs11"),
                          ("Pages on the screen and code on paper", "pypdfium2")):
        assert library in told[f"FAILED  {part}"]
    assert "ok      Care plan signed and verified" in told
    assert ran.stdout.splitlines()[-1].startswith("3 of 9 checks failed.")


def test_an_error_of_ours_in_one_part_does_not_hide_the_others() -> None:
    def breaks(_place: Path) -> str:
        raise KeyError("x")

    def refuses(_place: Path) -> str:
        raise BadData("The store did not hold it.")

    out = io.StringIO()
    steps = [Step("First", breaks), Step("Second", refuses), Step("Third", lambda _place: "fine")]
    assert run(Namespace(), steps, out) == 1
    first, second, third, last = out.getvalue().splitlines()
    assert first == "FAILED  First: KeyError: 'x'"
    assert second == "FAILED  Second: The store did not hold it."
    assert third == "ok      Third: fine"
    assert last.startswith("2 of 3 checks failed.")
