"""PySide6's own Python part, compiled once: it lies as packed source in a library and is compiled anew at each start.

PySide6 looks for a folder ``files.dir`` beside Shiboken first, and writes one itself when ``SBK_EMBED`` is 0. Here it
does so for a copy of Shiboken that is thrown away; the bundle gets its modules as bytecode.
"""

from __future__ import annotations

import importlib.util
import os
import py_compile
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = "shiboken6/files.dir"


def signature_files(work: Path) -> list[tuple[str, str]]:
    """Every module as bytecode, made under ``work``, with its folder in the bundle."""
    found = importlib.util.find_spec("shiboken6")
    if found is None or found.origin is None:
        raise SystemExit("shiboken6 is not installed: make .venv anew from requirements.lock.")
    place = work / "precompiled"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(Path(found.origin).parent, place / "shiboken6", ignore=shutil.ignore_patterns("include"))
    subprocess.run([sys.executable, "-c", "import shiboken6"], check=True, cwd=place,
                   env={**os.environ, "PYTHONPATH": str(place), "SBK_EMBED": "0"})
    unpacked = place / FOLDER
    made = []
    for source in sorted(unpacked.rglob("*.py")):
        name = source.relative_to(unpacked)
        compiled = source.with_suffix(".pyc")
        py_compile.compile(str(source), str(compiled), dfile=name.as_posix(), doraise=True,
                           invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
        made.append((str(compiled), (Path(FOLDER) / name.parent).as_posix()))
    if not made:
        raise SystemExit("Shiboken did not write its Python part: look at build/packaging/precompiled.py.")
    return made
