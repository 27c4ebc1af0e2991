"""The code on signed paper: read from the printed page by two decoders that know nothing of this program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter
from pyzbar import pyzbar

from desktop_app import language, places
from desktop_app.clinical import ClinicalArithmetic
from desktop_app.documents.care_plan import Paper
from desktop_app.engine.answers import Answer, Unknown
from desktop_app.engine.cases import Case
from desktop_app.engine.model import Pack, Tier
from desktop_app.seal import pkcs12, pki
from desktop_app.seal.service import PdfSeal
from desktop_app.seal.sign import KeySigner
from desktop_app.use_cases.domain import PaperKind, Patient
from desktop_app.use_cases.pictures import pictures
from desktop_app.use_cases.plan_case import plan_case
from desktop_app.use_cases.ports import PlanInput
from desktop_app.use_cases.proof import CARRIES_CODE, PaperSummary, SummaryLine
from tests.documents.pdf_tools import one_line, pages_of
from tests.documents.plans import CLINICIAN, decision, emergency_plan, plan
from tests.documents.told import plan_in
from tests.people import NOW

DPI = 150
PAPER = Paper()
SIGNED = (PaperKind.CARE_PLAN, PaperKind.LETTER)


@dataclass(frozen=True)
class Desk:
    signer: KeySigner
    trust: list[bytes]

    def proven(self, kind: PaperKind, given: PlanInput) -> PlanInput:
        return given.proven(kind, PAPER, self.signer, NOW)

    def print(self, kind: PaperKind, given: PlanInput) -> tuple[str, bytes]:
        ready = self.proven(kind, given)
        return ready.code, PAPER.make(kind, ready)


@pytest.fixture(scope="module")
def desk() -> Desk:
    authority = pki.clinic_authority("Hillside Clinic", NOW)
    person = pki.clinician_certificate(authority, "Hillside Clinic", "Dr N. Karim", "general practitioner", NOW)
    pair = pkcs12.KeyPair(person.key, person.certificate, (authority.certificate,))
    return Desk(KeySigner(pair), [pki.to_pem(authority.certificate)])


def signed_plan() -> PlanInput:
    return plan(signed_at=NOW)


def last_page(pdf: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[len(document) - 1].render(scale=DPI / 72).to_pil().convert("L")
    return picture


def zxing(picture: Image.Image) -> list[str]:
    # Only codes of this kind: in a page full of text it now and then takes a few strokes for a bar code of a shop.
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]


def zbar(picture: Image.Image) -> list[str]:
    return [found.data.decode() for found in pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])]


def turned(picture: Image.Image, degrees: float) -> Image.Image:
    return picture.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def blurred(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(0.9))


def grey(picture: Image.Image) -> Image.Image:
    """As from a worn cartridge on grey paper."""
    return picture.point([70 + value * 110 // 255 for value in range(256)])


def from_the_side(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    corners = (20, 0, 0, height, width, height - 30, width - 10, 10)
    return picture.transform(picture.size, Image.Transform.QUAD, corners, resample=Image.Resampling.BICUBIC,
                             fillcolor=255)


COARSE = "at 100 dots an inch"
"""One code in some hundreds is too coarse there for the second decoder; which, hangs on the key that signed it."""

SCANS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "clean": lambda picture: picture,
    "skewed": lambda picture: turned(picture, 1.3),
    "much skewed": lambda picture: turned(picture, 7),
    "upside down": lambda picture: turned(picture, 180),
    "blurred": blurred,
    "grey": grey,
    "from the side": from_the_side,
    COARSE: lambda picture: picture.resize((picture.width * 2 // 3, picture.height * 2 // 3)),
    "skewed, blurred and grey": lambda picture: grey(blurred(turned(picture, 1.3))),
}


@pytest.mark.parametrize("kind", SIGNED)
@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_printed_code_is_read_by_both_decoders(desk: Desk, kind: PaperKind, size: str) -> None:
    code, pdf = desk.print(kind, replace(signed_plan(), page_size=size))
    page = last_page(pdf)
    for name, scan in SCANS.items():
        assert zxing(scan(page)) == [code], name
        assert name == COARSE or zbar(scan(page)) == [code], name
    assert PdfSeal().verify_code(code, desk.trust).accepted


def test_a_fold_or_a_stain_never_gives_other_words(desk: Desk) -> None:
    """What a decoder repairs is right, what it guesses wrong is refused."""
    code, pdf = desk.print(PaperKind.CARE_PLAN, signed_plan())
    page = last_page(pdf)
    for left in range(80, 600, 40):
        stained = page.copy()
        stained.paste(0, (left, 150, left + 12, 600))
        for text in (*zxing(stained), *zbar(stained)):
            assert text == code or not PdfSeal().verify_code(text, desk.trust).accepted


@pytest.mark.parametrize("name", ["c01_decided", "c15_decided", "c18_decided", "medicines_decided", "emergency_decided",
                                  "long_names_decided", "incomplete_decided", "overdue_decided"])
def test_codes_of_real_cases_are_read_from_paper(
    desk: Desk, name: str, cases: dict[str, Case], pack: Pack, clinical: ClinicalArithmetic
) -> None:
    given = of_case(cases[name], pack, clinical)
    for kind in SIGNED:
        if kind in PAPER.kinds(given):
            code, pdf = desk.print(kind, given)
            assert zxing(last_page(pdf)) == [code] == zbar(last_page(pdf))
            told = " ".join(PdfSeal().verify_code(code, desk.trust).sentences)
            assert given.patient.name not in told
            assert given.patient.born.isoformat() not in told


def of_case(case: Case, pack: Pack, clinical: ClinicalArithmetic) -> PlanInput:
    found = plan_case(pack, clinical, case, case.as_of)
    who = case.patient
    assert who.born is not None
    return PlanInput(pack, found.decision, found.record, Patient("1", who.number, who.name, who.born, who.sex),
                     CLINICIAN, None, found.choices, (), "CP-HI01-000001",
                     datetime.combine(case.as_of, time(10, 5, tzinfo=UTC)), pictures=pictures(clinical, found.decision))


def test_it_is_at_least_fifty_millimetres_wide_on_white(desk: Desk) -> None:
    short = PaperSummary("1", "M. L.", "1", 1954, (SummaryLine("Urgency", "Emergency, now"),))
    ready = replace(signed_plan(), code=desk.signer.code(short, NOW))
    page = last_page(PAPER.make(PaperKind.CARE_PLAN, ready))
    [found] = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
    corners = found.position
    width = (corners.top_right.x - corners.top_left.x) / DPI * 25.4
    assert width >= 50
    module = (corners.top_right.x - corners.top_left.x) / 60  # a module is smaller than this in every code of that size
    left, top = corners.top_left.x, corners.top_left.y
    margin = page.crop((int(left - 2 * module), int(top), int(left - 2), int(corners.bottom_left.y)))
    assert margin.getextrema() == (255, 255)


# -- where it stands, and where not -----------------------------------------------------------------


@pytest.mark.parametrize("kind", SIGNED)
def test_unsigned_paper_carries_no_code_and_is_the_same_to_the_last_byte(desk: Desk, kind: PaperKind) -> None:
    draft = PAPER.make(kind, plan())
    assert PAPER.make(kind, replace(plan(), code=desk.proven(kind, signed_plan()).code)) == draft
    assert PAPER.make(kind, plan()) == draft
    document = pypdfium2.PdfDocument(draft)
    for number in range(len(document)):
        page = document[number].render(scale=DPI / 72).to_pil().convert("L")
        assert zxing(page) == zbar(page) == []


@pytest.mark.parametrize("kind", SIGNED)
def test_the_same_key_and_time_print_the_same_bytes(desk: Desk, kind: PaperKind) -> None:
    assert desk.print(kind, signed_plan()) == desk.print(kind, signed_plan())


def test_what_the_patient_takes_home_and_the_transfer_note_carry_none(desk: Desk) -> None:
    for kind in PaperKind:
        given = emergency_plan() if kind is PaperKind.TRANSFER_NOTE else plan()
        assert bool(desk.proven(kind, replace(given, signed_at=NOW)).code) is (kind in CARRIES_CODE)


def test_the_letter_stays_one_page_and_the_code_follows_it(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(desk.print(PaperKind.LETTER, signed_plan())[1])
    first, second = (one_line(page) for page in pages_of(file))
    assert "Please send back to" in first
    assert "Code to check this paper: last page" in first
    assert "Check this paper" in second


def test_the_page_says_what_the_code_holds(desk: Desk, tmp_path: Path) -> None:
    code, pdf = desk.print(PaperKind.CARE_PLAN, signed_plan())
    file = tmp_path / "plan.pdf"
    file.write_bytes(pdf)
    page = one_line(pages_of(file)[-1])
    assert "The code holds these lines, signed by the clinician" in page
    told = PdfSeal().verify_code(code, desk.trust).sentences
    lines = told[5:-1]
    assert len(lines) >= 9
    for line in lines:
        label, _, words = line.removesuffix(".").partition(": ")
        assert label in page
        assert words in page


@pytest.mark.parametrize("case", ["plain", "discrepancy", "medicines"])
@pytest.mark.parametrize("speaks", ["fr", "es"])
def test_a_paper_in_another_language_says_in_english_what_its_code_holds(desk: Desk, speaks: str, case: str,
                                                                         tmp_path: Path) -> None:
    """The lines that a verifier shows are those on the page; the letter's own page is one in every language."""
    language.use(language.ENGLISH, places.resources() / "translations")
    code, pdf = desk.print(PaperKind.LETTER, replace(plan_in(speaks, case), signed_at=NOW))
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf)
    first, second = (one_line(page) for page in pages_of(file))
    assert "Hillside Clinic" in first
    for line in PdfSeal().verify_code(code, desk.trust).sentences[5:-1]:
        label, _, words = line.removesuffix(".").partition(": ")
        assert label in second
        assert words in second


def test_what_is_too_long_for_a_code_prints_without_one(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(PAPER.make(PaperKind.LETTER, replace(signed_plan(), code="")))
    assert len(pages_of(file)) == 1


# -- what it says ------------------------------------------------------------------------------------


def lines_of(given: PlanInput) -> dict[str, SummaryLine]:
    return {line.label: line for line in PAPER.summary(given, PaperKind.CARE_PLAN).lines}


@pytest.mark.parametrize("kind", list(Unknown))
def test_unknown_is_never_no(kind: Unknown) -> None:
    found = decision()
    sheet = {**found.answers, "takes.anticoagulant": Answer(unknown=kind)}
    line = lines_of(plan(decision=replace(found, answers=sheet)))["Anticoagulant"]
    assert not line.known
    assert line.words.startswith("not known: ")


@pytest.mark.parametrize(("answer", "words"), [(True, "yes"), (False, "no")])
def test_an_anticoagulant_that_is_known(*, answer: bool, words: str) -> None:
    found = decision()
    sheet = {**found.answers, "takes.anticoagulant": Answer(answer)}
    line = lines_of(plan(decision=replace(found, answers=sheet)))["Anticoagulant"]
    assert line == SummaryLine("Anticoagulant", words)


def test_allergies_that_nobody_asked_about(cases: dict[str, Case], pack: Pack, clinical: ClinicalArithmetic) -> None:
    given = of_case(cases["emergency_decided"], pack, clinical)
    line = lines_of(given)["Allergies"]
    assert not line.known
    assert line.words.startswith("not known")
    asked = [atom for name in ("allergy", "drug_allergy") for atom in pack.questions[name].atoms]
    half = {**given.decision.answers, **{atom: Answer(False) for atom in asked[:-1]}}
    assert not lines_of(replace(given, decision=replace(given.decision, answers=half)))["Allergies"].known
    whole = {**half, asked[-1]: Answer(False)}
    assert lines_of(replace(given, decision=replace(given.decision, answers=whole)))["Allergies"].known
    one = {**given.decision.answers, asked[0]: Answer(True)}
    assert lines_of(replace(given, decision=replace(given.decision, answers=one)))["Allergies"].known


def test_an_urgency_that_is_not_settled_says_what_is_not_excluded() -> None:
    found = decision()
    tier = replace(found.tier, ceiling=Tier.E, final=False)
    assert lines_of(plan(decision=replace(found, tier=tier)))["Urgency"].words == (
        "at least urgent, within 2 weeks; not excluded: emergency, now")


def test_no_urgency_so_far_is_not_none() -> None:
    found = decision()
    tier = replace(found.tier, floor=Tier.NONE, ceiling=Tier.E, final=False, due_date=None, reasons=())
    lines = lines_of(plan(decision=replace(found, tier=tier)))
    assert lines["Urgency"] == SummaryLine("Urgency", "not settled; not excluded: emergency, now", known=False)
    assert lines["Due"] == SummaryLine("Due", "not known: the urgency is not settled", known=False)


@pytest.mark.parametrize(("name", "initials"), [
    ("Marta Lindqvist", "M. L."), ("Åsa Öberg", "Å. Ö."), ("  maria de la cruz perez ", "M. C. P."), ("", ""),
    ("(called Tom)", "T."), ("مريم", "م."), ("\u202eEve", "E."),
])
def test_initials(name: str, initials: str) -> None:
    given = plan()
    assert PAPER.summary(replace(given, patient=replace(given.patient, name=name)),
                         PaperKind.CARE_PLAN).initials == initials
