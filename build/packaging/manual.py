"""The manual page, written from the program's own command line, so that the two cannot differ."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(ROOT))

from bundle import time_of_source  # noqa: E402  both folders have to be named before

from desktop_app import VERSION, __main__  # noqa: E402

DATA_WORDS = ("patients' records, encrypted, and the wrapped keys; not removed with the program. XDG_DATA_HOME moves "
              "it, --data-dir names another folder")
FILES = (
    ("~/.local/share/lumbar-pathway", DATA_WORDS),
    ("~/.config/lumbar-pathway", "how the window looks; nothing of a patient (XDG_CONFIG_HOME)"),
    ("~/.local/state/lumbar-pathway", "logs without anything of a patient (XDG_STATE_HOME)"),
)
EXITS = (
    ("0", "done"), ("1", "a problem was found"), ("2", "wrong usage"), ("65", "bad data"),
    ("66", "a file that was named is not there, or no screen to open the window on"), ("73", "cannot create"),
    ("74", "cannot read or write"), ("75", "another program holds the store"), ("77", "not permitted"),
)


EXAMPLES = (
    ("The advice on a case file, with the care plan as a PDF:", "lumbar-pathway plan CASE.yaml --pdf plan.pdf"),
    ("A signed file from elsewhere, checked with that clinic's certificate:",
     "lumbar-pathway verify plan.pdf --trust clinic-certificate.pem"),
    ("What another edition of the guideline changes, before it is installed:", "lumbar-pathway guideline diff OLD NEW"),
    ("An edition from a stick, installed and switched on after telling what changes and for whom:",
     "lumbar-pathway guideline install new.lumbar-pack --switch-on"),
)


def escaped(text: str) -> str:
    """Text as troff prints it."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:  # noqa: SLF001  the only way to list them
        if isinstance(action, argparse._SubParsersAction) or action.help == argparse.SUPPRESS:  # noqa: SLF001
            continue
        names = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        value = f" {action.metavar}" if action.option_strings and action.metavar else ""
        if action.choices and not action.metavar:
            value = " " + "|".join(str(choice) for choice in action.choices)
        yield f".TP\n.B {escaped(names)}{escaped(value)}\n{escaped(str(action.help or '').replace('%%', '%'))}"


def _commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """Every command and every job of a command, what it does, and its own parser."""
    for action in parser._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            told = {one.dest: str(one.help or "") for one in action._choices_actions}  # noqa: SLF001
            for name, below in action.choices.items():
                yield name, told.get(name, ""), below
                yield from ((f"{name} {inner}", words, found) for inner, words, found in _commands(below))


def page() -> str:
    """The page in man(7) form."""
    parser = __main__._parser(list(__main__.COMMANDS))  # noqa: SLF001
    day = datetime.fromtimestamp(time_of_source(), UTC).date().isoformat()
    lines = [f'.TH LUMBAR-PATHWAY 1 "{day}" "Lumbar Pathway {VERSION}"', ".SH NAME",
             "lumbar\\-pathway \\- offline decision aid for leg pain that persists after a lumbar compression fracture",
             ".SH SYNOPSIS", ".B lumbar\\-pathway\n[options]", ".br", ".B lumbar\\-pathway\nCOMMAND [arguments]",
             ".SH DESCRIPTION", escaped(parser.description or ""),
             "It needs no network. Its guideline content is not clinically approved.",
             ".SH OPTIONS", *_options(parser), ".SH COMMANDS"]
    for name, told, below in _commands(parser):
        if any(isinstance(action, argparse._SubParsersAction) for action in below._actions):  # noqa: SLF001
            continue
        lines += [f".SS {escaped(name)}", escaped(__main__.COMMANDS.get(name) or told),
                  *(one for one in _options(below) if "\\-\\-help" not in one)]
    lines += [".SH EXAMPLES"]
    for words, command in EXAMPLES:
        lines += [escaped(words), f".PP\n.B {escaped(command)}", ".PP"]
    lines += [".SH EXIT STATUS", *(f".TP\n.B {code}\n{escaped(words)}" for code, words in EXITS)]
    lines += [".SH FILES", *(f".TP\n.I {escaped(place)}\n{escaped(words)}" for place, words in FILES)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
