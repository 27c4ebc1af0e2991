"""`lumbar-pathway plan CASE.yaml`: advice, decision record and care plan for one case file."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from desktop_app.cli.console import add_passphrase_options, for_machines, passphrase
from desktop_app.cli.plan_words import summary_lines, written_lines
from desktop_app.cli.verify import read_file
from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import load_case
from desktop_app.engine.model import Pack
from desktop_app.use_cases.domain import PaperKind
from desktop_app.use_cases.errors import BadData, WrongUsage
from desktop_app.use_cases.outputs import write_files
from desktop_app.use_cases.plan_case import (
    Plan,
    as_of_in_future,
    document_of,
    need_signable,
    plan_case,
    signed_document_of,
)
from desktop_app.use_cases.ports import Clock, Documents, Seal

STANDARD_OUTPUT = "-"


def a_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"'{text}' is not a date of the form YYYY-MM-DD") from error


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        "Says what the guideline advises for the answers of a case file, and writes it down when asked. Without --json "
        "or --pdf the advice is printed. Nothing is stored, nothing leaves this computer.")
    parser.epilog = (
        "exit codes: 0 done, 2 wrong usage, 65 bad data (with file, line and column), 66 no such file, 73 cannot "
        "create, 74 cannot read or write, 77 not permitted")
    parser.add_argument("case", type=Path, metavar="CASE.yaml", help="the answers: see the cases of the guideline")
    parser.add_argument("--as-of", type=a_date, metavar="YYYY-MM-DD", help="instead of the case's own date")
    parser.add_argument("--json", metavar="FILE|-", help="write the decision record as JSON; - prints it")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="write the care plan, or what was advised where the "
                        "case holds no decisions")
    parser.add_argument("--letter", type=Path, metavar="FILE", help="write the referral letter, one page")
    parser.add_argument("--handout", type=Path, metavar="FILE", help="write the sheet for the patient; the case has to "
                        "hold decisions")
    parser.add_argument("--choices", type=Path, metavar="FILE", help="write the sheet with the patient's choices")
    parser.add_argument("--transfer-note", type=Path, metavar="FILE", help="write the transfer note of an emergency")
    parser.add_argument("--page-size", choices=["A4", "letter"], default="A4", help="of the PDF; A4 unless said")
    parser.add_argument("--sign-with", type=Path, metavar="KEY.p12", help="sign every PDF with this PKCS#12 key; "
                        "the case has to hold decisions")
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
    papers = _papers(args)
    if args.sign_with is not None and not papers:
        raise BadData("--sign-with signs a PDF, so --pdf FILE is needed too.",
                      next_step="Add --pdf FILE with the name that the signed plan shall have.")
    _refuse_overwriting(args)
    today = parts.clock.today()
    if args.as_of is not None and args.as_of > today:
        raise BadData(f"--as-of {args.as_of} lies in the future.", next_step="Give today or an earlier day.")
    case = load_case(args.case, parts.pack, as_of=args.as_of)
    as_of = args.as_of or case.as_of
    if as_of > today:
        raise as_of_in_future(case)
    plan = plan_case(parts.pack, parts.clinical, case, as_of)
    files: dict[Path, bytes] = {}
    what: dict[Path, str] = {}
    record = plan.record.encode() + b"\n"
    if args.json is not None and args.json != STANDARD_OUTPUT:
        files[Path(args.json)], what[Path(args.json)] = record, "decision record"
    if papers:
        make = _maker(args, parts, plan)
        for kind, path in papers.items():
            files[path], what[path] = make(kind), _kind(args, plan, kind)
    write_files(files)
    if args.json == STANDARD_OUTPUT:  # nothing but the record, so that a script can read it
        for_machines(out).write(record.decode())
    else:
        lines = written_lines(plan, what) if files else summary_lines(parts.pack, plan)
        print("\n".join(lines), file=out)
    return 0


def _papers(args: Namespace) -> dict[PaperKind, Path]:
    """The documents that were asked for, and where they go."""
    asked = {
        PaperKind.CARE_PLAN: args.pdf,
        PaperKind.LETTER: args.letter,
        PaperKind.HANDOUT: args.handout,
        PaperKind.CHOICES: args.choices,
        PaperKind.TRANSFER_NOTE: args.transfer_note,
    }
    return {kind: path for kind, path in asked.items() if path is not None}


def _kind(args: Namespace, plan: Plan, kind: PaperKind) -> str:
    if args.sign_with is not None:
        return f"signed {kind.words}"
    if kind is PaperKind.CARE_PLAN and not plan.choices:
        return "advice printout, nothing decided"
    return f"{kind.words}, DRAFT, not signed"


def _refuse_overwriting(args: Namespace) -> None:
    """An output never takes the place of what the command reads, nor of the other output."""
    read = {"the case file": args.case, "the signing key": args.sign_with, "the passphrase file": args.passphrase_file}
    taken = {path.resolve(): words for words, path in read.items() if path is not None}
    written = {
        "--json": args.json,
        "--pdf": args.pdf,
        "--letter": args.letter,
        "--handout": args.handout,
        "--choices": args.choices,
        "--transfer-note": args.transfer_note,
    }
    for option, path in written.items():
        if path is None or path == STANDARD_OUTPUT:
            continue
        place = Path(path).resolve()
        if place in taken:
            raise WrongUsage(f"{option} {path} would overwrite {taken[place]}.", next_step="Name another file.")
        taken[place] = f"what {option} writes"


def _maker(args: Namespace, parts: Parts, plan: Plan) -> Callable[[PaperKind], bytes]:
    """What makes one document, signed where a key was given; the passphrase is asked for once."""
    documents, size = parts.documents(), args.page_size
    if args.sign_with is None:
        return lambda kind: document_of(plan, parts.pack, parts.clinical, documents, kind=kind, page_size=size)
    need_signable(plan)  # before the passphrase is asked for
    key = read_file(args.sign_with)
    words = passphrase(args, f"Passphrase of {args.sign_with}: ")
    signer = parts.seal().open_key(key, words.encode())
    return lambda kind: signed_document_of(
        plan, parts.pack, parts.clinical, documents, signer, parts.clock, kind=kind, page_size=size
    )
