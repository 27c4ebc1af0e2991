"""Care plan built and signed, against bare reportlab laying out the same words and bare pyHanko signing them."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.documents import plan_tree
from desktop_app.documents.care_plan import Paper
from desktop_app.engine.cases import load_case
from desktop_app.engine.loader import load_pack
from desktop_app.seal import pkcs12, pki
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.domain import Clinic
from desktop_app.use_cases.plan_case import document_of, plan_case
from desktop_app.use_cases.ports import PlanInput, SignatureRequest
from tests.benchmarks.ratio import in_ms, paired
from tests.documents.bare import bare_pdf

GUIDELINE = Path(__file__).resolve().parents[2] / "resources" / "guidelines" / "lumbar_fracture_radicular_pain"
AT = datetime(2026, 11, 12, 10, 5, tzinfo=UTC)
WORDS = b"a throw-away passphrase"


class Noting(Paper):
    """The real paper; keeps what it was asked for, so that the floor lays out the same words."""

    def __init__(self) -> None:
        self.plans: list[PlanInput] = []

    def care_plan(self, plan: PlanInput) -> bytes:
        self.plans.append(plan)
        return super().care_plan(plan)


def _seconds(job: Any) -> float:
    begun = time.perf_counter()
    job()
    return time.perf_counter() - begun


def _bare_signature(pdf: bytes, p12: bytes) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    signer = signers.SimpleSigner.load_pkcs12_data(p12, other_certs=[], passphrase=WORDS)
    meta = signers.PdfSignatureMetadata(field_name="Signature", subfilter=SigSeedSubFilter.PADES, certify=True)
    signers.PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))


def report(runs: int = 9) -> list[str]:
    pack = load_pack(GUIDELINE)
    clinical = ClinicalArithmetic(pack)
    plan = plan_case(pack, clinical, case := load_case(GUIDELINE / "cases" / "c01_decided.yaml", pack), case.as_of)
    paper, seal = Noting(), PdfSeal()
    above = pki.clinic_authority("Hillside Clinic", AT)
    made = pki.clinician_certificate(above, Clinic("Hillside Clinic", "", "", "T").name, "Dr N. Karim", "GP", AT)
    p12 = pkcs12.export(pkcs12.KeyPair(made.key, made.certificate, (above.certificate,)), "Dr N. Karim", WORDS)

    def ours() -> bytes:
        return document_of(plan, pack, clinical, paper, signed_at=AT)

    pdf = ours()
    paper.plans.clear()
    ours()
    document = plan_tree.care_plan_tree(paper.plans[0])
    unsigned = bare_pdf(document)

    def sign() -> None:
        seal.open_key(p12, WORDS).sign(SignatureRequest(pdf, "Care plan signed", "Dr N. Karim", AT))

    count = pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ")
    lines = []
    for title, job, floor in (
        (f"care plan, {count} pages", ours, lambda: bare_pdf(document)),
        ("signature", sign, lambda: _bare_signature(unsigned, p12)),
    ):
        mine, bare, ratio = paired(lambda job=job: _seconds(job), lambda floor=floor: _seconds(floor), runs)
        lines.append(
            f"{title:<33} {in_ms(mine.median):>12}   bare library {in_ms(bare.median):>12}"
            f"   ratio {ratio:.2f} (aim 1.5)"
        )
    return lines
