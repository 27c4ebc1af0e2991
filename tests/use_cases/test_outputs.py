"""Result files are written whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.use_cases import outputs
from desktop_app.use_cases.errors import CannotCreate, IoFailed, NotPermitted
from desktop_app.use_cases.outputs import write_files, write_folder


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
    def refused(path: Path, *_: object, **__: object) -> int:
        raise PermissionError(13, "not permitted", str(path))

    monkeypatch.setattr(outputs.os, "open", refused)
    with pytest.raises(NotPermitted) as raised:
        write_files({tmp_path / "a.json": b"{}"})
    assert raised.value.exit_code == 77


KILLED = """
import os, signal, sys
from pathlib import Path
from desktop_app.use_cases import outputs

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[2] == "named":
    outputs._without_a_name = lambda folder, mode: -1
if sys.argv[3] == "writing":
    outputs.os.fsync = die
else:
    outputs._Whole.take_name = die
outputs.write_files({Path(sys.argv[1]) / name: b"%PDF of Gudrun" for name in ("one.pdf", "two.pdf")})
"""


def killed(folder: Path, how: str, moment: str) -> list[str]:
    """What a process that is killed while it saves leaves in the folder."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), how, moment], check=False)
    assert done.returncode == -signal.SIGKILL
    return [path.name for path in folder.iterdir()]


@pytest.mark.parametrize("moment", ["writing", "whole"])
def test_a_kill_leaves_no_words_of_a_document(tmp_path: Path, moment: str) -> None:
    assert killed(tmp_path, "without a name", moment) == []


def test_what_a_kill_left_on_a_plain_disk_goes_with_the_next_saving(tmp_path: Path) -> None:
    """A stick knows no file without a name."""
    left = killed(tmp_path, "named", "whole")
    assert len(left) == 2
    assert all(name.startswith(".lumbar-pathway-") for name in left), "it names no patient"
    others = tmp_path / ".lumbar-pathway-00000000-1-00000000.part"  # of another computer, on a share
    others.write_bytes(b"")
    running = outputs.part_of(tmp_path / "three.pdf")
    running.write_bytes(b"")
    write_files({tmp_path / "three.pdf": b"%PDF"})
    assert {path.name for path in tmp_path.iterdir()} == {"three.pdf", others.name, running.name}


def test_a_folder_that_was_cut_short_goes_too(tmp_path: Path) -> None:
    own = outputs.part_of(tmp_path / "patient")
    gone = own.with_name(own.name.replace(f"-{os.getpid()}-", "-4194999-"))  # beyond the highest process
    (gone / "papers").mkdir(parents=True)
    (gone / "papers" / "plan.pdf").write_bytes(b"%PDF")
    write_folder(tmp_path / "patient", {"plan.pdf": b"%PDF"})
    assert [path.name for path in tmp_path.iterdir()] == ["patient"]


@pytest.mark.parametrize("named", [False, True])
def test_only_the_owner_may_read_a_saved_document(tmp_path: Path, named: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if named:
        monkeypatch.setattr(outputs, "_without_a_name", lambda folder, mode: -1)
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o2770)
    before = os.umask(0o022)
    try:
        write_files({tmp_path / "plan.pdf": b"%PDF", shared / "plan.pdf": b"%PDF"})
        write_files({tmp_path / "plan.pdf": b"%PDF again"})
    finally:
        os.umask(before)
    assert (tmp_path / "plan.pdf").read_bytes() == b"%PDF again"
    assert (tmp_path / "plan.pdf").stat().st_mode & 0o777 == 0o600
    assert (shared / "plan.pdf").stat().st_mode & 0o777 == 0o640, "a folder that is shared by its group"


def test_a_disk_that_gives_such_a_file_no_name_is_written_to_plainly(tmp_path: Path,
                                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(handle: int, path: Path) -> None:
        raise PermissionError(1, "not permitted")

    monkeypatch.setattr(outputs, "_link", refused)
    write_files({tmp_path / "plan.pdf": b"%PDF"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"plan.pdf": b"%PDF"}
