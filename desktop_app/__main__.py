"""The command line: opens the window, or does one job without a screen."""

from __future__ import annotations

import argparse
import gc
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop_app import VERSION, bootstrap, log, places
from desktop_app.parts import ComputerClock, blank_papers, pack_of, press, seal, trusted_here

PROBLEM_FOUND = 1
COMMANDS = {
    "plan": "advice and care plan for a case file",
    "verify": "is this signed file whole, by whom, for whom",
    "timestamp": "a time stamp from the network, kept beside a signed file",
    "form": "questions on paper and the emergency card, to print",
    "guideline": "check, list or explain the guideline",
    "hazards": "the hazard log as a report",
    "backup": "make or list backups",
    "restore": "put a backup in the place of the store",
    "audit": "show or verify the record of use",
    "self-check": "does everything here work",
}
KEEPING = ("backup", "restore", "audit")
WITHOUT_SCREEN = f"These work without a screen: lumbar-pathway {', '.join(COMMANDS)}."


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """Only the command that is asked for is loaded, so that the window does not wait for the others."""
    parser = argparse.ArgumentParser(
        prog="lumbar-pathway",
        description="Offline decision aid for leg pain that persists after a lumbar compression fracture. "
        "Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"lumbar-pathway {VERSION}")
    parser.add_argument("--demo", action="store_true", help="a throw-away profile with fictional patients")
    parser.add_argument("--safe-mode", action="store_true", help="opens the window with the usual look, size and place")
    parser.add_argument("--read-only", action="store_true",
                        help="opens the window and only shows the records; nothing can be added or changed")
    parser.add_argument("--open", type=Path, nargs="?", metavar="FILE", dest="file",
                        help="opens the window, which asks about a case or an edition of the guideline")
    parser.add_argument("--until-ready", action="store_true",
                        help="opens the window, says “ready” once it can be used, and closes it")
    _add_places(parser)
    parser.epilog = (
        "The commands work without a screen. “lumbar-pathway COMMAND --help” says more. Exit codes: 0 done, 1 a "
        "problem was found, 2 wrong usage, 65 bad data, 66 no input, 73 cannot create, 74 cannot read or write, 77 "
        "not permitted.")
    if all(word.startswith("--") and not "--help".startswith(word) for word in argv):  # nothing but the window
        parser.set_defaults(command=None)
        return parser
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, words in COMMANDS.items():
        if name not in argv:
            commands.add_parser(name, help=words)
        elif name == "plan":
            from desktop_app.cli import plan

            command = commands.add_parser(name, help=words)
            plan.add_arguments(command)
            _add_places(command, again=True)
        elif name == "verify":
            from desktop_app.cli import verify

            command = commands.add_parser(name, help=words)
            verify.add_arguments(command)
            _add_places(command, again=True)
        elif name == "timestamp":
            from desktop_app.cli import timestamp

            command = commands.add_parser(name, help=words)
            timestamp.add_arguments(command)
        elif name == "form":
            from desktop_app.cli import form

            command = commands.add_parser(name, help=words)
            form.add_arguments(command)
            _add_places(command, again=True)
        elif name == "guideline":
            from desktop_app.cli import guideline

            guideline.add_parser(commands)
        elif name in KEEPING:
            from desktop_app.cli import keeping

            command = commands.add_parser(name, help=words)
            {"backup": keeping.add_backup, "restore": keeping.add_restore, "audit": keeping.add_audit}[name](command)
            _add_places(command, again=True)
        elif name == "hazards":
            from desktop_app.cli import hazards

            hazards.add_arguments(commands.add_parser(name, help=words))
        else:
            from desktop_app.cli import self_check

            command = commands.add_parser(name, help=words)
            self_check.add_arguments(command)
            _add_places(command, again=True)
    return parser


def _add_places(parser: argparse.ArgumentParser, *, again: bool = False) -> None:
    """The same two folders before and after the command; ``again`` leaves what was given before it."""
    nothing = argparse.SUPPRESS if again else None
    parser.add_argument("--data-dir", type=Path, metavar="FOLDER", default=nothing,
                        help="the data folder, where it is not the usual one")
    parser.add_argument("--guideline", type=Path, metavar="FOLDER", default=nothing,
                        help="another content pack than the shipped one")


def _run(args: argparse.Namespace) -> int:
    folder = args.guideline or places.guideline()
    if args.command == "verify":
        from desktop_app.cli import verify

        return verify.run(args, seal(), trusted_here(args.data_dir), sys.stdout)
    if args.command == "timestamp":
        from desktop_app.cli import timestamp

        return timestamp.run(args, seal(), sys.stdout)
    if args.command == "guideline":
        from desktop_app.cli import editions, guideline

        if args.job in editions.JOBS:
            return editions.run(args, bootstrap.door(folder, args.data_dir), press(), sys.stdout)
        return guideline.run(args, sys.stdout, folder)
    if args.command == "plan":
        from desktop_app.cli import plan

        return plan.run(args, bootstrap.plan_parts(folder), sys.stdout)
    if args.command == "form":
        from desktop_app.cli import form

        pack = pack_of(folder)
        return form.run(args, blank_papers(), pack, ComputerClock().today(), sys.stdout)
    if args.command in KEEPING:
        from desktop_app.cli import keeping

        job = {"backup": keeping.backup, "restore": keeping.restore, "audit": keeping.audit}[args.command]
        return job(args, bootstrap.door(folder, args.data_dir), sys.stdout)
    if args.command == "hazards":
        from desktop_app.cli import hazards

        return hazards.run(args, places.hazard_log(), sys.stdout)
    if args.command == "self-check":
        from desktop_app.cli import self_check

        return self_check.run(args, bootstrap.self_check_parts(folder), sys.stdout)
    return _open_window(folder, args)


def _open_window(folder: Path, args: argparse.Namespace) -> int:
    gc.disable()  # nothing is garbage before the first window; from then on it collects
    from desktop_app.cli.screen import no_screen_here

    if words := no_screen_here():
        from desktop_app.use_cases.errors import NoInput

        raise NoInput(words, next_step=WITHOUT_SCREEN)
    return bootstrap.open_window(folder, demo=args.demo, data_dir=args.data_dir, safe_mode=args.safe_mode,
                                 read_only=args.read_only, say_ready=args.until_ready, file=_file(args.file))


def _file(path: Path | None) -> str:
    """The whole path of what the window shall ask about, or ""."""
    if path is None:
        return ""
    from desktop_app.presentation.opening import kind_of
    from desktop_app.use_cases.errors import NoInput

    kind_of(path.name)
    if not path.is_file():
        raise NoInput(f"There is no file {path}.", next_step="Check the path.")
    return str(path.resolve())


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit code follows the table in the README."""
    gc.enable()  # the bundle begins without
    log.leave_no_image()
    if isinstance(sys.stdout, io.TextIOWrapper):  # a letter that the terminal lacks is written by its number
        sys.stdout.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if argv is None else argv)
    parser = _parser(given)
    args = parser.parse_args(given)
    if args.read_only and (args.demo or args.command):
        parser.error("--read-only is for the window with your own records")
    try:
        return _run(args)
    except BrokenPipeError:
        return PROBLEM_FOUND
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return PROBLEM_FOUND
    except Exception as error:
        from desktop_app.cli import console

        if console.can_be_acted_on(error):
            return console.say_failure(error)
        raise


if __name__ == "__main__":
    sys.exit(main())
