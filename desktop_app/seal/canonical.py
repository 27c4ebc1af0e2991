"""Is a signature written the one way this program writes it?

No PDF signature covers its own bytes: the gap in the signed range that holds it. A reader that only asks
whether the signature is mathematically right accepts changes there (padding, letter case, an embedded
certificate, a length written another way). So the gap is made anew from its parts and compared byte by byte.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from desktop_app.language import tr
from desktop_app.seal.pair import ORDER

ODD_SIGNATURE = tr("The bytes of the signature are not as this program writes them; they were changed.")
ODD_RANGE = tr("The signature does not cover the whole file.")


def gap(pdf: bytes, byte_range: Sequence[int]) -> bytes | None:
    """What lies between the two signed parts, or None when they do not cover everything else of the file."""
    if len(byte_range) != 4 or any(number < 0 for number in byte_range):
        return None
    start, before, after, rest = byte_range
    if start != 0 or not before < after < len(pdf) or after + rest != len(pdf):
        return None
    return pdf[before:after]


def signature_in(gap_bytes: bytes) -> bytes | None:
    """The DER bytes of the signature when they stand in the gap as upper-case digits and zeros only."""
    if gap_bytes[:1] != b"<" or gap_bytes[-1:] != b">":
        return None
    digits = gap_bytes[1:-1]
    try:
        content = bytes.fromhex(digits.decode("ascii"))
    except (ValueError, UnicodeDecodeError):
        return None
    length = _der_length(content)
    if length is None or length > len(content):
        return None
    found = content[:length]
    written = found.hex().upper().encode().ljust(len(digits), b"0")
    return found if written == digits else None


def made_anew(signature: bytes, path: Collection[bytes]) -> bytes:
    """The same signature built from its parts, with nothing kept that the signer did not vouch for.

    ``path`` are the DER certificates from the trusted authority to the signer. Raises ValueError, TypeError
    or KeyError when a part is not what it must be.
    """
    from asn1crypto import cms

    signed = cms.ContentInfo.load(signature, strict=True)["content"]
    [info] = signed["signer_infos"]
    certificates = [one.chosen for one in signed["certificates"]]
    if {one.dump() for one in certificates} != set(path) or len(certificates) != len(path):
        raise ValueError("certificates that do not belong to the signer's path")
    signer = [one for one in certificates
              if one.issuer == info["sid"].chosen["issuer"]
              and one.serial_number == info["sid"].chosen["serial_number"].native]
    if len(signer) != 1:
        raise ValueError("not exactly one signer")
    digest: dict[str, Any] = {"algorithm": "sha256"}
    whole = cms.ContentInfo({
        "content_type": "signed_data",
        "content": {
            "version": "v1",
            "digest_algorithms": [_digest_algorithm(digest)],
            "encap_content_info": {"content_type": "data"},
            "certificates": [cms.CertificateChoices(name="certificate", value=one) for one in certificates],
            "signer_infos": [{
                "version": "v1",
                "sid": cms.SignerIdentifier(name="issuer_and_serial_number", value={
                    "issuer": signer[0].issuer, "serial_number": signer[0].serial_number}),
                "digest_algorithm": _digest_algorithm(digest),
                "signed_attrs": cms.CMSAttributes.load(b"\x31" + info["signed_attrs"].dump()[1:], strict=True),
                "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                "signature": _smaller(info["signature"].native),
            }],
        },
    })
    return bytes(whole.dump(force=True))


def _digest_algorithm(digest: dict[str, Any]) -> Any:
    from asn1crypto import algos

    return algos.DigestAlgorithm(digest)


def _smaller(signature: bytes) -> bytes:
    """Of every signature there are two equivalent forms; the program writes the smaller."""
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, min(s, ORDER - s))


def _der_length(content: bytes) -> int | None:
    """How many bytes the outermost DER value has, itself written in the shortest way."""
    if len(content) < 2 or content[0] != 0x30:
        return None
    first = content[1]
    if first < 0x80:
        return 2 + first
    count = first & 0x7F
    digits = content[2:2 + count]
    if not 1 <= count <= 4 or len(digits) < count or digits[0] == 0:
        return None
    length = int.from_bytes(digits, "big")
    return 2 + count + length if length >= 0x80 else None
