"""`lumbar-pathway hazards`: the hazard log as a report, for the file of the person who answers for safety."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TextIO

from desktop_app.presentation import hazards
from desktop_app.use_cases.outputs import write_files


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        "Prints the hazard log: each way in which the program could harm a patient, the controls against it, the tests "
        "that watch them, what remains and who owns it.")
    parser.epilog = "exit codes: 0 done, 2 wrong usage, 73 cannot create, 74 cannot write, 77 not permitted"
    parser.add_argument("--to", type=Path, metavar="FILE.md", help="write it to a file instead")


def run(args: Namespace, log: Path, out: TextIO) -> int:
    """Print or write the report. 0: done."""
    report = hazards.report(hazards.read(log))
    if args.to is None:
        print(report, file=out, end="")
    else:
        write_files({args.to: report.encode()})
        print(f"Hazard log: {args.to}", file=out)
    return 0
