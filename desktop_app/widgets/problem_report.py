"""What is told about an error of ours: where in the program and under which versions, and nothing of a patient."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from desktop_app.log import short

DEEPEST = 60  # frames


def problem_report(kind: type[BaseException] | None, trace: TracebackType | None, version: str,
                   log: Sequence[str] = ()) -> str:
    """The report as text; without an error where somebody asks for one.

    The error's own words are left out on purpose, and so is every value: a message may hold what was typed. What stays
    is the kind of the error, the program's places it went through, versions, and the newest lines of the log, which
    never has anything of a patient.
    """
    lines = ["Lumbar Pathway: problem report", "It holds nothing of a patient and nothing that was typed.", "",
             f"When        {datetime.now(UTC).isoformat(timespec='seconds')}",
             f"Program     {version}{', installed' if getattr(sys, 'frozen', False) else ', from its source'}",
             f"Python      {platform.python_version()}", f"Qt          {qVersion()}, {_screen()}",
             f"System      {platform.platform(terse=True)}"]
    if kind is not None:
        lines += ["", f"Error       {kind.__module__}.{kind.__qualname__}"]
    frames = traceback.extract_tb(trace)
    lines += [f"  {short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames[-DEEPEST:]]
    if log:
        lines += ["", "Newest lines of the log, and what the last crash left", *(f"  {line}" for line in log)]
    return "\n".join(lines) + "\n"


def _screen() -> str:
    app = QGuiApplication.instance()
    if not isinstance(app, QGuiApplication):
        return "no screen"
    shown = QGuiApplication.primaryScreen()
    size = "" if shown is None else f" {shown.size().width()} x {shown.size().height()} at {shown.devicePixelRatio():g}"
    return f"{QGuiApplication.platformName()}{size}"
