"""RFC 3161 time stamps over the SHA-256 of a file: the question, the one connection of this program, and the check.

Nothing is appended to the file: the answer is kept beside it and read by ``openssl ts -verify`` as well.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from typing import Any
from urllib.parse import urlsplit

from desktop_app.language import tr
from desktop_app.seal import verdicts
from desktop_app.seal.trust import trusted_clinics
from desktop_app.use_cases.errors import BadData, IoFailed
from desktop_app.use_cases.stamping import StampVerdict

LARGEST = 64 * 1024  # of an answer; with a long chain of certificates it has a tenth of that
PATIENCE = 30  # seconds that a slow line may take
_STRONG = {"sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}
_NOT_OF_THIS = tr("The time stamp beside the file is not one of this file: it proves nothing about it.")
_ASK_AGAIN = tr("Try again later; nothing was kept.")


def question(content: bytes) -> tuple[bytes, int]:
    """The DER of a request for the file's SHA-256, and its number, which the answer has to repeat."""
    from asn1crypto import tsp

    nonce = secrets.randbits(63) | 1
    asked = tsp.TimeStampReq({
        "version": "v1",
        "message_imprint": {"hash_algorithm": {"algorithm": "sha256"},
                            "hashed_message": hashlib.sha256(content).digest()},
        "nonce": nonce,
        "cert_req": True,
    })
    return bytes(asked.dump()), nonce


def fetch(content: bytes, address: str) -> bytes:
    """Ask the authority at this address. Raises ``IoFailed`` or ``BadData``; only the hash leaves this computer."""
    asked, nonce = question(content)
    answer = _sent(asked, address)
    try:
        info = _info(_token(answer))
        same = info["nonce"].native == nonce and _imprint_fits(info, content)
    except (ValueError, TypeError, KeyError) as problem:
        raise BadData(tr("The authority did not answer with a time stamp."), next_step=_ASK_AGAIN) from problem
    if not same:
        raise BadData(tr("The authority answered with the time stamp of something else."), next_step=_ASK_AGAIN)
    return answer


def _sent(asked: bytes, address: str) -> bytes:
    from http.client import HTTPConnection, HTTPException, HTTPSConnection

    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, asked, {"Content-Type": "application/timestamp-query",
                                                     "Accept": "application/timestamp-reply"})
            answered = connection.getresponse()
            content = answered.read(LARGEST + 1)
        finally:
            connection.close()
    except (OSError, HTTPException, ValueError) as problem:
        raise IoFailed(
            tr("The time-stamp authority {hostname} did not answer.").format(hostname=parts.hostname),
            next_step=tr("Check that this computer is on the network, and the address."),
        ) from problem
    if answered.status != 200 or len(content) > LARGEST:
        raise IoFailed(
            tr("The time-stamp authority {hostname} refused ({status}).").format(
                hostname=parts.hostname, status=answered.status
            ),
            next_step=tr("Check the address with whoever runs it."),
        )
    return content


def check(content: bytes, stamp: bytes, trust: bytes) -> StampVerdict:
    """What the stamp beside a file proves. Raises ``BadData`` only when ``trust`` holds no certificate."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    roots = [one.certificate for one in trusted_clinics([trust])] if trust.strip() else []
    try:
        return _judged(content, stamp, roots)
    except Exception:  # noqa: BLE001  a stranger's bytes: whatever a parser makes of them, it is no time stamp
        return _refused()


def _judged(content: bytes, stamp: bytes, roots: list[Any]) -> StampVerdict:
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
    from pyhanko_certvalidator import ValidationContext

    if len(stamp) > LARGEST:
        return _refused()
    token = _token(stamp)
    info = _info(token)
    at = info["gen_time"].native
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)
    found = asyncio.run(validate_tst_signed_data(token, context, lambda name: _STRONG[name](content).digest()))
    if not (found["intact"] and found["valid"] and _imprint_fits(info, content)):
        return _refused()
    authority = verdicts.person(found["signing_cert"])
    if found.get("validation_path") is None or not roots:
        return StampVerdict(
            True,
            False,
            at,
            authority,
            (
                tr(
                    "The time stamp beside it is whole and of this file, but nobody here vouches for the "
                    "authority: {authority}, which says {moment}."
                ).format(authority=authority, moment=verdicts.moment(at)),
                tr("Give the certificate of whoever vouches for it with --stamp-trust, or in the settings."),
            ),
        )
    return StampVerdict(
        True,
        True,
        at,
        authority,
        (
            tr("The time stamp beside it is whole: {authority} says that this very file existed on {moment}.").format(
                authority=authority, moment=verdicts.moment(at)
            ),
        ),
    )


def _token(answer: bytes) -> Any:
    """The signed data of an answer that grants the stamp."""
    from asn1crypto import tsp

    response = tsp.TimeStampResp.load(answer, strict=True)
    if response["status"]["status"].native not in {"granted", "granted_with_mods"}:
        raise ValueError("not granted")
    return response["time_stamp_token"]["content"]


def _info(token: Any) -> Any:
    return token["encap_content_info"]["content"].parsed


def _imprint_fits(info: Any, content: bytes) -> bool:
    imprint = info["message_imprint"]
    made = _STRONG.get(imprint["hash_algorithm"]["algorithm"].native)
    return made is not None and imprint["hashed_message"].native == made(content).digest()


def _refused() -> StampVerdict:
    return StampVerdict(False, False, None, "", (_NOT_OF_THIS,))
