"""A file that was opened by a double click or named at the start: what it is, and what is asked before it is used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from desktop_app.engine.cases import Case
from desktop_app.engine.problems import ContentError
from desktop_app.language import tr, trn
from desktop_app.presentation import words
from desktop_app.use_cases.errors import BadData

CASES = (".lumbar-case", ".yaml", ".yml")
EDITIONS = (".lumbar-pack",)
MOST_MISTAKES = 3  # shown of a file with many


class Kind(StrEnum):
    CASE = "case"
    EDITION = "edition"


def kind_of(name: str) -> Kind:
    """By the ending of the file's name. Raises ``BadData`` in words for any other."""
    low = PurePath(name).name.casefold()
    if low.endswith(EDITIONS):
        return Kind.EDITION
    if low.endswith(CASES):
        return Kind.CASE
    raise BadData(tr("“{name}” is neither a case nor an edition of the guideline.").format(name=PurePath(name).name),
                  next_step=tr("Cases end in {cases}, editions in {editions}.").format(
                      cases=", ".join(CASES), editions=", ".join(EDITIONS)))


@dataclass(frozen=True, slots=True)
class Question:
    """What stands in the dialog. Without ``action`` it only tells."""

    title: str
    text: str
    action: str = ""


def waits(name: str) -> str:
    """On the page that unlocks."""
    return tr("You are asked about “{name}” once you have unlocked.").format(name=PurePath(name).name)


def about_case(case: Case, *, training: bool) -> Question:
    """In training it becomes one more patient; in a clinic's records nothing comes in from such a file."""
    count = len(case.sheet)
    holds = trn("“{name}” holds {count} answer about {who}, as of {day}.",
                "“{name}” holds {count} answers about {who}, as of {day}.", count).format(
        name=PurePath(case.file).name, count=count, who=case.patient.name or tr("somebody without a name"),
        day=words.day(case.as_of))
    if training:
        return Question(tr("Show this case as a training patient?"),
                        holds + " " + tr("It becomes one more training patient with a consultation of today. What was "
                                         "decided in it is not taken over: that is yours to do. Like everything in "
                                         "training it is gone when the window is closed."),
                        tr("Show it"))
    return Question(tr("Look at this case in training?"),
                    holds + " " + tr("Your clinic's records take nothing from a case file: what stands there is "
                                     "answered in a consultation, with the patient. A training window of its own can "
                                     "show it; it forgets everything when it is closed."),
                    tr("Open a training window"))


def about_edition(name: str, *, refused: str, publishers: bool) -> Question:
    """``refused``: why whoever is signed in may not, or "". ``publishers``: whether a list of them is believed."""
    if refused:
        return Question(tr("An edition of the guideline"), refused)
    if not publishers:
        return Question(tr("An edition of the guideline"),
                        tr("“{name}” cannot be checked yet: no list of publishers is believed here. The page Guideline "
                           "in the settings takes that list first.").format(name=PurePath(name).name),
                        tr("Go to Guideline"))
    return Question(tr("Install this edition of the guideline?"),
                    tr("The signatures of “{name}” are checked. It gives no advice before it is switched on: the page "
                       "Guideline in the settings shows first what would change, and for whom.").format(
                        name=PurePath(name).name),
                    tr("Check and install"))


def cannot_be_read(name: str, error: ContentError) -> Question:
    """The first mistakes, each with its place."""
    told = [str(problem) for problem in error.problems]
    more = len(told) - MOST_MISTAKES
    lines = told[:MOST_MISTAKES]
    if more > 0:
        lines.append(trn("{count} more mistake.", "{count} more mistakes.", more).format(count=more))
    return Question(tr("“{name}” cannot be read as a case").format(name=PurePath(name).name), "\n".join(lines))
