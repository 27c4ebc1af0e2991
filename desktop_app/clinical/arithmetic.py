"""Clinical arithmetic as the engine sees it: one function name, partial inputs, the values possible.

``ClinicalArithmetic`` types the pack's tables once, checks that every derived finding of the pack can
be worked out, and keeps one worker per derived finding. It implements the engine's ``Clinical`` port.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from desktop_app.clinical.anatomy import KINDS, SIDES, Anatomy, Kind, read_anatomy
from desktop_app.clinical.combined import (
    WideDeficit,
    any_abnormal,
    power_fall,
    screened_change,
    unless_screened,
    weakness_at_most,
)
from desktop_app.clinical.formulary import Formulary, read_formulary
from desktop_app.clinical.imaging import VERDICT_ROLES, Correlator, level_table, roots_at_risk
from desktop_app.clinical.kidney import ROLES as CLEARANCE_ROLES
from desktop_app.clinical.kidney import ClearanceInputs, clearance
from desktop_app.clinical.medicines_page import MedicinesPage
from desktop_app.clinical.opioids import ROLES as OPIOID_ROLES
from desktop_app.clinical.opioids import OpioidInputs, morphine_equivalents
from desktop_app.clinical.picture_data import root_rows
from desktop_app.clinical.roots import UNCERTAIN, Localiser
from desktop_app.clinical.verdict_changes import VerdictChange, verdict_changes
from desktop_app.engine.answers import AnswerSheet
from desktop_app.engine.derive import DATE_FUNCTIONS, Inputs, Possible
from desktop_app.engine.effective import what_counts
from desktop_app.engine.model import Atom, Derived, FindingType, Pack
from desktop_app.engine.problems import Problems, choices
from desktop_app.engine.reader import Node

Worker = Callable[[Inputs, date], Possible]
T = TypeVar("T")

WIDE_ROLES = ("item", "power", "sensation", "reflex", "motor_course", "sensory_course")


@dataclass(frozen=True, slots=True)
class _Signature:
    """What one function needs: its roles, the type of its result, and the table it reads."""

    roles: tuple[str, ...]
    result: FindingType
    table: str


SIGNATURES: Mapping[str, _Signature] = {
    "root_localisation": _Signature(KINDS, FindingType.CHOICE, "anatomy"),
    "imaging_verdict": _Signature(VERDICT_ROLES, FindingType.CHOICE, "anatomy"),
    "wide_deficit": _Signature(WIDE_ROLES, FindingType.YES_NO, "anatomy"),
    "weakness_at_most": _Signature(("item", "power", "limit"), FindingType.YES_NO, "anatomy"),
    "power_fall": _Signature(("item", "power", "earlier"), FindingType.YES_NO, "anatomy"),
    "any_weakness": _Signature(("power", "normal"), FindingType.YES_NO, "anatomy"),
    "any_changed": _Signature(("sensation", "normal"), FindingType.YES_NO, "anatomy"),
    "screened_change": _Signature(("item", "sensation", "normal"), FindingType.YES_NO, "anatomy"),
    "cockcroft_gault": _Signature(CLEARANCE_ROLES, FindingType.NUMBER, "medicines"),
    "morphine_equivalents": _Signature(OPIOID_ROLES, FindingType.NUMBER, "medicines"),
}
"""Every function a pack may name, besides the engine's own date functions."""

_VALUES = frozenset(("limit", "normal"))  # roles that hold an answer, not the name of a finding


class ClinicalArithmetic:
    """The port's implementation for one pack. Raises ``ContentError`` with every mistake of the tables."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        problems = Problems()
        self._problems = problems
        tables = {name: pack.tables.get(name) for name in ("anatomy", "medicines")}
        self.anatomy = _typed(read_anatomy, tables["anatomy"], pack, problems)
        self.formulary = _typed(read_formulary, tables["medicines"], pack, problems)
        self._workers: dict[str, Worker] = {}
        self._localisers: dict[str, Localiser] = {}
        self._pages: tuple[str | None, str | None] = (None, None)
        for atom in pack.atoms.values():
            if atom.derived is not None and atom.derived.function not in DATE_FUNCTIONS:
                self._prepare(atom, atom.derived)
        problems.finish()
        self._page = self._medicines_page()

    # --- the port ------------------------------------------------------------------------------------

    def derive(self, function: str, atom: Atom, inputs: Inputs, as_of: date) -> Possible:
        """What the derived ``atom`` may still be. ``KeyError`` for an atom this pack does not derive."""
        if atom.derived is None or atom.derived.function != function:
            raise KeyError(f"{atom.id} is not worked out by {function}")
        return self._workers[atom.id](inputs, as_of)

    def medicines(self, sheet: AnswerSheet, derived: Mapping[str, Possible], as_of: date) -> Mapping[str, object]:
        """Clearance, dose bands and morphine equivalents with inputs, basis and check, as plain JSON."""
        if self._page is None:
            return {}
        return self._page.data(self._counting(sheet, as_of), derived, as_of)

    # --- what pages ask besides ----------------------------------------------------------------------

    def localise(self, sheet: AnswerSheet, as_of: date) -> dict[str, object]:
        """The side-by-side picture of the root scores; empty when the pack names no root."""
        for localiser in self._localisers.values():
            return localiser.localise(self._counting(sheet, as_of))
        return {}

    def pictures(self, sheet: AnswerSheet, as_of: date) -> dict[str, object]:
        """Plain data of the pictures: ``signs`` as ``localise`` gives them, ``roots`` with what imaging says."""
        signs = self.localise(sheet, as_of)
        if self.anatomy is None or not signs:
            return {}
        roles = self._imaging_roles()
        rows = root_rows(self.pack, self.anatomy, signs, roles, self._counting(sheet, as_of))
        return {"signs": signs, "roots": rows}

    def verdict_changes(
        self, sheet: AnswerSheet, as_of: date, roots: frozenset[str]
    ) -> tuple[VerdictChange, ...]:
        """Which single answers would settle the imaging verdict otherwise. ``roots``: those still possible."""
        roles, worker = self._imaging_roles(), self._workers.get(self.pack.imaging_verdict)
        if worker is None or not roles:
            return ()

        def judge(inputs: Inputs) -> frozenset[str]:
            found = worker(inputs, as_of)
            return frozenset(str(one) for one in found) if isinstance(found, frozenset) else frozenset()

        given = {**self._counting(sheet, as_of), roles["root"]: roots}
        return verdict_changes(self.pack, roles, judge, given)

    def _imaging_roles(self) -> dict[str, str]:
        rule = self.pack.atoms[self.pack.imaging_verdict].derived
        return {} if rule is None else {role: str(name) for role, name in rule.arguments.items()}

    def at_risk(self, fracture_level: str) -> dict[str, object]:
        """The roots a fractured vertebra endangers, with frequencies; empty for a level without a row."""
        anatomy = self.anatomy
        if anatomy is None or fracture_level not in anatomy.fracture_levels:
            return {}
        return roots_at_risk(anatomy, fracture_level)

    def disc_level(self, level: str) -> dict[str, object]:
        """Which root lies where at one disc level; empty for a level without a row."""
        anatomy = self.anatomy
        return level_table(anatomy, level) if anatomy is not None and level in anatomy.disc_levels else {}

    def _counting(self, sheet: AnswerSheet, as_of: date) -> Inputs:
        """What the answers amount to on the day; a lapsed or excluded answer is treated as the engine does."""
        atoms = self.pack.atoms
        return {name: what_counts(answer, atoms[name], as_of) for name, answer in sheet.items() if name in atoms}

    # --- preparing -----------------------------------------------------------------------------------

    def _complain(self, atom: Atom, message: str, allowed: str = "") -> None:
        self._problems.add("findings", 0, 0, f"derived finding {atom.id!r}: {message}", allowed)

    def _prepare(self, atom: Atom, rule: Derived) -> None:
        signature = SIGNATURES.get(rule.function)
        if signature is None:
            names = [*SIGNATURES, *sorted(DATE_FUNCTIONS)]
            self._complain(atom, f"unknown function {rule.function!r}", choices(names, rule.function))
            return
        if atom.type is not signature.result:
            self._complain(atom, f"{rule.function} gives {signature.result}, not {atom.type}", signature.result)
            return
        if (self.anatomy if signature.table == "anatomy" else self.formulary) is None:
            self._complain(atom, f"{rule.function} needs the table {signature.table}.yaml, which is not usable")
            return
        roles = self._roles(atom, rule, signature)
        if roles is not None:
            worker = self._worker(atom, rule, roles)
            if worker is not None:
                self._workers[atom.id] = worker

    def _roles(self, atom: Atom, rule: Derived, signature: _Signature) -> dict[str, str] | None:
        """Role to id, when every role is given and every id is among the inputs."""
        roles: dict[str, str] = {}
        for role in rule.arguments:
            if role not in signature.roles:
                self._complain(atom, f"unknown argument {role!r}", choices(signature.roles, role))
        for role in signature.roles:
            given = rule.arguments.get(role)
            if not isinstance(given, str) or not given:
                self._complain(atom, f"argument {role!r} is missing", ", ".join(signature.roles))
                continue
            if role not in _VALUES:
                question = self.pack.questions.get(given)
                cells = question.atoms if question is not None else (given,)
                if given not in self.pack.atoms and question is None:
                    self._complain(atom, f"argument {role!r} names {given!r}, which is no finding")
                    continue
                missing = [cell for cell in cells if cell not in rule.inputs]
                if missing:
                    self._complain(atom, f"{given!r} is an argument but not among the inputs", "name it in inputs")
                    continue
            roles[role] = given
        return roles if len(roles) == len(signature.roles) else None

    def _worker(self, atom: Atom, rule: Derived, roles: dict[str, str]) -> Worker | None:
        """The function bound to its inputs; None when a mistake was noted."""
        anatomy, formulary = self.anatomy, self.formulary
        if formulary is not None and rule.function == "cockcroft_gault":
            return self._clearance_worker(atom, roles, formulary)
        if formulary is not None and rule.function == "morphine_equivalents":
            self._pages = (self._pages[0], atom.id)
            return lambda inputs, _: morphine_equivalents(OpioidInputs.take(inputs, roles), formulary).interval
        if anatomy is None:
            return None
        if rule.function == "root_localisation":
            return self._root_worker(atom, roles, anatomy)
        if rule.function == "imaging_verdict":
            return self._verdict_worker(atom, roles, anatomy)
        if rule.function == "wide_deficit":
            for role, kind in (("power", "motor"), ("sensation", "sensory"), ("reflex", "reflex")):
                self._check_grid(atom, roles[role], anatomy.kinds[kind])
            for role in ("motor_course", "sensory_course"):
                self._check_options(atom, roles[role], anatomy.new_courses)
            wide = WideDeficit(anatomy, roles)
            return lambda inputs, _: wide.possible(inputs)
        return self._small_worker(atom, rule, roles, anatomy)

    def _small_worker(self, atom: Atom, rule: Derived, roles: dict[str, str], anatomy: Anatomy) -> Worker | None:
        motor = anatomy.kinds["motor"]
        kind = anatomy.kinds["sensory"] if "sensation" in roles else motor
        grid = roles["sensation" if "sensation" in roles else "power"]
        self._check_grid(atom, grid, kind)
        cells = self.pack.questions[grid].atoms if grid in self.pack.questions else ()
        ranks = motor.ranks
        for role in _VALUES & set(roles):
            if roles[role] not in kind.ranks:
                self._complain(atom, f"{role} {roles[role]!r} is no answer of {grid}", ", ".join(kind.ranks))
                return None
        if rule.function == "weakness_at_most":
            item, limit = roles["item"], roles["limit"]
            return lambda inputs, _: weakness_at_most(
                inputs.get(item), (inputs.get(cell) for cell in cells), ranks, limit
            )
        if rule.function == "power_fall":
            item = roles["item"]
            self._check_grid(atom, roles["earlier"], motor)
            pairs = tuple((roles["earlier"] + cell[len(grid) :], cell) for cell in cells)
            return lambda inputs, _: power_fall(
                inputs.get(item), ((inputs.get(before), inputs.get(now)) for before, now in pairs), ranks
            )
        normal = roles["normal"]
        screens = self._screens(atom, rule, grid, kind)
        if rule.function == "screened_change":
            item = roles["item"]
            asked = tuple(cell for cell, screen in screens.items() if screen == item)
            if not asked:
                self._complain(atom, f"no sign of {grid} is screened by {item}", "screen: in anatomy.yaml")
            return lambda inputs, _: screened_change(inputs.get(item), (inputs.get(cell) for cell in asked), normal)
        items = tuple(name for name in rule.inputs if name not in cells and name not in screens.values())
        plain = tuple(cell for cell in cells if cell not in screens)
        return lambda inputs, _: any_abnormal(
            [
                *(inputs.get(cell) for cell in plain),
                *(unless_screened(inputs.get(cell), inputs.get(screen), normal) for cell, screen in screens.items()),
            ],
            normal,
            [inputs.get(name) for name in items],
        )

    def _screens(self, atom: Atom, rule: Derived, grid: str, kind: Kind) -> dict[str, str]:
        """Cell to the item of the emergency screen that asks for the same; each has to be among the inputs."""
        found = {
            f"{grid}.{sign.id}.{side}": sign.screen for sign in kind.signs.values() if sign.screen for side in SIDES
        }
        for name in dict.fromkeys(found.values()):
            if name not in self.pack.atoms:
                kind.node.need("signs").problem(f"there is no finding {name!r}", "an item of the emergency screen")
            elif name not in rule.inputs:
                self._complain(atom, f"{name!r} screens {grid} and is not among the inputs", "name it in inputs")
        return found

    def _root_worker(self, atom: Atom, roles: dict[str, str], anatomy: Anatomy) -> Worker:
        wanted_questions = {
            "discriminator_question": [
                f"{anatomy.discriminator_question}.{s}" for d in anatomy.discriminators for s in d.signs
            ],
            "provocation_question": [
                f"{anatomy.provocation_question}.{t.id}.{side}" for t in anatomy.provocation for side in SIDES
            ],
        }
        for key, names in wanted_questions.items():
            for name in names:
                if name not in self.pack.atoms:
                    anatomy.node.need(key).problem(
                        f"there is no finding {name!r}", "a finding that asks for every sign"
                    )
        for kind in KINDS:
            self._check_grid(atom, roles[kind], anatomy.kinds[kind])
            if atom.derived is not None:
                self._screens(atom, atom.derived, roles[kind], anatomy.kinds[kind])
        wanted = {f"{root}.{side}" for root in anatomy.named_roots() for side in SIDES} | {UNCERTAIN}
        self._check_own_options(atom, wanted)
        localiser = self._localisers[atom.id] = Localiser(anatomy, roles)
        return lambda inputs, _: localiser.possible(inputs)

    def _verdict_worker(self, atom: Atom, roles: dict[str, str], anatomy: Anatomy) -> Worker:
        self._check_own_options(atom, set(anatomy.verdicts))
        self._check_options(atom, roles["entrapment"], {anatomy.entrapment_none, anatomy.entrapment_seen})
        for role, rows, zones in (
            ("compression", anatomy.disc_levels, anatomy.disc_zones),
            ("retropulsion", anatomy.fracture_levels, anatomy.retropulsion_zones),
        ):
            question = self.pack.questions.get(roles[role])
            if question is None or not question.rows:
                self._complain(atom, f"argument {role!r} has to name a grid")
                continue
            given = {(row.id, column.id) for row in question.rows for column in question.columns}
            tabled = {(row, zone) for row in rows for zone in zones}
            if given != tabled:
                odd = sorted(f"{row}.{zone}" for row, zone in given ^ tabled)
                self._complain(atom, f"the cells of {question.id} and of the anatomy differ: {', '.join(odd[:6])}")
            for name in question.atoms:
                self._check_options(atom, name, anatomy.imaged)
        correlator = Correlator(anatomy, roles)
        return lambda inputs, _: correlator.possible(inputs)

    def _clearance_worker(self, atom: Atom, roles: dict[str, str], formulary: Formulary) -> Worker:
        rule = formulary.clearance
        creatinine = self.pack.atoms[roles["creatinine"]]
        for unit in creatinine.units[1:]:
            if abs(unit.factor * rule.micromol_per_mg - 1) > 1e-9:
                rule.node.need("micromol_per_mg").problem(
                    f"{unit.label} of {creatinine.id} is turned into {creatinine.units[0].label} by {unit.factor},"
                    f" which is not 1/{rule.micromol_per_mg:g}",
                    f"factor {1 / rule.micromol_per_mg!r}",
                )
        sex = self.pack.atoms[roles["sex"]]
        for name in rule.sex_factors:
            if name not in {option.id for option in sex.options}:
                rule.node.need("sex_factors").problem(
                    f"{name!r} is no answer of {sex.id}", choices(o.id for o in sex.options)
                )
        self._pages = (atom.id, self._pages[1])
        return lambda inputs, as_of: clearance(ClearanceInputs.take(inputs, roles), rule, as_of)

    def _check_grid(self, atom: Atom, name: str, kind: Kind) -> None:
        """Every row of the grid is a sign of the table and the other way round, every answer has a rank."""
        question = self.pack.questions.get(name)
        if question is None or not question.rows:
            self._complain(atom, f"{name!r} has to be a grid")
            return
        if {column.id for column in question.columns} != set(SIDES):
            self._complain(atom, f"the columns of {name!r} have to be the sides", ", ".join(SIDES))
        rows = {row.id for row in question.rows}
        for row in sorted(rows - set(kind.signs)):
            kind.node.need("signs").problem(f"row {row!r} of the finding {name!r} has no sign here")
        for sign in kind.signs.values():
            if sign.id not in rows:
                sign.node.problem(f"the finding {name!r} has no row {sign.id!r}", choices(rows, sign.id), key=True)
        cell = self.pack.atoms[question.atoms[0]]
        options = {o.id for o in cell.options} if cell.type is not FindingType.YES_NO else {"yes", "no"}
        for option in sorted(options ^ set(kind.ranks)):
            kind.node.need("ranks").problem(
                f"the answers of {name!r} and the ranks differ in {option!r}", choices(options)
            )

    def _check_options(self, atom: Atom, name: str, wanted: set[str] | frozenset[str]) -> None:
        found = {option.id for option in self.pack.atoms[name].options} if name in self.pack.atoms else set()
        for option in sorted(wanted - found):
            self._complain(atom, f"{name} has no answer {option!r}", ", ".join(sorted(found)))

    def _check_own_options(self, atom: Atom, wanted: set[str]) -> None:
        for option in sorted(wanted ^ {option.id for option in atom.options}):
            self._complain(atom, f"option {option!r} is missing or means nothing", ", ".join(sorted(wanted)))

    def _medicines_page(self) -> MedicinesPage | None:
        if self.formulary is None:
            return None
        kidney, opioid = self._pages
        atoms = self.pack.atoms
        return MedicinesPage(
            self.formulary,
            clearance=atoms[kidney] if kidney is not None else None,
            equivalents=atoms[opioid] if opioid is not None else None,
            atoms=atoms,
        )


def _typed(read: Callable[[Node, tuple[str, ...]], T], node: Node | None, pack: Pack, problems: Problems) -> T | None:
    """A typed table, or None when the pack has none; its mistakes are gathered with the others."""
    if node is None:
        return None
    node.source.problems = problems  # mistakes of this table belong to this run
    return read(node, tuple(pack.sources))
