"""`lumbar-pathway verify FILE`: is this signed PDF, or the code of a signed paper, whole, by whom, for whom."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO

from desktop_app.use_cases.errors import IoFailed, NoInput
from desktop_app.use_cases.inputs import read_at_most
from desktop_app.use_cases.ports import Seal, Verification
from desktop_app.use_cases.stamping import SUFFIX, Stamps, StampVerdict

LARGEST = 64 * 1024 * 1024
WRONG_BY = timedelta(minutes=5)  # by which two honest clocks may differ
STANDARD_INPUT = Path("-")
CODE = b"shc"  # how the text of a code begins


class PaperSeal(Seal, Stamps, Protocol):
    """Checks documents, codes and time stamps."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        "Says whether a signed document, or the code on a signed paper, is whole, by whom it was signed, when, and for "
        "which patient. The clinic of this computer is trusted; any other needs its certificate.")
    parser.epilog = ("exit codes: 0 accepted, 1 not accepted, or the time stamp beside it is of another file, or no "
                     "good time stamp where one was asked for, 65 no certificate, 66 no such file, 74 cannot read. A "
                     "time stamp that nobody here vouches for is told; it counts only with --stamp-trust.")
    parser.add_argument("file", type=Path, metavar="FILE", help="the signed PDF, or a text file with what "
                        "was scanned from a paper (shc:/...); - reads it from standard input, as a hand scanner types")
    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        metavar="CA.pem",
        help="certificate of a clinic to trust (clinic-certificate.pem of its data folder); may be given several times",
    )
    parser.add_argument(
        "--stamp-trust",
        type=Path,
        action="append",
        default=[],
        metavar="CA.pem",
        help="certificate of whoever vouches for the authority of the time stamp beside the file (FILE.tsr); the file "
             "is then accepted only with such a stamp",
    )


def read_file(path: Path, *, largest: int = LARGEST) -> bytes:
    """A file's bytes; raises in words when it is missing, unreadable or unreasonably large."""
    try:
        content = read_at_most(path, largest)
    except FileNotFoundError as error:
        raise NoInput(f"{path}: there is no such file.", next_step="Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise NoInput(f"{path}: this is a folder, not a file.", next_step="Name the file in it.") from error
    except OSError as error:
        raise IoFailed(f"{path}: cannot be read ({error.strerror}).",
                       next_step="Check that you may read it and that its disk is there.") from error
    if len(content) > largest:
        raise NoInput(f"{path}: larger than {largest // (1024 * 1024)} MiB; this is not one of our files.",
                      next_step="Check that the right file was named.")
    return content


def read_standard_input() -> bytes:
    """A code ends with its line, so that a hand scanner is answered at once; a PDF with its last byte."""
    source: BinaryIO = sys.stdin.buffer
    if sys.stdin.isatty():
        print("Scan the code now.", file=sys.stderr)
    first = source.readline(LARGEST)
    return first if first.strip()[:3].lower() == CODE else first + source.read(LARGEST)


def _checked(content: bytes, seal: PaperSeal, trust: Sequence[bytes]) -> Verification:
    if content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:3].lower() != CODE:
        return seal.verify(content, trust)
    return seal.verify_code(content.decode("utf-8-sig", "replace"), trust)


def run(args: Namespace, seal: PaperSeal, trusted_here: list[bytes], out: TextIO) -> int:
    """Print the verdict in plain words. 0: accepted. 1: not accepted."""
    trust = [*trusted_here, *(read_file(path) for path in args.trust)]
    content = read_standard_input() if args.file == STANDARD_INPUT else read_file(args.file)
    result = _checked(content, seal, trust)
    stamp = _stamp_of(args, content, seal)
    told = (*result.sentences, *result.problems, *(stamp.sentences if stamp is not None else ()))
    if stamp is not None and stamp.fits and result.accepted:
        told = (*told, *clocks(result, stamp))
    for sentence in dict.fromkeys(told):
        print(sentence, file=out)
    if args.stamp_trust and stamp is None:
        print("A time stamp was asked for, and there is none beside the file.", file=out)
    return 0 if result.accepted and _stamp_holds(stamp, asked=bool(args.stamp_trust)) else 1


def _stamp_holds(stamp: StampVerdict | None, *, asked: bool) -> bool:
    """Nobody's home-made stamp may pass for one where a stamp was asked for."""
    if stamp is None:
        return not asked
    return stamp.fits and (stamp.trusted or not asked)


def _stamp_of(args: Namespace, content: bytes, seal: PaperSeal) -> StampVerdict | None:
    """What the time stamp beside the file says; None where there is none."""
    beside = args.file.with_name(args.file.name + SUFFIX)
    if args.file == STANDARD_INPUT or not beside.is_file():
        return None
    return seal.check_stamp(content, read_file(beside), b"".join(read_file(path) for path in args.stamp_trust))


def clocks(result: Verification, stamp: StampVerdict) -> tuple[str, ...]:
    """A stamp that is older than the signature it covers: one of the two clocks was wrong."""
    if result.signed_at is None or stamp.at is None or stamp.at >= result.signed_at - WRONG_BY:
        return ()
    return ("The time stamp is older than the stated time of signing: the signing computer's clock was wrong.",)
