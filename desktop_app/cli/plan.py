"""`lumbar-pathway plan CASE.yaml`: advice, decision record and care plan for one case file."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from desktop_app.cli.console import add_passphrase_options, passphrase
from desktop_app.cli.verify import read_file
from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import load_case
from desktop_app.engine.model import Pack
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.outputs import write_files
from desktop_app.use_cases.plan_case import (
    Plan,
    document_of,
    need_signable,
    plan_case,
    signed_document_of,
    summary_lines,
)
from desktop_app.use_cases.ports import Clock, Documents, Seal

STANDARD_OUTPUT = "-"


def a_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"'{text}' is not a date of the form YYYY-MM-DD") from error


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("case", type=Path, metavar="CASE.yaml")
    parser.add_argument("--as-of", type=a_date, metavar="YYYY-MM-DD", help="instead of the case's own date")
    parser.add_argument("--json", metavar="FILE|-", help="write the decision record; - prints it")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="write the care plan")
    parser.add_argument("--page-size", choices=["A4", "letter"], default="A4")
    parser.add_argument("--sign-with", type=Path, metavar="KEY.p12", help="sign the care plan with this key")
    add_passphrase_options(parser)


@dataclass(frozen=True, slots=True)
class Parts:
    """What bootstrap hands in; documents and seal are made only when asked for."""

    pack: Pack
    clinical: ClinicalArithmetic
    clock: Clock
    documents: Callable[[], Documents]
    seal: Callable[[], Seal]


def run(args: Namespace, parts: Parts, out: TextIO) -> int:
    """Write what was asked for, whole or not at all. 0: done."""
    if args.sign_with is not None and args.pdf is None:
        raise BadData("--sign-with signs the PDF, so --pdf FILE is needed too.")
    case = load_case(args.case, parts.pack, as_of=args.as_of)
    as_of = args.as_of or case.as_of
    if as_of > parts.clock.today():
        raise BadData(f"The as-of date {as_of.isoformat()} lies in the future.")
    plan = plan_case(parts.pack, parts.clinical, case, as_of)
    files: dict[Path, bytes] = {}
    record = plan.record.encode() + b"\n"
    if args.json is not None and args.json != STANDARD_OUTPUT:
        files[Path(args.json)] = record
    if args.pdf is not None:
        files[args.pdf] = _pdf(args, parts, plan)
    write_files(files)
    if args.json == STANDARD_OUTPUT:
        out.write(record.decode())
    elif not files:
        print("\n".join(summary_lines(parts.pack, plan)), file=out)
    return 0


def _pdf(args: Namespace, parts: Parts, plan: Plan) -> bytes:
    if args.sign_with is None:
        return document_of(plan, parts.pack, parts.clinical, parts.documents(), page_size=args.page_size)
    need_signable(plan)  # before the passphrase is asked for
    key = read_file(args.sign_with)
    words = passphrase(args, f"Passphrase of {args.sign_with}: ")
    signer = parts.seal().open_key(key, words.encode())
    return signed_document_of(
        plan, parts.pack, parts.clinical, parts.documents(), signer, parts.clock, page_size=args.page_size
    )
