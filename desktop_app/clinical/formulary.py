"""Dose bands, clearance constants, opioid factors and the list of drugs as typed tables.

Everything stands in the pack's ``medicines.yaml``; this module only gives it types and reports an
author's mistakes with file, line and column. No dose is known to Python.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from desktop_app.clinical.anatomy import CHECKS
from desktop_app.engine.reader import Node


@dataclass(frozen=True, slots=True)
class ClearanceRule:
    """What Cockcroft-Gault needs besides its formula."""

    label: str
    formula: str  # in words
    weight: str
    unit: str
    sex_factors: Mapping[str, float]
    micromol_per_mg: float
    valid_days: int
    dialysis: str
    source: str
    check: str
    node: Node = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class BandRow:
    """One kidney band of a drug. Bounds in ml/min; None is no bound."""

    id: str
    label: str
    label_edge: str  # the words of the label's own table
    low: float | None
    low_included: bool
    high: float | None
    high_included: bool
    dose: str
    from_mg: float
    to_mg: float
    schedule: str
    steps: tuple[str, ...] = ()
    proportional_below: float | None = None

    def holds(self, value: float) -> bool:
        """Whether an exact clearance lies in the band."""
        above = self.low is None or value > self.low or (self.low_included and value == self.low)
        below = self.high is None or value < self.high or (self.high_included and value == self.high)
        return above and below

    def meets(self, low: float | None, high: float | None) -> bool:
        """Whether any clearance of a closed interval lies in the band; None is no bound."""
        if (
            high is not None
            and self.low is not None
            and (high < self.low or (high == self.low and not self.low_included))
        ):
            return False
        return not (
            low is not None
            and self.high is not None
            and (low > self.high or (low == self.high and not self.high_included))
        )


@dataclass(frozen=True, slots=True)
class DoseBands:
    """All bands of one drug, highest clearance first, without gap or overlap."""

    drug: str
    label: str
    rows: tuple[BandRow, ...]
    start: str
    ceiling: str
    ceiling_mg: float | None
    taper: str
    source: str
    check: str
    rows_source: str
    rows_check: str
    dialysis: str
    dialysis_source: str
    dialysis_check: str


@dataclass(frozen=True, slots=True)
class Drug:
    """One entry of the list of medicines. ``factor`` only holds for its unit and route."""

    id: str
    label: str
    groups: tuple[str, ...]
    source: str
    check: str
    factor: float | None = None
    unit: str = ""
    route: str = ""
    no_factor_because: str = ""
    renal: str = ""
    renal_below: float | None = None
    renal_check: str = ""


@dataclass(frozen=True, slots=True)
class EquivalentRule:
    label: str
    alert: float
    unit_labels: Mapping[str, str]
    units: Mapping[str, str]  # every accepted spelling -> unit
    notes: tuple[str, ...]
    source: str
    check: str


@dataclass(frozen=True, slots=True)
class Formulary:
    clearance: ClearanceRule
    bands: Mapping[str, DoseBands]
    equivalents: EquivalentRule
    routes: Mapping[str, str]
    drugs: Mapping[str, Drug]
    no_dose: str
    label_dose: str


def read_formulary(node: Node, sources: Collection[str] | None = None) -> Formulary:
    """Type the table; mistakes are noted at their place. ``sources``: ids of the pack's sources."""
    node.only("clearance", "no_dose", "label_dose", "bands", "equivalents", "routes", "drugs")
    reader = _Reader(sources)
    equivalents = reader.equivalents(node.need("equivalents"))
    routes = {name: part.text() for name, part in node.need("routes").entries().items()}
    return Formulary(
        clearance=reader.clearance(node.need("clearance")),
        bands={name: reader.bands(name, part) for name, part in node.need("bands").entries().items()},
        equivalents=equivalents,
        routes=routes,
        drugs={
            name: reader.drug(name, part, equivalents, routes) for name, part in node.need("drugs").entries().items()
        },
        no_dose=node.need("no_dose").text(),
        label_dose=node.need("label_dose").text(),
    )


class _Reader:
    def __init__(self, sources: Collection[str] | None) -> None:
        self.sources = sources

    def source(self, node: Node, key: str = "source") -> str:
        part = node.need(key)
        word = part.text()
        if word and self.sources is not None and word not in self.sources:
            part.problem(f"unknown source {word!r}", "an id of sources.yaml")
        return word

    @staticmethod
    def check(node: Node, key: str = "check") -> str:
        return node.need(key).one_of(CHECKS, "check")

    def clearance(self, node: Node) -> ClearanceRule:
        node.only(
            "label",
            "formula",
            "weight",
            "unit",
            "sex_factors",
            "micromol_per_mg",
            "result_valid_days",
            "source",
            "check",
            "dialysis",
        )
        factors = {sex: part.number() for sex, part in node.need("sex_factors").entries().items()}
        for sex, part in node.need("sex_factors").entries().items():
            if not 0 < factors[sex] <= 1:
                part.problem(f"{part.words!r} is not a factor", "above 0, at most 1")
        micromol = node.need("micromol_per_mg")
        if micromol.number() <= 0:
            micromol.problem("a conversion factor is above 0", "above 0")
        return ClearanceRule(
            label=node.need("label").text(),
            formula=node.need("formula").text(),
            weight=node.need("weight").text(),
            unit=node.need("unit").text(),
            sex_factors=factors,
            micromol_per_mg=micromol.number(),
            valid_days=node.need("result_valid_days").whole(1, 3650),
            dialysis=node.need("dialysis").text(),
            source=self.source(node),
            check=self.check(node),
            node=node,
        )

    def bands(self, name: str, node: Node) -> DoseBands:
        node.only(
            "label",
            "source",
            "check",
            "start",
            "ceiling",
            "ceiling_mg",
            "taper",
            "rows",
            "rows_source",
            "rows_check",
            "dialysis",
        )
        rows_node = node.need("rows")
        rows = tuple(self.row(key, part) for key, part in rows_node.entries().items())
        _check_cover(rows_node, rows)
        source, check = self.source(node), self.check(node)
        dialysis = node.need("dialysis")
        dialysis.only("text", "source", "check")
        ceiling = node.get("ceiling_mg")
        return DoseBands(
            drug=name,
            label=node.need("label").text(),
            rows=rows,
            start=node.need("start").text(),
            ceiling=node.need("ceiling").text(),
            ceiling_mg=ceiling.number() if ceiling is not None else None,
            taper=node.need("taper").text(),
            source=source,
            check=check,
            rows_source=self.source(node, "rows_source") if "rows_source" in node else source,
            rows_check=self.check(node, "rows_check") if "rows_check" in node else check,
            dialysis=dialysis.need("text").text(),
            dialysis_source=self.source(dialysis),
            dialysis_check=self.check(dialysis),
        )

    @staticmethod
    def row(name: str, node: Node) -> BandRow:
        node.only(
            "label",
            "label_edge",
            "low",
            "low_included",
            "high",
            "high_included",
            "dose",
            "from_mg",
            "to_mg",
            "schedule",
            "steps",
            "proportional_below",
        )
        low, high, below = node.get("low"), node.get("high"), node.get("proportional_below")
        return BandRow(
            id=name,
            label=node.need("label").text(),
            label_edge=node.need("label_edge").text(),
            low=low.number() if low is not None else None,
            low_included=node.need("low_included").flag() if low is not None else False,
            high=high.number() if high is not None else None,
            high_included=node.need("high_included").flag() if high is not None else False,
            dose=node.need("dose").text(),
            from_mg=node.need("from_mg").number(),
            to_mg=node.need("to_mg").number(),
            schedule=node.need("schedule").text(),
            steps=node.texts_of("steps"),
            proportional_below=below.number() if below is not None else None,
        )

    def equivalents(self, node: Node) -> EquivalentRule:
        node.only("label", "alert", "source", "check", "units", "notes")
        labels: dict[str, str] = {}
        units: dict[str, str] = {}
        for unit, part in node.need("units").entries().items():
            part.only("label", "written")
            labels[unit] = part.need("label").text()
            for spelling in part.need("written").items():
                if units.setdefault(spelling.text(), unit) != unit:
                    spelling.problem(f"{spelling.words!r} already means another unit", "each spelling once")
        return EquivalentRule(
            label=node.need("label").text(),
            alert=node.need("alert").number(),
            unit_labels=labels,
            units=units,
            notes=node.need("notes").texts(),
            source=self.source(node),
            check=self.check(node),
        )

    def drug(self, name: str, node: Node, equivalents: EquivalentRule, routes: Mapping[str, str]) -> Drug:
        node.only(
            "label",
            "groups",
            "source",
            "check",
            "factor",
            "unit",
            "route",
            "no_factor_because",
            "renal",
            "renal_below",
            "renal_check",
        )
        factor, renal = node.get("factor"), node.get("renal")
        groups = node.need("groups").texts()
        if factor is not None and factor.number() <= 0:
            factor.problem("a factor is above 0", "above 0")
        if "opioid" in groups and (factor is None) == ("no_factor_because" not in node):
            node.problem("an opioid has either a factor or a reason why there is none", "factor, no_factor_because")
        return Drug(
            id=name,
            label=node.need("label").text(),
            groups=groups,
            source=self.source(node),
            check=self.check(node),
            factor=factor.number() if factor is not None else None,
            unit=node.need("unit").one_of(tuple(equivalents.unit_labels), "unit") if factor is not None else "",
            route=node.need("route").one_of(tuple(routes), "route") if factor is not None else "",
            no_factor_because=node.text_of("no_factor_because"),
            renal=renal.text() if renal is not None else "",
            renal_below=node.need("renal_below").number() if renal is not None else None,
            renal_check=self.check(node, "renal_check") if renal is not None else "",
        )


def _check_cover(node: Node, rows: tuple[BandRow, ...]) -> None:
    """Every clearance lies in exactly one band: no gap, no overlap, no end left open."""
    if not rows:
        node.problem("no band is given", "bands from the highest clearance down")
        return
    parts = tuple(node.entries().values())
    if rows[0].high is not None:
        parts[0].problem("the first band has an upper end, so the highest clearances have none", "no high")
    if rows[-1].low is not None:
        parts[-1].problem("the last band has a lower end, so the lowest clearances have none", "no low")
    for upper, lower, part in zip(rows, rows[1:], parts[1:], strict=False):
        if upper.low is None or lower.high is None or upper.low != lower.high:
            part.problem(f"between {upper.id} and {lower.id} there is a gap or an overlap", "the same bound")
        elif upper.low_included == lower.high_included:
            part.problem(
                f"{upper.low:g} lies in both or in neither of {upper.id} and {lower.id}",
                "the bound included on one side",
            )
