"""Result files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_app.use_cases import outputs
from desktop_app.use_cases.errors import CannotCreate, IoFailed, NotPermitted
from desktop_app.use_cases.outputs import write_files


def test_files_are_written_and_nothing_else_stays(tmp_path: Path) -> None:
    write_files({tmp_path / "a.json": b"{}", tmp_path / "b.pdf": b"%PDF"})
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.json": b"{}", "b.pdf": b"%PDF"}


def test_an_existing_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"old")
    write_files({tmp_path / "a.json": b"new"})
    assert (tmp_path / "a.json").read_bytes() == b"new"


def test_a_missing_folder_stops_every_file(tmp_path: Path) -> None:
    with pytest.raises(CannotCreate, match="does not exist") as raised:
        write_files({tmp_path / "a.json": b"{}", tmp_path / "no" / "b.pdf": b"%PDF"})
    assert raised.value.exit_code == 73
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotCreate, match="this is a folder"):
        write_files({tmp_path: b"x"})


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(outputs.os, "fsync", full)
    with pytest.raises(IoFailed, match="disk is full") as raised:
        write_files({tmp_path / "a.json": b"{}"})
    assert raised.value.exit_code == 74
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Path, *_: object, **__: object) -> object:
        raise PermissionError(13, "not permitted", str(self))

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(NotPermitted) as raised:
        write_files({tmp_path / "a.json": b"{}"})
    assert raised.value.exit_code == 77
