"""Care plan built and signed, against bare reportlab drawing the same pages and bare pyHanko certifying them.

Processor time, pair by pair in one run. Ours is what the program does after the passphrase: content, signed code,
layout, structure, attached files, file, signature. The floor is stricter than a plain program would be: it has the
same fonts, drawing, key and certification, and knows beforehand where every word stands.
"""

from __future__ import annotations

import gc
import time
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.documents import plan_tree
from desktop_app.documents.care_plan import Paper
from desktop_app.engine.cases import load_case
from desktop_app.engine.loader import load_pack
from desktop_app.seal import pkcs12, pki
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.domain import Clinic, PaperKind
from desktop_app.use_cases.plan_case import plan_case, signed_document_of
from desktop_app.use_cases.ports import PlanInput, SignatureRequest
from tests.benchmarks.ratio import in_ms, paired
from tests.documents.bare import bare_pdf, drawn

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


class Stopped:
    """A clock at one moment, so that every run makes the same bytes."""

    def now(self) -> datetime:
        return AT

    def today(self) -> date:
        return AT.date()


def _seconds(job: Any) -> float:
    gc.collect()  # nobody pays for what the other left
    begun = time.process_time()
    job()
    return time.process_time() - begun


def _bare_signature(pdf: bytes, p12: bytes) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

    signer = signers.SimpleSigner.load_pkcs12_data(p12, other_certs=[], passphrase=WORDS)
    meta = signers.PdfSignatureMetadata(field_name="Signature", subfilter=SigSeedSubFilter.PADES, certify=True,
                                         md_algorithm="sha256", docmdp_permissions=MDPPerm.NO_CHANGES)
    signers.PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))


def report(runs: int = 9) -> list[str]:
    pack = load_pack(GUIDELINE)
    clinical = ClinicalArithmetic(pack)
    plan = plan_case(pack, clinical, case := load_case(GUIDELINE / "cases" / "c01_decided.yaml", pack), case.as_of)
    paper, seal = Noting(), PdfSeal()
    above = pki.clinic_authority("Hillside Clinic", AT)
    made = pki.clinician_certificate(above, Clinic("Hillside Clinic", "", "", "T").name, "Dr N. Karim", "GP", AT)
    p12 = pkcs12.export(pkcs12.KeyPair(made.key, made.certificate, (above.certificate,)), "Dr N. Karim", WORDS)

    def whole() -> bytes:
        return signed_document_of(plan, pack, clinical, paper, seal.open_key(p12, WORDS), Stopped())

    whole()
    given = paper.plans[0]
    pdf = paper.care_plan(given)
    document = plan_tree.care_plan_tree(given)
    steps = drawn(document, AT.date())
    unsigned = bare_pdf(document, steps)
    pages = len(pikepdf.open(BytesIO(pdf)).pages)
    assert pages == len(pikepdf.open(BytesIO(unsigned)).pages)
    words = PaperKind.CARE_PLAN.signed_words

    def sign() -> None:
        seal.open_key(p12, WORDS).sign(SignatureRequest(pdf, words, "Dr N. Karim", AT))

    gc.freeze()  # as the program does once after signing in
    lines = []
    for title, job, floor in (
        (f"care plan, {pages} pages", lambda: paper.care_plan(given), lambda: bare_pdf(document, steps)),
        ("signature", sign, lambda: _bare_signature(unsigned, p12)),
        ("both", whole, lambda: _bare_signature(bare_pdf(document, steps), p12)),
    ):
        mine, bare, ratio = paired(lambda job=job: _seconds(job), lambda floor=floor: _seconds(floor), runs)
        lines.append(
            f"{title:<33} {in_ms(mine.median):>12}   bare libraries {in_ms(bare.median):>12}"
            f"   ratio {ratio:.2f} (aim 1.3)"
        )
    return lines
