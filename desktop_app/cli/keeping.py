"""`lumbar-pathway backup`, `restore` and `audit`: what is done with a whole store, without a window."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, TextIO

from desktop_app.cli import console
from desktop_app.use_cases.audit import AuditFilter, AuditRow, AuditVerdict, Deed, OuterHead
from desktop_app.use_cases.backups import Backup, BackupReport
from desktop_app.use_cases.errors import NoInput
from desktop_app.use_cases.keys import THE_RECOVERY_KEY, KeyUser

PROBLEM_FOUND = 1
_SHOWN = 50


class Keeping(Protocol):
    """A profile and what can be done with it as a whole."""

    def users(self) -> Sequence[KeyUser]: ...

    def come_in(self, user_id: str, passphrase: str) -> None: ...

    def back_up(self, to: Path | None = None) -> BackupReport: ...

    def backups(self, place: Path | None = None) -> Sequence[Backup]: ...

    def users_of_backup(self, backup: Path) -> Sequence[KeyUser]: ...

    def restore(self, backup: Path, user_id: str, passphrase: str) -> Path: ...

    def audit_rows(self, wanted: AuditFilter, before: int = 0, limit: int = _SHOWN) -> Sequence[AuditRow]: ...

    def verify_audit(self, outside: Sequence[OuterHead] = ()) -> AuditVerdict: ...

    def outer_head(self, path: Path) -> OuterHead | None: ...

    def lock(self) -> None: ...


def add_backup(parser: ArgumentParser) -> None:
    parser.description = ("Makes a backup now, opens it with its key and reads it whole before it counts. Without --to "
                          "it goes to the folders that the settings name.")
    parser.epilog = ("exit codes: 0 made, or nothing had changed; 1 no backup could be made, 66 no such profile, 77 "
                     "not permitted")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="another folder, for example on a stick")
    parser.add_argument("--list", action="store_true", help="list the backups there are; needs no passphrase")
    _add_user(parser)


def add_restore(parser: ArgumentParser) -> None:
    parser.description = ("Puts a backup in the place of the present store, which is set aside and never deleted. "
                          "Needs an administrator's passphrase of the time of the backup, or the recovery key of then.")
    parser.epilog = ("exit codes: 0 restored, 65 the backup is damaged or newer than this program, 66 no such backup, "
                     "73 cannot create, 77 wrong passphrase or not permitted")
    parser.add_argument("backup", type=Path, metavar="BACKUP", help="a folder named backup-000012")
    parser.add_argument("--recovery-key", action="store_true", help="ask for the printed recovery key of that time")
    _add_user(parser)


def add_audit(parser: ArgumentParser) -> None:
    parser.description = ("Shows the record of use, newest first, or verifies it: every row against its seal, and what "
                          "signed PDFs and backups say of it against its rows.")
    parser.epilog = "exit codes: 0 shown, or sound; 1 not sound; 66 no such profile or file; 77 not permitted"
    parser.add_argument("what", choices=("show", "verify"), nargs="?", default="show")
    parser.add_argument("--against", type=Path, action="append", default=[], metavar="FILE",
                        help="a signed PDF or a backup that lies elsewhere; may be given several times")
    parser.add_argument("--patient", default="", metavar="ID", help="only rows of this patient")
    parser.add_argument("--by", default="", metavar="ID", help="only rows of this user")
    parser.add_argument("--kind", default="", choices=("", *(deed.value for deed in Deed)),
                        help="only rows of this kind")
    parser.add_argument("--last", type=int, default=_SHOWN, metavar="N", help=f"how many rows, usually {_SHOWN}")
    _add_user(parser)


def backup(args: Namespace, keeping: Keeping, out: TextIO) -> int:
    """0: at least one backup was made, or listed."""
    if args.list:
        for one in keeping.backups(args.to):
            print(f"{one.path}  {one.made:%Y-%m-%d %H:%M}  {_contents(one)}", file=out)
        return 0
    _come_in(args, keeping)
    try:
        report = keeping.back_up(args.to)
    finally:
        keeping.lock()
    for one in report.made:
        print(f"Backup: {one.path} ({_contents(one)}, read whole)", file=out)
    for remark in report.remarks:
        print(remark, file=out)
    if not report.made and not report.remarks:
        print("Nothing has changed since the newest backup.", file=out)
    return PROBLEM_FOUND if report.remarks and not report.made else 0


def restore(args: Namespace, keeping: Keeping, out: TextIO) -> int:
    """0: the backup is in its place."""
    if args.recovery_key:
        wanted, asked = THE_RECOVERY_KEY, "Recovery key of the time of the backup: "
    else:
        user = _user(args, keeping.users_of_backup(args.backup))
        wanted, asked = user.id, f"Passphrase of {user.name} at the time of the backup: "
    aside = keeping.restore(args.backup, wanted, console.passphrase(args, asked))
    print(f"Restored from {args.backup}.", file=out)
    print(f"What was there before is kept in {aside}.", file=out)
    return 0


def audit(args: Namespace, keeping: Keeping, out: TextIO) -> int:
    """0: shown or sound."""
    outside = []
    _come_in(args, keeping)
    try:
        if args.what == "show":
            _show(keeping.audit_rows(AuditFilter(args.patient, args.by, args.kind), 0, max(1, args.last)), out)
            return 0
        for path in args.against:
            head = keeping.outer_head(path)
            if head is None:
                raise NoInput(f"{path}: says nothing of the record of use.",
                              next_step="Name a signed PDF or a backup made by this program.")
            outside.append(head)
        verdict = keeping.verify_audit(outside)
    finally:
        keeping.lock()
    print(sentence(verdict), file=out)
    for problem in verdict.problems:
        print(problem, file=out)
    return 0 if verdict.sound else PROBLEM_FOUND


def _contents(one: Backup) -> str:
    return f"{one.encounters} consultations, {one.size // 1024} kB"


def sentence(verdict: AuditVerdict) -> str:
    """The verdict in one line."""
    rows = f"{verdict.rows:,} rows, {verdict.compared:,} heads from signed documents and backups compared"
    restored = f"; a backup was restored at row {', '.join(map(str, verdict.restored))}" if verdict.restored else ""
    return f"{'The record of use is whole' if verdict.sound else 'The record of use was changed'}: {rows}{restored}."


def _show(rows: Sequence[AuditRow], out: TextIO) -> None:
    for row in rows:
        event = row.event
        told = (" ".join(part for part in (event.detail, f"{event.old} → {event.new}" if event.old or event.new else "")
                         if part) if row.readable else "(erased)")
        words = " ".join(part for part in (event.deed.value.replace("_", " "), event.what, told) if part)
        who = f"{row.by or '-'}  {event.patient_id or '-'}"
        print(f"{row.sequence}  {row.at:%Y-%m-%d %H:%M:%S}Z  {who}  {words}", file=out)


def _come_in(args: Namespace, keeping: Keeping) -> None:
    user = _user(args, keeping.users())
    keeping.come_in(user.id, console.passphrase(args, f"Passphrase of {user.name}: "))


def _user(args: Namespace, users: Sequence[KeyUser]) -> KeyUser:
    found = [user for user in users if args.user in ("", user.id, user.name)]
    if len(found) != 1:
        names = ", ".join(user.name for user in users) or "nobody"
        raise NoInput("Say with --user who opens the store." if not args.user else f"Nobody is called {args.user}.",
                      next_step=f"The key file lets these users in: {names}.")
    return found[0]


def _add_user(parser: ArgumentParser) -> None:
    parser.add_argument("--user", default="", metavar="NAME", help="who opens the store, where there are several")
    console.add_passphrase_options(parser)
