"""Runs PyInstaller so that the same source gives the same bytes, and lists them: the work behind `build/bundle`."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
OUT = ROOT / "out"
NAME = "lumbar-pathway"
SPEC = Path(__file__).with_name("lumbar-pathway.spec")
FIXED_TIME = 1735689600
"""Used where there is no history to take the time of the last change from: 1 January 2025."""


def time_of_source() -> int:
    """Seconds since 1970 that stand in everything that is built, from the last commit."""
    asked = subprocess.run(["git", "-C", str(ROOT), "log", "-1", "--format=%ct"], capture_output=True, text=True,
                           check=False)
    return int(asked.stdout) if asked.returncode == 0 and asked.stdout.strip() else FIXED_TIME


def hashes(folder: Path) -> str:
    """One line a file: SHA-256, its rights, its place; a link's line holds where it leads."""
    lines = []
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder).as_posix()
        if path.is_symlink():
            lines.append(f"link {path.readlink().as_posix()}  {place}")
        elif path.is_file():
            lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {place}")
    return "\n".join(lines) + "\n"


def build(target: Path, spec: Path = SPEC) -> Path:
    """The bundle's folder, made anew under ``target``."""
    with tempfile.TemporaryDirectory(prefix="lumbar-pathway-build-") as work:
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(time_of_source()), "PYTHONHASHSEED": "0",
                       "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8", "PYINSTALLER_CONFIG_DIR": work}
        subprocess.run(
            [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR",
             "--distpath", str(target), "--workpath", str(Path(work) / "work"), str(spec)],
            check=True, env=environment, cwd=ROOT)
    return target / spec.stem


def prepare() -> None:
    """What only Windows and macOS want beside the program: the icon in their forms, a version resource."""
    if sys.platform not in {"win32", "darwin"}:
        return
    import icons

    from desktop_app import VERSION

    icons.draw(OUT / "icons")
    numbers = ", ".join([*VERSION.split("."), "0", "0", "0"][:4])
    words = {"ProductName": "Lumbar Pathway", "FileDescription": "Offline clinical decision aid",
             "ProductVersion": VERSION, "FileVersion": VERSION, "LegalCopyright": "MIT licence"}
    told = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in words.items())
    (OUT / "version_info.txt").write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers=({numbers}), prodvers=({numbers})), kids=[StringFileInfo("
        f"[StringTable('040904B0', [{told}])]), VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n",
        encoding="utf-8")


def megabytes(folder: Path) -> float:
    """Size of all files, links not followed."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir()) / 1e6


def main(arguments: list[str]) -> int:
    OUT.mkdir(exist_ok=True)
    shutil.rmtree(OUT / NAME, ignore_errors=True)
    prepare()
    folder = build(OUT)
    listed = hashes(folder)
    (OUT / f"{NAME}.sha256").write_text(listed, encoding="utf-8")
    digest = hashlib.sha256(listed.encode()).hexdigest()
    print(f"{folder}: {len(listed.splitlines())} files, {megabytes(folder):.0f} MB, all together {digest}", flush=True)
    if "--twice" in arguments:
        with tempfile.TemporaryDirectory(prefix="lumbar-pathway-again-") as place:
            again = hashes(build(Path(place)))
        differing = sorted({line.split("  ")[1] for line in set(listed.splitlines()) ^ set(again.splitlines())})
        if differing:
            print("Built twice, these files differ:", *differing, sep="\n  ")
            return 1
        print("Built twice: every byte the same.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
