"""Reads the rules: named conditions, referral criteria, options, imaging actions and safety claims."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from desktop_app.engine.decision import Status
from desktop_app.engine.model import (
    Atom,
    Claim,
    Clause,
    Criterion,
    Effect,
    EmergencyPage,
    FindingType,
    ImagingAction,
    Named,
    Note,
    Option,
    Stage,
    Tier,
    TimeLimit,
)
from desktop_app.engine.problems import choices
from desktop_app.engine.read_conditions import OPERATORS, Names, condition_within, read_condition
from desktop_app.engine.read_evidence import Basis, read_check
from desktop_app.engine.reader import Node

KINDS = ("offer", "consider", "continue", "do", "stop", "never")
TIERS = tuple(tier.name for tier in Tier if tier is not Tier.NONE)
STAGES = ("start", "titration", "review", "stop")
ACTIONS = ("none", "outpatient", "refer_instead", "emergency")
_OF_CLAUSE = {"conditional_when": ("plan", "settle_first", "lower_start")}
EFFECT_UNITS = ("days", "weeks", "months", "years")


class Rules:
    """What the rules of a pack may refer to besides findings."""

    def __init__(self, names: Names, basis: Basis) -> None:
        self.names = names
        self.basis = basis
        self.services: Collection[str] = ()
        self.phones: Collection[str] = ()
        self.options: Collection[str] = ()

    def listed(self, node: Node, key: str, allowed: Collection[str], what: str) -> tuple[str, ...]:
        """A list of known names under a key; empty when the key is not there."""
        given = node.get(key)
        return () if given is None else tuple(part.one_of(allowed, what) for part in given.items())

    def named(self, key: str, node: Node) -> Named:
        node.only("label", "when", *OPERATORS, "rests_on")
        return Named(key, node.need("label").text(), condition_within(node, self.names), self.basis.read(node))

    def criterion(self, key: str, node: Node) -> Criterion:
        node.only(
            "tier",
            "label",
            "when",
            "rests_on",
            "check",
            "action",
            "clock",
            "limit",
            "screen",
            "services",
            "disagreements",
            "page",
            "act_today",
        )
        tier = Tier[node.need("tier").one_of(TIERS, "tier") or "R3"]
        emergency = tier in {Tier.E, Tier.E24}
        limit = read_limit(node.nodes["limit"]) if "limit" in node else TimeLimit(now=True)
        clock = node.get("clock")
        start = "" if clock is None else read_clock(clock, self.names.atoms)
        if not emergency and "limit" not in node:
            node.problem(f"a criterion of tier {tier.name} needs a limit", "days, months, hours, now", key=True)
        if clock is None and (limit.days or limit.months):
            node.problem("a limit in days or months needs a clock", "clock: the id of a date", key=True)
        page = node.get("page")
        if emergency and page is None:
            node.problem(f"a criterion of tier {tier.name} needs its emergency page", "page", key=True)
        if not emergency and page is not None:
            page.problem("only tiers E and E24 open an emergency page", "leave it out", key=True)
        return Criterion(
            id=key,
            tier=tier,
            label=node.need("label").text(),
            when=read_condition(node.need("when"), self.names),
            basis=self.basis.read(node),
            check=read_check(node),
            action=node.need("action").text(),
            clock_start=start,
            limit=limit,
            screen=node.flag_of("screen"),
            act_today=node.flag_of("act_today"),
            page=None if page is None else self.page(page),
            services=self.listed(node, "services", self.services, "service"),
            disagreements=self.basis.read_disagreements(node),
        )

    def page(self, node: Node) -> EmergencyPage:
        node.only("title", "sentence", "figure_label", "figure", "do_now", "not_now", "tell", "services", "phones")
        steps = []
        for part in node.need("do_now").items():
            part.only("what", "detail")
            steps.append((part.need("what").text(), part.text_of("detail")))
        return EmergencyPage(
            title=node.need("title").text(),
            sentence=node.need("sentence").text(),
            figure_label=node.need("figure_label").text(),
            figure=node.need("figure").text(),
            do_now=tuple(steps),
            not_now=node.need("not_now").texts(),
            tell=node.need("tell").text(),
            services=self.listed(node, "services", self.services, "service"),
            phones=self.listed(node, "phones", self.phones, "telephone number"),
        )

    def clauses(self, node: Node, key: str, *, constant: bool) -> tuple[Clause, ...]:
        given = node.get(key)
        if given is None:
            return ()
        read = []
        for name, each in given.entries().items():
            each.only("label", "when", "rests_on", "check", *_OF_CLAUSE.get(key, ()))
            read.append(
                Clause(
                    id=name,
                    label=each.need("label").text(),
                    when=read_condition(each.need("when"), self.names, constant=constant),
                    basis=self.basis.read(each),
                    check=read_check(each),
                    plan=each.text_of("plan"),
                    settle_first=self.listed(each, "settle_first", self.names.atoms, "finding"),
                    lower_start=each.flag_of("lower_start"),
                )
            )
        return tuple(read)

    def option(self, key: str, node: Node) -> Option:
        node.only(
            "title",
            "group",
            "kind",
            "elective",
            "targets_root",
            "text",
            "strength",
            "evidence",
            "effect",
            "when",
            "conditional_when",
            "never_when",
            "statements",
            "rests_on",
            "disagreements",
            "notes",
            "consent",
            "monitor",
            "opposes",
            "not_with",
            "services",
            "decidable",
            "for_patient",
            "medicine",
            "course",
            "topic",
        )
        effect = node.get("effect")
        notes = node.nodes["notes"].items() if "notes" in node else []
        return Option(
            id=key,
            title=node.need("title").text(),
            group=node.need("group").text(),
            kind=node.need("kind").one_of(KINDS, "kind"),
            text=node.need("text").text(),
            when=read_condition(node.need("when"), self.names, constant=True),
            conditional_when=self.clauses(node, "conditional_when", constant=True),
            never_when=self.clauses(node, "never_when", constant=True),
            elective=node.flag_of("elective", default=True),
            targets_root=node.flag_of("targets_root"),
            strength=node.need("strength").text(),
            evidence=node.need("evidence").text(),
            statements=self.basis.read_statements(node),
            basis=self.basis.read(node),
            disagreements=self.basis.read_disagreements(node),
            effect=None if effect is None else self.effect(effect),
            notes=tuple(self.note(part) for part in notes),
            consent=node.texts_of("consent"),
            monitor=node.texts_of("monitor"),
            opposes=self.listed(node, "opposes", self.options, "option"),
            not_with=self.listed(node, "not_with", self.options, "option"),
            services=self.listed(node, "services", self.services, "service"),
            decidable=node.flag_of("decidable", default=True),
            for_patient=node.text_of("for_patient"),
            medicine=node.text_of("medicine"),
            course=tuple(self.stage(name, each) for name, each in node.nodes["course"].entries().items())
            if "course" in node
            else (),
            topic=node.text_of("topic"),
        )

    def stage(self, key: str, node: Node) -> Stage:
        node.only("kind", "label", "on", "days", "rests_on", "check", "when")
        asked, days = node.get("on"), node.get("days")
        span = [each.whole(0, 10_000) for each in days.items()] if days is not None else []
        if days is not None and (len(span) != 2 or span[0] > span[1]):
            days.problem("days are counted from the first dose: first and last", "two numbers, the smaller one first")
            span = []
        return Stage(
            id=key,
            kind=node.need("kind").one_of(STAGES, "kind"),
            label=node.need("label").text(),
            on="" if asked is None else read_clock(asked, self.names.atoms),
            days=(span[0], span[1]) if span else None,
            basis=self.basis.read(node),
            check=read_check(node),
            when=node.nodes["when"].one_of(list(self.names.conditions), "condition") if "when" in node else "",
        )

    def note(self, node: Node) -> Note:
        node.only("text", "short", "rests_on", "check", "when")
        when = node.get("when")
        return Note(
            node.need("text").text(),
            self.basis.read(node),
            read_check(node),
            None if when is None else read_condition(when, self.names),
            node.text_of("short"),
        )

    def effect(self, node: Node) -> Effect:
        node.only("from", "to", "unit", "basis", "in_article", "sentence")
        low, high = node.need("from").whole(), node.need("to").whole()
        if low > high:
            node.problem(f"the effect runs from {low} to {high}", "the smaller number first")
        return Effect(
            low,
            high,
            node.need("unit").one_of(EFFECT_UNITS, "unit"),
            node.need("basis").text(),
            node.need("in_article").flag(),
            node.need("sentence").text(),
        )

    def imaging_action(self, node: Node) -> ImagingAction:
        node.only("id", "label", "text", "when", "rests_on")
        return ImagingAction(
            node.need("id").one_of(ACTIONS, "action"),
            node.need("label").text(),
            node.need("text").text(),
            read_condition(node.need("when"), self.names, constant=True),
            self.basis.read(node),
        )

    def claim(self, key: str, node: Node) -> Claim:
        node.only("words", "given", "always", "tier_at_least", "status_never", "status_always", "proof")
        always, tier = node.get("always"), node.get("tier_at_least")
        never, ever = self._statuses(node, "status_never"), self._statuses(node, "status_always")
        if always is None and tier is None and not never and not ever and "proof" not in node:
            node.problem(
                "the claim says nothing", "always, tier_at_least, status_never, status_always, proof", key=True
            )
        return Claim(
            id=key,
            words=node.need("words").text(),
            given=read_condition(node.need("given"), self.names, constant=True),
            always=None if always is None else read_condition(always, self.names),
            proof=node.text_of("proof"),
            tier_at_least=None if tier is None else Tier[tier.one_of(TIERS, "tier") or "R3"],
            status_never=never,
            status_always=ever,
        )

    def _statuses(self, node: Node, key: str) -> tuple[tuple[str, str], ...]:
        given = node.get(key)
        pairs = []
        for part in given.items() if given is not None else ():
            part.only("option", "status")
            pairs.append(
                (
                    part.need("option").one_of(self.options, "option"),
                    part.need("status").one_of(tuple(Status), "status"),
                )
            )
        return tuple(pairs)


def read_clock(node: Node, atoms: Mapping[str, Atom]) -> str:
    """The id of the date that starts a criterion's clock."""
    name = node.text()
    atom = atoms.get(name)
    if name and (atom is None or atom.type is not FindingType.DATE):
        dates = [each.id for each in atoms.values() if each.type is FindingType.DATE]
        node.problem(f"{name!r} is not a date", choices(dates, name))
    return name


def read_limit(node: Node) -> TimeLimit:
    """``now``, or a map of days, months, hours: the earlier of them counts."""
    if node.kind == "text":
        if node.text() != "now":
            node.problem(f"{node.words!r} is not a limit", "now, or days, months, hours")
        return TimeLimit(now=True)
    node.only("days", "months", "hours")
    parts = {key: each.whole(1, 100_000) for key, each in node.nodes.items() if key in {"days", "months", "hours"}}
    if not parts:
        node.problem("the limit is empty", "now, or days, months, hours")
        return TimeLimit(now=True)
    return TimeLimit(parts.get("days"), parts.get("months"), parts.get("hours"))
