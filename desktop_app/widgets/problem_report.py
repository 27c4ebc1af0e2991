"""What is told about an error of ours: where in the program and under which versions, and nothing of a patient."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePath
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

DEEPEST = 60  # frames


def problem_report(kind: type[BaseException], trace: TracebackType | None, version: str,
                   log: Sequence[str] = ()) -> str:
    """The report as text.

    The error's own words are left out on purpose, and so is every value: a message may hold what was typed. What stays
    is the kind of the error, the program's places it went through, versions, and the newest lines of the log, which
    never has anything of a patient.
    """
    lines = ["Lumbar Pathway: problem report", "It holds nothing of a patient and nothing that was typed.", "",
             f"When        {datetime.now(UTC).isoformat(timespec='seconds')}",
             f"Program     {version}{', installed' if getattr(sys, 'frozen', False) else ', from its source'}",
             f"Python      {platform.python_version()}", f"Qt          {qVersion()}, {_screen()}",
             f"System      {platform.platform(terse=True)}", "", f"Error       {kind.__module__}.{kind.__qualname__}"]
    frames = traceback.extract_tb(trace)
    lines += [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames[-DEEPEST:]]
    if log:
        lines += ["", "Newest lines of the log", *(f"  {line}" for line in log)]
    return "\n".join(lines) + "\n"


def _short(path: str) -> str:
    """The last parts of a path: the ones before may name a person's home."""
    return "/".join(PurePath(path).parts[-3:])


def _screen() -> str:
    app = QGuiApplication.instance()
    if not isinstance(app, QGuiApplication):
        return "no screen"
    shown = QGuiApplication.primaryScreen()
    size = "" if shown is None else f" {shown.size().width()} x {shown.size().height()} at {shown.devicePixelRatio():g}"
    return f"{QGuiApplication.platformName()}{size}"
