"""The real bundle, built once: it runs pruned as it is, the setup for Windows takes every file, links stay inside."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "build" / "packaging"
sys.path.insert(0, str(PACKAGING))

import bundle  # noqa: E402  its folder has to be named before

from desktop_app import VERSION  # noqa: E402
from tests.packaging import nsis  # noqa: E402

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundle.build(tmp_path_factory.mktemp("bundle")) / bundle.NAME


def _run(program: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    return subprocess.run([str(program), *arguments], env=environment, capture_output=True, text=True, check=False)


def test_it_says_its_version_and_finds_nothing_wrong_with_itself(program: Path, tmp_path: Path) -> None:
    assert _run(program, tmp_path, "--version").stdout.strip() == f"lumbar-pathway {VERSION}"
    checked = _run(program, tmp_path, "self-check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


NOT_TRIED = {
    "libQt6WaylandClient", "libQt6XcbQpa", "libxcb", "libxkbcommon-x11",  # a screen: try-install has one
    "platforminputcontexts", "wayland-decoration-client", "wayland-shell-integration", "printsupport",  # likewise
    "lib-dynload",  # of Python's own library
}
"""Beginnings of names, or folders, of what the self-check of a bundle need not load."""


def test_its_self_check_loads_every_library_that_it_ships(program: Path, tmp_path: Path) -> None:
    """So that nothing can be pruned, or be lost on a stick, without the self-check of the installed program failing."""
    trace = tmp_path / "trace"
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    subprocess.run(["strace", "-f", "-qq", "-e", "trace=openat,open", "-o", str(trace), str(program), "self-check"],
                   env=environment, capture_output=True, check=True)
    opened = {Path(name).resolve() for name in re.findall(r'open(?:at)?\([^"]*"([^"]+\.so[^"]*)"[^=]*= \d',
                                                         trace.read_text(errors="replace"))}
    shipped = {path.resolve() for path in program.parent.rglob("*.so*") if path.is_file()}
    left = {path for path in shipped - opened
            if not any(path.name.startswith(name) or name in path.parts for name in NOT_TRIED)}
    assert not left, sorted(str(path.relative_to(program.parent.resolve())) for path in left)


@pytest.mark.parametrize(("arguments", "code"), [
    (["--read-only", "--until-ready"], 66), (["--no-such-option"], 2), (["verify", "gone.pdf"], 66),
    (["--open", "letter.odt"], 65), (["--open", "gone.lumbar-case"], 66), (["plan", "gone.yaml"], 66)])
def test_it_ends_with_the_codes_of_the_manual(program: Path, tmp_path: Path, arguments: list[str], code: int) -> None:
    ran = _run(program, tmp_path, *arguments)
    assert ran.returncode == code, ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_case_is_planned_from_any_folder(program: Path, tmp_path: Path) -> None:
    case = ROOT / "resources" / "guidelines" / "lumbar_fracture_radicular_pain" / "cases" / "c01.yaml"
    ran = _run(program, tmp_path, "plan", str(case), "--pdf", str(tmp_path / "plan.pdf"))
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF-")


def test_no_link_leads_out_of_it(program: Path) -> None:
    for path in program.parent.rglob("*"):
        if path.is_symlink():
            assert path.resolve().is_relative_to(program.parent.resolve()), path
            assert path.exists(), path


def test_the_setup_for_windows_takes_every_file(program: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    shutil.copytree(program.parent, folder)  # links become files, as they do on Windows
    (folder / bundle.NAME).rename(folder / f"{bundle.NAME}.exe")
    shutil.copyfile(folder / f"{bundle.NAME}.exe", folder / f"{bundle.NAME}-cli.exe")
    told = nsis.compiled(folder, tmp_path / "setup.exe", VERSION,
                         "-XSetCompressor /FINAL zlib", "-XSetCompress off")  # the list counts, not the size
    section = told[told.index('Section: "Program"'):]
    taken = Counter(re.findall(r'^File: "([^"]+)"', section, re.MULTILINE))
    wanted = Counter(path.name for path in folder.rglob("*") if path.is_file())
    assert not wanted - taken
