"""`lumbar-pathway verify FILE.pdf`: is this file whole, by whom, when, for which patient."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TextIO

from desktop_app.use_cases.errors import IoFailed, NoInput
from desktop_app.use_cases.ports import Seal

LARGEST = 64 * 1024 * 1024


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        "Says whether a signed plan is whole, by whom it was signed, when, and for which patient. The clinic of this "
        "computer is trusted; any other needs its certificate.")
    parser.epilog = "exit codes: 0 accepted, 1 not accepted, 65 no certificate, 66 no such file, 74 cannot read"
    parser.add_argument("file", type=Path, metavar="FILE.pdf", help="the signed plan")
    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        metavar="CA.pem",
        help="certificate of a clinic to trust (clinic-certificate.pem of its data folder); may be given several times",
    )


def read_file(path: Path, *, largest: int = LARGEST) -> bytes:
    """A file's bytes; raises in words when it is missing, unreadable or unreasonably large."""
    try:
        if path.stat().st_size > largest:
            raise NoInput(f"{path}: larger than {largest // (1024 * 1024)} MiB; this is not one of our files.",
                          next_step="Check that the right file was named.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NoInput(f"{path}: there is no such file.", next_step="Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise NoInput(f"{path}: this is a folder, not a file.", next_step="Name the file in it.") from error
    except OSError as error:
        raise IoFailed(f"{path}: cannot be read ({error.strerror}).",
                       next_step="Check that you may read it and that its disk is there.") from error


def run(args: Namespace, seal: Seal, trusted_here: list[bytes], out: TextIO) -> int:
    """Print the verdict in plain words. 0: accepted. 1: not accepted."""
    trust = [*trusted_here, *(read_file(path) for path in args.trust)]
    result = seal.verify(read_file(args.file), trust)
    for sentence in dict.fromkeys((*result.sentences, *result.problems)):
        print(sentence, file=out)
    return 0 if result.accepted else 1
