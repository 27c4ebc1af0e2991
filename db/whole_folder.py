"""A folder that appears whole or not at all: made under a temporary name, written to disk, then renamed."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop_app.language import tr
from desktop_app.use_cases.errors import CannotCreate, ProfileExists


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Yields the temporary folder to fill. A crash leaves only a temporary name that nothing ever reads."""
    refuse_existing(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        clear_leftovers(folder)
        unfinished = folder.with_name(f"{_mark(folder)}{secrets.token_hex(4)}")
        unfinished.mkdir(mode=0o700)
    except OSError as problem:
        raise _cannot(folder, problem) from problem
    try:
        yield unfinished
        for path in sorted(unfinished.iterdir()):
            sync_file(path)
        sync_folder(unfinished)
        if folder.exists():
            folder.rmdir()  # empty, as was checked; a file put there meanwhile makes this fail
        unfinished.rename(folder)
        sync_folder(folder.parent)
    except OSError as problem:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise _cannot(folder, problem) from problem
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def refuse_existing(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProfileExists(
            tr("{folder} is not empty.").format(folder=folder),
            next_step=tr("Open the profile that is there, or choose another folder for the new one."),
        )


def clear_leftovers(folder: Path) -> None:
    """Removes what an interrupted first start of the same folder left: it never held a patient."""
    for path in list(folder.parent.iterdir()):
        if path.name.startswith(_mark(folder)):
            clear_away(path)


def clear_away(path: Path) -> None:
    """Whatever is there, as far as it can be. To take a named pipe for a folder would be to wait for it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows writes directory entries through and cannot open a folder for this
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_new(path: Path, content: bytes) -> None:
    """A new file only its owner can read, on disk when this returns."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_whole(path: Path, content: bytes) -> None:
    """The file with new content; a crash leaves the old or the new one, never a mixture."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        write_new(unfinished, content)
        unfinished.replace(path)
        sync_folder(path.parent)
    except OSError as problem:
        unfinished.unlink(missing_ok=True)
        raise _cannot(path, problem) from problem


def _mark(folder: Path) -> str:
    return f".{folder.name}.unfinished-"


def _cannot(path: Path, problem: OSError) -> CannotCreate:
    return CannotCreate(
        tr("{path} cannot be written: {strerror}.").format(path=path, strerror=problem.strerror or problem),
        next_step=tr("Check the free space and the rights of the folder, or choose another one."),
    )
