"""The command line: opens the window, or does one job without a screen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop_app import bootstrap
from desktop_app.cli import console, guideline, plan, self_check, verify
from desktop_app.cli.screen import no_screen_here
from desktop_app.engine.problems import ContentError
from desktop_app.use_cases.errors import LumbarError, NoInput

PROBLEM_FOUND = 1
WITHOUT_SCREEN = "These work without a screen: lumbar-pathway plan, verify, guideline, self-check."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lumbar-pathway",
        description="Offline decision aid for leg pain that persists after a lumbar compression fracture. "
        "Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"lumbar-pathway {bootstrap.VERSION}")
    parser.add_argument("--demo", action="store_true", help="a throw-away profile with fictional patients")
    parser.add_argument("--data-dir", type=Path, metavar="FOLDER", help="keep the data here")
    parser.add_argument(
        "--guideline", type=Path, metavar="FOLDER", help="another content pack than the shipped one"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    plan.add_arguments(commands.add_parser("plan", help="advice and care plan for a case file"))
    verify.add_arguments(commands.add_parser("verify", help="is this signed file whole, by whom, for whom"))
    guideline.add_parser(commands)
    self_check.add_arguments(commands.add_parser("self-check", help="does everything here work"))
    return parser


def _run(args: argparse.Namespace) -> int:
    if args.command == "verify":
        return verify.run(args, bootstrap.seal(), bootstrap.trusted_here(args.data_dir), sys.stdout)
    folder = args.guideline or bootstrap.shipped_guideline()
    if args.command == "guideline":
        return guideline.run(args, sys.stdout, folder)
    if args.command == "plan":
        return plan.run(args, bootstrap.plan_parts(folder), sys.stdout)
    if args.command == "self-check":
        return self_check.run(args, bootstrap.self_check_parts(folder), sys.stdout)
    if words := no_screen_here():
        raise NoInput(words, next_step=WITHOUT_SCREEN)
    return bootstrap.open_window(folder, demo=args.demo, data_dir=args.data_dir)


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit code follows the table in the README."""
    args = _parser().parse_args(argv)
    try:
        return _run(args)
    except (LumbarError, ContentError) as error:
        return console.say_failure(error)
    except BrokenPipeError:
        return PROBLEM_FOUND
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return PROBLEM_FOUND


if __name__ == "__main__":
    sys.exit(main())
