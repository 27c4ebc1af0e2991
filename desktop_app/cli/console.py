"""What every command shares: how failures are said, and how a passphrase comes in."""

from __future__ import annotations

import getpass
import io
import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TextIO, TypeGuard

from desktop_app.engine.problems import ContentError
from desktop_app.use_cases.errors import LumbarError, NoInput


def for_machines(out: TextIO) -> TextIO:
    """JSON is UTF-8, whatever the terminal is."""
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(encoding="utf-8")
    return out


def can_be_acted_on(error: Exception) -> TypeGuard[LumbarError | ContentError]:
    """Whether the user can do something about it. Anything else is our bug and shows its trace."""
    return isinstance(error, LumbarError | ContentError)


def say_failure(error: LumbarError | ContentError) -> int:
    """Print what is wrong and what to do next; return the exit code."""
    print(str(error), file=sys.stderr)
    if error.next_step:
        print(error.next_step, file=sys.stderr)
    return error.exit_code


def add_passphrase_options(parser: ArgumentParser) -> None:
    """A passphrase comes by prompt, file descriptor or file, never as an argument."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--passphrase-file", type=Path, metavar="FILE", help="first line of this file")
    group.add_argument("--passphrase-fd", type=int, metavar="N", help="first line from this file descriptor")


def passphrase(args: Namespace, prompt: str) -> str:
    """The passphrase from where the user said, or asked for at the terminal."""
    if args.passphrase_file is not None:
        try:
            text = args.passphrase_file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise NoInput(f"{args.passphrase_file}: the passphrase file cannot be read.",
                          next_step="Check the path; the passphrase is the first line of that file.") from error
        return text.splitlines()[0] if text else ""
    if args.passphrase_fd is not None:
        try:
            with os.fdopen(args.passphrase_fd, encoding="utf-8") as stream:
                return stream.readline().rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise NoInput(f"File descriptor {args.passphrase_fd} cannot be read.",
                          next_step="Open it for reading before the command starts, for example 3<FILE.") from error
    if not sys.stdin.isatty():
        raise NoInput(
            "A passphrase is needed and there is no terminal to ask at.",
            next_step="Give --passphrase-file or --passphrase-fd.",
        )
    return getpass.getpass(prompt)
