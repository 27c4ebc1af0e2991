"""What differs between two editions of a content pack, in words that a clinician can read.

Every part of a pack is compared entry by entry and field by field; conditions are told with the labels of their
edition, tables by their places. Nothing is weighed: what is a small change and what a large one is for the reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum, StrEnum

from desktop_app.engine.conditions import All, Always, Any, AtLeast, Compare, Condition, Is, Not, Ref, Yes, fold
from desktop_app.engine.model import Pack, TimeLimit
from desktop_app.engine.reader import Node
from desktop_app.engine.words import threshold_in_words

NOTHING = "nothing"
_WORDS = {
    "when": "holds when", "conditional_when": "cautions", "never_when": "prohibited when",
    "relevant_when": "asked when", "applies_when": "fits when", "check": "how far it was checked", "basis": "rests on",
    "not_with": "not together with", "opposes": "excludes", "settle_first": "to be settled first",
    "clock_start": "counted from", "atoms": "parts", "short": "title", "shape": "form",
    "screen": "belongs to the emergency screen",
    "given": "given that", "always": "always holds", "approved_by": "approved by", "approved_on": "approved on",
    "review_by": "to be looked at again by", "content_hash": "SHA-256 of the content",
}
_UNTOLD = frozenset({"id", "derived"})


class Deed(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Field:
    """One field before and after, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of one part: "option", "tfesi", its title, what was done to it, and the fields that differ."""

    part: str
    id: str
    title: str
    deed: Deed
    fields: tuple[Field, ...]


def difference(old: Pack, new: Pack) -> tuple[Change, ...]:
    """Every change, in the order of the parts and of the new edition; what was removed stands at its part's end."""
    before, after = _Teller(old), _Teller(new)
    found = [*_entry("edition", old.info.id, before.told(old.info), after.told(new.info), new.info)]
    for part, first, then in zip(_PARTS, _entries(old), _entries(new), strict=True):
        for name, entry in then.items():
            found += _entry(part, name, before.told(first.get(name)), after.told(entry), entry)
        for name, entry in first.items():
            if name not in then:
                found += _entry(part, name, before.told(entry), {}, entry)
    return tuple(found)


_PARTS = ("source", "statement", "disagreement", "question", "answer", "condition", "pair of answers",
          "reason for urgency", "option", "imaging action", "safety claim", "page", "text", "telephone number",
          "service", "table", "scope")


def _entries(pack: Pack) -> tuple[Mapping[str, object], ...]:
    """The entries of each of the parts, by their ids."""
    return (pack.sources, pack.statements, pack.disagreements, pack.questions, pack.atoms, pack.conditions,
            _by_id(pack.contradictions), pack.criteria, pack.options, _by_id(pack.imaging_actions), _by_id(pack.claims),
            _by_id(pack.screens), _by_id(pack.texts), _by_id(pack.phones), pack.services, pack.tables,
            {"scope": pack.scope})


def _by_id(entries: Sequence[object]) -> dict[str, object]:
    return {str(getattr(entry, "id", at)): entry for at, entry in enumerate(entries)}


def _entry(part: str, name: str, first: Mapping[str, str], then: Mapping[str, str], entry: object) -> Iterator[Change]:
    if first == then:
        return
    deed = Deed.ADDED if not first else Deed.REMOVED if not then else Deed.CHANGED
    differing = [Field(_WORDS.get(key, key.replace("_", " ")), first.get(key, NOTHING), then.get(key, NOTHING))
                 for key in dict.fromkeys((*first, *then)) if first.get(key) != then.get(key)]
    yield Change(part, name, _title(entry), deed, tuple(differing))


def _title(entry: object) -> str:
    """What a reader knows the entry by."""
    for name in ("title", "label", "short", "words", "message", "text", "says"):
        told = getattr(entry, name, "")
        if isinstance(told, str) and told:
            return told
    return ""


class _Teller:
    """Tells the entries of one edition in words, with that edition's labels."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def told(self, entry: object) -> dict[str, str]:
        """An entry's fields in words; empty ones say nothing."""
        if entry is None:
            return {}
        if isinstance(entry, Node):
            return dict(_places(entry, ""))
        if isinstance(entry, Condition):
            return {"when": self._words(entry)}
        if not is_dataclass(entry):
            return {"words": self._words(entry)}
        told = {one.name: self._words(getattr(entry, one.name)) for one in fields(entry) if one.name not in _UNTOLD}
        return {name: words for name, words in told.items() if words}

    def _words(self, value: object) -> str:
        if value is None or value is False or value == ():
            return ""
        if value is True:
            return "yes"
        if isinstance(value, Condition):
            return fold(value, self)
        if isinstance(value, Enum):
            return str(value.value if isinstance(value, StrEnum) else value.name)
        if isinstance(value, TimeLimit):
            parts = ((value.hours, "hour"), (value.days, "day"), (value.months, "month"))
            return ", ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count) or "now"
        if isinstance(value, Mapping):
            return "; ".join(f"{name}: {self._words(inside)}" for name, inside in value.items())
        if isinstance(value, tuple | list):
            simple = all(isinstance(item, str) for item in value)
            return (", " if simple else "; ").join(self._words(item) for item in value)
        if is_dataclass(value):
            return ", ".join(words for one in fields(value) if (words := self._words(getattr(value, one.name))))
        return str(value)

    # --- conditions ------------------------------------------------------------------------------

    def yes(self, node: Yes) -> str:
        return self._pack.atoms[node.atom].label

    def is_(self, node: Is) -> str:
        atom = self._pack.atoms[node.atom]
        return f"{atom.label}: {atom.option_label(node.option)}"

    def compare(self, node: Compare) -> str:
        atom = self._pack.atoms[node.atom]
        return f"{atom.label}: {threshold_in_words(node, atom)}"

    def ref(self, node: Ref) -> str:
        return self._pack.conditions[node.condition].label

    def always(self, node: Always) -> str:  # noqa: ARG002 the reader's shape
        return "always"

    def all(self, node: All, parts: tuple[str, ...]) -> str:  # noqa: ARG002 the reader's shape
        return f"all of ({'; '.join(parts)})"

    def any(self, node: Any, parts: tuple[str, ...]) -> str:  # noqa: ARG002 the reader's shape
        return f"any of ({'; '.join(parts)})"

    def not_(self, node: Not, part: str) -> str:  # noqa: ARG002 the reader's shape
        return f"not ({part})"

    def at_least(self, node: AtLeast, parts: tuple[str, ...]) -> str:
        return f"at least {node.count} of ({'; '.join(parts)})"


def _places(node: Node, place: str) -> Iterator[tuple[str, str]]:
    """Every text of a table with the names that lead to it."""
    if node.kind == "map":
        for name, inside in node.entries(named=False).items():
            yield from _places(inside, f"{place}, {name}" if place else name)
    elif node.kind == "list":
        items = node.items()
        if all(item.kind == "text" for item in items):
            yield place, ", ".join(item.words for item in items)
        else:
            for number, item in enumerate(items, 1):
                yield from _places(item, f"{place}, {number}" if place else str(number))
    elif node.kind == "text":
        yield place, node.words
