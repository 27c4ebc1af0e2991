"""Reads one YAML file into nodes that know their line and column, and types their values.

The file is walked event by event: nothing is interpreted as YAML would (``no``, ``1:30`` and ``3.10``
stay the words they are), duplicate keys, anchors, aliases and tags are refused, and size and depth are
limited before anything is built. Every accessor notes a mistake in the file's collector and goes on
with a harmless value, so that one run finds all mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import yaml

from desktop_app.engine.problems import ContentError, MissingContent, Problem, Problems, choices

__all__ = ["ContentError", "MissingContent", "Node", "Problem", "Problems", "Source", "read_file", "read_text"]

SIZE_LIMIT = 2 * 1024 * 1024
DEPTH_LIMIT = 40
FAST_LOADER: type = getattr(yaml, "CLoader", yaml.Loader)  # the pure parser when libyaml is absent
PURE_LOADER: type = yaml.Loader

Kind = Literal["text", "list", "map", "empty", "missing"]
_KIND_WORDS = {"text": "a text", "list": "a list", "map": "a map of names", "empty": "nothing", "missing": ""}
_MOST_DIGITS = 12
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,20})?\Z", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+\-]*\Z")
_DOTTED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+\-.]*\Z")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z", re.ASCII)
_BINARY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def is_number(word: str) -> bool:
    """Whether a word is a number as people write it: no exponent, no infinity."""
    return _NUMBER.match(word) is not None


class Source:
    """A file as it is named to its author, and the collector of its mistakes."""

    __slots__ = ("name", "problems")

    def __init__(self, name: str, problems: Problems) -> None:
        self.name = name
        self.problems = problems


class Node:
    """One value of a file: a text, a list, a map, or nothing. Line and column count from 1."""

    __slots__ = ("column", "key_column", "key_line", "kind", "line", "nodes", "parts", "source", "words")

    def __init__(self, kind: Kind, source: Source, line: int, column: int, words: str = "") -> None:
        self.kind: Kind = kind
        self.source = source
        self.line = line
        self.column = column
        self.words = words
        self.parts: list[Node] = []
        self.nodes: dict[str, Node] = {}
        self.key_line = 0
        self.key_column = 0

    def __repr__(self) -> str:
        return f"<{self.kind} at {self.source.name}:{self.line}:{self.column}>"

    # --- reporting -------------------------------------------------------------------------------

    def problem(self, message: str, allowed: str = "", *, key: bool = False) -> None:
        """Note a mistake here; ``key`` points at the name the value stands under."""
        if self.kind == "missing":
            return  # reported where it was looked for
        line, column = self.line, self.column
        if key and self.key_line:
            line, column = self.key_line, self.key_column
        self.source.problems.add(self.source.name, line, column, message, allowed)

    def finish(self) -> None:
        """Raise everything noted so far; for those who type a table after the pack was loaded."""
        self.source.problems.finish()

    def _wrong(self, wanted: str) -> None:
        self.problem(f"expected {wanted}, found {_KIND_WORDS[self.kind]}", wanted)

    # --- maps ------------------------------------------------------------------------------------

    def __contains__(self, key: str) -> bool:
        return key in self.nodes

    def get(self, key: str) -> Node | None:
        """The value under a name, or None."""
        return self.nodes.get(key)

    def need(self, key: str) -> Node:
        """The value under a name that has to be there."""
        found = self.nodes.get(key)
        if found is not None:
            return found
        if self.kind == "map":
            self.problem(f"{key!r} is missing", key=True)
        elif self.kind != "missing":
            self._wrong("a map of names")
        return Node("missing", self.source, self.line, self.column)

    def entries(self, *, named: bool = True, dotted: bool = False) -> Mapping[str, Node]:
        """Name to value, in the file's order. ``named``: usable as ids; ``dotted``: ``L4.left`` too."""
        if self.kind == "empty":
            return {}
        if self.kind != "map":
            self._wrong("a map of names")
            return {}
        if named:
            pattern = _DOTTED if dotted else _NAME
            for key, node in self.nodes.items():
                if not pattern.match(key):
                    node.problem(f"{key!r} cannot be used as a name", "letters, digits, _ + and -", key=True)
        return self.nodes

    def only(self, *allowed: str) -> None:
        """Report every name that has no meaning here."""
        if self.kind not in {"map", "missing"}:
            self._wrong("a map of names")
            return
        for key, node in self.nodes.items():
            if key not in allowed:
                node.problem(f"unknown name {key!r}", choices(allowed, key, most=40), key=True)

    # --- lists -----------------------------------------------------------------------------------

    def items(self) -> list[Node]:
        """The parts of a list; an empty value is an empty list."""
        if self.kind == "list":
            return self.parts
        if self.kind not in {"empty", "missing"}:
            self._wrong("a list")
        return []

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(part.text() for part in self.items())

    def texts_of(self, key: str) -> tuple[str, ...]:
        """The list of texts under a name; none when the name is not there."""
        node = self.nodes.get(key)
        return () if node is None else node.texts()

    # --- texts and what they stand for -----------------------------------------------------------

    def text(self) -> str:
        """A text that says something, line breaks and outer spaces folded."""
        if self.kind == "text" and self.words.strip():
            return self.words.strip()
        if self.kind in {"empty", "text"}:
            self.problem("nothing is written here", "a text")
        else:
            self._wrong("a text")
        return ""

    def text_of(self, key: str, default: str = "") -> str:
        """The text under a name, or the default when the name is not there."""
        node = self.nodes.get(key)
        return default if node is None else node.text()

    def flag(self) -> bool:
        """``yes`` or ``no``, spelled so."""
        word = self.text()
        if word and word not in {"yes", "no"}:
            self.problem(f"{word!r} is not yes or no", "yes, no")
        return word == "yes"

    def flag_of(self, key: str, *, default: bool = False) -> bool:
        node = self.nodes.get(key)
        return default if node is None else node.flag()

    def number(self) -> float:
        """A number written with digits and a point, of at most twelve digits before it."""
        word = self.text()
        if word and not is_number(word):
            digits = sum(letter.isdigit() for letter in word)
            if digits > _MOST_DIGITS and word.replace(".", "", 1).lstrip("-").isdigit():
                self.problem(f"{word!r} has more digits than a number here can have", f"at most {_MOST_DIGITS} digits")
            else:
                self.problem(f"{word!r} is not a number", "digits, with a point for decimals")
            return 0.0
        return float(word) if word else 0.0

    def whole(self, low: int = 0, high: int = 10**9) -> int:
        """A whole number between two limits."""
        number = self.number()
        if number != int(number) or not low <= number <= high:
            self.problem(f"{self.words!r} is not a whole number from {low} to {high}", f"{low} to {high}")
            return low
        return int(number)

    def day(self) -> date | None:
        """A calendar day, ``YYYY-MM-DD``."""
        word = self.text()
        match = _DAY.match(word)
        if match:
            try:
                return date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                pass
        if word:
            self.problem(f"{word!r} is not a day of the calendar", "YYYY-MM-DD")
        return None

    def one_of(self, allowed: Collection[str], what: str = "") -> str:
        """One of the given words; the first of them stands in when it is another."""
        word = self.text()
        if word in allowed:
            return word
        if word:
            self.problem(
                f"unknown {what} {word!r}" if what else f"{word!r} is not allowed here", choices(allowed, word)
            )
        return next(iter(allowed), "")


def read_file(path: Path, problems: Problems, name: str = "", *, loader: type = FAST_LOADER) -> Node | None:
    """Read a file into its top node; None when it cannot be read, with the reason noted.

    Raises ``MissingContent`` when the file is not there.
    """
    name = name or str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        reason = (
            "there is no such file"
            if isinstance(error, FileNotFoundError)
            else ("this is a folder, not a file" if isinstance(error, IsADirectoryError) else "cannot be opened")
        )
        raise MissingContent([Problem(name, 0, 0, reason)]) from error
    return read_text(raw, problems, name, loader=loader)


def read_text(raw: bytes, problems: Problems, name: str, *, loader: type = FAST_LOADER) -> Node | None:
    """Read bytes as one YAML document; None when they cannot be read, with the reason noted."""
    if len(raw) > SIZE_LIMIT:
        problems.add(
            name,
            0,
            0,
            f"the file is larger than {SIZE_LIMIT // 1024 // 1024} MiB and was not read",
            f"up to {SIZE_LIMIT // 1024 // 1024} MiB",
        )
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.add(name, line, 1, "the file is not text in UTF-8", "UTF-8 text")
        return None
    strange = _BINARY.search(text)
    if strange:
        line = text.count("\n", 0, strange.start()) + 1
        problems.add(name, line, 1, "the file is not text: it holds control characters", "UTF-8 text")
        return None
    try:
        top = _build(text, Source(name, problems), loader)
    except yaml.MarkedYAMLError as error:
        _note_syntax(error, text, problems, name)
        return None
    except _Refused:
        return None
    except yaml.YAMLError:
        problems.add(name, 1, 1, "the file cannot be read as YAML", "block-style YAML")
        return None
    if top is None:
        problems.add(name, 1, 1, "the file is empty", "a map of names")
    return top


class _Refused(Exception):
    """Reading was stopped on purpose; the reason is noted already."""


def _build(text: str, source: Source, loader_type: type) -> Node | None:
    """Turn the parser's events into nodes, without recursion."""
    loader = loader_type(text)
    next_event = loader.get_event
    problems, name = source.problems, source.name
    top: Node | None = None
    stack: list[Node] = []
    key: str | None = None  # of the innermost map, while its value is awaited
    key_at = (0, 0)
    keys: list[tuple[str | None, tuple[int, int]]] = []
    documents = 0
    try:
        while True:
            event = next_event()
            kind = event.__class__
            if kind is yaml.ScalarEvent or kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
                mark = event.start_mark
                line, column = mark.line + 1, mark.column + 1
                if event.anchor is not None or (event.tag is not None and event.tag != "!"):
                    sign = "an anchor (&)" if event.anchor is not None else "a tag (!)"
                    problems.add(name, line, column, f"{sign} is not allowed", "plain texts, lists and maps")
                parent = stack[-1] if stack else None
                if kind is yaml.ScalarEvent:
                    if parent is not None and parent.kind == "map" and key is None:
                        key, key_at = event.value, (line, column)
                        if key in parent.nodes:
                            problems.add(name, line, column, f"{key!r} is given twice", "each name once")
                        continue
                    node = Node(
                        "empty" if event.value == "" and event.implicit[0] else "text",
                        source,
                        line,
                        column,
                        event.value,
                    )
                else:
                    if parent is not None and parent.kind == "map" and key is None:
                        problems.add(name, line, column, "a name has to be a word, not a list or map", "a word")
                        raise _Refused
                    node = Node("list" if kind is yaml.SequenceStartEvent else "map", source, line, column)
                if parent is None:
                    top = node
                elif parent.kind == "list":
                    parent.parts.append(node)
                elif key is not None:
                    node.key_line, node.key_column = key_at
                    parent.nodes[key] = node
                    key = None
                if kind is not yaml.ScalarEvent:
                    stack.append(node)
                    keys.append((key, key_at))
                    key = None
                    if len(stack) > DEPTH_LIMIT:
                        problems.add(
                            name, line, column, "lists and maps are nested too deeply", f"up to {DEPTH_LIMIT} levels"
                        )
                        raise _Refused
            elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
                stack.pop()
                key, key_at = keys.pop()
            elif kind is yaml.AliasEvent:
                problems.add(
                    name,
                    event.start_mark.line + 1,
                    event.start_mark.column + 1,
                    "an alias (*) is not allowed",
                    "write the value out",
                )
                raise _Refused
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    problems.add(
                        name, event.start_mark.line + 1, 1, "a second document begins here (---)", "one document a file"
                    )
                    raise _Refused
            elif kind is yaml.StreamEndEvent:
                return None if top is None or top.kind == "empty" else top
    finally:
        loader.dispose()


def _note_syntax(error: yaml.MarkedYAMLError, text: str, problems: Problems, name: str) -> None:
    """Say a parser's complaint with its place, and what commonly causes it."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or here[column - 1 : column] == "\t":
        problems.add(name, line, column, "a tab stands where spaces have to indent", "spaces")
        return
    detail = " ".join((error.problem or "the structure is broken").split())
    problems.add(
        name,
        line,
        column,
        f"cannot be read as YAML: {detail}",
        "block style, two spaces a level, texts with ': ' or ' #' in quotes",
    )
