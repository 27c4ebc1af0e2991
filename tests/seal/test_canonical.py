"""The signature's own bytes, and the kinds of signature this program does not make."""

from __future__ import annotations

import pytest
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

from desktop_app.seal import canonical
from tests.seal.conftest import Clinic
from tests.seal.paper import plan_pdf

FILE = b"0123456<8A00>ABCDEF"


def test_the_gap_is_what_the_two_parts_leave() -> None:
    assert canonical.gap(FILE, [0, 7, 13, 6]) == b"<8A00>"


@pytest.mark.parametrize("byte_range", [
    [], [0, 7, 13], [0, 7, 13, 6, 0], [1, 6, 13, 6], [0, 7, 13, 5], [0, 7, 13, 7], [0, 13, 7, 12], [0, 7, 7, 12],
    [0, 7, 19, 0], [-1, 8, 13, 6], [0, -7, 13, 6], [0, 19, 30, -11],
])
def test_a_range_that_leaves_anything_else_out(byte_range: list[int]) -> None:
    assert canonical.gap(FILE, byte_range) is None


def test_the_signature_in_the_gap() -> None:
    assert canonical.signature_in(b"<3003020107>") == b"\x30\x03\x02\x01\x07"
    assert canonical.signature_in(b"<30030201070000>") == b"\x30\x03\x02\x01\x07"
    long = b"\x30\x81\x80" + b"\x05" * 128
    assert canonical.signature_in(b"<" + long.hex().upper().encode() + b"0000>") == long


@pytest.mark.parametrize("gap", [
    b"", b"<>", b"<30", b"(3003020107)", b"<3003020107 0>", b"<300302010700", b"<30030201070>", b"<30030201070001>",
    b"<3003020107\n0>", b"<3103020107>", b"<3005020107>", b"<30810302010700>", b"<3080020107000000>",
    b"<308200030201070000>", b"<3084>", b"<300a020107>", b"<30>", b"<\xff\xff>",
])
def test_a_gap_filled_in_another_way(gap: bytes) -> None:
    assert canonical.signature_in(gap) is None


@pytest.mark.parametrize("change", [
    {"docmdp_permissions": MDPPerm.FILL_FORMS}, {"docmdp_permissions": MDPPerm.ANNOTATE},
    {"certify": False}, {"subfilter": SigSeedSubFilter.ADOBE_PKCS7_DETACHED},
])
def test_a_signature_that_allows_later_changes_or_is_of_another_kind(
        clinic: Clinic, monkeypatch: pytest.MonkeyPatch, change: dict[str, object]) -> None:
    usual = signers.PdfSignatureMetadata
    monkeypatch.setattr(signers, "PdfSignatureMetadata", lambda **settings: usual(**(settings | change)))
    told = clinic.verify(clinic.sign(plan_pdf()))
    assert not told.accepted
    assert "does not forbid later changes" in told.problems[0]


def test_a_certifying_entry_that_names_something_else(clinic: Clinic, signed: bytes) -> None:
    reference = signed[signed.index(b"/DocMDP ") + 8:].split(b" ")[0]
    assert reference.isdigit()
    changed = signed.replace(b"/DocMDP " + reference, b"/DocMDP " + b"1".rjust(len(reference)), 1)
    assert not clinic.verify(changed).whole
