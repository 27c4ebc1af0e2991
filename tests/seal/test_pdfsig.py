"""Debian's own checker of PDF signatures comes to the same verdict; it shares no code with ours."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.seal.conftest import Clinic
from tests.seal.paper import plan_pdf


def pdfsig(path: Path, content: bytes) -> str:
    tool = shutil.which("pdfsig")
    assert tool, "pdfsig is missing: install poppler-utils"
    path.write_bytes(content)
    # Without a home it finds no certificate store of somebody's; whether the clinic is trusted is not asked.
    done = subprocess.run([tool, "-nocert", str(path)], capture_output=True, check=False, timeout=60,
                          env={"HOME": str(path.parent), "LC_ALL": "C.UTF-8"})
    return done.stdout.decode("utf-8", "replace")


def test_the_signed_plan_is_valid_and_whole(signed: bytes, tmp_path: Path) -> None:
    said = pdfsig(tmp_path / "plan.pdf", signed)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert said.count("Signature #") == 1


def test_the_unsigned_plan_has_no_signature(tmp_path: Path) -> None:
    assert "Signature #1" not in pdfsig(tmp_path / "plan.pdf", plan_pdf())


@pytest.mark.parametrize("more", [b"\n", b"% a remark\n%%EOF\n"])
def test_appended_bytes_are_not_the_total_document(signed: bytes, tmp_path: Path, more: bytes) -> None:
    said = pdfsig(tmp_path / "plan.pdf", signed + more)
    assert "Not total document signed" in said


def test_changes_inside_the_signed_range(clinic: Clinic, signed: bytes, tmp_path: Path) -> None:
    start = signed.index(b"/Contents <")
    end = signed.index(b">", start)
    chance = random.Random(60)
    outside = [*range(start), *range(end + 2, len(signed))]
    places = chance.sample(outside, 60)
    for place in places:
        changed = bytearray(signed)
        changed[place] ^= 1 << chance.randrange(8)
        said = pdfsig(tmp_path / "plan.pdf", bytes(changed))
        assert "Signature is Valid" not in said or "Not total document signed" in said, f"byte {place}"
        assert not clinic.verify(bytes(changed)).accepted, f"byte {place}"
