"""The anatomy of the lumbar roots as typed tables: signs, weights, zones of the scan, fracture levels.

Everything stands in the pack's ``anatomy.yaml``; this module only gives it types and reports an
author's mistakes with file, line and column.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from desktop_app.engine.model import Check
from desktop_app.engine.reader import Node

KINDS = ("motor", "reflex", "sensory", "pain")
SIDES = ("left", "right")
VERDICTS = (
    "not_done",
    "incidental_only",
    "no_compression_seen",
    "root_uncertain",
    "discordant_side",
    "discordant_level",
    "partial",
    "concordant",
)
CHECKS = tuple(check.value for check in Check)


@dataclass(frozen=True, slots=True)
class Root:
    """One row of the root signature. ``role``: named, candidate (competes only) or imaged (scan only)."""

    id: str
    label: str
    role: str
    signature: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """One muscle, reflex or skin area, compared between the sides."""

    id: str
    label: str
    roots: tuple[str, ...]  # who scores
    explained_by: tuple[str, ...]  # whose row names the sign, helpful muscles included
    screen: str  # item of the emergency screen that asks for the same, "" for none
    node: Node = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sign, its points, and the rank of every answer: the side with the lower rank scores."""

    id: str
    label: str
    points: int
    normal: str
    ranks: Mapping[str, int]
    signs: Mapping[str, Sign]
    node: Node = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DiscLevel:
    """5.2: the roots of one disc level by zone."""

    id: str
    label: str
    exiting: str
    traversing: str
    central: tuple[str, ...]
    central_text: str
    conus: bool
    source: str
    check: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """A column of a scan grid: which side and which of the row's roots it means."""

    id: str
    label: str
    side: str  # left, right, both
    root: str  # exiting, traversing, recess, central


@dataclass(frozen=True, slots=True)
class FractureLevel:
    """5.3: the roots at risk when one vertebra is fractured."""

    id: str
    label: str
    central: tuple[str, ...]
    central_text: str
    conus: bool
    recess: tuple[str, ...]  # the usual root first
    below_root: str
    below_level: str
    above_root: str
    above_level: str
    new_leg_pain: str
    source: str
    check: str
    anatomy_check: str


@dataclass(frozen=True, slots=True)
class Discriminator:
    """What tells a root from a nerve beyond the spine; never scored."""

    id: str
    label: str
    text: str
    roots: tuple[str, ...]
    signs: Mapping[str, str]
    without: str
    source: str
    check: str


@dataclass(frozen=True, slots=True)
class Provocation:
    """A provocation test: supports or argues against a root, without points."""

    id: str
    label: str
    roots: tuple[str, ...]
    weakly: tuple[str, ...]
    negative: str  # what a negative test says
    figures: str
    text: str
    source: str
    check: str


@dataclass(frozen=True, slots=True)
class Remark:
    text: str
    source: str
    check: str


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The whole table. ``roots`` run from top to bottom: neighbours are adjacent roots."""

    roots: Mapping[str, Root]
    side_labels: Mapping[str, str]
    kinds: Mapping[str, Kind]
    min_kinds: int
    min_lead: int
    weights_note: str
    new_courses: frozenset[str]
    discriminator_question: str
    discriminators: tuple[Discriminator, ...]
    provocation_question: str
    provocation: tuple[Provocation, ...]
    cautions: tuple[str, ...]
    disc_levels: Mapping[str, DiscLevel]
    disc_zones: Mapping[str, Zone]
    zone_notes: tuple[str, ...]
    fracture_levels: Mapping[str, FractureLevel]
    retropulsion_zones: Mapping[str, Zone]
    fracture_notes: tuple[Remark, ...]
    imaged: frozenset[str]
    entrapment_none: str
    entrapment_seen: str
    verdicts: tuple[str, ...]
    node: Node = field(compare=False, repr=False)

    def named_roots(self) -> tuple[str, ...]:
        return tuple(root.id for root in self.roots.values() if root.role == "named")


SIGNATURE = ("pain", "sensory_point", "key_muscle", "helpful_muscles", "reflex", "provocation")
_TOP = (
    "sides",
    "roots",
    "naming",
    "kinds",
    "new_courses",
    "discriminator_question",
    "discriminators",
    "cautions",
    "provocation_question",
    "provocation",
    "disc_levels",
    "disc_zones",
    "zone_notes",
    "fracture_levels",
    "retropulsion_zones",
    "fracture_notes",
    "imaged",
    "entrapment",
    "verdicts",
)


def read_anatomy(node: Node, sources: Collection[str] | None = None) -> Anatomy:
    """Type the table. Mistakes are noted at their place in the node's collector.

    ``sources``: ids of the pack's sources; None leaves the names unchecked.
    """
    node.only(*_TOP)
    reader = _Reader(sources)
    roots = {name: reader.root(name, part) for name, part in node.need("roots").entries().items()}
    reader.roots = roots
    naming = node.need("naming")
    naming.only("kinds", "lead", "own_weights")
    entrapment = node.need("entrapment")
    entrapment.only("none", "seen")
    kinds_node = node.need("kinds")
    kinds_node.only(*KINDS)
    verdicts = node.need("verdicts")
    words = tuple(part.one_of(VERDICTS, "verdict") for part in verdicts.items())
    if words != VERDICTS:
        verdicts.problem("the verdicts stand in the order in which they apply", ", ".join(VERDICTS))
    sides = node.need("sides")
    sides.only(*SIDES)
    return Anatomy(
        roots=roots,
        side_labels={side: sides.need(side).text() for side in SIDES},
        kinds={kind: reader.kind(kind, kinds_node.need(kind)) for kind in KINDS},
        min_kinds=naming.need("kinds").whole(1, len(KINDS)),
        min_lead=naming.need("lead").whole(1, 20),
        weights_note=naming.need("own_weights").text(),
        new_courses=frozenset(node.need("new_courses").texts()),
        discriminator_question=node.need("discriminator_question").text(),
        discriminators=tuple(reader.discriminator(k, v) for k, v in node.need("discriminators").entries().items()),
        provocation_question=node.need("provocation_question").text(),
        provocation=tuple(reader.provocation(k, v) for k, v in node.need("provocation").entries().items()),
        cautions=node.need("cautions").texts(),
        disc_levels={k: reader.disc_level(k, v) for k, v in node.need("disc_levels").entries().items()},
        disc_zones=reader.zones(node.need("disc_zones"), ("exiting", "traversing", "central")),
        zone_notes=node.need("zone_notes").texts(),
        fracture_levels={k: reader.fracture(k, v) for k, v in node.need("fracture_levels").entries().items()},
        retropulsion_zones=reader.zones(node.need("retropulsion_zones"), ("recess", "central")),
        fracture_notes=tuple(reader.remark(part) for part in node.need("fracture_notes").items()),
        imaged=frozenset(node.need("imaged").texts()),
        entrapment_none=entrapment.need("none").text(),
        entrapment_seen=entrapment.need("seen").text(),
        verdicts=words,
        node=node,
    )


class _Reader:
    """Types the parts; knows the roots once they are read."""

    def __init__(self, sources: Collection[str] | None) -> None:
        self.sources = sources
        self.roots: Mapping[str, Root] = {}

    def source(self, node: Node) -> str:
        part = node.need("source")
        word = part.text()
        if word and self.sources is not None and word not in self.sources:
            part.problem(f"unknown source {word!r}", "an id of sources.yaml")
        return word

    @staticmethod
    def check(node: Node, key: str = "check") -> str:
        return node.need(key).one_of(CHECKS, "check")

    def root_name(self, node: Node) -> str:
        return node.one_of(tuple(self.roots), "root")

    def root_names(self, node: Node) -> tuple[str, ...]:
        return tuple(self.root_name(part) for part in node.items())

    def root(self, name: str, node: Node) -> Root:
        node.only("label", "role", "source", "check", *SIGNATURE)
        role = node.need("role").one_of(("named", "candidate", "imaged"), "role")
        scored = role != "imaged"
        return Root(
            id=name,
            label=node.need("label").text(),
            role=role,
            signature={key: node.text_of(key) for key in SIGNATURE if key in node},
            source=self.source(node) if scored else "",
            check=self.check(node) if scored else "",
        )

    def kind(self, name: str, node: Node) -> Kind:
        node.only("label", "points", "normal", "ranks", "signs")
        ranks = {key: part.whole(0, 100) for key, part in node.need("ranks").entries().items()}
        normal = node.need("normal")
        if normal.text() not in ranks:
            normal.problem(f"{normal.words!r} has no rank", ", ".join(ranks))
        return Kind(
            id=name,
            label=node.need("label").text(),
            points=node.need("points").whole(1, 9),
            normal=normal.text(),
            ranks=ranks,
            signs={key: self.sign(key, part) for key, part in node.need("signs").entries().items()},
            node=node,
        )

    def sign(self, name: str, node: Node) -> Sign:
        node.only("label", "roots", "explained_by", "screen")
        roots = self.root_names(node.need("roots"))
        for part in node.need("roots").items():
            root = self.roots.get(part.words)
            if root is not None and root.role == "imaged":
                part.problem(f"{root.id} takes no part in the examination", "roots that are named or candidates")
        explained = self.root_names(node.need("explained_by"))
        if not set(roots) <= set(explained):
            node.problem("explained_by has to hold every root that scores", ", ".join(roots))
        return Sign(name, node.need("label").text(), roots, explained, node.text_of("screen"), node)

    def discriminator(self, name: str, node: Node) -> Discriminator:
        node.only("label", "text", "roots", "signs", "without", "source", "check")
        return Discriminator(
            id=name,
            label=node.need("label").text(),
            text=node.need("text").text(),
            roots=self.root_names(node.need("roots")),
            signs={key: part.text() for key, part in node.need("signs").entries().items()},
            without=node.need("without").text(),
            source=self.source(node),
            check=self.check(node),
        )

    def provocation(self, name: str, node: Node) -> Provocation:
        node.only("label", "roots", "weakly", "negative", "figures", "text", "source", "check")
        weakly = node.get("weakly")
        return Provocation(
            id=name,
            label=node.need("label").text(),
            roots=self.root_names(node.need("roots")),
            weakly=self.root_names(weakly) if weakly is not None else (),
            negative=node.need("negative").text(),
            figures=node.need("figures").text(),
            text=node.text_of("text"),
            source=self.source(node),
            check=self.check(node),
        )

    def disc_level(self, name: str, node: Node) -> DiscLevel:
        node.only("label", "exiting", "traversing", "central", "central_text", "conus", "source", "check", "note")
        return DiscLevel(
            id=name,
            label=node.need("label").text(),
            exiting=self.root_name(node.need("exiting")),
            traversing=self.root_name(node.need("traversing")),
            central=self.root_names(node.need("central")),
            central_text=node.need("central_text").text(),
            conus=node.need("conus").flag(),
            source=self.source(node),
            check=self.check(node),
            note=node.text_of("note"),
        )

    @staticmethod
    def zones(node: Node, allowed: tuple[str, ...]) -> Mapping[str, Zone]:
        zones: dict[str, Zone] = {}
        for name, part in node.entries().items():
            part.only("label", "side", "root")
            side = part.need("side").one_of((*SIDES, "both"), "side")
            root = part.need("root").one_of(allowed, "root of a zone")
            if (side == "both") != (root == "central"):
                part.problem("the canal, and only it, lies on both sides", "side: both with root: central")
            zones[name] = Zone(name, part.need("label").text(), side, root)
        return zones

    def fracture(self, name: str, node: Node) -> FractureLevel:
        node.only(
            "label",
            "central",
            "central_text",
            "conus",
            "recess",
            "foramen_below",
            "foramen_above",
            "new_leg_pain",
            "source",
            "check",
            "anatomy_check",
        )
        below, above = node.need("foramen_below"), node.need("foramen_above")
        below.only("root", "level")
        above.only("root", "level")
        recess = self.root_names(node.need("recess"))
        if not recess:
            node.need("recess").problem("no root is named here", "a list of roots, the usual one first")
        return FractureLevel(
            id=name,
            label=node.need("label").text(),
            central=self.root_names(node.need("central")),
            central_text=node.need("central_text").text(),
            conus=node.need("conus").flag(),
            recess=recess,
            below_root=self.root_name(below.need("root")),
            below_level=below.need("level").text(),
            above_root=self.root_name(above.need("root")),
            above_level=above.need("level").text(),
            new_leg_pain=node.need("new_leg_pain").text(),
            source=self.source(node),
            check=self.check(node),
            anatomy_check=self.check(node, "anatomy_check"),
        )

    def remark(self, node: Node) -> Remark:
        node.only("text", "source", "check")
        return Remark(node.need("text").text(), self.source(node), self.check(node))
