"""The packs that engine properties are tested on, and random answers for any of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.answers import Answer, DateRange, Quantity, Unknown, Value
from desktop_app.engine.derive import Clinical
from desktop_app.engine.loader import load_pack
from desktop_app.engine.model import Atom, FindingType, Pack
from desktop_app.engine.plan import Plan, plan_of
from tests.engine.lighthouse import Lamps
from tests.engine.small_pack import SmallArithmetic, small_pack

GUIDELINES = Path(__file__).resolve().parents[2] / "resources" / "guidelines"
NAMES = ("small", "blank", "lumbar_fracture_radicular_pain")
TODAY = date(2026, 11, 16)


@dataclass(frozen=True)
class Loaded:
    pack: Pack
    clinical: Clinical
    plan: Plan
    asked: tuple[Atom, ...]


@cache
def loaded(name: str) -> Loaded:
    """A pack with its arithmetic, read once a test run."""
    if name == "small":
        pack: Pack = small_pack()
        clinical: Clinical = SmallArithmetic()
    else:
        pack = load_pack(GUIDELINES / name)
        clinical = Lamps() if name == "blank" else ClinicalArithmetic(pack)
    asked = tuple(
        atom
        for atom in pack.atoms.values()
        if atom.derived is None and atom.type not in (FindingType.TEXT, FindingType.MEDICINES)
    )
    return Loaded(pack, clinical, plan_of(pack), asked)


def values(atom: Atom) -> st.SearchStrategy[Value]:
    """Any value that an entry field would accept."""
    if atom.type is FindingType.YES_NO:
        return st.booleans()
    if atom.options:
        return st.sampled_from([option.id for option in atom.options])
    if atom.type is FindingType.NUMBER:
        return st.builds(lambda entered: _quantity(atom, entered), st.integers(0, 1000))
    return st.builds(
        lambda days, width: DateRange(TODAY - timedelta(days + width), TODAY - timedelta(days)),
        st.integers(0, 30_000 if atom.id == "date_of_birth" else 700),
        st.sampled_from([0, 0, 0, 20]),
    )


def _quantity(atom: Atom, thousandth: int) -> Quantity:
    if atom.range is None:
        number = float(thousandth)
    else:
        low, high = atom.range.error_min, atom.range.error_max
        number = round(low + (high - low) * thousandth / 1000, atom.range.decimals)
    return Quantity(number, number, atom.units[0].id if atom.units else "")


def answers(atom: Atom) -> st.SearchStrategy[Answer]:
    return st.one_of(
        values(atom).map(Answer),
        values(atom).map(Answer),
        st.sampled_from(list(Unknown)).map(lambda unknown: Answer(unknown=unknown)),
        values(atom).map(lambda value: Answer(value, on=TODAY - timedelta(days=2))),
    )


def sheets(name: str, *, most: int = 60) -> st.SearchStrategy[dict[str, Answer]]:
    """Answer sheets from empty to long."""
    atoms = loaded(name).asked
    return st.lists(st.sampled_from(atoms), max_size=most, unique_by=lambda atom: atom.id).flatmap(
        lambda chosen: st.fixed_dictionaries({atom.id: answers(atom) for atom in chosen})
    )
