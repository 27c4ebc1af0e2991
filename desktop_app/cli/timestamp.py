"""`lumbar-pathway timestamp FILE --authority URL`: fetch a time stamp and keep it beside the file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TextIO

from desktop_app.cli.verify import read_file
from desktop_app.use_cases.errors import CannotCreate
from desktop_app.use_cases.outputs import write_files
from desktop_app.use_cases.stamping import SUFFIX, Stamps, require_address


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = (
        "Asks a time-stamp authority on the network for a time stamp of the file, and writes its answer beside it: "
        "FILE.tsr. The file itself is not changed and does not leave this computer; only its SHA-256 is sent.")
    parser.epilog = ("exit codes: 0 done, 2 wrong usage, 65 not an address or not a time stamp, 66 no such file, 73 "
                     "there is a time stamp already, 74 nobody answers")
    parser.add_argument("file", type=Path, metavar="FILE", help="the signed PDF")
    parser.add_argument("--authority", required=True, metavar="URL", help="address of the time-stamp authority")


def run(args: Namespace, stamps: Stamps, out: TextIO) -> int:
    """Nothing is written unless the answer is a time stamp of this file. 0: done."""
    address = require_address(args.authority)
    target = args.file.with_name(args.file.name + SUFFIX)
    content = read_file(args.file)
    if target.exists():
        raise CannotCreate(f"{target}: there is a time stamp already.",
                           next_step="The first one proves the earliest time: keep it. To replace it, move it away.")
    write_files({target: stamps.fetch_stamp(content, address)})
    print(f"Time stamp: {target}", file=out)
    return 0
