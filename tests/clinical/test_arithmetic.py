"""The port's implementation: every function by its name, mistakes of a pack, the medicines page, the pace."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.clinical.arithmetic import SIGNATURES
from desktop_app.engine.answers import Answer, AnswerSheet, DateRange, Exclusion, Medicine, Quantity, Unknown, Value
from desktop_app.engine.derive import Derivations, Interval, Possible
from desktop_app.engine.model import Derived, FindingType
from desktop_app.engine.problems import ContentError
from tests.clinical.little_pack import SADDLE, build, inputs_of, little_pack, shipped_tables, without
from tests.clinical.test_roots import all_normal

TODAY = date(2026, 11, 1)
CLINICAL = shipped_tables()
PACK = CLINICAL.pack


def derive(atom: str, answers: Mapping[str, Value | Possible | None]) -> Possible:
    rule = PACK.atoms[atom].derived
    assert rule is not None
    return CLINICAL.derive(rule.function, PACK.atoms[atom], inputs_of(PACK, atom, answers), TODAY)


def kidney(**more: Value | Possible | None) -> dict[str, Value | Possible | None]:
    return {
        "age": Interval(77, 77),
        "sex": "male",
        "weight": Quantity(70, 70, "kg"),
        "creatinine": Quantity(2.0, 2.0, "mg_dl"),
        "creatinine_date": DateRange(TODAY, TODAY),
        "kidney_stable": True,
        **more,
    }


def sheet(answers: Mapping[str, Value]) -> AnswerSheet:
    return {name: Answer(value) for name, value in answers.items()}


# --- functions by name ------------------------------------------------------------------------------


def test_every_function_is_used_by_the_little_pack() -> None:
    used = {atom.derived.function for atom in PACK.atoms.values() if atom.derived is not None}
    assert used == {*SIGNATURES, "age_years"}


@pytest.mark.parametrize(
    ("atom", "answers", "expected"),
    [
        ("weakness_3_or_less", {"motor_emergency.power_3_or_less": False}, {False}),
        ("weakness_3_or_less", {"motor_emergency.power_3_or_less": False, "power.hip_flexion.left": "3"}, {True}),
        ("weakness_3_or_less", {"power.hip_flexion.left": "4-"}, {True, False}),
        ("power_fall", {"power.hip_flexion.left": "4", "earlier_power.hip_flexion.left": "4+"}, {True}),
        ("power_fall", {"power.hip_flexion.left": "4", "earlier_power.hip_flexion.right": "5"}, {True, False}),
        ("power_fall", {"motor_emergency.power_fallen": False}, {False}),
        ("motor_deficit", {"power.hip_flexion.left": "4+"}, {True}),
        ("motor_deficit", {"motor_emergency.foot_drop": True}, {True}),
        ("motor_deficit", {**all_normal(), "motor_emergency.foot_drop": False}, {False}),
        ("motor_deficit", all_normal(), {True, False}),
        ("sensory_deficit", all_normal(), {False}),
        ("sensory_deficit", {"sensation.S2.right": "changed"}, {True}),
        ("sensory_deficit", {}, {True, False}),
        ("sensory_deficit", {**all_normal(), "sensation.S3.left": None}, {True, False}),
        ("sensory_deficit", {**all_normal(), "sensation.S3.left": None, SADDLE: False}, {False}),
        ("sensory_deficit", {**all_normal(), "sensation.S3.left": None, SADDLE: True}, {True, False}),
        ("sensory_deficit", {**all_normal(), "sensation.S2.left": None, SADDLE: False}, {True, False}),
        ("saddle_change", {SADDLE: False}, {False}),
        ("saddle_change", {SADDLE: True, **all_normal()}, {True}),
        ("saddle_change", all_normal(), {True, False}),
        ("saddle_change", {SADDLE: False, "sensation.S4.right": "changed"}, {True}),
        ("saddle_change", {SADDLE: False, "sensation.S2.right": "changed"}, {False}),
        ("wide_deficit", {"wide_deficit_item": False}, {False}),
        (
            "clinical_root",
            {**all_normal(), "power.big_toe_extension.left": "4", "sensation.L5.left": "changed"},
            {"L5.left"},
        ),
        ("imaging_verdict", {"imaging_done": False}, {"not_done"}),
    ],
)
def test_derived_sets(atom: str, answers: dict[str, Value | Possible | None], expected: set[object]) -> None:
    assert derive(atom, answers) == expected


ENTERED = {"clearance_entered": Quantity(22, 22, "ml_min"), "kidney_stable": True}


def test_derived_numbers() -> None:
    assert derive("clearance", kidney()) == Interval(30.625, 30.625)
    assert derive("clearance", kidney(kidney_stable=None)) == Interval(None, None)
    assert derive("clearance", ENTERED) == Interval(22, 22)
    assert derive("clearance", {**ENTERED, "kidney_stable": False}) == Interval(None, None)
    opioids = (Medicine("morphine", 60, "mg", "oral"), Medicine("oxycodone", 20, "mg", "oral"))
    assert derive("mme", {"opioids": opioids, "opioids_listed": True}) == Interval(90, 90)
    assert derive("mme", {}) == Interval(0, None)
    assert derive("mme", {"takes_alert.opioid": False}) == Interval(0, 0)


def test_a_verdict_follows_the_root_through_the_engines_memory() -> None:
    derivations = Derivations(CLINICAL)
    answers = {**all_normal(), "power.big_toe_extension.left": "4", "sensation.L5.left": "changed"}
    root = derivations.derive(PACK.atoms["clinical_root"], inputs_of(PACK, "clinical_root", answers), TODAY)
    scan = {
        "imaging_done": True,
        "radicular_pain": True,
        "entrapment": "seen",
        "compression_list_complete": True,
        "compression.L4_L5.recess_left": "touched",
        "clinical_root": root,
    }
    verdict = derivations.derive(PACK.atoms["imaging_verdict"], inputs_of(PACK, "imaging_verdict", scan), TODAY)
    assert verdict == {"concordant"}


def test_another_function_than_the_declared_one_is_refused() -> None:
    with pytest.raises(KeyError):
        CLINICAL.derive("power_fall", PACK.atoms["mme"], {}, TODAY)


CELLS = sorted(
    {name for name in PACK.atoms if name.startswith(("power.", "reflex.", "sensation.", "earlier_power."))}
)


@settings(deadline=None, max_examples=80)
@given(st.dictionaries(st.sampled_from(CELLS), st.integers(0, 7), max_size=20), st.data())
def test_added_grid_answers_only_narrow_the_combined_findings(numbers: dict[str, int], data: st.DataObject) -> None:
    answers: dict[str, Value | Possible | None] = {"motor_course": "stable", "sensory_course": "first_exam"}
    names = ("weakness_3_or_less", "power_fall", "motor_deficit", "sensory_deficit", "wide_deficit", "clinical_root")
    before = {name: derive(name, answers) for name in names}
    for cell in data.draw(st.permutations(sorted(numbers))):
        options = PACK.atoms[cell].options
        answers[cell] = options[numbers[cell] % len(options)].id
        after = {name: derive(name, answers) for name in names}
        assert all(after[name] <= before[name] for name in names)  # type: ignore[operator]
        before = after


# --- mistakes of a pack -----------------------------------------------------------------------------


def mistakes(**changes: object) -> str:
    """The mistakes reported when a derived finding of the little pack is changed."""
    builder = build()
    for name, change in changes.items():
        builder.atoms[name] = change(builder.atoms[name])  # type: ignore[operator]
    with pytest.raises(ContentError) as caught:
        ClinicalArithmetic(little_pack(builder))
    return str(caught.value)


def test_unknown_functions_are_named_with_what_is_allowed() -> None:
    text = mistakes(mme=lambda atom: replace(atom, derived=Derived("morphine_equivalent", ())))
    assert "unknown function 'morphine_equivalent'" in text
    assert "morphine_equivalents" in text


def test_missing_and_unknown_arguments_are_named() -> None:
    assert "argument 'limit' is missing" in mistakes(weakness_3_or_less=lambda atom: without(atom, "limit"))
    text = mistakes(
        power_fall=lambda atom: replace(
            atom, derived=replace(atom.derived, arguments={**atom.derived.arguments, "speed": "x"})
        )
    )
    assert "unknown argument 'speed'" in text


def test_an_argument_that_is_no_input_is_named() -> None:
    text = mistakes(
        mme=lambda atom: replace(atom, derived=replace(atom.derived, inputs=("opioids", "opioids_listed")))
    )
    assert "'takes_alert.opioid' is an argument but not among the inputs" in text


def test_an_argument_that_is_no_finding_is_named() -> None:
    text = mistakes(
        mme=lambda atom: replace(
            atom, derived=replace(atom.derived, arguments={**atom.derived.arguments, "listed": "nothing"})
        )
    )
    assert "names 'nothing', which is no finding" in text


def test_a_result_of_the_wrong_type_and_wrong_options_are_named() -> None:
    assert "gives number, not yes_no" in mistakes(mme=lambda atom: replace(atom, type=FindingType.YES_NO))
    text = mistakes(clinical_root=lambda atom: replace(atom, options=atom.options[1:]))
    assert "option 'L1.left' is missing or means nothing" in text


def test_all_mistakes_come_in_one_run() -> None:
    text = mistakes(
        mme=lambda atom: without(atom, "taken"),
        clinical_root=lambda atom: without(atom, "pain"),
        weakness_3_or_less=lambda atom: replace(
            atom, derived=replace(atom.derived, arguments={**atom.derived.arguments, "limit": "6"})
        ),
    )
    assert len(text.splitlines()) == 3


def test_a_unit_factor_that_is_not_one_in_88_4_is_refused() -> None:
    def wrong(atom):  # type: ignore[no-untyped-def]
        return replace(atom, units=(atom.units[0], replace(atom.units[1], factor=0.0133)))

    assert "is not 1/88.4" in mistakes(creatinine=wrong)


def test_a_pack_without_tables_works_as_long_as_nothing_needs_them() -> None:
    pack = little_pack()
    plain = replace(pack, tables={}, atoms={name: a for name, a in pack.atoms.items() if a.derived is None})
    arithmetic = ClinicalArithmetic(plain)
    assert arithmetic.medicines({}, {}, TODAY) == {}
    assert arithmetic.localise({}, TODAY) == {}
    with pytest.raises(ContentError, match=r"needs the table anatomy\.yaml"):
        ClinicalArithmetic(replace(pack, tables={"medicines": pack.tables["medicines"]}))


# --- the medicines page -----------------------------------------------------------------------------


def test_c15_shows_the_bands_of_a_clearance_of_22() -> None:
    answers = sheet({**ENTERED, "takes_alert.opioid": False})
    data = CLINICAL.medicines(answers, {}, TODAY)
    assert json.loads(json.dumps(data)) == data
    assert data["clearance"]["shown"] == "22 ml/min"  # type: ignore[index]
    assert data["clearance"]["how"] == "entered"  # type: ignore[index]
    bands = data["bands"]
    assert bands["gabapentin"]["possible"] == ["15_to_30"]  # type: ignore[index]
    assert bands["gabapentin"]["rows"][0]["dose"] == "200 to 700 mg a day"  # type: ignore[index]
    assert bands["pregabalin"]["possible"] == ["15_to_30"]  # type: ignore[index]
    assert bands["pregabalin"]["rows"][0]["steps"] == ["25-50", "75", "100-150", "150"]  # type: ignore[index]
    assert data["mme"]["exact"] is True  # type: ignore[index]
    renal = {entry["drug"]: entry for entry in data["renal"]}  # type: ignore[attr-defined]
    assert renal["morphine"]["applies"] == "yes"
    assert renal["nsaid"]["applies"] == "yes"
    assert renal["morphine"]["check"] == "unchecked"
    assert renal["oxycodone"]["text"] == data["no_dose"]


def test_the_computed_clearance_names_its_inputs_and_formula() -> None:
    answers = sheet(
        {
            "sex": "male",
            "weight": Quantity(70, 70, "kg"),
            "creatinine": Quantity(2.0, 176.8, "umol_l"),
            "creatinine_date": DateRange(TODAY, TODAY),
            "kidney_stable": True,
        }
    )
    data = CLINICAL.medicines(answers, {"age": Interval(77, 77)}, TODAY)["clearance"]
    assert data["shown"] == "30.6 ml/min"  # type: ignore[index]
    assert data["weight"] == "actual body weight"  # type: ignore[index]
    assert [(entry["atom"], entry["value"]) for entry in data["inputs"]] == [  # type: ignore[index]
        ("age", "77 years"),
        ("sex", "male"),
        ("weight", "70 kg"),
        ("creatinine", "176.8 µmol/l"),
        ("creatinine_date", "2026-11-01"),
        ("kidney_stable", "yes"),
    ]


def test_an_old_creatinine_says_why_and_shows_every_band() -> None:
    old = TODAY - timedelta(days=91)
    answers = sheet(
        {
            "sex": "male",
            "weight": Quantity(70, 70, "kg"),
            "creatinine": Quantity(2.0, 2.0, "mg_dl"),
            "creatinine_date": DateRange(old, old),
            "kidney_stable": True,
        }
    )
    data = CLINICAL.medicines(answers, {"age": Interval(77, 77)}, TODAY)
    assert data["clearance"]["shown"] == "not known"  # type: ignore[index]
    assert data["clearance"]["unknown_because"] == ["the creatinine is older than 90 days"]  # type: ignore[index]
    assert len(data["bands"]["gabapentin"]["possible"]) == 4  # type: ignore[index]


def test_below_fifteen_the_page_gives_the_dose_in_proportion() -> None:
    data = CLINICAL.medicines(sheet({**ENTERED, "clearance_entered": Quantity(7.5, 7.5, "ml_min")}), {}, TODAY)
    (row,) = data["bands"]["gabapentin"]["rows"]  # type: ignore[index]
    assert row["in_proportion"]["text"] == "in proportion: 50 to 150 mg a day"


def test_dialysis_is_noted() -> None:
    answers = sheet({"clearance_entered": Quantity(8, 8, "ml_min"), "infection_risk.dialysis": True})
    data = CLINICAL.medicines(answers, {}, TODAY)
    assert data["clearance"]["dialysis"] is True  # type: ignore[index]
    assert data["clearance"]["dialysis_text"]  # type: ignore[index]
    assert data["bands"]["pregabalin"]["dialysis"]["check"] == "unchecked"  # type: ignore[index]


def test_c16_adds_up_to_ninety_with_every_part_named() -> None:
    opioids = (Medicine("morphine", 60, "mg", "oral"), Medicine("oxycodone", 20, "mg", "oral"))
    mme = CLINICAL.medicines(sheet({"opioids": opioids, "opioids_listed": True}), {}, TODAY)["mme"]
    assert (mme["at_least"], mme["exact"], mme["reaches_alert"]) == (90, True, "yes")  # type: ignore[index]
    assert [(p["drug"], p["factor"], p["mme"], p["check"]) for p in mme["parts"]] == [  # type: ignore[index]
        ("morphine", 1.0, 60, "secondary"),
        ("oxycodone", 1.5, 30, "secondary"),
    ]


def test_a_lower_bound_is_put_into_words() -> None:
    opioids = (Medicine("morphine", 30, "mg", "oral"), Medicine("buprenorphine", 8, "mg", "sublingual"))
    mme = CLINICAL.medicines(sheet({"opioids": opioids, "opioids_listed": True}), {}, TODAY)["mme"]
    assert mme["shown"] == (  # type: ignore[index]
        "at least 30 a day; the true total is not known (Buprenorphine: there is no factor for buprenorphine)"
    )
    assert mme["reaches_alert"] == "unknown"  # type: ignore[index]
    nothing = CLINICAL.medicines({}, {}, TODAY)["mme"]
    assert nothing["shown"] == "not known (the opioids are not listed)"  # type: ignore[index]


def test_the_page_reads_answers_as_they_count_on_the_day() -> None:
    yesterday = TODAY - timedelta(days=1)
    lapsed = {"takes_alert.opioid": Answer(False, on=yesterday)}
    assert CLINICAL.medicines(lapsed, {}, TODAY)["mme"]["exact"] is False  # type: ignore[index]
    fresh = {"takes_alert.opioid": Answer(False, on=TODAY)}
    assert CLINICAL.medicines(fresh, {}, TODAY)["mme"]["exact"] is True  # type: ignore[index]
    excluded = {"takes_alert.opioid": Answer(True, excluded=Exclusion("asked again", "Dr A", TODAY))}
    assert CLINICAL.medicines(excluded, {}, TODAY)["mme"]["exact"] is True  # type: ignore[index]
    declined = {"opioids": Answer(unknown=Unknown.DECLINED)}
    assert CLINICAL.medicines(declined, {}, TODAY)["mme"]["exact"] is False  # type: ignore[index]


def test_the_picture_of_the_roots_comes_from_the_answers() -> None:
    cells = {**all_normal(), "power.big_toe_extension.left": "4", "sensation.L5.left": "changed"}
    assert CLINICAL.localise(sheet(cells), TODAY)["named"] == "L5.left"  # type: ignore[arg-type]


def test_levels_are_looked_up_for_pages() -> None:
    assert CLINICAL.at_risk("L4")["new_leg_pain"] == "43 of 100"
    assert CLINICAL.disc_level("L4_L5")["exiting"] == "L4"
    assert CLINICAL.at_risk("L9") == {}
    assert CLINICAL.disc_level("L9_L10") == {}


def test_the_shipped_guideline_can_be_worked_out_whole(clinical: ClinicalArithmetic) -> None:
    """Its tables name known sources only and its derived findings the right roles; else the fixture fails."""
    used = {atom.derived.function for atom in clinical.pack.atoms.values() if atom.derived is not None}
    assert set(SIGNATURES) <= used


# --- pace -------------------------------------------------------------------------------------------


def test_a_call_is_quick_enough_for_hundreds_of_what_ifs() -> None:
    """The aim is 0.3 ms a call; ten times that still passes on a busy machine."""
    for name, answers in (
        ("clinical_root", {}),
        ("clinical_root", all_normal()),
        ("imaging_verdict", {}),
        ("wide_deficit", all_normal()),
        ("clearance", kidney()),
        ("mme", {}),
    ):
        atom = PACK.atoms[name]
        assert atom.derived is not None
        inputs = inputs_of(PACK, name, answers)
        best = float("inf")
        for _ in range(5):
            start = time.perf_counter()
            for _ in range(20):
                CLINICAL.derive(atom.derived.function, atom, inputs, TODAY)
            best = min(best, (time.perf_counter() - start) / 20)
        assert best < 0.003, name
