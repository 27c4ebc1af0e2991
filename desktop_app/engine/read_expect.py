"""Reads what a worked case expects of the advice into single statements, each with its place.

Every name is checked against the pack, so that a misspelt expectation cannot pass for a met one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.engine.conditions import Place
from desktop_app.engine.decision import Status, Truth
from desktop_app.engine.model import FindingType, Pack, Tier
from desktop_app.engine.problems import choices
from desktop_app.engine.read_conditions import place_of
from desktop_app.engine.read_rules import ACTIONS
from desktop_app.engine.reader import Node

_YES_NO = ("yes", "no")
_NEEDED = ("floor", "ceiling", "final", "due_date")
_DAYS = ("due_date", "rule_out_by")


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing a worked case states about the advice: ``("options", "esi")`` is ``offered``."""

    path: tuple[str, ...]
    wanted: str
    place: Place


class ExpectReader:
    """Reads ``expect`` for one pack."""

    def __init__(self, pack: Pack) -> None:
        results = [str(truth) for truth in Truth]
        self.words: Mapping[str, Iterable[str]] = {
            "floor": [tier.name for tier in Tier],
            "ceiling": [tier.name for tier in Tier],
            "final": _YES_NO,
            "act_today": _YES_NO,
            "screen_complete": _YES_NO,
            "clock_stopped": _YES_NO,
            "scope": results,
            "verdict": [*_options_of(pack, pack.imaging_verdict), "unknown"],
            "root": [*_options_of(pack, pack.clinical_root), "unknown"],
            "adequacy": ["adequate", "inadequate", "unknown"],
            "action": [*ACTIONS, "unknown"],
        }
        self.maps: Mapping[str, tuple[Iterable[str], Iterable[str]]] = {
            "options": (pack.options, [str(status) for status in Status]),
            "criteria": (pack.criteria, results),
            "conditions": (pack.conditions, results),
            "texts": ([text.id for text in pack.texts], results),
            "disagreements": (pack.disagreements, results),
            "asked": ([each.id for each in pack.questions.values() if each.relevant_when is not None], _YES_NO),
            "contradictions": ([each.id for each in pack.contradictions], _YES_NO),
        }
        # option -> clause or number of the note -> how it comes out
        self.clauses = {
            option.id: [clause.id for clause in (*option.never_when, *option.conditional_when)]
            for option in pack.options.values()
        }
        self.notes = {
            option.id: [str(number) for number in range(1, len(option.notes) + 1)] for option in pack.options.values()
        }

    def read(self, node: Node) -> tuple[Expectation, ...]:
        """Every statement under ``expect``; tier and due date have to be among them."""
        node.only(*self.words, *_DAYS, "overdue_days", *self.maps, "clauses", "notes", "medicines")
        for key in _NEEDED:
            node.need(key)
        read: list[Expectation] = []
        for key, each in node.entries().items():
            if key in self.words:
                read.append(_one((key,), each.one_of(list(self.words[key]), key), each))
            elif key in _DAYS:
                day = None if each.words.strip() == "none" else each.day()
                read.append(_one((key,), str(day) if day else "none", each))
            elif key == "overdue_days":
                read.append(_one((key,), str(each.whole()), each))
            elif key in self.maps:
                read += _named((key,), each, *self.maps[key])
            elif key in {"clauses", "notes"}:
                read += self._of_options(key, each)
            elif key == "medicines":
                read += _leaves(("medicines",), each)
        return tuple(read)

    def _of_options(self, key: str, node: Node) -> list[Expectation]:
        ids = self.clauses if key == "clauses" else self.notes
        read: list[Expectation] = []
        for option, each in node.entries().items():
            if option not in ids:
                each.problem(f"unknown option {option!r}", choices(ids, option, most=4), key=True)
            else:
                read += _named((key, option), each, ids[option], [str(truth) for truth in Truth])
        return read


def _named(path: tuple[str, ...], node: Node, ids: Iterable[str], words: Iterable[str]) -> list[Expectation]:
    """A map of known names to one of some words."""
    known, allowed = list(ids), list(words)
    read = []
    for name, part in node.entries().items():
        if name not in known:
            part.problem(f"unknown name {name!r} in {path[-1]!r}", choices(known, name, most=4), key=True)
        read.append(_one((*path, name), part.one_of(allowed), part))
    return read


def _leaves(path: tuple[str, ...], node: Node) -> list[Expectation]:
    if node.kind == "map":
        return [leaf for key, each in node.nodes.items() for leaf in _leaves((*path, key), each)]
    return [_one(path, node.text(), node)]


def _one(path: tuple[str, ...], wanted: str, node: Node) -> Expectation:
    return Expectation(path, wanted, place_of(node))


def _options_of(pack: Pack, atom: str) -> list[str]:
    found = pack.atoms.get(atom)
    if found is None or found.type not in {FindingType.CHOICE, FindingType.SCALE}:
        return []
    return [option.id for option in found.options]
