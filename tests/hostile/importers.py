"""Every place where bytes from outside come in: samples that are right, words that matter there, and how to read them.

An importer either takes what it is given or refuses it with an error that a person can act on; nothing else.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from db.backup import MANIFEST, PLACES_FILE, backups_in, places_of, require_true
from db.kept_backups import places_found
from db.profile import create_profile
from db.whereabouts import read_key_file
from desktop_app.documents.logo import KEPT, read_logo
from desktop_app.engine.cases import load_case
from desktop_app.engine.loader import load_pack
from desktop_app.engine.problems import ContentError
from desktop_app.seal import keyfile, pkcs12, pki
from desktop_app.seal.editions import check_edition, check_publishers
from desktop_app.seal.health_card import PREFIX
from desktop_app.seal.keyfile import Effort
from desktop_app.seal.publishing import packed
from desktop_app.seal.sign import open_signer
from desktop_app.seal.trust import trusted_clinics
from desktop_app.seal.verify import verify
from desktop_app.seal.verify_code import verify_code
from desktop_app.use_cases.backups import BackupPlaces
from desktop_app.use_cases.errors import BadData, LumbarError
from desktop_app.use_cases.keys import KeyUser, OpenedKeys
from desktop_app.use_cases.ports import AuditChain, Verification
from desktop_app.use_cases.proof import PaperSummary, SummaryLine
from desktop_app.widgets.kept_look import FILE as LOOK_FILE
from desktop_app.widgets.kept_look import KeptLook, Look
from tests.documents.logos import logo
from tests.engine.lighthouse import CASES, FOLDER, lighthouse
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, cheap_keeper
from tests.seal.conftest import SECRET, Clinic, new_clinic
from tests.seal.paper import plan_pdf
from tests.seal.test_editions import CONTENT, publisher

REFUSALS = (LumbarError, ContentError)
_YAML = (b"[]", b"{}", b"&a x", b"*a", b"!!python/object:os.system", b"- - - -", b"'", b"\t", b"9" * 400, b"nan",
         b"1e999", b"2026-13-45", b"unknown", b"\xff\xfe", b"\x00", b"? ", b": ", b"../../../etc/passwd", b"<<: *a")
_PDF = (b"/Contents", b"/ByteRange", b"/JavaScript", b"/OpenAction", b"<<", b">>", b"stream", b"endobj", b"99999999999",
        b"/FlateDecode", b"/Prev 0", b"/Encrypt", b"/ObjStm", b"/Parent 1 0 R", b"obj", b"[0 1 2]", b"null")
_DER = (b"\x30\x84\xff\xff\xff\xff", b"\x30\x80", b"\x00\x00", b"\x06\x09", b"\x02\x81\x80", b"\xa0\x82\xff\xff")
_ZIP = (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"content/", b"metadata/2.root.json", b"../", b"\xff" * 4)
_PICTURE = (b"IHDR", b"IDAT", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"zTXt", b"iCCP", b"acTL", b"eXIf",
            b"\xff\xda", b"\xff\xc0", b"\xff\xe1", b"\xff\xd9", b"<svg", b"II*\x00")
_JSON = (b"null", b"[]", b"{}", b"1e999", b"\\u0000", b"-1", b"true", b'"kib": 99999999999', b'"rounds": 0', b"NaN")


@dataclass(frozen=True, slots=True)
class Importer:
    """``read`` takes the bytes, or raises one of ``REFUSALS``."""

    name: str
    samples: Sequence[bytes]
    words: Sequence[bytes]
    read: Callable[[bytes], object]


@cache
def importers() -> tuple[Importer, ...]:
    """Made once: samples of a throw-away clinic."""
    clinic = new_clinic()
    signed = clinic.sign(plan_pdf())
    trust, code = clinic.trust, _code(clinic)
    return (
        Importer("case file", [path.read_bytes() for path in sorted(CASES.glob("*.yaml"))], _YAML, _read_case),
        Importer("content pack", _pack_samples(), _YAML, _read_pack),
        Importer("key file", [keyfile.to_bytes(_key_file())], _JSON, _open_key_file),
        Importer("certificate and key (PKCS#12)", [clinic.p12], _DER, lambda raw: pkcs12.read(raw, SECRET)),
        Importer("certificate of a clinic", [pki.to_pem(clinic.authority.certificate)],
                 (b"-----BEGIN CERTIFICATE-----", b"\n\n", b"====", *_DER), lambda raw: trusted_clinics([raw])),
        Importer("signed PDF", [signed, plan_pdf()], _PDF, lambda raw: _believed(verify(raw, trust), raw == signed)),
        Importer("edition of the guideline", [publisher().edition(), packed({"a": b"b"})], _ZIP, _read_edition),
        Importer("list of publishers", [publisher().root], (*_JSON, b'"threshold": 0', b'"keyids": []', b'"_type"'),
                 check_publishers),
        Importer("backup", [(_backup_place() / MANIFEST).read_bytes()], (*_JSON, b"../store.db"), _read_backup),
        Importer("places of the backups", [_PLACES], _JSON, _read_places),
        Importer("look of the window", [_LOOK], (*_JSON, b"-1e9", b"dark"), _read_look),
        Importer("logo of the clinic", [logo(), logo("JPEG")], _PICTURE, lambda raw: _is_plain(read_logo(raw))),
        Importer("code from paper", [code], (b"shc:/", b"9" * 40, b"\xc3\xa9", b" ", b"00"),
                 lambda raw: _believed(verify_code(raw.decode("utf-8", "replace"), trust), _same(raw, code))),
    )


def _is_plain(kept: bytes) -> bytes:
    """What is kept was drawn anew: small, and read again as it is."""
    if len(kept) > 4 * KEPT[0] * KEPT[1] or not kept.startswith(b"\x89PNG"):
        raise AssertionError("kept as it came")
    return kept


def _believed(told: Verification, true: bool) -> Verification:
    """A check refuses in its answer. What was changed and is believed all the same is the worst there is."""
    if told.accepted and not true:
        raise AssertionError("changed and accepted")
    if not told.accepted:
        raise BadData(" ".join(told.sentences))
    return told


def _same(raw: bytes, code: bytes) -> bool:
    """What is proved are the digits. Scanners put spaces between them and type the signs before them as they can, with
    a digit in the place of the colon or the stroke too.
    """
    return _digits(raw) == _digits(code)


def _digits(raw: bytes) -> list[str]:
    after = "".join(raw.decode("utf-8", "replace").split())[len(PREFIX):]
    return [sign for sign in after if sign in "0123456789"]


def _read_edition(raw: bytes) -> object:
    found = check_edition(raw, publisher().root)
    if found.content != CONTENT:
        raise AssertionError("changed and accepted")
    return found


def _read_case(raw: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.yaml"
        path.write_bytes(raw)
        return load_case(path, lighthouse())


@cache
def _backup_place() -> Path:
    folder = Path(tempfile.mkdtemp())
    opened = create_profile(folder / "profile", CLINIC, CLINICIAN, PASSPHRASE, NOW, cheap_keeper())
    [made] = opened.back_up(NOW, BackupPlaces(folder / "backups"), always=True).made
    opened.close()
    return made.path


@cache
def _backup_chain() -> AuditChain:
    keeper = cheap_keeper()
    return keeper.chain(keeper.unlock(read_key_file(_backup_place()), CLINICIAN.id, PASSPHRASE))


def _read_backup(raw: bytes) -> object:
    """Listed, compared with its files, and with its key."""
    folder = _backup_place()
    kept = (folder / MANIFEST).read_bytes()
    (folder / MANIFEST).write_bytes(raw)
    try:
        backups_in(folder.parent)
        found = require_true(folder, _backup_chain())
    finally:
        (folder / MANIFEST).write_bytes(kept)
    if raw != kept:
        raise AssertionError("changed and accepted")
    return found


_PLACES = b'{"folder": "/srv/clinic/backups", "stick": "/media/stick/Lumbar Pathway backups"}'
_LOOK = json.dumps(Look("dark", 1.5, 10, 20, 1200, 800, maximised=True)._asdict(), indent=1).encode()


def _read_places(raw: bytes) -> object:
    """A damaged file is the same as none; what is told of whatever it names never fails either."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / PLACES_FILE).write_bytes(raw)
        places_found(Path(folder))
        found = places_of(Path(folder))
        if found == BackupPlaces(Path(folder) / "backups"):
            raise BadData("The usual places.")
        return found


def _read_look(raw: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / LOOK_FILE).write_bytes(raw)
        look = KeptLook(Path(folder)).now
        if look == Look():
            raise BadData("The usual look.")
        return look


@cache
def _pack_place() -> Path:
    folder = Path(tempfile.mkdtemp()) / "pack"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("cases", "README.md"))
    return folder


def _pack_samples() -> list[bytes]:
    """Each file of the small pack behind a line with its place."""
    folder = _pack_place()
    return [f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes() for path in folder.rglob("*.yaml")]


def _read_pack(raw: bytes) -> object:
    """The file takes the place that its first line names, or that of the findings' first file."""
    folder = _pack_place()
    name, _, content = raw.partition(b"\n")
    known = {str(path.relative_to(folder)).encode(): path for path in folder.rglob("*.yaml")}
    path = known.get(name) or known[min(known)]
    kept = path.read_bytes()
    path.write_bytes(content)
    try:
        return load_pack(folder)
    finally:
        path.write_bytes(kept)


@cache
def _key_file() -> keyfile.KeyFile:
    cheap = Effort(rounds=1, kib=8)
    keys = OpenedKeys("u1", "store", b"s" * keyfile.KEY_BYTES, b"p" * keyfile.KEY_BYTES)
    return keyfile.with_user(keyfile.new("store", keys.store_key), keys, KeyUser("u1", "Dr N. Karim"), SECRET, cheap)


def _open_key_file(raw: bytes) -> object:
    """Read, and opened when it still is one; what it asks of memory and time was limited before."""
    return keyfile.open_for(keyfile.from_bytes(raw), "u1", SECRET)


def _code(clinic: Clinic) -> bytes:
    lines = (SummaryLine("Urgency", "Urgent, within 2 weeks"), SummaryLine("Anticoagulant", "not asked", known=False))
    summary = PaperSummary("CP-TR01-000001", "Å. Ö.", "TR-0001", 1951, lines)
    return open_signer(clinic.p12, SECRET).code(summary, NOW).encode()
