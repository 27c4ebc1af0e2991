"""`lumbar-pathway guideline new-key|publishers|publish|trust|install|editions`: editions made, and taken in."""

from __future__ import annotations

import argparse
import os
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from desktop_app.cli import console
from desktop_app.use_cases.editions import Press, Told
from desktop_app.use_cases.errors import BadData, CannotCreate, NoInput, WrongUsage

if TYPE_CHECKING:
    from desktop_app.use_cases.desk import Desk
    from desktop_app.use_cases.guideline_editions import GuidelineEditions
    from desktop_app.use_cases.keys import KeyUser

JOBS = ("new-key", "publishers", "publish", "trust", "install", "editions")
FEWEST = 2


class Rooms(Protocol):
    """A profile that can be entered."""

    def users(self) -> Sequence[KeyUser]: ...

    def sign_in(self, user_id: str, passphrase: str) -> Desk: ...

    def lock(self) -> None: ...


def add_jobs(jobs: _SubParsersAction[ArgumentParser]) -> None:
    key = jobs.add_parser("new-key", help="make a publisher's key; FILE.pub is what others may have")
    key.add_argument("file", type=Path, metavar="FILE")
    made = jobs.add_parser("publishers", help="make a list of publishers, of which at least two have to sign")
    made.add_argument("file", type=Path, metavar="LIST.json")
    made.add_argument("--key", type=Path, action="append", required=True, metavar="FILE.pub",
                      help="a publisher's public key; give each")
    made.add_argument("--needed", type=int, default=FEWEST, metavar="N", help="how many have to sign, usually 2")
    made.add_argument("--number", type=int, default=1, metavar="N", help="of the list; a later list has the next one")
    _add_signers(made)
    publish = jobs.add_parser("publish", help="make a signed edition of a content pack")
    publish.add_argument("folder", type=Path, metavar="FOLDER")
    publish.add_argument("file", type=Path, metavar="FILE.lumbar-pack")
    publish.add_argument("--number", type=int, required=True, metavar="N", help="higher than that of every one before")
    publish.add_argument("--publishers", type=Path, action="append", required=True, metavar="LIST.json",
                         help="every list of publishers since the first; give each")
    publish.add_argument("--minimum-program", default="0.1.0", metavar="VERSION",
                         help="the oldest program that reads it")
    _add_signers(publish)
    trust = jobs.add_parser("trust", help="believe a list of publishers; done once")
    trust.add_argument("file", type=Path, metavar="LIST.json")
    trust.add_argument("--fingerprint", required=True, metavar="LETTERS",
                       help="as the publishers told it in another way")
    _add_way_in(trust)
    install = jobs.add_parser("install", help="install an edition; with --switch-on it gives the advice from now on")
    install.add_argument("file", type=Path, metavar="FILE.lumbar-pack")
    install.add_argument("--switch-on", action="store_true", help="after telling what changes and for whom")
    _add_way_in(install)
    _add_way_in(jobs.add_parser("editions", help="the editions on this computer and which one gives the advice"))


def _add_signers(parser: ArgumentParser) -> None:
    parser.add_argument("--sign", type=Path, action="append", required=True, metavar="FILE",
                        help="a publisher's private key; give at least two")


def _add_way_in(parser: ArgumentParser) -> None:
    parser.add_argument("--data-dir", type=Path, metavar="FOLDER", default=argparse.SUPPRESS,
                        help="the data folder, where it is not the usual one")
    parser.add_argument("--user", default="", metavar="NAME", help="who opens the store, where there are several")
    console.add_passphrase_options(parser)


def run(args: Namespace, rooms: Rooms, press: Press, out: TextIO) -> int:
    """0: done. Raises what ``console`` says in words."""
    if args.job == "new-key":
        return _new_key(args.file, press, out)
    if args.job == "publishers":
        return _publishers(args, press, out)
    if args.job == "publish":
        return _publish(args, press, out)
    return _in_the_profile(args, rooms, out)


# --- for whoever publishes ----------------------------------------------------------------------


def _new_key(file: Path, press: Press, out: TextIO) -> int:
    private, public = press.new_key()
    _write(file, private, secret=True)
    _write(Path(f"{file}.pub"), public)
    print(f"{file}: the private key. It is not encrypted: keep it on a stick in a safe.", file=out)
    print(f"{file}.pub: what the list of publishers is made of.", file=out)
    return 0


def _publishers(args: Namespace, press: Press, out: TextIO) -> int:
    if not FEWEST <= args.needed <= len(args.key):
        raise WrongUsage(f"--needed is {args.needed}; at least {FEWEST} have to sign, and no more than there are keys.")
    made = press.publishers([_read(path) for path in args.key], args.needed, args.number,
                            [_read(path) for path in args.sign])
    _write(args.file, made)
    print(f"{args.file}: {len(args.key)} publishers, {args.needed} have to sign.", file=out)
    print(f"Fingerprint, to be told in another way: {press.fingerprint_of(made)}", file=out)
    return 0


def _publish(args: Namespace, press: Press, out: TextIO) -> int:
    from desktop_app.engine.loader import load_pack

    info = load_pack(args.folder).info
    files = {path.relative_to(args.folder).as_posix(): path.read_bytes()
             for path in sorted(args.folder.rglob("*.yaml")) if path.is_file()}
    told = Told(info.id, info.version, args.minimum_program, date.fromisoformat(info.review_by))
    made = press.edition(files, told, args.number, [_read(path) for path in args.sign],
                         [_read(path) for path in args.publishers])
    _write(args.file, made)
    print(f"{args.file}: edition {info.version}, number {args.number}, {len(files)} files.", file=out)
    return 0


# --- on the computer that takes it --------------------------------------------------------------


def _in_the_profile(args: Namespace, rooms: Rooms, out: TextIO) -> int:
    found = [user for user in rooms.users() if args.user in ("", user.id, user.name)]
    if len(found) != 1:
        names = ", ".join(user.name for user in rooms.users()) or "nobody"
        raise NoInput("Say with --user who opens the store." if not args.user else f"Nobody is called {args.user}.",
                      next_step=f"The key file lets these users in: {names}.")
    secret = console.passphrase(args, f"Passphrase of {found[0].name}: ")
    desk = rooms.sign_in(found[0].id, secret)
    try:
        editions = desk.editions
        if editions is None:
            raise BadData("This profile keeps no editions.")
        if args.job == "trust":
            editions.trust(_read(args.file), args.fingerprint, secret)
            print(f"Believed from now on: {editions.fingerprint}", file=out)
        elif args.job == "install":
            _install(args, editions, secret, out)
        else:
            _tell(desk, editions, out)
    finally:
        rooms.lock()
    return 0


def _install(args: Namespace, editions: GuidelineEditions, secret: str, out: TextIO) -> None:
    from desktop_app.presentation import editions as words

    known = editions.install(_read(args.file))
    print(f"Installed: edition {known.version}, number {known.number}.", file=out)
    if not args.switch_on:
        print("It gives no advice before it is switched on: Settings, Guideline, or --switch-on.", file=out)
        return
    prepared = editions.prepare(known.number)
    print(f"{len(prepared.changes)} entries of the guideline differ. {words.compared(prepared.comparison)}", file=out)
    for one in prepared.comparison.affected:
        print(f"Patient {one.patient.number}:", file=out)
        for line in words.affected_lines(one):
            print(f"  {line.what}: {line.before} -> {line.after}", file=out)
    editions.switch_on(prepared, secret)
    print(f"Edition {known.version} gives the advice from now on.", file=out)


def _tell(desk: Desk, editions: GuidelineEditions, out: TextIO) -> None:
    from desktop_app.presentation import editions as words

    info = desk.pack.info
    print(f"Edition {info.version} gives the advice. {info.state_words}.", file=out)
    print(words.origin(editions.use), file=out)
    for warning in editions.warnings(desk.today):
        print(warning, file=out)
    print(f"Publishers believed here: {editions.fingerprint or 'none yet'}", file=out)
    for choice in editions.choices():
        mark = "*" if choice.in_use else " "
        print(f"{mark} {words.title(choice)}. {words.about(choice)}".rstrip(), file=out)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise NoInput(f"{path}: cannot be read: {problem.strerror or problem}.",
                      next_step="Check that it is there and may be read.") from problem


def _write(path: Path, content: bytes, *, secret: bool = False) -> None:
    """A new file; nothing is replaced, so that no key is ever lost under another."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0),
                         0o600 if secret else 0o644)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError as problem:
        raise CannotCreate(f"{path}: cannot be written: {problem.strerror or problem}.",
                           next_step="Choose another name or folder; an existing file is never replaced.") from problem
