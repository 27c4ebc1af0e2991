"""Reads what is shown rather than decided: who the pack is for, screens, fixed texts, phones, services."""

from __future__ import annotations

from collections.abc import Collection

from desktop_app.engine.model import FixedText, PackInfo, Phone, QuestionGroup, Screen, Service
from desktop_app.engine.read_conditions import Names, read_condition
from desktop_app.engine.read_evidence import Basis, read_check
from desktop_app.engine.reader import Node

SCREENS = ("emergency", "presentation", "examination", "imaging", "interventions", "medicines", "referral", "review")
PACK_NAMES = (
    "id",
    "version",
    "title",
    "for_whom",
    "not_for",
    "intended_user",
    "state",
    "approved_by",
    "approved_on",
    "review_by",
    "language",
    "change_notes",
    "article",
    "scope",
    "imaging_verdict",
    "imaging_adequate",
    "clinical_root",
    "clock_stopped",
)


def read_info(node: Node) -> PackInfo:
    """``pack.yaml`` without its conditions."""
    node.only(*PACK_NAMES)
    approved = node.need("state").one_of(("draft", "approved"), "state") == "approved"
    by = node.text_of("approved_by") if approved else ""
    on = str(node.need("approved_on").day() or "") if approved else ""
    if approved and not by:
        node.problem("an approved pack names who approved it", "approved_by, approved_on")
    if not approved:
        for key in ("approved_by", "approved_on"):
            given = node.get(key)
            if given is not None and given.kind != "empty":
                given.problem(f"a draft has no {key!r}", "leave it out, or state: approved", key=True)
    return PackInfo(
        id=node.need("id").text(),
        version=node.need("version").text(),
        title=node.need("title").text(),
        for_whom=node.need("for_whom").text(),
        not_for=node.need("not_for").texts(),
        intended_user=node.need("intended_user").text(),
        approved=approved,
        approved_by=by,
        approved_on=on,
        review_by=str(node.need("review_by").day() or ""),
        language=node.need("language").text(),
        change_notes=node.need("change_notes").texts(),
        article=node.need("article").text(),
    )


def read_screen(node: Node, questions: Collection[str], groups: Collection[str], texts: Collection[str]) -> Screen:
    node.only("id", "title", "intro", "groups", "results", "option_groups", "texts")
    read = []
    for part in node.nodes["groups"].items() if "groups" in node else ():
        part.only("title", "questions", "intro", "all_no_label", "all_yes_label")
        asked = tuple(each.one_of(questions, "question") for each in part.need("questions").items())
        read.append(QuestionGroup(part.need("title").text(), asked, part.text_of("intro"),
                                  part.text_of("all_no_label"), part.text_of("all_yes_label")))
    shown = node.nodes["option_groups"].items() if "option_groups" in node else ()
    fixed = node.nodes["texts"].items() if "texts" in node else ()
    return Screen(
        id=node.need("id").one_of(SCREENS, "screen"),
        title=node.need("title").text(),
        intro=node.text_of("intro"),
        groups=tuple(read),
        results=node.texts_of("results"),
        option_groups=tuple(each.one_of(groups, "group of options") for each in shown),
        texts=tuple(each.one_of(texts, "text") for each in fixed),
    )


def read_text_entry(key: str, node: Node, basis: Basis, names: Names) -> FixedText:
    node.only("text", "rests_on", "place", "check", "when", "picture")
    when = node.get("when")
    return FixedText(
        key,
        node.need("text").text(),
        basis.read(node),
        node.need("place").text(),
        read_check(node),
        None if when is None else read_condition(when, names),
        node.text_of("picture"),
    )


def read_phone(key: str, node: Node) -> Phone:
    node.only("label", "hint", "required")
    return Phone(key, node.need("label").text(), node.need("hint").text(), node.need("required").flag())


def read_service(key: str, node: Node) -> Service:
    node.only("label", "missing")
    return Service(key, node.need("label").text(), node.need("missing").text())
