"""Writing result files whole or not at all: temporary name, sync, rename, and nothing left on failure."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from desktop_app.language import tr
from desktop_app.use_cases.errors import CannotCreate, IoFailed, LumbarError, NotPermitted


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


def _write_beside(path: Path, content: bytes) -> Path:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, tr("is a folder"), str(path))
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write every file, or none: all are written under temporary names before the first is renamed.

    Raises ``CannotCreate``, ``IoFailed`` or ``NotPermitted`` naming the file and what to do.
    """
    parts: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in files.items():
            parts[path] = _write_beside(path, content)
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        for part in parts.values():
            part.unlink(missing_ok=True)
        raise _in_words(path, error) from error


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Make a new folder with these files, by their paths inside it; it appears whole or not at all.

    Only its owner may look into it, where the disk knows owners. Raises ``CannotCreate``, ``IoFailed`` or
    ``NotPermitted`` naming the folder and what to do.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
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
