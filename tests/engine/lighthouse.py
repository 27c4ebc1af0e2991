"""The arithmetic of the fictional lighthouse pack, so that tests can decide on its cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path

from desktop_app.engine.answers import AnswerSheet
from desktop_app.engine.derive import Inputs, Possible
from desktop_app.engine.loader import load_pack
from desktop_app.engine.model import Atom, Pack

FOLDER = Path(__file__).parents[2] / "resources/guidelines/blank"
CASES = FOLDER / "cases"
MORE_CASES = Path(__file__).parent / "lighthouse_cases"
SCALE = ("dark", "dim", "fair", "bright")
QUARTERS = ("upper.left", "upper.right", "lower.left", "lower.right")


@cache
def lighthouse() -> Pack:
    """The shipped blank pack, loaded once."""
    return load_pack(FOLDER)


class Lamps:
    """Clinical arithmetic of a lighthouse: from what may be to what may follow, by trying everything."""

    def derive(self, function: str, atom: Atom, inputs: Inputs, as_of: date) -> Possible:
        if function == "weakest_quarter":
            open_ = [[str(value)] if value is not None else list(SCALE) for value in inputs.values()]
            return frozenset(_weak(combination) for combination in product(*open_))
        if function == "survey_verdict":
            done, named, weak = inputs.values()
            if not isinstance(weak, frozenset):
                raise TypeError("the weak quarter is worked out")
            found: set[str] = set()
            if done is not True:
                found.add("not_done")
            if done is not False:
                for quarter in QUARTERS if named is None else (str(named),):
                    found |= {"concordant" if quarter == each else "discordant" for each in weak}
            return frozenset(found)
        raise ValueError(f"{atom.id}: no function {function}")

    def medicines(self, sheet: AnswerSheet, derived: Mapping[str, Possible], as_of: date) -> Mapping[str, object]:
        return {}


def _weak(brightness: tuple[str, ...]) -> str:
    weak = [quarter for quarter, light in zip(QUARTERS, brightness, strict=True) if SCALE.index(light) <= 1]
    return weak[0] if len(weak) == 1 else "uncertain"
