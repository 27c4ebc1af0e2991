"""Small inputs that ask for much: memory, time, depth, or files that are not theirs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from asn1crypto.pkcs12 import Pfx
from cryptography.hazmat.primitives.serialization import Encoding

from desktop_app.seal import keyfile, pki
from desktop_app.seal.keyfile import Effort
from tests.hostile.importers import importers
from tests.seal.conftest import new_clinic

HUGE = 4 * 1024**3
DEEP = 100_000


@cache
def bombs() -> dict[str, tuple[str, bytes]]:
    """Name of the bomb to name of the importer and the bytes."""
    found = dict(_yaml())
    found.update(_pdf())
    found.update({
        "a key file deeper than any": ("key file", b"[" * DEEP + b"]" * DEEP),
        "a key file that wants a terabyte": ("key file", _costly_key_file(Effort(1, 2**30))),
        "a key file of endless rounds": ("key file", _costly_key_file(Effort(2**31, 8))),
        "a key that takes hours to open": ("certificate and key (PKCS#12)", _slow_key()),
        "a backup with an endless number": ("backup", re.sub(rb'"number": \d+', b'"number": 1e999', _sample("backup"))),
        "a certificate of a hundred megabytes": (
            "certificate of a clinic", b"-----BEGIN CERTIFICATE-----\n" + b"A" * 100_000_000),
        "a certificate of a version that does not exist": ("certificate of a clinic", _future_certificate()),
        "ten thousand certificates": (
            "certificate of a clinic", pki.to_pem(new_clinic().authority.certificate) * 10_000),
        "a code of ten million digits": ("code from paper", b"shc:/" + b"45" * 5_000_000),
    })
    return found


def _sample(name: str) -> bytes:
    return next(one.samples[0] for one in importers() if one.name == name)


def _costly_key_file(effort: Effort) -> bytes:
    file = keyfile.from_bytes(_sample("key file"))
    return keyfile.to_bytes(replace(file, slots=tuple(replace(slot, effort=effort) for slot in file.slots)))


def _slow_key() -> bytes:
    file = Pfx.load(new_clinic().p12)
    file["mac_data"]["iterations"] = 2**31 - 1
    raw: bytes = file.dump(force=True)
    return raw


def _future_certificate() -> bytes:
    raw = new_clinic().authority.certificate.public_bytes(Encoding.DER)
    return raw.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x0a", 1)


def _yaml() -> Iterator[tuple[str, tuple[str, bytes]]]:
    laughs = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        f"{chr(98 + at)}: &{chr(98 + at)} [{','.join([f'*{chr(97 + at)}'] * 9)}]\n".encode() for at in range(9))
    for importer, head in (("case file", b""), ("content pack", b"pack.yaml\n")):
        yield f"a billion laughs as a {importer}", (importer, head + laughs)
        yield f"a {importer} deeper than any", (importer, head + b"[" * DEEP)
        yield f"a {importer} of a hundred megabytes", (importer, head + b"a: " + b"x" * 100_000_000)
        yield f"a {importer} that runs something", (importer, head + b"!!python/object/apply:os.system [touch /tmp/x]")
        yield f"a {importer} with a name of ten million letters", (importer, head + b"x" * 1_900_000 + b": y")


def _pdf() -> Iterator[tuple[str, tuple[str, bytes]]]:
    signed = _sample("signed PDF")
    packer = zlib.compressobj(9)
    head = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)  # stands for itself wherever it stands
    packed = head + block * (HUGE >> 24)
    stream = b"9 0 obj\n<< /Type /XRef /Size 9 /W [1 4 2] /Root 1 0 R /Filter /FlateDecode /Length %d >>\nstream\n"
    body = b"%PDF-1.7\n" + stream % len(packed) + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
    yield "a PDF that unfolds to four gigabytes", ("signed PDF", body)
    yield "a PDF deeper than any", ("signed PDF", signed.replace(b"/Kids", b"/Deep " + b"[" * DEEP + b" /Kids", 1))
    yield "a PDF whose table leads back to itself", ("signed PDF", signed.replace(b"startxref\n", b"startxref\n9", 1))
    yield "a PDF of a hundred thousand objects", (
        "signed PDF", b"%PDF-1.7\n" + b"".join(b"%d 0 obj\nnull\nendobj\n" % n for n in range(1, 100_000))
        + b"trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n")
