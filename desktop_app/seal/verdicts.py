"""What the checks of a PDF and of a code have in common: who signed, why nobody vouches for it, and the words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from desktop_app.language import tr
from desktop_app.seal.trust import TrustedClinic

DO_NOT_RELY = tr("Do not rely on this document.")
UNKNOWN_ISSUER = tr("The signer's certificate does not come from a clinic that is trusted here.")
NO_TRUST = tr("No clinic certificate is known here, so nobody can say who signed.")
WRONG_USE = tr("The signer's certificate was not issued for signing documents.")
EXPIRED = tr("The signer's certificate was not valid at the time stated in the signature.")
TRUST = tr(
    "Give the certificate of the clinic it comes from (clinic-certificate.pem of its data folder) and check again."
)
_LONGEST_NAME = 200


def may_sign(certificate: Any) -> bool:
    usage = certificate.key_usage_value
    return usage is not None and "non_repudiation" in usage.native


def why_untrusted(certificate: Any, at: datetime | None, clinics: Sequence[TrustedClinic]) -> str:
    if not clinics:
        return NO_TRUST
    times = certificate["tbs_certificate"]["validity"]
    issued_here = any(one.issued(certificate) for one in clinics)
    if issued_here and at is not None and not times["not_before"].native <= at <= times["not_after"].native:
        return EXPIRED
    return UNKNOWN_ISSUER


def judged(certificate: Any) -> str:
    """At what time the certificate is judged: offline there is no other than the stated one."""
    times = certificate["tbs_certificate"]["validity"]
    start, end = (times[name].native for name in ("not_before", "not_after"))
    return tr(
        "The signer's certificate is judged at that stated time; it holds from "
        "{start:%Y-%m-%d} to {end:%Y-%m-%d}. Whether it was withdrawn meanwhile cannot be "
        "known without a network."
    ).format(start=start, end=end)


def person(certificate: Any) -> str:
    subject = certificate.subject.native
    parts = [subject.get(key) for key in ("common_name", "title", "organization_name")]
    found = (_plain(part) for part in parts if isinstance(part, str))
    return ", ".join(part for part in found if part)


def _plain(text: str) -> str:
    """A stranger chooses the name in a certificate: it must not be able to write lines of its own into what is told."""
    return "".join(letter for letter in text if letter.isprintable())[:_LONGEST_NAME]


def moment(at: datetime | None) -> str:
    if at is None:
        return tr("at no stated time")
    offset = at.strftime("%z")
    zone = "UTC" if offset in ("+0000", "") else f"UTC{offset[:3]}:{offset[3:5]}"
    return tr("{at:%Y-%m-%d} at {at:%H:%M} ({zone})").format(at=at, zone=zone)
