"""`lumbar-pathway form FORM.pdf`: the questions on paper and the emergency card, for the day without power."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import TextIO

from desktop_app.engine.model import Pack
from desktop_app.use_cases.blank_papers import Blank, BlankPapers
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.outputs import write_files


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        "Writes every question of the wizard as a PDF to fill in by hand and enter later, and a card with the "
        "emergencies. The clinic's name and numbers are lines to write on; the window's worklist prints them.")
    parser.epilog = ("exit codes: 0 done, 2 wrong usage, 65 bad data, 73 cannot create, 74 cannot write, 77 not "
                     "permitted")
    parser.add_argument("form", type=Path, metavar="FORM.pdf", help="where the questions go")
    parser.add_argument("--card", type=Path, metavar="FILE", help="write the emergency card too")
    parser.add_argument("--page-size", choices=["A4", "Letter"], default="A4", help="A4 unless said")


def run(args: Namespace, papers: BlankPapers, pack: Pack, today: date, out: TextIO) -> int:
    """Write what was asked for, whole or not at all. 0: done."""
    wanted = {Blank.FORM: args.form, **({Blank.CARD: args.card} if args.card is not None else {})}
    if len(set(wanted.values())) < len(wanted):
        raise BadData("The form and the card cannot be the same file.", next_step="Give the card another name.")
    write_files({path: papers.make(blank, pack, None, today, args.page_size) for blank, path in wanted.items()})
    for blank, path in wanted.items():
        print(f"{blank.words}: {path}", file=out)
    return 0
