"""Writing result files whole or not at all: no name before every byte is on the disk, and nothing left on failure."""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.language import tr
from desktop_app.use_cases.errors import CannotCreate, IoFailed, LumbarError, NotPermitted
from desktop_app.use_cases.processes import lives

_PART = re.compile(r"\.lumbar-pathway-([0-9a-f]{8})-([0-9]+)-[0-9a-f]{8}\.part", re.ASCII)


def _in_words(path: Path, error: OSError) -> LumbarError:
    if error.errno == errno.ENOSPC:
        return IoFailed(
            tr("{path}: the disk is full.").format(path=path), next_step=tr("Free some space or choose another folder.")
        )
    if isinstance(error, PermissionError):
        return NotPermitted(
            tr("{path}: this folder may not be written to.").format(path=path), next_step=tr("Choose another folder.")
        )
    if isinstance(error, FileNotFoundError):
        return CannotCreate(
            tr("{path}: the folder {parent} does not exist.").format(path=path, parent=path.parent),
            next_step=tr("Create it first."),
        )
    if isinstance(error, IsADirectoryError):
        return CannotCreate(tr("{path}: this is a folder, not a file.").format(path=path), next_step=tr("Name a file."))
    return IoFailed(tr("{path}: could not be written ({strerror}).").format(path=path, strerror=error.strerror))


@dataclass(slots=True)
class _Whole:
    """A file whose bytes are on the disk and which has not got its name yet. Where the disk can keep a file without any
    name, it has none, and a kill leaves nothing of it; elsewhere it has a hidden one.
    """

    path: Path
    content: bytes = field(repr=False)
    part: Path
    handle: int  # of the file without a name; -1: it is called ``part``

    def take_name(self) -> None:
        if self.handle >= 0:
            with suppress(OSError):  # there may be an older one, which only a second name can replace
                _link(self.handle, self.path)
                return
            try:
                _link(self.handle, self.part)
            except OSError:  # a disk that makes such files and gives them no names
                _write(_named(self.part, _mode(self.path.parent)), self.content, close=True)
        self.part.replace(self.path)

    def drop(self) -> None:
        """Closed; what has no name is gone then."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1
        self.part.unlink(missing_ok=True)


def _written(path: Path, content: bytes) -> _Whole:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, tr("is a folder"), str(path))
    clear_parts(path.parent)
    mode = _mode(path.parent)
    whole = _Whole(path, content, part_of(path), _without_a_name(path.parent, mode))
    try:
        if whole.handle >= 0:
            _write(whole.handle, content, close=False)
        else:
            _write(_named(whole.part, mode), content, close=True)
    except BaseException:
        whole.drop()
        raise
    return whole


def _named(part: Path, mode: int) -> int:
    return os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), mode)


def _write(handle: int, content: bytes, *, close: bool) -> None:
    with os.fdopen(handle, "wb", closefd=close) as out:
        out.write(content)
        out.flush()
        os.fsync(handle)


def _without_a_name(folder: Path, mode: int) -> int:
    """An open file in the folder, or -1 where the system or the disk knows no such thing."""
    if sys.platform != "linux" or not Path("/proc/self/fd").is_dir():
        return -1
    try:
        return os.open(folder, os.O_TMPFILE | os.O_WRONLY, mode)
    except OSError:
        return -1


def _link(handle: int, path: Path) -> None:
    opened = os.open("/proc/self/fd", os.O_RDONLY)
    try:
        os.link(str(handle), path, src_dir_fd=opened, follow_symlinks=True)
    finally:
        os.close(opened)


def _mode(folder: Path) -> int:
    """A document of a patient is its owner's; in a folder that was set up to be shared it is its group's too."""
    with suppress(OSError):
        if folder.stat().st_mode & stat.S_ISGID or "system.posix_acl_default" in _attributes(folder):
            return 0o660
    return 0o600


def _attributes(folder: Path) -> Sequence[str]:
    return os.listxattr(folder) if sys.platform == "linux" else ()


def part_of(path: Path) -> Path:
    """A hidden name under which a file or folder is made: it tells of no patient, and which process is at it."""
    return path.with_name(f".lumbar-pathway-{_computer()}-{os.getpid()}-{secrets.token_hex(4)}.part")


def _computer() -> str:
    """On a share a process of another computer is none of ours to judge."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def clear_parts(folder: Path) -> None:
    """What a process that was killed left in a folder where something is saved again: it holds a document's words."""
    with suppress(OSError):
        for path in list(folder.iterdir()):
            found = _PART.fullmatch(path.name)
            if found is None or found[1] != _computer() or lives(int(found[2])):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):  # Windows keeps what is still being written
                    path.unlink()


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write every file, or none: all are whole on the disk before the first gets its name.

    Only its owner may read a file, in a shared folder its group too, where the disk knows owners. Raises
    ``CannotCreate``, ``IoFailed`` or ``NotPermitted`` naming the file and what to do.
    """
    made: list[_Whole] = []
    path = Path()
    try:
        for path, content in files.items():
            made.append(_written(path, content))
        for one in made:
            path = one.path
            one.take_name()
    except OSError as error:
        raise _in_words(path, error) from error
    finally:
        for one in made:
            one.drop()


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Make a new folder with these files, by their paths inside it; it appears whole or not at all.

    Only its owner may look into it, where the disk knows owners. Raises ``CannotCreate``, ``IoFailed`` or
    ``NotPermitted`` naming the folder and what to do.
    """
    clear_parts(target.parent)
    part = part_of(target)
    try:
        part.mkdir(mode=0o700)
        for name, content in files.items():
            path = part / name
            path.parent.mkdir(mode=0o700, exist_ok=True)
            with path.open("xb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
        part.rename(target)
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        if isinstance(error, OSError):
            raise _in_words(target, error) from error
        raise
