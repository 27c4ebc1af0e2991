"""Reads case files: one fictional or real patient as of a day, and in a pack what is expected of the advice.

A case file is what a script writes for ``plan`` and what a pack carries as a worked case. Reading needs no
evaluation; answers that contradict one another are found by whoever decides on the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from desktop_app.engine.answers import Answer, AnswerSheet, DateRange
from desktop_app.engine.conditions import Place
from desktop_app.engine.model import Pack
from desktop_app.engine.problems import ContentError, MissingContent, Problem, Problems, choices
from desktop_app.engine.read_conditions import place_of
from desktop_app.engine.read_expect import Expectation, ExpectReader
from desktop_app.engine.read_values import Sheet, read_answers, read_date
from desktop_app.engine.reader import Node, read_file
from desktop_app.engine.translations import languages

__all__ = [
    "REFUSED",
    "Case",
    "CaseChoice",
    "CaseClinician",
    "CasePatient",
    "ContentError",
    "Expectation",
    "MissingContent",
    "case_files",
    "load_case",
    "load_cases",
    "read_cases",
]

CASE_NAMES = (
    "case",
    "title",
    "story",
    "like",
    "as_of",
    "patient",
    "clinician",
    "answers",
    "decisions",
    "added",
    "state",
    "expect",
)
VERDICTS = ("accept", "change", "decline")
REFUSED = "refused"  # folder beside the cases: answers that contradict one another, on which nothing is written


@dataclass(frozen=True, slots=True)
class CasePatient:
    name: str = ""
    number: str = ""
    sex: str = ""
    born: date | None = None
    language: str = ""  # of the patient's sheet; "" for that of the pack


@dataclass(frozen=True, slots=True)
class CaseClinician:
    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """What the clinician of the case decided about one option."""

    option: str
    verdict: str  # accept, change, decline
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    title: str
    story: str
    as_of: date
    patient: CasePatient
    clinician: CaseClinician | None
    sheet: AnswerSheet
    choices: tuple[CaseChoice, ...]
    expectations: tuple[Expectation, ...]
    added: tuple[str, ...]  # natural answers that the author added to the source's text
    state: str
    like: str
    file: str
    places: Mapping[str, Place] = field(default_factory=dict)  # atom, "as_of" or "decisions.ID" -> where it stands
    warnings: tuple[str, ...] = ()  # values in the warning range that nobody confirmed

    @property
    def expect(self) -> Mapping[tuple[str, ...], str]:
        """The expectations by path."""
        return {each.path: each.wanted for each in self.expectations}


def case_files(folder: Path) -> list[Path]:
    """The case files of a folder in name order."""
    return sorted(folder.glob("*.yaml"))


def load_case(path: Path, pack: Pack, *, as_of: date | None = None) -> Case:
    """Read one case file. ``as_of`` stands in for the file's own date.

    Raises ``ContentError`` with every mistake (65), ``MissingContent`` when it is not there (66).
    """
    problems = Problems()
    case = _CaseReader(pack, problems, as_of).case(path)
    problems.finish()
    if case is None:
        raise ContentError([Problem(str(path), 0, 0, "the case cannot be read")])
    return case


def load_cases(folder: Path, pack: Pack) -> list[Case]:
    """Read every case of a folder; the mistakes of all of them are raised together."""
    cases, problems = read_cases(folder, pack)
    problems.finish()
    return cases


def read_cases(folder: Path, pack: Pack) -> tuple[list[Case], Problems]:
    """The cases of a folder that can be read, and the mistakes of the others."""
    problems = Problems()
    reader = _CaseReader(pack, problems, None)
    cases = [case for path in case_files(folder) if (case := reader.case(path)) is not None]
    seen: dict[str, Case] = {}
    for case in cases:
        if case.id in seen:
            problems.add(case.file, 1, 1, f"case {case.id!r} is also in {seen[case.id].file}", "each id once")
        seen[case.id] = case
    broken = {problem.file for problem in problems}
    return [case for case in cases if case.file not in broken], problems


class _CaseReader:
    """Reads cases of one folder, each once, following ``like``."""

    def __init__(self, pack: Pack, problems: Problems, as_of: date | None) -> None:
        self.pack = pack
        self.problems = problems
        self.as_of = as_of
        self.tops: dict[Path, Node | None] = {}
        self.known: dict[Path, Case | None] = {}
        self.path: list[Path] = []

    def case(self, path: Path) -> Case | None:
        if path not in self.known:
            self.path.append(path)
            self.known[path] = self._read(path)
            self.path.pop()
        return self.known[path]

    def _top(self, path: Path) -> Node | None:
        if path not in self.tops:
            self.tops[path] = read_file(path, self.problems)
        return self.tops[path]

    def _read(self, path: Path) -> Case | None:
        top = self._top(path)
        if top is None:
            return None
        if top.kind != "map":
            top.problem("a case file is a map of names", choices(CASE_NAMES, most=20))
            return None
        top.only(*CASE_NAMES)
        base = self._like(top, path)
        as_of = self._as_of(top, path)
        if as_of is None:
            return None
        sheet = Sheet(self.pack, as_of)
        if base is not None:
            sheet.answers.update(base.sheet)
            sheet.places.update(base.places)
        patient = self._patient(top, sheet, base)
        if "answers" in top:
            read_answers(top.nodes["answers"], sheet)
        elif base is None:
            top.need("answers")
        if base is not None:
            self._dates_fit(base, sheet, top)
        self._patient_agrees(patient, sheet, top)
        self._age_fits(sheet, top)
        worked = "expect" in top or "case" in top
        return Case(
            id=top.need("case").text() if worked else path.stem,
            title=top.text_of("title"),
            story=top.text_of("story"),
            as_of=as_of,
            patient=patient,
            clinician=_clinician(top),
            sheet=sheet.answers,
            choices=self._choices(top),
            expectations=ExpectReader(self.pack).read(top.nodes["expect"]) if "expect" in top else (),
            added=top.texts_of("added"),
            state=top.text_of("state"),
            like=base.id if base else "",
            file=top.source.name,
            places={**sheet.places, **_spots(top)},
            warnings=tuple(sheet.warnings),
        )

    def _as_of(self, top: Node, path: Path) -> date | None:
        if self.as_of is not None and path == self.path[0]:
            return self.as_of
        return top.need("as_of").day()

    def _like(self, top: Node, path: Path) -> Case | None:
        node = top.get("like")
        if node is None:
            return None
        wanted = node.text()
        folders = (path.parent, path.parent.parent) if path.parent.name == REFUSED else (path.parent,)
        others = {each.stem: each for folder in folders for each in case_files(folder)}
        found = others.get(wanted)
        if found is None or self._id_of(found) != wanted:
            found = next((each for each in others.values() if self._id_of(each) == wanted), None)
        if found is None:
            node.problem(f"there is no case {wanted!r} in this folder", choices(others, wanted, most=4))
            return None
        if found in self.path:
            node.problem(
                "cases are like one another in a circle: "
                + " -> ".join(each.stem for each in [*self.path[self.path.index(found) :], found])
            )
            return None
        return self.case(found)

    def _id_of(self, path: Path) -> str:
        top = self._top(path)
        given = top.get("case") if top is not None and top.kind == "map" else None
        return given.words.strip() if given is not None else path.stem

    def _dates_fit(self, base: Case, sheet: Sheet, top: Node) -> None:
        """Answers taken over from the case that this one is like must not lie in its future."""
        for atom, answer in base.sheet.items():
            if sheet.answers.get(atom) is not answer:
                continue  # answered anew
            value = answer.value
            late = (
                isinstance(value, DateRange) and value.latest > sheet.as_of and not self.pack.atoms[atom].allow_future
            )
            if late or (answer.on is not None and answer.on > sheet.as_of):
                top.nodes["like"].problem(
                    f"{atom!r} of case {base.id!r} lies after the as-of date {sheet.as_of}", "a later as-of date"
                )

    def _patient(self, top: Node, sheet: Sheet, base: Case | None) -> CasePatient:
        node = top.get("patient")
        if node is None:
            return base.patient if base is not None else CasePatient()
        node.only("name", "number", "sex", "born", "language")
        sex = self.pack.atoms.get("sex")
        word = ""
        if "sex" in node:
            word = node.nodes["sex"].one_of([o.id for o in sex.options], "sex") if sex else node.nodes["sex"].text()
            if sex is not None:
                sheet.put("sex", Answer(word), node.nodes["sex"])
        born = None
        if "born" in node:
            day = read_date(node.nodes["born"], sheet.as_of)
            if day is not None:
                if day.earliest != day.latest:
                    node.nodes["born"].problem("a date of birth is a whole date", "YYYY-MM-DD")
                born = day.earliest
                if "date_of_birth" in self.pack.atoms:
                    sheet.put("date_of_birth", Answer(day), node.nodes["born"])
        language = ""
        if "language" in node:
            known = (self.pack.info.language, *languages(Path(self.pack.folder)))
            language = node.nodes["language"].one_of(known, "language")
        return CasePatient(node.text_of("name"), node.text_of("number"), word, born, language)

    @staticmethod
    def _patient_agrees(patient: CasePatient, sheet: Sheet, top: Node) -> None:
        """Sex and date of birth stand in one place only, or say the same."""
        given = sheet.answers.get("date_of_birth")
        value = given.value if given is not None else None
        if patient.born is not None and isinstance(value, DateRange) and value.earliest != patient.born:
            top.problem("'date_of_birth' under answers and 'born' under patient differ", "one of them")
        sex = sheet.answers.get("sex")
        if patient.sex and sex is not None and sex.value != patient.sex:
            top.problem("'sex' under answers and under patient differ", "one of them")

    def _age_fits(self, sheet: Sheet, top: Node) -> None:
        """An age worked out from the date of birth keeps to the same range as one that is answered."""
        given, age = sheet.answers.get("date_of_birth"), self.pack.atoms.get("age")
        if given is None or not isinstance(given.value, DateRange) or age is None or age.range is None:
            return
        born = given.value.latest
        years = sheet.as_of.year - born.year - ((sheet.as_of.month, sheet.as_of.day) < (born.month, born.day))
        if years > age.range.error_max:
            place = sheet.places["date_of_birth"]
            self.problems.add(
                place.file or top.source.name,
                place.line,
                place.column,
                f"a date of birth {years} years before the as-of date cannot be right",
                f"an age of at most {age.range.error_max:g} years",
            )

    def _choices(self, top: Node) -> tuple[CaseChoice, ...]:
        node = top.get("decisions")
        read = []
        decidable = [option.id for option in self.pack.options.values() if option.decidable]
        for key, each in node.entries().items() if node is not None else ():
            each.only("verdict", "reason")
            if key not in self.pack.options:
                each.problem(f"unknown option {key!r}", choices(decidable, key, most=4), key=True)
            elif key not in decidable:
                each.problem(f"{key!r} is not for deciding", choices(decidable, most=4), key=True)
            verdict = each.need("verdict").one_of(VERDICTS, "verdict")
            if verdict in {"change", "decline"} and "reason" not in each:
                each.problem(f"to {verdict} an option needs a reason", "reason: TEXT", key=True)
            read.append(CaseChoice(key, verdict, each.text_of("reason")))
        return tuple(read)


def _spots(top: Node) -> dict[str, Place]:
    """Where the day and each decision stand, for what only the advice can show to be wrong."""
    found = {"as_of": place_of(top.nodes["as_of"])} if "as_of" in top else {}
    node = top.get("decisions")
    for key, each in node.entries().items() if node is not None else ():
        found[f"decisions.{key}"] = Place(each.source.name, each.key_line, each.key_column)
    return found


def _clinician(top: Node) -> CaseClinician | None:
    node = top.get("clinician")
    if node is None:
        return None
    node.only("name", "title")
    return CaseClinician(node.need("name").text(), node.text_of("title"))
