"""The questions of the example pack, of every shape that a paper has to print, and their findings."""

from __future__ import annotations

from desktop_app.engine.conditions import Always
from desktop_app.engine.model import (
    Atom,
    ChoiceOption,
    FindingType,
    GridAxis,
    NumberRange,
    Question,
    QuestionShape,
    Unit,
)

YES = Always()
SIDES = (GridAxis("right", "Right"), GridAxis("left", "Left"))
ROOTS = ("L1", "L2", "L3", "L4", "L5", "S1", "S2")


def _question(
    name: str,
    short: str,
    kind: FindingType,
    shape: QuestionShape = QuestionShape.SINGLE,
    atoms: tuple[str, ...] = (),
    rows: tuple[GridAxis, ...] = (),
    **more: object,
) -> Question:
    return Question(
        name,
        shape,
        kind,
        short,
        f"{short}?",
        "It decides.",
        "Ask.",
        atoms or (name,),
        rows=rows,
        columns=SIDES if rows else (),
        **more,  # type: ignore[arg-type]
    )


def _options(*names: str) -> tuple[ChoiceOption, ...]:
    return tuple(ChoiceOption(name, name.replace("_", " ").capitalize()) for name in names)


def findings() -> tuple[dict[str, Question], dict[str, Atom]]:
    questions: dict[str, Question] = {}
    atoms: dict[str, Atom] = {}

    def single(name: str, short: str, kind: FindingType, **more: object) -> None:
        questions[name] = _question(name, short, kind)
        atoms[name] = Atom(name, kind, short, name, **more)  # type: ignore[arg-type]

    def several(name: str, short: str, items: dict[str, str], *, emergency: bool = False) -> None:
        names = tuple(f"{name}.{item}" for item in items)
        questions[name] = _question(
            name,
            short,
            FindingType.YES_NO,
            QuestionShape.SEVERAL,
            names,
            none_label="None of these",
            emergency=emergency,
        )
        for item, label in items.items():
            atoms[f"{name}.{item}"] = Atom(
                f"{name}.{item}", FindingType.YES_NO, label, name, item=item, emergency=emergency
            )

    def grid(name: str, short: str, rows: dict[str, str], kind: FindingType, normal: str, *options: str) -> None:
        axes = tuple(GridAxis(row, label) for row, label in rows.items())
        names = tuple(f"{name}.{row}.{side.id}" for row in rows for side in SIDES)
        questions[name] = _question(name, short, kind, QuestionShape.GRID, names, axes)
        for row, label in rows.items():
            for side in SIDES:
                atoms[f"{name}.{row}.{side.id}"] = Atom(
                    f"{name}.{row}.{side.id}",
                    kind,
                    f"{side.label} {label.lower()}",
                    name,
                    options=_options(*options),
                    row=row,
                    column=side.id,
                    normal=normal,
                )

    several(
        "cauda_equina",
        "Bladder, bowel, saddle, sexual function, both legs",
        {
            "urinary_retention": "New retention of urine",
            "saddle_numbness": "New numbness of the saddle area",
            "bowel_incontinence": "New loss of bowel control",
        },
        emergency=True,
    )
    single("limb_ischaemia", "Acute limb ischaemia", FindingType.YES_NO, emergency=True)
    single("fracture_level", "Fracture level", FindingType.CHOICE, options=_options("L1", "L2", "L3", "L4", "L5"))
    single(
        "fracture_cause",
        "Cause of the fracture",
        FindingType.CHOICE,
        options=_options("osteoporotic", "trauma", "malignant", "unclear"),
    )
    single("fracture_date", "Date of the fracture", FindingType.DATE)
    single("fracture_state", "State of the fracture", FindingType.CHOICE, options=_options("unhealed", "healed"))
    single("radicular_onset", "Onset of the leg pain", FindingType.DATE)
    score = {"units": (Unit("of_10", "of 10"),), "range": NumberRange(0, 10, 0, 10)}
    single("leg_pain_score", "Leg pain", FindingType.NUMBER, **score)
    single("back_pain_score", "Back pain", FindingType.NUMBER, **score)
    single("pain_judged_severe", "Pain judged severe", FindingType.YES_NO)
    single("patient_goals", "What matters to the patient", FindingType.TEXT)
    grid(
        "power",
        "Power",
        {"knee_extension": "Knee extension", "ankle_dorsiflexion": "Ankle dorsiflexion"},
        FindingType.SCALE,
        "5",
        "0",
        "1",
        "2",
        "3",
        "4-",
        "4",
        "4+",
        "5",
    )
    grid(
        "sensation",
        "Sensation",
        {root: f"{root} zone, sensation" for root in ROOTS},
        FindingType.CHOICE,
        "normal",
        "normal",
        "changed",
    )
    grid(
        "reflex",
        "Reflexes",
        {"knee": "Knee jerk", "ankle": "Ankle jerk"},
        FindingType.SCALE,
        "normal",
        "absent",
        "reduced",
        "normal",
        "brisk",
    )
    grid("pain_area", "Where pain is felt", {root: f"{root} zone, pain" for root in ROOTS}, FindingType.YES_NO, "")
    single("imaging_done", "Imaging done", FindingType.YES_NO)
    single(
        "imaging_modality",
        "Kind of imaging",
        FindingType.CHOICE,
        options=(ChoiceOption("mri", "MRI"), ChoiceOption("ct", "CT")),
    )
    single("imaging_date", "Date of the imaging", FindingType.DATE)
    single("compression_list_complete", "Report covers every level and place", FindingType.YES_NO)
    several(
        "takes",
        "Medicines taken",
        {"nsaid": "Takes an anti-inflammatory painkiller (NSAID)", "anticoagulant": "Takes an anticoagulant"},
    )
    single("opioids", "Opioids taken", FindingType.MEDICINES)
    verdicts = {
        "concordant": "Imaging fits the examination",
        "partial": "Imaging fits in part",
        "not_done": "Imaging not done",
        "root_uncertain": "No root named yet",
    }
    atoms["imaging_verdict"] = Atom(
        "imaging_verdict",
        FindingType.CHOICE,
        "Whether imaging fits the examination",
        "imaging_verdict",
        options=tuple(ChoiceOption(name, label) for name, label in verdicts.items()),
    )
    atoms["clinical_root"] = Atom(
        "clinical_root",
        FindingType.CHOICE,
        "Nerve root named by the examination",
        "clinical_root",
        options=_options("L4.left", "uncertain"),
    )
    return questions, atoms
