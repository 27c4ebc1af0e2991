"""Authors' mistakes in anatomy.yaml and medicines.yaml: each is named with its place, all in one run."""

from __future__ import annotations

import pytest
import yaml

from desktop_app.clinical.anatomy import read_anatomy
from desktop_app.clinical.formulary import read_formulary
from desktop_app.engine.problems import ContentError
from desktop_app.engine.reader import PURE_LOADER, Problems, read_text
from tests.clinical.little_pack import FOLDER, anatomy, formulary

READERS = {"anatomy": read_anatomy, "medicines": read_formulary}


def mistakes(name: str, old: str, new: str, sources: tuple[str, ...] | None = None) -> str:
    """What is reported when one place of a shipped table is changed."""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    assert old in text, old
    problems = Problems()
    node = read_text(text.replace(old, new, 1).encode(), problems, f"{name}.yaml")
    assert node is not None
    READERS[name](node, sources)
    with pytest.raises(ContentError) as caught:
        node.finish()
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("anatomy", "    points: 3", "    points: 0", "not a whole number from 1 to 9"),
        ("anatomy", "    role: named", "    role: nmaed", "unknown role 'nmaed'"),
        ("anatomy", "          - L2", "          - L9", "unknown root 'L9'"),
        ("anatomy", "          - L2", "          - T12", "T12 takes no part in the examination"),
        ("anatomy", '    normal: "5"', '    normal: "6"', "'6' has no rank"),
        (
            "anatomy",
            "  - not_done\n  - incidental_only",
            "  - incidental_only\n  - not_done",
            "in the order in which they",
        ),
        ("anatomy", "    exiting: L1", "    exitign: L1", "unknown name 'exitign'"),
        ("anatomy", "    side: both", "    side: left", "the canal, and only it"),
        ("anatomy", "    check: read", "    check: checked", "unknown check 'checked'"),
        ("anatomy", "  lead: 2", "  led: 2", "'lead' is missing"),
        ("medicines", "        low: 60\n", "        low: 61\n", "a gap or an overlap"),
        ("medicines", "        high_included: no", "        high_included: yes", "lies in both or in neither"),
        (
            "medicines",
            "        low: 60\n        low_included: yes\n",
            "        high: 900\n        high_included: yes\n        low: 60\n        low_included: yes\n",
            "the first band has an upper end",
        ),
        ("medicines", "    factor: 0.15", "    factor: 0", "a factor is above 0"),
        ("medicines", "    factor: 0.15", "    factor: none", "'none' is not a number"),
        ("medicines", "    unit: mcg_h", "    unit: mcgh", "unknown unit 'mcgh'"),
        ("medicines", "    route: transdermal", "    route: patch", "unknown route 'patch'"),
        ("medicines", "    female: 0.85", "    female: 8.5", "is not a factor"),
        ("medicines", "    no_factor_because: it is not", "    renal: it is not", "either a factor or a reason"),
        ("medicines", "  micromol_per_mg: 88.4", "  micromol_per_mg: 0", "above 0"),
        (
            "medicines",
            "      label: micrograms an hour\n      written:\n        - mcg_h",
            "      label: micrograms an hour\n      written:\n        - mg",
            "already means another unit",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(name: str, old: str, new: str, words: str) -> None:
    text = mistakes(name, old, new)
    assert words in text
    assert all(line.startswith(f"{name}.yaml:") and line.split(":")[1] != "0" for line in text.splitlines())


@pytest.mark.parametrize("name", READERS)
def test_a_source_that_the_pack_does_not_have_is_named(name: str) -> None:
    text = mistakes(name, "source: ", "source: no_such_", ("isncsci",))
    assert "unknown source 'no_such_" in text


@pytest.mark.parametrize("name", READERS)
def test_the_pure_parser_reads_the_tables_alike(name: str) -> None:
    raw = (FOLDER / f"{name}.yaml").read_bytes()
    problems = Problems()
    node = read_text(raw, problems, name, loader=PURE_LOADER)
    assert node is not None
    assert not problems
    typed = {"anatomy": anatomy, "medicines": formulary}[name]()
    assert READERS[name](node) == typed
    assert issubclass(PURE_LOADER, yaml.Loader)


def test_nothing_unchecked_is_shown_as_checked() -> None:
    """Marks of the evidence: what was only remembered stays marked so."""
    tables = formulary()
    assert tables.drugs["buprenorphine"].check == "unchecked"
    assert {d.check for d in tables.drugs.values() if d.factor is not None} == {"secondary"}
    assert {d.renal_check for d in tables.drugs.values() if d.renal} == {"unchecked"}
    body = anatomy()
    assert {level.anatomy_check for level in body.fracture_levels.values()} == {"unchecked"}
    assert {level.check for name, level in body.disc_levels.items() if name != "T12_L1"} == {"read"}
    assert body.disc_levels["T12_L1"].check == "own"
    assert {test.check for test in body.provocation} == {"unchecked"}


def test_no_drug_carries_a_dose_but_the_two_of_the_labels() -> None:
    assert set(formulary().bands) == {"gabapentin", "pregabalin"}
