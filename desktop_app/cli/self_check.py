"""`lumbar-pathway self-check`: every pack case, a document made, signed and verified, a store made and reopened."""

from __future__ import annotations

import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from desktop_app.use_cases.errors import LumbarError


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to check: what it is, and a function that returns what was found or raises.

    The function gets a throw-away folder that all steps share.
    """

    title: str
    check: Callable[[Path], str]


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = "Checks this installation by using it on fictional data in a throw-away folder."
    parser.epilog = "exit codes: 0 everything works, 1 a check failed"


def run(_args: Namespace, steps: Sequence[Step], out: TextIO) -> int:
    """Run every step, also after one has failed. 0: all passed. 1: a problem was found."""
    failed = 0
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lumbar-pathway-check-") as folder:
        for step in steps:
            try:
                found = step.check(Path(folder))
            except LumbarError as error:
                failed += 1
                print(f"FAILED  {step.title}: {error}", file=out)
            except Exception as error:  # noqa: BLE001  one broken part must not hide the others
                failed += 1
                print(f"FAILED  {step.title}: {type(error).__name__}: {error}", file=out)
            else:
                print(f"ok      {step.title}: {found}", file=out)
    seconds = time.monotonic() - begun
    words = "Everything works." if not failed else f"{failed} of {len(steps)} checks failed."
    print(f"{words} {seconds:.1f} s", file=out)
    return 1 if failed else 0
