"""Signs a finished PDF: PAdES B-B, ECDSA P-256, certified so that nothing may be changed or added later.

The visible signature block, and the field over it, are drawn by ``documents`` before signing; the signature fills
that field, draws nothing and adds no font. A file without the field gets one that is not seen. The time is the one
handed in: this computer's clock, and the document says so. With the same key, bytes and time the signed file is
the same to the last byte.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from desktop_app.language import tr
from desktop_app.seal import pkcs12
from desktop_app.seal.pair import SigningPair, canonical_signature
from desktop_app.use_cases.errors import BadData, KeyFileError
from desktop_app.use_cases.ports import SignatureRequest, Signer
from desktop_app.use_cases.proof import SIGNATURE_FIELD, PaperSummary

if TYPE_CHECKING:
    from pyhanko.sign.signers import PdfSigner

HEAD_ENTRY = "/LumbarPathwayRecord"
_RESERVED = 8192  # hex digits kept free for the signature with the certificates of a clinic


def load() -> None:
    """Load the libraries that sign, which takes longer than signing: to be called while the passphrase is typed."""
    import pyhanko.pdf_utils.incremental_writer
    import pyhanko.sign.signers
    import pyhanko.stamp.noop  # noqa: F401

    import desktop_app.seal.health_card  # noqa: F401


def open_signer(p12: bytes, passphrase: bytes) -> Signer:
    """Raises ``KeyFileError`` in words when the file or the passphrase is wrong or the key may not sign."""
    return KeySigner(pkcs12.require_signer(pkcs12.read(p12, passphrase)))


@dataclass(frozen=True, slots=True)
class KeySigner:
    _pair: SigningPair = field(repr=False)

    @property
    def name(self) -> str:
        return common_name(self._pair)

    def sign(self, request: SignatureRequest) -> bytes:
        """Raises ``BadData`` for anything that is not a whole, unsigned, unencrypted PDF."""
        request = replace(request, at=self._valid(request.at))
        return _sign(self._pair, request)

    def code(self, summary: PaperSummary, at: datetime) -> str:
        """The summary of a paper for its QR code; "" when it is too long for one."""
        from desktop_app.seal.health_card import card_text

        return card_text(summary, self._pair, self._valid(at))

    def approve(self, content_hash: str, version: str, at: datetime) -> bytes:
        """The signed statement that this content of the guideline is approved."""
        from desktop_app.seal.approval import approve

        return approve(self._pair, content_hash, version, self._valid(at))

    def _valid(self, at: datetime) -> datetime:
        """The moment with its zone. Raises ``KeyFileError`` when the certificate does not hold then."""
        at = at if at.tzinfo is not None else at.astimezone()
        certificate = self._pair.certificate
        if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
            raise KeyFileError(
                tr(
                    "The certificate of {name} is valid from {start:%Y-%m-%d} to "
                    "{end:%Y-%m-%d}, not on {at:%Y-%m-%d}."
                ).format(
                    name=self.name,
                    start=certificate.not_valid_before_utc,
                    end=certificate.not_valid_after_utc,
                    at=at,
                ),
                next_step=tr("Check this computer's clock; otherwise ask for a new certificate."),
            )
        return at


def common_name(pair: SigningPair) -> str:
    from cryptography.x509.oid import NameOID

    names = pair.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else pair.certificate.subject.rfc4514_string()


def _sign(pair: SigningPair, request: SignatureRequest) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError

    try:
        writer = IncrementalPdfFileWriter(BytesIO(request.pdf), strict=True)
        if writer.prev.encrypted or writer.prev.embedded_signatures:
            raise BadData(
                tr("This PDF is encrypted or signed already and cannot be signed."),
                next_step=tr("Sign the plan as this program writes it."),
            )
    except (PdfError, ValueError, KeyError, IndexError, TypeError) as problem:
        raise BadData(
            tr("This is not a whole PDF and cannot be signed."), next_step=tr("Write the plan again.")
        ) from problem
    return _finish(_signer(pair, request), _quiet(writer, request), _room(pair))


def _room(pair: SigningPair) -> int:
    """Hex digits kept free for the signature: more where the certificates of an issuer are many or large."""
    from cryptography.hazmat.primitives.serialization import Encoding

    carried = sum(len(one.public_bytes(Encoding.DER)) for one in (pair.certificate, *pair.others))
    return max(_RESERVED, 2 * (carried + _RESERVED // 4))


def _quiet(writer: Any, request: SignatureRequest) -> Any:
    """Keeps the library from putting its own name, the time of day and random bytes into the file."""
    from pyhanko.pdf_utils import generic

    mark = hashlib.sha256(request.pdf + request.at.isoformat().encode()).digest()[:16]
    first = writer._document_id[0]  # noqa: SLF001  the library offers no other way to a reproducible file
    writer._document_id = generic.ArrayObject([first, generic.ByteStringObject(mark)])  # noqa: SLF001
    writer._update_meta = _nothing  # noqa: SLF001
    return writer


class _WithHead:
    """Puts the head of the record of use into the signature dictionary, which the signature covers."""

    def __init__(self, writer: Any, head: str) -> None:
        self._writer = writer
        self._head = head

    def send(self, step: Any) -> Any:
        from pyhanko.pdf_utils import generic
        from pyhanko.sign.signers.cms_embedder import SigObjSetup

        if isinstance(step, SigObjSetup):
            step.sig_placeholder[generic.NameObject(HEAD_ENTRY)] = generic.TextStringObject(self._head)
        return self._writer.send(step)


def _nothing() -> None:
    """Title, author and dates stay as ``documents`` wrote them."""


def _finish(signer: PdfSigner, writer: Any, room: int) -> bytes:
    from pyhanko.sign.general import SigningError

    try:
        output: BytesIO = signer.sign_pdf(writer, bytes_reserved=room)
    except SigningError as problem:
        raise BadData(tr("This PDF cannot be signed."), next_step=tr("Write the plan again.")) from problem
    return output.getvalue()


def _signer(pair: SigningPair, request: SignatureRequest) -> PdfSigner:
    from asn1crypto import x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
    from pyhanko.stamp.noop import NoOpStampStyle
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class Raw(Signer):
        """Asks the key for nothing but its signature: it may lie in a file or on a token."""

        async def async_sign_raw(
            self,
            data: bytes,
            digest_algorithm: str,
            dry_run: bool = False,  # noqa: ARG002  the library's own; room is kept without trying
        ) -> bytes:
            if digest_algorithm != "sha256":
                raise ValueError("plans are signed with SHA-256")
            return canonical_signature(pair, data)

    class Certifier(PdfSigner):
        def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:
            """The file stays PDF 1.7: the extension entry would lift it to 2.0 and gain no reader."""

        def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = request.at
            if request.audit_head:
                session.cms_writer = _WithHead(session.cms_writer, request.audit_head)
            return session

    def read(certificate: Any) -> x509.Certificate:
        return x509.Certificate.load(certificate.public_bytes(Encoding.DER))

    above: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    above.register_multiple([read(one) for one in pair.others])
    raw = Raw(signing_cert=read(pair.certificate), cert_registry=above)
    metadata = PdfSignatureMetadata(
        field_name=SIGNATURE_FIELD, md_algorithm="sha256", reason=request.reason, name=request.name,
        subfilter=SigSeedSubFilter.PADES, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    return Certifier(metadata, raw, stamp_style=NoOpStampStyle())
