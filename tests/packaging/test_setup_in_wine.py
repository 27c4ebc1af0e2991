"""The setup for Windows, run under Wine: for one user and for all, over an older one, while open, and away again.

What it puts in place is a small stand-in for the program: no Windows was at hand to build the real one on.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging import nsis

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.long
OWN = r"Software\LumbarPathway"
UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\LumbarPathway"
TYPES = (r"Software\Classes\.lumbar-case", r"Software\Classes\.lumbar-pack", r"Software\Classes\LumbarPathway.Case",
         r"Software\Classes\LumbarPathway.Pack")
STILL_OPEN = 75


class Windows:
    """A Windows of its own, that Wine makes in a folder."""

    def __init__(self, folder: Path) -> None:
        self.env = {**os.environ, "WINEPREFIX": str(folder), "WINEDEBUG": "-all", "DISPLAY": "", "LC_ALL": "C.UTF-8"}
        self.disk = folder / "drive_c"
        self.run("wineboot", "-i")
        (self.local,) = (self.disk / "users").glob("*/AppData/Local")
        self.menu = "Microsoft/Windows/Start Menu/Programs"

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["wine", *command], env=self.env, capture_output=True, text=True, check=False,
                              timeout=120)

    def settled(self) -> None:
        """Wait until the last program in it has ended: an uninstaller goes on in a copy of itself."""
        subprocess.run(["wineserver", "-w"], env=self.env, check=False, timeout=120)

    def entry(self, root: str, key: str, name: str = "") -> str | None:
        """The value of an entry in the registry; None where it is not there."""
        ran = self.run("reg", "query", rf"{root}\{key}", *(("/v", name) if name else ("/ve",)), "/reg:64")
        if ran.returncode:
            return None
        return next(line.split(maxsplit=2)[2] for line in reversed(ran.stdout.splitlines()) if "REG_" in line)

    def nothing_of_it(self, root: str) -> bool:
        return all(self.run("reg", "query", rf"{root}\{key}", "/reg:64").returncode for key in (OWN, UNINSTALL, *TYPES))

    def links(self) -> set[str]:
        return {path.name for path in self.disk.rglob("Lumbar Pathway*.lnk")}


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    made = Windows(tmp_path / "windows")
    yield made
    subprocess.run(["wineserver", "-k"], env=made.env, check=False)


@pytest.fixture
def setups(tmp_path: Path, windows: Windows) -> tuple[Path, Path]:
    """The setups of two versions. Wine's command interpreter stands for the program: it stays open without a screen."""
    bundle = tmp_path / "bundle"
    (bundle / "_internal" / "resources").mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", bundle / "_internal" / "LICENSE")
    (bundle / "_internal" / "resources" / "words-é.txt").write_text("é", encoding="utf-8")
    for name in ("lumbar-pathway.exe", "lumbar-pathway-cli.exe"):
        shutil.copyfile(windows.disk / "windows" / "system32" / "cmd.exe", bundle / name)
    made = [tmp_path / f"lumbar-pathway-{version}.exe" for version in ("0.1.0", "0.2.0")]
    for setup in made:
        nsis.compiled(bundle, setup, setup.stem.rpartition("-")[2])
    return made[0], made[1]


def program_of(windows: Windows) -> Path:
    return windows.local / "Programs" / "Lumbar Pathway"


def test_for_one_user_over_an_older_version_and_away_again(windows: Windows, setups: tuple[Path, Path]) -> None:
    old, new = setups
    program = program_of(windows)
    assert windows.run(str(old), "/S").returncode == 0
    assert windows.entry("HKCU", UNINSTALL, "DisplayVersion") == "0.1.0"
    records = windows.local / "Lumbar Pathway" / "records.db"
    records.parent.mkdir()
    for file in (records, program / "my-notes.txt", program / "_internal" / "of-the-old-one.dll"):
        file.write_text("kept or not", encoding="utf-8")

    assert windows.run(str(new), "/S").returncode == 0
    assert windows.entry("HKCU", UNINSTALL, "DisplayVersion") == "0.2.0"
    assert (program / "_internal" / "resources" / "words-é.txt").read_text(encoding="utf-8") == "é"
    assert not (program / "_internal" / "of-the-old-one.dll").exists()
    assert (program / "my-notes.txt").exists()
    assert records.exists()
    opened_by = windows.entry("HKCU", TYPES[2] + r"\shell\open\command") or ""
    assert opened_by.endswith(r'\AppData\Local\Programs\Lumbar Pathway\lumbar-pathway.exe" --open "%1"')
    assert windows.entry("HKCU", TYPES[0]) == "LumbarPathway.Case"
    assert windows.entry("HKCU", TYPES[1]) == "LumbarPathway.Pack"
    assert windows.links() == {"Lumbar Pathway.lnk", "Lumbar Pathway (training).lnk"}
    assert windows.nothing_of_it("HKLM")

    windows.run(str(program / "uninstall.exe"), "/S")
    windows.settled()
    assert sorted(path.name for path in program.iterdir()) == ["my-notes.txt"]
    assert records.exists()
    assert windows.nothing_of_it("HKCU")
    assert not windows.links()


def test_for_all_users(windows: Windows, setups: tuple[Path, Path]) -> None:
    assert windows.run(str(setups[0]), "/S", "/ALLUSERS").returncode == 0
    program = windows.disk / "Program Files" / "Lumbar Pathway"
    assert (program / "lumbar-pathway.exe").is_file()
    assert windows.entry("HKLM", UNINSTALL, "DisplayVersion") == "0.1.0"
    assert windows.nothing_of_it("HKCU")
    assert (windows.disk / "ProgramData" / windows.menu / "Lumbar Pathway.lnk").is_file()
    windows.run(str(program / "uninstall.exe"), "/S")
    windows.settled()
    assert not program.exists()
    assert windows.nothing_of_it("HKLM")
    assert not windows.links()


@pytest.mark.parametrize("name", ["lumbar-pathway.exe", "lumbar-pathway-cli.exe"])
def test_while_the_program_is_open_nothing_is_changed(windows: Windows, setups: tuple[Path, Path], name: str) -> None:
    old, new = setups
    assert windows.run(str(old), "/S", r"/D=C:\lp").returncode == 0
    program = windows.disk / "lp"
    before = {path: path.read_bytes() for path in program.rglob("*") if path.is_file()}
    with subprocess.Popen(["wine", str(program / name)], env=windows.env, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as still_open:
        assert still_open.stdout is not None
        assert still_open.stdout.readline()  # it runs
        assert windows.run(str(new), "/S", r"/D=C:\lp").returncode == STILL_OPEN
        assert windows.run(str(program / "uninstall.exe"), "/S", r"_?=C:\lp").returncode == STILL_OPEN
        assert {path: path.read_bytes() for path in program.rglob("*") if path.is_file()} == before
        assert windows.entry("HKCU", UNINSTALL, "DisplayVersion") == "0.1.0"
        assert windows.links()
        still_open.communicate(b"exit\r\n", timeout=60)
    assert windows.run(str(new), "/S", r"/D=C:\lp").returncode == 0
    assert windows.entry("HKCU", UNINSTALL, "DisplayVersion") == "0.2.0"
