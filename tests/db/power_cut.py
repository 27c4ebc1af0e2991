"""Power cuts: what a program wrote and synced, taken from strace, is replayed up to every step with the rest lost.

A disk keeps what was synced. Of what was only written it may have kept nothing, everything, or any part, torn within a
write; of changed names any beginning of their order, as a journal keeps them.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CALLS = ("openat,creat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,"
         "mkdirat,rmdir")
_CALL = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+=\s+(-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_SHOWN = re.compile(r"<((?:\\x[0-9a-f]{2})*)>")
_SECTOR = 512
NOTHING, EVERYTHING, ANYTHING = "nothing", "everything", "anything"


@dataclass(eq=False)
class File:
    synced: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # offset and bytes; None cuts off there

    def content(self, chance: random.Random | None = None) -> bytes:
        """Everything that was written, or a random part of what was not synced."""
        found = bytearray(self.synced)
        for offset, data in self.pending:
            written = data
            if chance is not None:
                if chance.random() < 0.5:
                    continue
                if data is not None and chance.random() < 0.3:
                    written = data[:chance.randrange(0, len(data) + 1, _SECTOR)]
            if written is None:
                del found[offset:]
                found.extend(bytes(max(0, offset - len(found))))
            else:
                found.extend(bytes(max(0, offset - len(found))))
                found[offset:offset + len(written)] = written
        return bytes(found)

    def sync(self) -> None:
        self.synced, self.pending = self.content(), []


@dataclass(frozen=True)
class State:
    """What the disk may hold after the cut, and what the program had acknowledged before it."""

    step: int
    how: str
    files: dict[str, bytes]
    acknowledged: tuple[str, ...]

    def write_to(self, folder: Path) -> None:
        folder.mkdir()
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


class Disk:
    """The folder as it is and as a cut would leave it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = {str(path.relative_to(folder)): File(path.read_bytes())
                      for path in folder.rglob("*") if path.is_file()}
        self.kept = dict(self.names)
        self.changes: list[tuple[str, str, File | None]] = []  # name, new name or "", the file of a new name
        self.position: dict[str, int] = {}

    def do(self, call: str, given: str, result: int) -> bool:
        """One call of the program; True when it touched this folder."""
        texts = [_plain(one) for one in _TEXT.findall(given)]
        if call in ("rename", "renameat", "renameat2"):
            return self._change(self._inside(texts[0]), self._inside(texts[1]))
        if call in ("unlink", "unlinkat"):
            return self._change(self._inside(texts[0]), "")
        if call in ("openat", "creat"):
            return self._open(self._inside(texts[0]), given)
        if call in ("mkdir", "mkdirat", "rmdir"):
            return False
        shown = _SHOWN.search(given)
        name = self._inside(_plain(shown[1])) if shown else None
        if name is None:
            return False
        if call in ("fsync", "fdatasync"):
            return self._sync(name)
        file = self.names.get(name)
        if file is None:
            return False
        last = given.rsplit(", ", 1)[1]
        if call == "ftruncate":
            file.pending.append((int(last), None))
        elif call == "pwrite64":
            file.pending.append((int(last), texts[0].encode("latin-1")[:result]))
        else:
            at = self.position.get(name, 0)
            file.pending.append((at, texts[0].encode("latin-1")[:result]))
            self.position[name] = at + result
        return True

    def after_a_cut(self, how: str, chance: random.Random) -> dict[str, bytes]:
        if how == EVERYTHING:
            return {name: file.content() for name, file in self.names.items()}
        names = dict(self.kept)
        if how == ANYTHING:
            for change in self.changes[:chance.randint(0, len(self.changes))]:
                _apply(names, *change)
        return {name: file.content(chance) if how == ANYTHING else file.synced for name, file in names.items()}

    def _open(self, name: str | None, given: str) -> bool:
        if name is None or "O_DIRECTORY" in given or name.endswith("-shm") or "O_RDONLY" in given:
            return False
        self.position[name] = 0
        if name not in self.names:
            if "O_CREAT" not in given:
                return False
            self.names[name] = File()
            self.changes.append((name, "", self.names[name]))
            return True
        if "O_TRUNC" in given:
            self.names[name].pending.append((0, None))
        return "O_TRUNC" in given

    def _change(self, old: str | None, new: str | None) -> bool:
        if old is None or new is None or old.endswith("-shm"):
            return False
        self.changes.append((old, new, None))
        _apply(self.names, old, new, None)
        return True

    def _sync(self, name: str) -> bool:
        file = self.names.get(name)
        if file is not None:
            file.sync()
        else:  # a folder
            self.kept, self.changes = dict(self.names), []
        return True

    def _inside(self, path: str) -> str | None:
        """The name below the folder; the folder itself is "."."""
        raw = Path(path.encode("latin-1").decode())
        return str(raw.relative_to(self.folder)) if raw.is_relative_to(self.folder) else None


def trace(command: Sequence[str], log: Path, cwd: Path) -> None:
    done = subprocess.run(["strace", "-f", "-y", "-xx", "-s", "16777216", "-e", f"trace={CALLS}", "-o", str(log),
                           *command], cwd=cwd, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr


def states(disk: Disk, log: Path, seed: int) -> Iterator[State]:
    """Every state after every call, each different one once."""
    chance, told = random.Random(seed), []
    seen: set[int] = set()

    def now(step: int) -> Iterator[State]:
        for how in (NOTHING, EVERYTHING, ANYTHING):
            files = disk.after_a_cut(how, chance)
            mark = hash((frozenset((name, hash(content)) for name, content in files.items()), len(told)))
            if mark not in seen:
                seen.add(mark)
                yield State(step, how, files, tuple(told))

    step = 0
    with log.open() as lines:
        for step, line in enumerate(lines):
            found = _CALL.match(line)
            if found is None or int(found[3]) < 0:
                continue
            if found[1] == "write" and found[2].startswith("1<"):
                told += _plain(_TEXT.findall(found[2])[0]).split()
                continue
            if disk.do(found[1], found[2], int(found[3])):
                yield from now(step)
    yield from now(step)  # right after the last word was told


def _apply(names: dict[str, File], old: str, new: str, file: File | None) -> None:
    if file is not None:
        names[old] = file
    elif not new:
        names.pop(old, None)
    else:
        for name in [name for name in names if name == old or name.startswith(f"{old}/")]:
            names[new + name[len(old):]] = names.pop(name)


def _plain(text: str) -> str:
    return bytes.fromhex(text.replace("\\x", "")).decode("latin-1")
