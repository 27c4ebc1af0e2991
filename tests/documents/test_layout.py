"""Nothing is cut off, drawn over or torn apart, however long names, lists and words are."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.documents.care_plan import Paper
from desktop_app.documents.compile import compile_blocks
from desktop_app.documents.fonts import faces
from desktop_app.documents.shaping import is_complex
from desktop_app.documents.slices import Slice, paginate, paginate_briefly, stack_height
from desktop_app.documents.style import MARGIN, PAGE_SIZES, VOICES
from desktop_app.documents.tree import Column, Facts, Heading, Note, Paragraph, Row, Run, Table, bold, text
from desktop_app.documents.wrap import MARK_EMS, wrap
from desktop_app.engine.decision import OpenQuestion, Status
from desktop_app.use_cases.domain import Choice, Verdict
from desktop_app.use_cases.ports import PlanInput
from tests.documents import plans
from tests.documents.pdf_tools import boxes_of, info_of, one_line, pages_of, sound

LONG = "Maria-Theresia Anastasia Wilhelmina Josephine " * 4 + "von und zu Hohenlohe-Waldenburg-Schillingsfürst"
UNBROKEN = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 6


def crowded(page_size: str = "A4") -> PlanInput:
    """Sixty options with long titles and reasons, a very long name, many questions and notes."""
    pack, decision = plans.pack(), plans.decision()
    options, advice, choices = {}, [], []
    states = list(Status)
    for number in range(60):
        source = list(pack.options.values())[number % len(pack.options)]
        name = f"option_{number}"
        title = f"{source.title} number {number} with a title that goes on and on until it needs three lines"
        options[name] = replace(source, id=name, title=title, text=f"{source.text} " * 6)
        found = next(one for one in decision.options if one.id == source.id)
        state = states[number % len(states)]
        advice.append(replace(found, id=name, title=title, status=state, summary=f"{found.summary} " * 8))
        if state is Status.OFFERED:
            choices.append(Choice(name, Verdict.CHANGE, f"{UNBROKEN} because of many things " * 2))
    questions = tuple(
        OpenQuestion(
            f"q{i}", f"q{i}", f"A long unanswered question number {i} " * 3, "decides many options " * 5, None, ()
        )
        for i in range(80)
    )
    sheet = {**decision.answers, "patient_goals": replace(decision.answers["patient_goals"], value="Walk again " * 60)}
    return plans.plan(
        pack=replace(pack, options=options),
        decision=replace(decision, options=tuple(advice), questions=questions, answers=sheet),
        choices=tuple(choices),
        patient=replace(plans.PATIENT, name=LONG, number="NUMBER-" * 12 + "0001"),
        clinic=replace(
            plans.CLINIC,
            name="The Hillside Community Health Centre and Spinal Triage Clinic of Sampleton",
            address=UNBROKEN,
        ),
        clinician=replace(plans.CLINICIAN, name=LONG, role_title="general practitioner " * 8),
        number="CP-" + "TR01-" * 14 + "000001",
        page_size=page_size,
    )


def printed(folder: Path, plan: PlanInput) -> Path:
    file = folder / "plan.pdf"
    file.write_bytes(Paper().care_plan(plan))
    return file


EVERY = {
    "decided": plans.plan(),
    "signed": plans.plan(signed_at=plans.SIGNED_AT),
    "incomplete": plans.open_plan(),
    "emergency": plans.emergency_plan(),
    "letter": plans.plan(page_size="Letter"),
    "nothing known": plans.plan(
        decision=replace(plans.decision(), answers={}), pictures={}, clinic=None, clinician=None
    ),
    "crowded": crowded(),
    "crowded letter": crowded("Letter"),
}


@pytest.mark.parametrize("kind", EVERY)
def test_every_word_stands_inside_the_margins(kind: str, tmp_path: Path) -> None:
    plan = EVERY[kind]
    width, height = PAGE_SIZES[plan.page_size]
    pdf = printed(tmp_path, plan)
    assert "No syntax or stream encoding errors" in sound(pdf)
    words = boxes_of(pdf)
    assert words
    for page, left, top, right, bottom, word in words:
        assert left >= MARGIN - 1, (page, word)
        assert right <= width - MARGIN + 1, (page, word)
        assert top >= 15, (page, word)
        assert bottom <= height - 15, (page, word)


@pytest.mark.parametrize("kind", EVERY)
def test_no_word_is_drawn_over_another(kind: str, tmp_path: Path) -> None:
    by_page: dict[int, list[tuple[float, float, float, float, str]]] = defaultdict(list)
    for page, left, top, right, bottom, word in boxes_of(printed(tmp_path, EVERY[kind])):
        slack = (bottom - top) * 0.28  # a font's box is taller than its letters
        by_page[page].append((top + slack, bottom - slack, left + 0.3, right - 0.3, word))
    for page, words in by_page.items():
        words.sort()
        for number, (_, bottom, left, right, word) in enumerate(words):
            for other in words[number + 1 :]:
                if other[0] >= bottom:
                    break
                assert other[2] >= right or other[3] <= left, (page, word, other[4])


def test_long_names_are_whole_on_every_page(tmp_path: Path) -> None:
    pdf = printed(tmp_path, crowded())
    pages = pages_of(pdf)
    assert int(info_of(pdf)["Pages"]) == len(pages) > 7
    for page in pages:
        squeezed = re.sub(r"Page\d+of\d+", "", one_line(page).replace(" ", "").replace("-", ""))
        assert LONG.replace(" ", "").replace("-", "") in squeezed
        assert ("NUMBER" * 12 + "0001") in squeezed
        assert ("CP" + "TR01" * 14 + "000001") in squeezed


def test_every_option_is_on_the_paper(tmp_path: Path) -> None:
    """By its title; options held back by an emergency are counted instead."""
    plan = crowded()
    words = one_line(" ".join(pages_of(printed(tmp_path, plan))))
    squeezed = words.replace(" ", "")
    held = [one for one in plan.decision.options if one.status is Status.SUPPRESSED]
    for one in plan.decision.options:
        if one not in held:
            assert f"number{one.id.removeprefix('option_')}withatitle" in squeezed
    assert f"{len(held)} elective options are held back" in words


def test_no_heading_stands_alone_at_the_foot(tmp_path: Path) -> None:
    """The last large words of a page are never a heading: something of its section follows."""
    headings = {
        "Urgency in full",
        "All options",
        "Interventions",
        "Medicines",
        "Surgery",
        "Medicines and kidneys",
        "Care besides the options",
        "Open questions",
        "Where guidance disagrees",
        "Sources",
        "Decisions of interpretation",
        "Limits of this paper",
        "All answers",
        "Emergency screen",
        "Presentation",
        "Examination",
        "Imaging correlation",
    }
    for plan in (plans.plan(), crowded(), plans.open_plan()):
        for page in pages_of(printed(tmp_path, plan), layout=True):
            lines = [line.strip() for line in page.splitlines() if line.strip()]
            foot = next(number for number, line in enumerate(lines) if "Page " in line and " of " in line)
            body = [line for line in lines[:foot] if LONG[:30] not in line]
            assert body[-1] not in headings


def test_page_one_of_a_typical_plan_holds_all_its_parts(tmp_path: Path) -> None:
    page = one_line(pages_of(printed(tmp_path, plans.plan()))[0])
    for words in (
        "Diagnosis",
        "Signs and imaging together",
        "Decided with the patient",
        "Medicines",
        "Not known",
        "Safety-netting",
        "Signature",
    ):
        assert words in page


# -- the parts --------------------------------------------------------------------------------------

RUNS = st.lists(
    st.builds(
        Run,
        text=st.text(alphabet=st.characters(codec="utf-8"), max_size=60),
        bold=st.booleans(),
        mark=st.sampled_from(["", "", "", "tick"]),
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(RUNS, st.floats(min_value=30, max_value=500), st.sampled_from(sorted(VOICES)))
def test_wrapped_lines_fit_and_lose_nothing(runs: list[Run], width: float, voice_name: str) -> None:
    voice = VOICES[voice_name]
    lines = wrap(tuple(runs), voice, width)
    known = faces()
    for line in lines:
        assert line.width <= width + 0.1
        for piece in line.pieces:
            words = piece.words.removesuffix(" ")  # the space at the end of a line is for readers, not for the eye
            end = piece.x + (MARK_EMS * voice.size if piece.mark else known[piece.face].width(words, voice.size))
            assert end <= width + 0.1
    drawn = "".join(piece.words for line in lines for piece in line.pieces).replace(" ", "")
    from desktop_app.documents.fonts import printable

    given_words = "".join("" if run.mark else printable(run.text) for run in runs)
    given_words = given_words.replace(" ", "").replace("\n", "")
    if is_complex(given_words):  # pieces stand in the order of sight, which is another one for letters from the right
        assert sorted(drawn) == sorted(given_words)
    else:
        assert drawn == given_words


def _slice(height: float, **more: object) -> Slice:
    return Slice(height, lambda *_: None, **more)  # type: ignore[arg-type]


def test_pages_keep_together_what_belongs_together() -> None:
    slices = [_slice(60), _slice(20, keep=True), _slice(30), _slice(30)]
    pages = paginate(slices, lambda _: (0.0, 100.0))
    assert [len(page) for page in pages] == [1, 3]


def test_a_table_repeats_its_head_on_the_next_page() -> None:
    head = _slice(10, keep=True)
    rows = [_slice(40, header=head) for _ in range(4)]
    pages = paginate([head, *rows], lambda _: (0.0, 100.0))
    assert [[placed.slice is head for placed in page] for page in pages] == [[True, False, False], [True, False, False]]


def test_what_is_higher_than_a_page_still_gets_a_page() -> None:
    pages = paginate([_slice(10), _slice(500), _slice(10)], lambda _: (0.0, 100.0))
    assert [len(page) for page in pages] == [1, 1, 1]


def test_long_rows_paragraphs_and_notes_are_split_into_slices_of_a_page() -> None:
    words = text(bold("word "), "and another word " * 3000)
    room = 600.0
    for block in (
        Paragraph(words),
        Table((Column("A", 1), Column("B", 1)), (Row(((words,), (words,))),)),
        Facts((("Label", words),)),
        Note("Title", (words,)),
    ):
        slices = compile_blocks((Heading("Heading"), block), 500.0)
        assert stack_height(slices) > room
        assert all(one.height <= room for one in slices)
        pages = paginate(slices, lambda _: (0.0, room))
        for page in pages:
            last = page[-1]
            assert last.y + last.slice.height <= room + 0.1


def test_lines_to_write_on_are_left_away_only_where_that_saves_a_page() -> None:
    def slices(high: float) -> list[Slice]:
        sheet = [Slice(high, lambda *_: None), Slice(20, lambda *_: None, keep=True, spare=True)]
        return [*sheet, Slice(30, lambda *_: None, spare=True), Slice(40, lambda *_: None)]

    def pages(high: float) -> list[list[float]]:
        return [[one.slice.height for one in page] for page in paginate_briefly(slices(high), lambda _: (0.0, 100.0))]

    assert pages(10) == [[10, 20, 30, 40]]
    assert pages(50) == [[50, 40]]  # the heading goes with its lines
    assert pages(90) == [[90], [20, 30, 40]]  # a second page is needed all the same


def test_quotation_marks_and_high_signs_of_french_stay_with_their_word() -> None:
    said = text("Âge de la fracture : décide de « Vertébroplastie ou cyphoplastie » ; à demander ? Oui !")
    for width in range(70, 300, 3):
        shown = [" ".join(piece.words for piece in line.pieces).strip() for line in wrap(said, VOICES["body"], width)]
        assert not any(line.endswith("«") for line in shown), shown
        assert not any(line.startswith(("»", ":", ";", "?", "!")) for line in shown), shown
