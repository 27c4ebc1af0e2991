"""The shipped tables with just the findings that clinical arithmetic reads, so that its tests need no rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from desktop_app.clinical.anatomy import Anatomy, read_anatomy
from desktop_app.clinical.arithmetic import ClinicalArithmetic
from desktop_app.clinical.formulary import Formulary, read_formulary
from desktop_app.engine.answers import Value
from desktop_app.engine.conditions import Always
from desktop_app.engine.derive import Possible
from desktop_app.engine.model import (
    Atom,
    ChoiceOption,
    Derived,
    FindingType,
    GridAxis,
    Pack,
    PackInfo,
    Question,
    QuestionShape,
    Unit,
)
from desktop_app.engine.reader import Node, Problems, read_file

FOLDER = Path(__file__).parents[2] / "resources/guidelines/lumbar_fracture_radicular_pain"

POWERS = ("0", "1", "2", "3", "4-", "4", "4+", "5")
REFLEXES = ("absent", "reduced", "normal", "brisk")
CONTACT = ("clear", "narrowed", "touched", "pressed")
MUSCLES = ("hip_flexion", "knee_extension", "ankle_dorsiflexion", "big_toe_extension", "plantar_flexion")
SKIN = ("L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4")
AREAS = (*SKIN[:-1], "buttock")
SADDLE = "cauda_equina.saddle_numbness"
SIDES = ("left", "right")
DISCS = ("T12_L1", "L1_L2", "L2_L3", "L3_L4", "L4_L5", "L5_S1")
ZONES = ("far_right", "foramen_right", "recess_right", "canal", "recess_left", "foramen_left", "far_left")
FRAGMENTS = ("recess_right", "canal", "recess_left")
LEVELS = ("L1", "L2", "L3", "L4", "L5")


def table(name: str) -> Node:
    """The top node of one of the shipped tables, read afresh."""
    problems = Problems()
    node = read_file(FOLDER / f"{name}.yaml", problems, f"{name}.yaml")
    assert node is not None, list(problems)
    return node


def anatomy() -> Anatomy:
    node = table("anatomy")
    typed = read_anatomy(node)
    node.finish()
    return typed


def formulary() -> Formulary:
    node = table("medicines")
    typed = read_formulary(node)
    node.finish()
    return typed


def _options(words: tuple[str, ...]) -> tuple[ChoiceOption, ...]:
    return tuple(ChoiceOption(word, word) for word in words)


class _Builder:
    def __init__(self) -> None:
        self.atoms: dict[str, Atom] = {}
        self.questions: dict[str, Question] = {}

    def grid(
        self,
        name: str,
        kind: FindingType,
        rows: tuple[str, ...],
        columns: tuple[str, ...],
        words: tuple[str, ...] = (),
    ) -> None:
        cells = [
            Atom(f"{name}.{row}.{column}", kind, f"{column} {row}", name, _options(words), row=row, column=column)
            for row in rows
            for column in columns
        ]
        self._add(name, QuestionShape.GRID, kind, cells, rows, columns)

    def one(
        self,
        name: str,
        kind: FindingType,
        words: tuple[str, ...] = (),
        units: tuple[Unit, ...] = (),
        *,
        emergency: bool = False,
    ) -> None:
        if "." in name:  # an item of a question with several
            self.atoms[name] = Atom(name, kind, name, name.split(".", maxsplit=1)[0], emergency=emergency)
            return
        atom = Atom(name, kind, name, name, _options(words), units, emergency=emergency)
        self._add(name, QuestionShape.SINGLE, kind, [atom], (), ())

    def derived(
        self,
        name: str,
        kind: FindingType,
        function: str,
        inputs: tuple[str, ...],
        arguments: Mapping[str, str],
        words: tuple[str, ...] = (),
        units: tuple[Unit, ...] = (),
    ) -> None:
        cells = tuple(
            cell for part in inputs for cell in (self.questions[part].atoms if part in self.questions else (part,))
        )
        rule = Derived(function, cells, MappingProxyType(dict(arguments)))
        self.atoms[name] = Atom(name, kind, name, name, _options(words), units, derived=rule)

    def _add(
        self,
        name: str,
        shape: QuestionShape,
        kind: FindingType,
        atoms: list[Atom],
        rows: tuple[str, ...],
        columns: tuple[str, ...],
    ) -> None:
        self.atoms.update({atom.id: atom for atom in atoms})
        self.questions[name] = Question(
            name,
            shape,
            kind,
            name,
            name,
            "",
            "",
            tuple(atom.id for atom in atoms),
            tuple(GridAxis(row, row) for row in rows),
            tuple(GridAxis(column, column) for column in columns),
        )


ROOT_OPTIONS = (*(f"{root}.{side}" for root in ("L1", "L2", "L3", "L4", "L5", "S1") for side in SIDES), "uncertain")
VERDICT_OPTIONS = (
    "concordant",
    "partial",
    "discordant_level",
    "discordant_side",
    "no_compression_seen",
    "incidental_only",
    "not_done",
    "root_uncertain",
)


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def build() -> _Builder:
    """Findings and derived findings as the content pack declares them."""
    kinds = FindingType
    b = _Builder()
    b.grid("power", kinds.SCALE, MUSCLES, SIDES, POWERS)
    b.grid("earlier_power", kinds.SCALE, MUSCLES, SIDES, POWERS)
    b.grid("reflex", kinds.SCALE, ("knee", "ankle"), SIDES, REFLEXES)
    b.grid("sensation", kinds.CHOICE, SKIN, SIDES, ("normal", "changed"))
    b.grid("pain_area", kinds.YES_NO, AREAS, SIDES)
    b.grid("compression", kinds.SCALE, DISCS, ZONES, CONTACT)
    b.grid("retropulsion", kinds.SCALE, LEVELS, FRAGMENTS, CONTACT)
    b.one(SADDLE, kinds.YES_NO, emergency=True)
    for name in ("power_3_or_less", "power_fallen", "foot_drop"):
        b.one(f"motor_emergency.{name}", kinds.YES_NO, emergency=True)
    b.one("wide_deficit_item", kinds.YES_NO, emergency=True)
    b.grid("provocation", kinds.YES_NO, ("slr", "crossed_slr", "slump", "femoral_stretch"), SIDES)
    for name in ("adductors_weak", "hip_abduction_weak", "inversion_weak", "gluteus_maximus_weak"):
        b.one(f"discriminators.{name}", kinds.YES_NO)
    for name in ("motor_course", "sensory_course"):
        b.one(name, kinds.CHOICE, ("long_known", "stable", "worsening", "first_exam"))
    for name in ("imaging_done", "radicular_pain", "compression_list_complete", "kidney_stable", "opioids_listed"):
        b.one(name, kinds.YES_NO)
    b.one("takes_alert.opioid", kinds.YES_NO, emergency=True)
    b.one("infection_risk.dialysis", kinds.YES_NO, emergency=True)
    b.one("entrapment", kinds.CHOICE, ("none_seen", "seen"))
    b.one("sex", kinds.CHOICE, ("female", "male"))
    b.one("date_of_birth", kinds.DATE)
    b.one("weight", kinds.NUMBER, units=(Unit("kg", "kg"),))
    b.one("creatinine", kinds.NUMBER, units=(Unit("mg_dl", "mg/dl"), Unit("umol_l", "µmol/l", 1 / 88.4)))
    b.one("creatinine_date", kinds.DATE)
    b.one("clearance_entered", kinds.NUMBER, units=(Unit("ml_min", "ml/min"),))
    b.one("opioids", kinds.MEDICINES)
    b.derived("age", kinds.NUMBER, "age_years", ("date_of_birth",), {}, units=(Unit("years", "years"),))
    b.derived(
        "weakness_3_or_less",
        kinds.YES_NO,
        "weakness_at_most",
        ("motor_emergency.power_3_or_less", "power"),
        {"item": "motor_emergency.power_3_or_less", "power": "power", "limit": "3"},
    )
    b.derived(
        "power_fall",
        kinds.YES_NO,
        "power_fall",
        ("motor_emergency.power_fallen", "power", "earlier_power"),
        {"item": "motor_emergency.power_fallen", "power": "power", "earlier": "earlier_power"},
    )
    b.derived(
        "motor_deficit",
        kinds.YES_NO,
        "any_weakness",
        ("power", "motor_emergency.foot_drop"),
        {"power": "power", "normal": "5"},
    )
    b.derived(
        "saddle_change",
        kinds.YES_NO,
        "screened_change",
        (SADDLE, "sensation"),
        {"item": SADDLE, "sensation": "sensation", "normal": "normal"},
    )
    b.derived(
        "sensory_deficit",
        kinds.YES_NO,
        "any_changed",
        ("sensation", SADDLE),
        {"sensation": "sensation", "normal": "normal"},
    )
    wide = ("wide_deficit_item", "power", "sensation", "reflex", "motor_course", "sensory_course")
    b.derived("wide_deficit", kinds.YES_NO, "wide_deficit", wide, {"item": "wide_deficit_item", **_same(*wide[1:])})
    b.derived(
        "clinical_root",
        kinds.CHOICE,
        "root_localisation",
        ("power", "reflex", "sensation", "pain_area", SADDLE),
        {"motor": "power", "reflex": "reflex", "sensory": "sensation", "pain": "pain_area"},
        ROOT_OPTIONS,
    )
    b.derived(
        "imaging_verdict",
        kinds.CHOICE,
        "imaging_verdict",
        (
            "imaging_done",
            "radicular_pain",
            "entrapment",
            "clinical_root",
            "compression",
            "retropulsion",
            "compression_list_complete",
        ),
        {
            "done": "imaging_done",
            "symptoms": "radicular_pain",
            "entrapment": "entrapment",
            "root": "clinical_root",
            "compression": "compression",
            "retropulsion": "retropulsion",
            "complete": "compression_list_complete",
        },
        VERDICT_OPTIONS,
    )
    kidney = ("age", "sex", "weight", "creatinine", "creatinine_date", "kidney_stable")
    b.derived(
        "clearance",
        kinds.NUMBER,
        "cockcroft_gault",
        (*kidney, "clearance_entered", "infection_risk.dialysis"),
        {**_same(*kidney), "entered": "clearance_entered", "dialysis": "infection_risk.dialysis"},
    )
    b.derived(
        "mme",
        kinds.NUMBER,
        "morphine_equivalents",
        ("opioids", "opioids_listed", "takes_alert.opioid"),
        {"opioids": "opioids", "listed": "opioids_listed", "taken": "takes_alert.opioid"},
    )
    return b


def little_pack(builder: _Builder | None = None, **tables: Node) -> Pack:
    b = builder or build()
    empty: dict[str, object] = {}
    info = PackInfo("little", "1", "Little", "", (), "", False, "", "", "", "en", (), "")
    sources = {
        node.words: None
        for name in ("anatomy", "medicines")
        for node in _walk(tables.get(name) or table(name), "source")
    }
    return Pack(
        info=info,
        content_hash="",
        folder="",
        sources=sources,
        statements=empty,
        disagreements=empty,  # type: ignore[arg-type]
        questions=b.questions,
        atoms=b.atoms,
        conditions=empty,
        contradictions=(),
        scope=Always(),
        criteria=empty,  # type: ignore[arg-type]
        options=empty,
        imaging_actions=(),
        imaging_adequate="",
        imaging_verdict="imaging_verdict",  # type: ignore[arg-type]
        clinical_root="clinical_root",
        clock_stopped="",
        claims=(),
        screens=(),
        texts=(),
        phones=(),
        services={},
        tables={"anatomy": table("anatomy"), "medicines": table("medicines"), **tables},
    )


def _walk(node: Node, key: str) -> list[Node]:
    found = [part for name, part in node.nodes.items() if name == key and part.kind == "text"]
    for part in (*node.nodes.values(), *node.parts):
        found += _walk(part, key)
    return found


def shipped_tables() -> ClinicalArithmetic:
    return ClinicalArithmetic(little_pack())


def inputs_of(
    pack: Pack, atom: str, answers: Mapping[str, Value | Possible | None]
) -> dict[str, Value | Possible | None]:
    """All inputs of a derived finding, those not answered unknown."""
    rule = pack.atoms[atom].derived
    assert rule is not None
    return {name: answers.get(name) for name in rule.inputs}


def without(atom: Atom, name: str) -> Atom:
    """The derived finding with one argument taken away."""
    assert atom.derived is not None
    arguments = {key: value for key, value in atom.derived.arguments.items() if key != name}
    return replace(atom, derived=replace(atom.derived, arguments=arguments))
