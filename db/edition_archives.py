"""Editions of the guideline in a backup: each folder of the shelf as one file, and back on the shelf of a new machine.

As on the shelf, nothing of it is secret and nothing is believed: whoever loads an edition compares its content with
the hash that the encrypted store knows.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from db.shelf import FolderShelf
from db.whole_folder import write_new

ARCHIVE = re.compile(r"guideline-([0-9a-f]{64})\.zip", re.ASCII)
_TIME = (2025, 1, 1, 0, 0, 0)  # the same edition gives the same file
_LARGEST = 64 * 1024 * 1024  # bytes of one edition; the shipped one has less than two million
_MOST_FILES = 4096


def write_editions(profile: Path, target: Path) -> None:
    """One archive for each edition on the profile's shelf. Raises ``OSError``."""
    for content_hash, folder in FolderShelf(profile).folders():
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _TIME)
                    archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
        write_new(target / f"guideline-{content_hash}.zip", packed.getvalue())


def put_back(backup: Path, profile: Path) -> None:
    """On the profile's shelf whatever is not there yet; what cannot be read is left out: a stranger's archive would
    not pass the hash, and a missing edition is told where it is asked for. Raises ``CannotCreate``.
    """
    shelf = FolderShelf(profile)
    for path in archives_of(backup):
        content_hash = path.name.removeprefix("guideline-").removesuffix(".zip")
        if shelf.folder(content_hash) is not None:
            continue
        try:
            files = _files_of(path)
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError):
            continue
        shelf.keep(shelf.take_in(files), content_hash)


def archives_of(backup: Path) -> Iterator[Path]:
    yield from sorted(path for path in backup.iterdir() if ARCHIVE.fullmatch(path.name))


def _files_of(archive: Path) -> dict[str, bytes]:
    """The files of one edition by their places below its folder. Raises ``ValueError`` for what no edition is."""
    with zipfile.ZipFile(archive) as file:
        entries = file.infolist()
        if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > _LARGEST:
            raise ValueError("larger than any edition")
        for entry in entries:
            parts = PurePosixPath(entry.filename).parts
            if not parts or entry.filename.startswith("/") or {"..", "."} & set(parts) or re.search(
                    r"[\\:\0]", entry.filename):
                raise ValueError("leads out of its folder")
        return {entry.filename: file.read(entry) for entry in entries if not entry.is_dir()}
