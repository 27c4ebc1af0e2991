"""The setup for Windows, compiled as the workflow compiles it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PACKAGING = Path(__file__).resolve().parents[2] / "build" / "packaging"
sys.path.insert(0, str(PACKAGING))

import icons  # noqa: E402  its folder has to be named before

SCRIPT = PACKAGING / "windows" / "lumbar-pathway.nsi"


def compiled(bundle: Path, made: Path, version: str, *more: str) -> str:
    """Make the setup of a bundle and tell what the compiler said; its pictures are drawn beside it."""
    drawn = made.parent / "icons"
    if not drawn.exists():
        icons.draw(drawn)
    ran = subprocess.run(["makensis", "-V4", *more, f"-DVERSION={version}", f"-DBUNDLE={bundle}", f"-DICONS={drawn}",
                          f"-DOUT={made}", str(SCRIPT)],
                         capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr
    assert "warning" not in ran.stdout.lower(), [line for line in ran.stdout.splitlines() if "warning" in line.lower()]
    return ran.stdout
