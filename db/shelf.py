"""The shelf: a folder for each edition of the guideline, named by its content hash, there whole or not at all.

It holds nothing secret and is believed in nothing: whoever loads an edition compares its content with the hash that
the encrypted store knows.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from db.whole_folder import clear_away, sync_folder, write_new
from desktop_app.language import tr
from desktop_app.use_cases.errors import CannotCreate

SHELF = "guidelines"
_NAME = re.compile(r"[0-9a-f]{64}")
_INCOMING, _GOING = ".incoming-", ".going-"


class FolderShelf:
    """The ``Shelf`` of ``use_cases.edition_records`` below a profile's folder."""

    def __init__(self, profile: Path) -> None:
        self._folder = profile / SHELF

    def take_in(self, files: Mapping[str, bytes]) -> Path:
        """Raises ``CannotCreate``. What an interrupted one left is cleared away: nothing ever read it."""
        unfinished = self._folder / f"{_INCOMING}{secrets.token_hex(4)}"
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            for path in list(self._folder.iterdir()):
                if path.name.startswith((_INCOMING, _GOING)):
                    clear_away(path)
            unfinished.mkdir(mode=0o700)
            for name, content in files.items():
                target = unfinished / name
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_new(target, content)
            for folder, _, _ in os.walk(unfinished):
                sync_folder(Path(folder))
        except OSError as problem:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise self._cannot(problem) from problem
        return unfinished

    def keep(self, folder: Path, content_hash: str) -> Path:
        """Raises ``CannotCreate``."""
        target = self._place(content_hash)
        try:
            if target.exists():
                target.rename(self._folder / f"{_GOING}{secrets.token_hex(4)}")
            folder.rename(target)
            sync_folder(self._folder)
        except OSError as problem:
            raise self._cannot(problem) from problem
        return target

    def drop(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)

    def folder(self, content_hash: str) -> Path | None:
        place = self._place(content_hash)
        return place if place.is_dir() else None

    def folders(self) -> Sequence[tuple[str, Path]]:
        """Every edition that is there whole: its content hash and its folder."""
        if not self._folder.is_dir():
            return ()
        return [(path.name, path) for path in sorted(self._folder.iterdir())
                if _NAME.fullmatch(path.name) and path.is_dir()]

    def _place(self, content_hash: str) -> Path:
        if not _NAME.fullmatch(content_hash):
            raise ValueError("a content hash has 64 hex digits")
        return self._folder / content_hash

    def _cannot(self, problem: OSError) -> CannotCreate:
        return CannotCreate(
            tr("The edition cannot be written to {folder}: {strerror}.").format(
                folder=self._folder, strerror=problem.strerror or problem
            ),
            next_step=tr("Check the free space and the rights of the folder."),
        )
