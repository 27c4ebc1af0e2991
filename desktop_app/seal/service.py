"""The ``Seal`` of ``use_cases.ports``: opens signing keys and checks signed documents."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.use_cases.edition_records import Approved
from desktop_app.use_cases.editions import SignedEdition
from desktop_app.use_cases.ports import Signer, Verification
from desktop_app.use_cases.stamping import StampVerdict


class PdfSeal:
    """Holds nothing. The libraries behind it take a second to load, so they are loaded on first use."""

    def open_key(self, p12: bytes, passphrase: bytes) -> Signer:
        from desktop_app.seal.sign import open_signer

        return open_signer(p12, passphrase)

    def verify(self, pdf: bytes, trust: Sequence[bytes]) -> Verification:
        from desktop_app.seal.verify import verify

        return verify(pdf, trust)

    def verify_code(self, text: str, trust: Sequence[bytes]) -> Verification:
        from desktop_app.seal.verify_code import verify_code

        return verify_code(text, trust)

    def fetch_stamp(self, content: bytes, address: str) -> bytes:
        from desktop_app.seal import time_stamp

        return time_stamp.fetch(content, address)

    def check_stamp(self, content: bytes, stamp: bytes, trust: bytes) -> StampVerdict:
        from desktop_app.seal import time_stamp

        return time_stamp.check(content, stamp, trust)

    def check_edition(self, file: bytes, publishers: bytes) -> SignedEdition:
        from desktop_app.seal import editions

        return editions.check_edition(file, publishers)

    def check_publishers(self, content: bytes) -> bytes:
        from desktop_app.seal import editions

        return editions.check_publishers(content)

    def fingerprint_of(self, publishers: bytes) -> str:
        from desktop_app.seal import editions

        return editions.fingerprint_of(publishers)

    def check_approval(self, statement: bytes, trust: Sequence[bytes]) -> Approved:
        from desktop_app.seal import approval

        return approval.check_approval(statement, trust)
