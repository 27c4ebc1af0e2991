"""Loads a content pack: a folder of YAML files becomes a ``Pack`` in which every name can be trusted.

Names are collected first, conditions read after, so that files may refer to one another in any order. All
mistakes of all files are reported together as ``ContentError``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from desktop_app.engine.conditions import Condition, Place, atoms_of, walk
from desktop_app.engine.conditions import Ref as RefNode
from desktop_app.engine.model import Atom, FindingType, Named, Pack, Question
from desktop_app.engine.problems import ContentError, MissingContent, Problem, Problems, choices
from desktop_app.engine.read_conditions import Names, read_condition
from desktop_app.engine.read_evidence import Basis, read_disagreement, read_source, read_statement
from desktop_app.engine.read_findings import (
    Dictionary,
    join_inputs,
    read_contradiction,
    read_derived,
    read_question,
    with_relevance,
)
from desktop_app.engine.read_pages import read_info, read_phone, read_screen, read_service, read_text_entry
from desktop_app.engine.read_rules import Rules
from desktop_app.engine.reader import FAST_LOADER, Node, Source, read_file

__all__ = ["ContentError", "MissingContent", "Problem", "Reading", "load_pack", "pack_files", "read_pack"]

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "pack": (),
    "sources": ("sources",),
    "statements": ("statements",),
    "disagreements": ("disagreements",),
    "findings": ("findings", "derived", "contradictions"),
    "conditions": ("conditions",),
    "referral": ("criteria",),
    "imaging": (),
    "recommendations": ("options",),
    "screens": ("screens",),
    "texts": ("texts",),
    "local": ("phones", "services"),
    "claims": ("claims",),
    "anatomy": (),
    "medicines": (),
    "handout": (),
}
REQUIRED = (
    "pack",
    "sources",
    "statements",
    "disagreements",
    "findings",
    "conditions",
    "referral",
    "imaging",
    "recommendations",
    "screens",
    "texts",
    "local",
    "claims",
)
TABLES = ("anatomy", "medicines", "imaging", "handout")
CASES = "cases"
TRANSLATIONS = "translations"
_ECHOES = (
    "unknown finding",
    "unknown condition",
    "unknown derived",
    "unknown basis",
    "unknown statement",
    "unknown disagreement",
    "unknown source",
    "unknown option",
    "unknown question",
    "unknown service",
    "unknown telephone",
    "unknown text",
    "unknown group",
    "'any ",
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """A pack with what only its authors need: where each entry stands."""

    pack: Pack
    places: Mapping[tuple[str, str], Place]  # (kind of entry, id) -> where it stands
    entries: Mapping[tuple[str, str], Node]  # (kind of entry, id) -> as it was written
    files: Mapping[str, Node]  # file name -> its top node


def pack_files(folder: Path) -> list[Path]:
    """Every content file of a pack but its cases, in name order."""
    found = [path for path in folder.rglob("*.yaml") if path.is_file() and path.relative_to(folder).parts[0] != CASES]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def content_files(folder: Path) -> list[Path]:
    """The files that decide; translations are read when somebody needs the language."""
    return [path for path in pack_files(folder) if path.relative_to(folder).parts[0] != TRANSLATIONS]


def content_hash(folder: Path) -> str:
    """SHA-256 over the name and content of every file of a pack but the cases, in name order."""
    digest = hashlib.sha256()
    for path in pack_files(folder):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def load_pack(folder: Path) -> Pack:
    """Load a pack. Raises ``ContentError`` with every mistake, ``MissingContent`` when it is not there."""
    return read_pack(folder).pack


def read_pack(folder: Path, *, loader: type = FAST_LOADER) -> Reading:
    """Load a pack and keep where everything stands. Errors as :func:`load_pack`."""
    if not folder.is_dir():
        raise MissingContent([Problem(str(folder), 0, 0, "there is no such folder of guideline content")])
    reader = _PackReader(folder, loader)
    reading = reader.read()
    reader.problems.finish()
    return reading


def read_with_mistakes(folder: Path) -> tuple[Reading, list[Problem]]:
    """A pack as far as it can be read, with every mistake of reading: an author wants to see all in one run.

    What could not be read stands in the pack as if it were not there; nothing may be decided with it.
    """
    if not folder.is_dir():
        raise MissingContent([Problem(str(folder), 0, 0, "there is no such folder of guideline content")])
    reader = _PackReader(folder, FAST_LOADER)
    return reader.read(), list(reader.problems)


class _PackReader:
    def __init__(self, folder: Path, loader: type) -> None:
        self.folder = folder
        self.problems = Problems()
        self.places: dict[tuple[str, str], Place] = {}
        self.nodes: dict[tuple[str, str], Node] = {}
        self.files: dict[str, Node] = {}
        self.sections: dict[str, list[Node]] = {name: [] for name in SECTIONS}
        self.condition_nodes: dict[str, Node] = {}
        self._read_files(loader)

    def _read_files(self, loader: type) -> None:
        for path in content_files(self.folder):
            name = path.relative_to(self.folder).as_posix()
            section = name.split("/", maxsplit=1)[0].removesuffix(".yaml")
            if section not in SECTIONS or (name.count("/") == 0 and not name.endswith(".yaml")):
                self.problems.add(
                    name,
                    0,
                    0,
                    f"{section!r} is not a part of a content pack",
                    choices([*SECTIONS, CASES], section, most=20),
                )
                continue
            top = read_file(path, self.problems, name, loader=loader)
            if top is None:
                continue
            self.files[name] = top
            if top.kind != "map":
                top.problem("a content file is a map of names", choices(SECTIONS[section]))
                continue
            self.sections[section].append(top)
            if SECTIONS[section]:
                top.only(*SECTIONS[section])
        for section in REQUIRED:
            if not any(
                name.split("/", maxsplit=1)[0].removesuffix(".yaml") == section for name in self.files
            ) and not any(
                problem.file.split("/", maxsplit=1)[0].removesuffix(".yaml") == section for problem in self.problems
            ):
                self.problems.add(f"{section}.yaml", 0, 0, "this part of the pack is missing")

    # --- gathering -------------------------------------------------------------------------------

    def entries(self, section: str, key: str, kind: str) -> dict[str, Node]:
        """All entries of one kind over the files of a section; an id given twice is refused."""
        merged: dict[str, Node] = {}
        for top in self.sections[section]:
            node = top.get(key)
            if node is None:
                continue
            for name, each in node.entries().items():
                if name in merged:
                    first = merged[name]
                    each.problem(
                        f"{name!r} is given twice (first in {first.source.name}, line {first.key_line})",
                        "each name once in the pack",
                        key=True,
                    )
                    continue
                merged[name] = each
                self.nodes[kind, name] = each
                self.places[kind, name] = Place(each.source.name, each.key_line, each.key_column)
        return merged

    def listed(self, section: str, key: str) -> list[Node]:
        """All parts of one list over the files of a section."""
        return [part for top in self.sections[section] for node in [top.get(key)] if node for part in node.items()]

    @staticmethod
    def each(nodes: Mapping[str, Node], read: Callable[[str, Node], T]) -> dict[str, T]:
        return {name: read(name, node) for name, node in nodes.items()}

    # --- reading ---------------------------------------------------------------------------------

    def read(self) -> Reading:
        basis, names = Basis(), Names()
        sources = self.each(self.entries("sources", "sources", "source"), read_source)
        basis.sources = sources
        statement_nodes = self.entries("statements", "statements", "statement")
        disagreement_nodes = self.entries("disagreements", "disagreements", "disagreement")
        basis.statements, basis.disagreements = statement_nodes, disagreement_nodes
        self._distinct("basis", statement_nodes, disagreement_nodes, sources)
        statements = self.each(statement_nodes, lambda key, node: read_statement(key, node, basis))

        questions = self._dictionary(names)
        conditions = self._conditions(names, basis)
        disagreements = self.each(disagreement_nodes, lambda key, node: read_disagreement(key, node, basis, names))
        contradictions = self.each(
            self.entries("findings", "contradictions", "contradiction"),
            lambda key, node: read_contradiction(key, node, names),
        )

        rules = Rules(names, basis)
        phones = self.each(self.entries("local", "phones", "phone"), read_phone)
        services = self.each(self.entries("local", "services", "service"), read_service)
        option_nodes = self.entries("recommendations", "options", "option")
        rules.phones, rules.services, rules.options = phones, services, option_nodes
        criteria = self.each(self.entries("referral", "criteria", "criterion"), rules.criterion)
        options = self.each(option_nodes, rules.option)
        actions = tuple(rules.imaging_action(node) for node in self.listed("imaging", "actions"))
        claims = self.each(self.entries("claims", "claims", "claim"), rules.claim)
        texts = self.each(
            self.entries("texts", "texts", "text"), lambda key, node: read_text_entry(key, node, basis, names)
        )
        asked = [question.id for question in questions.values() if not question.derived]
        groups = list(dict.fromkeys(option.group for option in options.values()))
        screens = tuple(read_screen(node, asked, groups, texts) for node in self.listed("screens", "screens"))
        self._known_bases(questions, basis)

        top = self._top()
        info = read_info(top)
        scope = read_condition(top.need("scope"), names, constant=True)
        order = self._order(questions, names, conditions)
        pack = Pack(
            info=info,
            content_hash=content_hash(self.folder),
            folder=str(self.folder),
            sources=sources,
            statements=statements,
            disagreements=disagreements,
            questions=questions,
            atoms=names.atoms,
            conditions=conditions,
            contradictions=tuple(contradictions.values()),
            scope=scope,
            criteria=criteria,
            options=options,
            imaging_actions=actions,
            imaging_adequate=self._name_in(top, "imaging_adequate", conditions, "condition"),
            imaging_verdict=self._name_in(top, "imaging_verdict", _derived(names.atoms), "derived finding"),
            clinical_root=self._name_in(top, "clinical_root", _derived(names.atoms), "derived finding"),
            clock_stopped=self._name_in(top, "clock_stopped", conditions, "condition"),
            claims=tuple(claims.values()),
            screens=screens,
            texts=tuple(texts.values()),
            phones=tuple(phones.values()),
            services=services,
            tables=self._tables(),
            order=order,
        )
        self._drop_echoes()
        return Reading(pack, self.places, self.nodes, self.files)

    def _drop_echoes(self) -> None:
        """When a file could not be read, names it would have given look unknown everywhere: leave those out."""
        unread = [
            path for path in content_files(self.folder) if path.relative_to(self.folder).as_posix() not in self.files
        ]
        if unread:
            self.problems.found = [
                problem for problem in self.problems.found if not problem.message.startswith(_ECHOES)
            ]

    def _top(self) -> Node:
        if self.sections["pack"]:
            return self.sections["pack"][0]
        return Node("missing", Source("pack.yaml", self.problems), 0, 0)

    @staticmethod
    def _name_in(top: Node, key: str, allowed: Iterable[str], what: str) -> str:
        return top.need(key).one_of(list(allowed), what)

    def _distinct(self, what: str, *groups: Mapping[str, object]) -> None:
        """No id may be used by two kinds of entry that are referred to in the same place."""
        seen: set[str] = set()
        for group in groups:
            for name in group:
                if name in seen:
                    place = next(place for (_, key), place in self.places.items() if key == name)
                    self.problems.add(*place, f"{name!r} is used for two different kinds of {what}", "another name")
                seen.add(name)

    def _dictionary(self, names: Names) -> dict[str, Question]:
        dictionary = Dictionary()
        nodes = self.entries("findings", "findings", "question")
        for key, node in nodes.items():
            read_question(key, node, dictionary)
        derived = self.entries("findings", "derived", "derived")
        for key, node in derived.items():
            if key in nodes:
                node.problem(f"{key!r} is given twice: as a question and as derived", "another name", key=True)
                continue
            read_derived(key, node, dictionary)
        join_inputs(dictionary)
        names.atoms = dictionary.atoms
        names.questions = {key: draft.question for key, draft in dictionary.drafts.items()}
        self.condition_nodes = self.entries("conditions", "conditions", "condition")
        names.conditions = self.condition_nodes
        for key, node in self.condition_nodes.items():
            if key in names.questions:
                node.problem(f"{key!r} is given to a finding too", "another name", key=True)
        return {key: with_relevance(draft, names) for key, draft in dictionary.drafts.items()}

    def _conditions(self, names: Names, basis: Basis) -> dict[str, Named]:
        """Named conditions, each after those it refers to."""
        rules = Rules(names, basis)
        nodes = self.condition_nodes
        read = self.each(nodes, rules.named)
        ordered: dict[str, Named] = {}
        path: list[str] = []

        def place(key: str) -> None:
            if key in ordered:
                return
            if key in path:
                circle = " -> ".join([*path[path.index(key) :], key])
                nodes[key].problem(f"conditions refer to one another in a circle: {circle}", key=True)
                return
            path.append(key)
            for part in walk(read[key].when):
                if isinstance(part, RefNode):
                    place(part.condition)
            path.pop()
            ordered[key] = read[key]

        for key in read:
            place(key)
        return ordered

    def _known_bases(self, questions: Mapping[str, Question], basis: Basis) -> None:
        for key in questions:
            node = self.nodes.get(("question", key))
            if node is not None:
                basis.read(node, "basis")

    def _tables(self) -> dict[str, Node]:
        """The top nodes of the files that others type; a folder's files are merged into one map."""
        tables: dict[str, Node] = {}
        for name in TABLES:
            tops = self.sections[name]
            if not tops:
                continue
            if len(tops) == 1:
                tables[name] = tops[0]
                continue
            merged = Node("map", tops[0].source, 1, 1)
            for top in tops:
                for key, node in top.entries().items():
                    if key in merged.nodes:
                        node.problem(f"{key!r} is given twice", "each name once", key=True)
                    merged.nodes[key] = node
            tables[name] = merged
        return tables

    def _order(
        self, questions: Mapping[str, Question], names: Names, conditions: Mapping[str, Named]
    ) -> tuple[str, ...]:
        """Derived findings and questions with a relevance, each after what it depends on."""
        if self.problems:
            return ()  # names may be missing; the mistakes are reported first
        trees: dict[str, Condition] = {key: named.when for key, named in conditions.items()}
        order: list[str] = []
        done: set[str] = set()
        path: list[str] = []

        def needs(key: str) -> Iterable[str]:
            question = questions[key]
            if question.derived:
                derived = names.atoms[key].derived
                return () if derived is None else derived.inputs
            return () if question.relevant_when is None else sorted(atoms_of(question.relevant_when, trees))

        def place(key: str) -> None:
            question = questions[key]
            if key in done:
                return
            if key in path:
                circle = " -> ".join([*path[path.index(key) :], key])
                where = self.places.get(("derived", key)) or self.places[("question", key)]
                self.problems.add(*where, f"findings depend on one another in a circle: {circle}")
                done.add(key)
                return
            path.append(key)
            for atom in needs(key):
                below = names.atoms[atom].question
                # a relevance changes the value of a finding only where not relevant means no
                if questions[below].derived or questions[below].when_not_relevant_no:
                    place(below)
            path.pop()
            if key not in done and (question.derived or question.relevant_when is not None):
                order.append(key)
            done.add(key)

        for key in questions:
            place(key)
        return tuple(order)


def _derived(atoms: Mapping[str, Atom]) -> list[str]:
    kinds = {FindingType.CHOICE, FindingType.SCALE}
    return [atom.id for atom in atoms.values() if atom.derived is not None and atom.type in kinds]
