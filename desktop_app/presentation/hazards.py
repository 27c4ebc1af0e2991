"""The hazard log: read from its file, scored, and told as a page of the help and as a report in Markdown.

A hazard has causes, an effect, controls with the tests that verify them, what remains, and an owner. Severity and
likelihood count from 1 to 5; the risk is their product. The log says of itself what only people can do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.problems import Problems
from desktop_app.engine.reader import Node, read_file
from desktop_app.presentation.help import HAZARDS, Article, Fold, FoldLine, Library, Passage

CLAIM = "claim:"
KINDS = ("design", "warning", "training")


@dataclass(frozen=True, slots=True)
class Risk:
    """Severity and likelihood, each 1 to 5."""

    severity: int
    likelihood: int

    @property
    def score(self) -> int:
        return self.severity * self.likelihood

    @property
    def words(self) -> str:
        return f"severity {self.severity} × likelihood {self.likelihood} = {self.score}"


@dataclass(frozen=True, slots=True)
class Control:
    """What stands against a hazard. ``verified_by`` names tests (FILE::TEST) and safety claims (claim:NAME)."""

    words: str
    kind: str
    verified_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hazard:
    id: str
    words: str
    causes: tuple[str, ...]
    effect: str
    before: Risk
    controls: tuple[Control, ...]
    after: Risk
    remains: str
    owner: str

    @property
    def name(self) -> str:
        """A few words to know it by."""
        return self.id.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class HazardLog:
    """The log as written. A residual risk above ``never_above`` may not exist; above ``acceptable_up_to`` a named
    person has to accept it.
    """

    severities: Mapping[int, str]
    likelihoods: Mapping[int, str]
    acceptable_up_to: int
    never_above: int
    owners: Mapping[str, str]
    hazards: tuple[Hazard, ...]
    open: tuple[str, ...]

    def judged(self, risk: Risk) -> str:
        """What the bar of the log says of a residual risk."""
        return ("within the bar set here" if risk.score <= self.acceptable_up_to
                else "to be accepted by its owner, which nobody has done")


def read(path: Path) -> HazardLog:
    """Read the log. Raises ``ContentError`` with line and column for whatever is missing or wrong."""
    problems = Problems()
    top = read_file(path, problems, path.name)
    problems.finish()
    if top is None:  # ``finish`` has raised why
        raise LookupError(path.name)
    scales = top.need("scales")
    owners = {name: node.text() for name, node in top.need("owners").entries().items()}
    log = HazardLog(
        severities=_scale(scales.need("severity")), likelihoods=_scale(scales.need("likelihood")),
        acceptable_up_to=scales.need("acceptable_up_to").whole(1, 25),
        never_above=scales.need("never_above").whole(1, 25),
        owners=owners,
        hazards=tuple(_hazard(name, node, owners) for name, node in top.need("hazards").entries().items()),
        open=top.need("open").texts(),
    )
    problems.finish()
    return log


def _scale(node: Node) -> Mapping[int, str]:
    return {number: node.need(str(number)).text() for number in range(1, 6)}


def _risk(node: Node) -> Risk:
    return Risk(node.need("severity").whole(1, 5), node.need("likelihood").whole(1, 5))


def _hazard(name: str, node: Node, owners: Mapping[str, str]) -> Hazard:
    return Hazard(
        name, node.need("hazard").text(), node.need("causes").texts(),
        node.need("effect").text(), _risk(node.need("before")),
        tuple(_control(control) for control in node.need("controls").items()), _risk(node.need("after")),
        node.need("remains").text(), node.need("owner").one_of(owners))


def _control(node: Node) -> Control:
    return Control(node.need("control").text(), node.need("kind").one_of(KINDS),
                   node.need("verified_by").texts())


def build(library: Library) -> Article:
    """The page of the help: how it stands, each hazard folded, what only people can do."""
    written, log = library.topics[HAZARDS], read(library.folder.parent / "safety" / "hazards.yaml")
    return Article(written.id, written.title, written.lead, tuple(_with_parts(p, log) for p in written.passages),
                   wide=True)


def _with_parts(passage: Passage, log: HazardLog) -> Passage:
    match passage.anchor:
        case "how-it-stands":
            return Passage(passage.title, f"{passage.text}\n\n{standing(log)}",
                           (Fold("The two scales", tuple(_scale_lines(log))),))
        case "the-hazards":
            return Passage(passage.title, passage.text, tuple(_folds(log)))
        case "what-only-people-can-do":
            return Passage(passage.title, "\n".join(f"- {line}" for line in log.open))
    return passage


def standing(log: HazardLog) -> str:
    """The log counted, and how the risks that remain lie to its own bar."""
    proofs = {proof for hazard in log.hazards for control in hazard.controls for proof in control.verified_by}
    claims = sum(proof.startswith(CLAIM) for proof in proofs)
    controls = sum(len(hazard.controls) for hazard in log.hazards)
    between = sum(hazard.after.score > log.acceptable_up_to for hazard in log.hazards)
    return (f"{len(log.hazards)} hazards, {controls} controls, watched by {len(proofs) - claims} tests and {claims} "
            f"proved claims. A risk up to {log.acceptable_up_to} is within the bar set here; above {log.never_above} "
            f"nothing may be released. {between} lie between, and a person has to accept each of them.")


def _scale_lines(log: HazardLog) -> Iterator[FoldLine]:
    for title, scale in (("Severity", log.severities), ("Likelihood", log.likelihoods)):
        for number, words in scale.items():
            yield FoldLine(f"{title} {number}", words)


def _folds(log: HazardLog) -> Iterator[Fold]:
    for hazard in by_what_remains(log):
        lines = [FoldLine("What could happen", hazard.words), *(FoldLine("Because", cause) for cause in hazard.causes)]
        lines += [FoldLine("It could lead to", hazard.effect), FoldLine("Without controls", hazard.before.words)]
        lines += [FoldLine(control.words, note=f"{control.kind}; {_watched(control)}") for control in hazard.controls]
        lines += [FoldLine("With them", f"{hazard.after.words}, {log.judged(hazard.after)}"),
                  FoldLine("What remains", hazard.remains), FoldLine("Owner", log.owners[hazard.owner])]
        yield Fold(f"{hazard.name}: {hazard.after.score}", tuple(lines))


def by_what_remains(log: HazardLog) -> list[Hazard]:
    """The largest residual risk first, the order of the file among equals."""
    return sorted(log.hazards, key=lambda hazard: -hazard.after.score)


def _watched(control: Control) -> str:
    claims = sum(proof.startswith(CLAIM) for proof in control.verified_by)
    tests = len(control.verified_by) - claims
    counted = ((tests, "test"), (claims, "proved claim"))
    told = [f"{number} {name}{'s' if number > 1 else ''}" for number, name in counted if number]
    return f"watched by {' and '.join(told)}"


def report(log: HazardLog, title: str = "Hazard log") -> str:
    """The log as a report in Markdown: how it stands, a table, every hazard whole, what is open."""
    lines = [f"# {title}", "", standing(log), "", "| hazard | before | after | owner |", "|---|---|---|---|"]
    lines += [f"| {hazard.words} | {hazard.before.score} | {hazard.after.score} | {log.owners[hazard.owner]} |"
              for hazard in by_what_remains(log)]
    for hazard in by_what_remains(log):
        lines += ["", f"## {hazard.words}", "", f"Identifier: `{hazard.id}`", "", "Because:", "",
                  *(f"- {cause}" for cause in hazard.causes), "", f"It could lead to: {hazard.effect}", "",
                  f"Without controls: {hazard.before.words}.", "", "Controls:", ""]
        for control in hazard.controls:
            lines += [f"- {control.words} ({control.kind})", *(f"  - `{proof}`" for proof in control.verified_by)]
        lines += ["", f"With them: {hazard.after.words}, {log.judged(hazard.after)}.", "",
                  f"What remains: {hazard.remains}", "", f"Owner: {log.owners[hazard.owner]}"]
    scales = [f"- {line.title}: {line.text}" for line in _scale_lines(log)]
    return "\n".join([*lines, "", "## The two scales", "", *scales, "", "## What only people can do", "",
                      *(f"- {line}" for line in log.open), ""])
