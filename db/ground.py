"""Where a profile lies: a share of the network is refused, a folder that cannot be written to is read as a copy."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from db.change_over import FILES
from db.database import connect, make_file
from db.failures import plain_words
from db.file_names import STORE_FILE
from desktop_app.language import tr
from desktop_app.use_cases.errors import IoFailed, NotPermitted
from desktop_app.use_cases.processes import lives

_PRIVATE = re.compile(r"lumbar-pathway-copy-([0-9]{1,10})-\w+", re.ASCII)
_MOUNTS = Path("/proc/self/mountinfo")
_SHARES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "afs", "ncpfs", "davfs", "glusterfs",
                     "lustre", "fuse.sshfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.davfs2", "fuse.glusterfs",
                     "fuse.s3fs", "fuse.google-drive-ocamlfuse", "fuse.onedriver"})


def refuse_share(folder: Path) -> None:
    """Raises ``NotPermitted``: locks and syncs do not hold on a share, and two computers would write at once."""
    kind = _kind_of(folder)
    if kind in _SHARES:
        raise NotPermitted(
            tr(
                "{folder} lies on a share of the network ({kind}); a store there can be damaged and lose entries."
            ).format(folder=folder, kind=kind),
            next_step=tr("Keep the profile on a disk of this computer. Backups may go to the share."),
        )


def is_read_only(folder: Path) -> bool:
    """Whether nothing can be written beside the store, as on a write-protected stick."""
    path = folder / STORE_FILE
    return not (os.access(folder, os.W_OK) and (not path.exists() or os.access(path, os.W_OK)))


def private_place() -> Path:
    """A folder of this process alone, which goes with it. What one that was killed left goes now: it is a copy of the
    records, and holds whoever was erased since.
    """
    for left in Path(tempfile.gettempdir()).glob("lumbar-pathway-*"):
        found = _PRIVATE.fullmatch(left.name)
        if found is not None and not lives(int(found[1])) and left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)  # that of another user cannot be taken away
    place = Path(tempfile.mkdtemp(prefix=f"lumbar-pathway-copy-{os.getpid()}-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


def private_copy(folder: Path, place: Path) -> Path:
    """The whole profile in a folder that only its owner can read. What a crash left in the write-ahead file comes
    along: to open the store as unchangeable would hide it, and with it the newest answers.
    """
    copy = place / "read-only"
    copy.mkdir(mode=0o700)
    try:
        for name in (*FILES, f"{STORE_FILE}-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(folder / name, copy / name)
                (copy / name).chmod(0o600)
    except OSError as problem:
        raise IoFailed(
            tr("The profile in {folder} could not be copied to be read: {strerror}.").format(
                folder=folder, strerror=problem.strerror or problem
            ),
            next_step=tr("Check that its disk is connected, and the free space of this computer."),
        ) from problem
    return copy


def live_copy(folder: Path, place: Path, key: bytes) -> Path:
    """The same while another process works in the records: the database copies itself, so that nothing is half."""
    copy = place / "read-only"
    copy.mkdir(mode=0o700)
    for name in FILES:
        if name != STORE_FILE:
            with suppress(FileNotFoundError):
                shutil.copyfile(folder / name, copy / name)
                (copy / name).chmod(0o600)
    with plain_words(folder / STORE_FILE):
        make_file(copy / STORE_FILE)
        source = connect(folder / STORE_FILE, key)
        try:
            source.execute("VACUUM INTO ?", (str(copy / STORE_FILE),))
        finally:
            source.close()
    return copy


def _kind_of(folder: Path) -> str:
    """The type of the file system that holds the folder; "" where that cannot be told."""
    if sys.platform == "win32":
        return _windows_kind(folder)
    try:
        lines = _MOUNTS.read_text().splitlines()
    except OSError:
        return ""
    place = folder.absolute()
    while not place.exists():
        place = place.parent
    real, best, kind = place.resolve(), -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        mount = Path(before.split(" ")[4].encode().decode("unicode_escape"))
        if real.is_relative_to(mount) and len(mount.parts) >= best:
            best, kind = len(mount.parts), after.split(" ")[0]
    return kind


def _windows_kind(folder: Path) -> str:
    import ctypes

    remote = 4
    drive = folder.absolute().drive
    if drive.startswith("\\\\"):
        return "smb3"
    found = ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\")  # type: ignore[attr-defined,unused-ignore]
    return "smb3" if found == remote else ""
