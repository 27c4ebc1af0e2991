"""One evaluation with full explanation; 1,000 and 100,000 stored cases through the lanes."""

from __future__ import annotations

import gc
import itertools
import random
from datetime import date
from pathlib import Path

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.answers import Answer, AnswerSheet
from desktop_app.engine.cases import load_cases
from desktop_app.engine.judge import decide
from desktop_app.engine.lanes import Lanes
from desktop_app.engine.loader import load_pack
from desktop_app.engine.model import Pack
from desktop_app.engine.plan import plan_of
from desktop_app.engine.survey import evaluate, lanes_from_sheets
from tests.benchmarks.ratio import in_ms, timed

GUIDELINE = Path(__file__).resolve().parents[2] / "resources" / "guidelines" / "lumbar_fracture_radicular_pain"
STORED = 1_000
MANY = 100_000
SEED = 20261112


def _variations(pack: Pack, count: int) -> list[tuple[AnswerSheet, date]]:
    """Stored cases: the pack's own, each with a random third of its answers taken away."""
    chance = random.Random(SEED)
    cases = load_cases(GUIDELINE / "cases", pack)
    made: list[tuple[AnswerSheet, date]] = []
    for case in itertools.islice(itertools.cycle(cases), count):
        sheet: dict[str, Answer] = {atom: given for atom, given in case.sheet.items() if chance.random() > 1 / 3}
        made.append((sheet, case.as_of))
    return made


def _repeated(lanes: Lanes, times: int) -> Lanes:
    """The same lanes side by side, ``times`` over."""
    spread = sum(1 << (lanes.count * k) for k in range(times))
    ruled_out = {atom: [plane * spread for plane in planes] for atom, planes in lanes.ruled_out.items()}
    return Lanes(lanes.count * times, ruled_out)


def report() -> list[str]:
    pack = load_pack(GUIDELINE)
    clinical = ClinicalArithmetic(pack)
    program = plan_of(pack).program
    cases = {case.id: case for case in load_cases(GUIDELINE / "cases", pack)}
    lines = []
    loading = timed(lambda: load_pack(GUIDELINE), 5)
    lines.append(f"load the pack                     {in_ms(loading.median):>12}")
    gc.collect()
    gc.freeze()  # as the program does once after signing in
    for name in ("c01", "c29"):
        case = cases[name]
        bare = timed(lambda case=case: decide(pack, case.sheet, case.as_of, clinical, explain=False), 101, 10)
        full = timed(lambda case=case: decide(pack, case.sheet, case.as_of, clinical), 15, 3)
        lines.append(
            f"decide {name}                        {in_ms(bare.median):>12}   with every reason and what-if"
            f" {in_ms(full.median):>12}   ratio {full.median / bare.median:.1f}   (aims 2 ms, 100 ms)"
        )
    sheets = _variations(pack, STORED)
    packing = timed(lambda: lanes_from_sheets(pack, sheets, clinical), 3)
    lanes = lanes_from_sheets(pack, sheets, clinical)
    for count, some in ((STORED, lanes), (MANY, _repeated(lanes, MANY // STORED))):
        rules = timed(lambda some=some: program.run(some), 9)
        survey = timed(lambda some=some: evaluate(pack, some), 5)
        lines.append(
            f"{count:>7,} cases: rules only         {in_ms(rules.median):>12}   with tiers and statuses"
            f" {in_ms(survey.median):>12}" + ("   (aim 20 ms for the rules)" if count == MANY else "")
        )
    lines.append(f"{STORED:>7,} cases: answers into lanes {in_ms(packing.median):>12}")
    return lines
