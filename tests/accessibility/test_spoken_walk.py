"""No word is cut and nothing lies out of reach in the other languages of the screens: their sentences are longer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("scale", ["1.0", "2.0"])
@pytest.mark.parametrize("code", ["es", "fr"])
def test_no_word_is_cut_in_another_language(code: str, scale: str) -> None:
    """A process of its own: the language is chosen before anything of the program is imported."""
    ran = subprocess.run([sys.executable, "-m", "tests.accessibility.spoken_walk", code, scale], cwd=ROOT,
                         capture_output=True, text=True, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    walked = json.loads(ran.stdout)
    assert walked["pages"] > 100
    assert not walked["faults"], "\n".join(walked["faults"])
