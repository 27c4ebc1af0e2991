"""Roots and spine on paper are the pictures of the screen; the checklist stands there with its days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.documents import imaging_pictures, picture_painter
from desktop_app.documents.brush import Brush
from desktop_app.documents.care_plan import Paper
from desktop_app.documents.following import checklist
from desktop_app.documents.picture import chart, spine
from desktop_app.documents.slices import Slice
from desktop_app.documents.tree import Heading, Listing, Paragraph, plain
from desktop_app.documents.view import PlanView
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import load_case
from desktop_app.engine.model import Pack
from desktop_app.pictures.correlation import correlation
from desktop_app.pictures.drawing import Picture
from desktop_app.pictures.spine import spine as drawn_spine
from desktop_app.use_cases.plan_case import document_of, plan_case
from desktop_app.use_cases.ports import PlanInput

Views = Callable[..., PlanView]


class Caught(Paper):
    """Keeps what a plan is made of instead of printing it."""

    def care_plan(self, plan: PlanInput) -> bytes:
        self.plan = plan
        return b""


@pytest.fixture
def view_of(pack: Pack, clinical: ClinicalArithmetic, guideline_folder: Path) -> Views:
    def made(name: str, without: str = "", **more: Answer) -> PlanView:
        case = load_case(guideline_folder / "cases" / f"{name}.yaml", pack)
        sheet = {a: g for a, g in case.sheet.items() if not without or not a.startswith(tuple(without.split()))}
        sheet |= {atom.replace("__", "."): given for atom, given in more.items()}
        case = replace(case, sheet=sheet)
        caught = Caught()
        document_of(plan_case(pack, clinical, case, case.as_of), pack, clinical, caught)
        return PlanView(caught.plan)

    return made


def painted(monkeypatch: pytest.MonkeyPatch, slices: list[Slice]) -> list[Picture]:
    found: list[Picture] = []
    monkeypatch.setattr(picture_painter, "paint", lambda _brush, picture, *_: found.append(picture))
    for one in slices:
        one.draw(Brush(Canvas(BytesIO()), 800.0), 0.0, 0.0)
    return found


def test_paper_paints_the_shapes_of_the_screen(monkeypatch: pytest.MonkeyPatch, view_of: Views) -> None:
    view = view_of("c01")
    roots, bones = chart(view), spine(view)
    (one,) = painted(monkeypatch, imaging_pictures.roots(roots, 300.0))
    assert one.alt == correlation(roots.legs).alt
    assert "signs and report meet" in one.alt
    (other,) = painted(monkeypatch, imaging_pictures.spine_picture(bones, 240.0))
    assert [a.key for a in other.areas()] == [a.key for a in drawn_spine(bones.marks).areas()]


def test_nothing_entered_says_so_instead_of_a_table(view_of: Views) -> None:
    bare = chart(view_of("c01", without="power reflex sensation pain_area imaging compression retropulsion"))
    assert not bare.legs
    assert bare.empty
    assert not chart(view_of("c01")).empty


def test_the_checklist_carries_its_days_into_the_plan(view_of: Views) -> None:
    assert checklist(view_of("c01")) == []
    view = view_of("s41_none_done", s41__second_read=Answer(value=True, on=date(2026, 11, 3)))
    heading, listing, others = checklist(view)
    assert isinstance(heading, Heading)
    assert isinstance(listing, Listing)
    lines = [plain(item) for item in listing.items]
    assert listing.numbered
    assert len(lines) == 11
    assert isinstance(others, Paragraph)
    assert plain(others.text).startswith("Other sources of such pain: ")
    assert "Checked 3 Nov 2026." in lines[4]
    assert all("Still to do." in line for number, line in enumerate(lines) if number != 4)
