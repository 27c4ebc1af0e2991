"""Reads what rules rest on: sources, statements and disagreements, and checks the names given as a basis."""

from __future__ import annotations

from collections.abc import Collection

from desktop_app.engine.model import Check, Disagreement, Source, Statement
from desktop_app.engine.problems import choices
from desktop_app.engine.read_conditions import Names, read_condition
from desktop_app.engine.reader import Node

STATEMENT_KINDS = ("statement", "heading", "addition", "decision", "tension")
SOURCE_KINDS = (
    "article",
    "guideline",
    "review",
    "trial",
    "observational study",
    "safety communication",
    "label",
    "policy",
    "consensus",
    "own",
)
CONFIDENCE = ("high", "moderate", "low")
DIRECTIONS = ("opposes", "restricts", "qualifies", "warns", "weakens", "adds", "supports", "nuance", "evidence gap")


class Basis:
    """The ids that rules, questions and texts may rest on."""

    def __init__(self) -> None:
        self.sources: Collection[str] = ()
        self.statements: Collection[str] = ()
        self.disagreements: Collection[str] = ()

    def read(self, node: Node, key: str = "rests_on") -> tuple[str, ...]:
        """The ids under ``key``. An empty or missing list is left to the checks of the whole pack."""
        given = node.get(key)
        if given is None:
            return ()
        return self._known(given, [*self.statements, *self.disagreements, *self.sources], "basis")

    def read_statements(self, node: Node, key: str = "statements") -> tuple[str, ...]:
        given = node.get(key)
        return () if given is None else self._known(given, self.statements, "statement")

    def read_disagreements(self, node: Node, key: str = "disagreements") -> tuple[str, ...]:
        given = node.get(key)
        return () if given is None else self._known(given, self.disagreements, "disagreement")

    @staticmethod
    def _known(given: Node, allowed: Collection[str], what: str) -> tuple[str, ...]:
        names = []
        for part in given.items():
            name = part.text()
            if name in names:
                part.problem(f"{name!r} is listed twice", "each once")
            elif name in allowed:
                names.append(name)
            elif name:
                part.problem(f"unknown {what} {name!r}", choices(allowed, name, most=4))
        return tuple(names)


def read_check(node: Node) -> Check:
    """How far a source was checked; has to be said wherever a rule is stated."""
    return Check(node.need("check").one_of(tuple(Check)) or Check.UNCHECKED)


def read_source(key: str, node: Node) -> Source:
    node.only("title", "year", "kind", "check", "confidence", "locator", "note")
    return Source(
        id=key,
        title=node.need("title").text(),
        year=node.need("year").text(),
        kind=node.need("kind").one_of(SOURCE_KINDS, "kind"),
        check=read_check(node),
        confidence=node.need("confidence").one_of(CONFIDENCE, "confidence"),
        locator=node.text_of("locator"),
        note=node.text_of("note"),
    )


def read_statement(key: str, node: Node, basis: Basis) -> Statement:
    node.only(
        "kind",
        "text",
        "section",
        "cited_as",
        "strength",
        "evidence",
        "timing",
        "sources",
        "check",
        "confidence",
        "role",
        "not_computed_because",
    )
    listed = node.nodes["sources"].items() if "sources" in node else []
    role = node.nodes["role"].one_of(("rule", "text"), "role") if "role" in node else "rule"
    confidence = node.nodes["confidence"].one_of(CONFIDENCE, "confidence") if "confidence" in node else ""
    return Statement(
        id=key,
        kind=node.need("kind").one_of(STATEMENT_KINDS, "kind"),
        text=node.need("text").text(),
        section=node.text_of("section"),
        cited_as=node.texts_of("cited_as"),
        strength=node.text_of("strength"),
        evidence=node.text_of("evidence"),
        timing=node.text_of("timing"),
        sources=tuple(part.one_of(basis.sources, "source") for part in listed),
        check=read_check(node) if "check" in node else Check.OWN,
        confidence=confidence,
        role=role,
        not_computed_because=node.text_of("not_computed_because"),
    )


def read_disagreement(key: str, node: Node, basis: Basis, names: Names) -> Disagreement:
    node.only(
        "source",
        "year",
        "says",
        "direction",
        "strength",
        "touches",
        "check",
        "confidence",
        "applies_when",
        "not_computed_because",
        "short",
    )
    node.need("touches")
    applies = node.get("applies_when")
    return Disagreement(
        id=key,
        source=node.need("source").one_of(basis.sources, "source"),
        year=node.need("year").text(),
        says=node.need("says").text(),
        direction=node.need("direction").one_of(DIRECTIONS, "direction"),
        strength=node.need("strength").text(),
        touches=basis.read_statements(node, "touches"),
        check=read_check(node),
        confidence=node.need("confidence").one_of(CONFIDENCE, "confidence"),
        applies_when=None if applies is None else read_condition(applies, names),
        not_computed_because=node.text_of("not_computed_because"),
        short=node.text_of("short"),
    )
