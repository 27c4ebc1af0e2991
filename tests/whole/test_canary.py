"""A patient's name is in no file that the program writes by itself, and it opens no socket of the internet."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.whole.canary import NAME, NUMBER

ROOT = Path(__file__).resolve().parents[2]
ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
MOST = 64 * 1024 * 1024


def spellings(text: str) -> Iterator[bytes]:
    """The ways in which words lie in files."""
    for word in (text, text.upper(), text.lower()):
        plain = word.encode()
        yield from (plain, word.encode("utf-16-le"), word.encode("utf-16-be"), plain.hex().encode(),
                    plain.hex().upper().encode(), plain[::-1])
        for shift in range(3):
            yield base64.b64encode(b"\0" * shift + plain)[2 * shift:].rstrip(b"=")[:-2]


WANTED = tuple({found for word in (*NAME.split(), NUMBER) for found in spellings(word) if len(found) > 5})


def unpacked(content: bytes) -> Iterator[bytes]:
    """The bytes as they lie, and each compressed stream in them."""
    yield content
    for hit in ZLIB.finditer(content):
        try:
            yield zlib.decompressobj(47).decompress(content[hit.start():], MOST)
        except zlib.error:
            continue


def holds_canary(path: Path) -> bool:
    return any(word in layer for layer in unpacked(path.read_bytes()) for word in WANTED)


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory, guideline_folder: Path) -> tuple[Path, Path, str, str]:
    """Home folder, folder of what was saved on purpose, the trace, and what the terminal got."""
    home = tmp_path_factory.mktemp("home")
    exports, trace = home / "saved on purpose", home / "trace"
    exports.mkdir()
    places = {"HOME": home, "TMPDIR": home / "tmp", "XDG_RUNTIME_DIR": home / "run"}
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        places[f"XDG_{name}_HOME"] = home / name.lower()
    for place in places.values():
        place.mkdir(exist_ok=True, mode=0o700)
    done = subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=openat,open,creat,rename,renameat,renameat2,socket", "-o", str(trace),
         sys.executable, "-m", "tests.whole.canary", str(home / "data" / "profile"), str(guideline_folder),
         str(exports)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, **{key: str(path) for key, path in places.items()}, "QT_QPA_PLATFORM": "offscreen",
             "PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 0, done.stderr[-2000:]
    return home, exports, trace.read_text(errors="replace"), done.stdout + done.stderr


def written(trace: str) -> set[Path]:
    """Every path that was opened to be written or that a file was renamed to."""
    opened = re.findall(r'open(?:at)?\((?:AT_FDCWD, )?"([^"]+)", [^)]*O_(?:WRONLY|RDWR)[^)]*\) = \d', trace)
    renamed = re.findall(r'rename(?:at2?)?\(.*"([^"]+)"[^"]*\) = 0', trace)
    return {Path(one) for one in (*opened, *renamed)}


def test_the_search_finds_the_name_where_it_is_meant_to_stand(journey: tuple[Path, Path, str, str]) -> None:
    _, exports, _, _ = journey
    assert holds_canary(exports / "plan.pdf")


def test_no_file_that_the_program_writes_by_itself_holds_the_name(journey: tuple[Path, Path, str, str]) -> None:
    home, exports, trace, _ = journey
    found = written(trace)
    assert any(path.name == "store.db" for path in found)
    outside = {path for path in found if path.is_absolute() and home not in path.parents
               and not str(path).startswith(("/dev/", "/proc/", "/memfd:"))}
    assert not outside
    assert [str(path) for path in home.rglob("*")
            if path.is_file() and exports not in path.parents and path.name != "trace" and holds_canary(path)] == []


def test_neither_the_terminal_nor_names_of_files_hold_it(journey: tuple[Path, Path, str, str]) -> None:
    _, _, trace, told = journey
    for word in (*NAME.split(), NUMBER):
        assert word not in told
        assert word not in trace


def test_the_log_was_written_meanwhile(journey: tuple[Path, Path, str, str]) -> None:
    """Else its lack of names would prove nothing."""
    home, *_ = journey
    [log] = home.rglob("lumbar-pathway.log")
    lines = log.read_text(encoding="ascii").splitlines()
    assert [line.split(" ")[2] for line in lines] == ["started", "our-mistake", "locked", "ended"]
    assert "RuntimeError" in lines[1]


def test_no_socket_of_the_internet_is_opened(journey: tuple[Path, Path, str, str]) -> None:
    _, _, trace, _ = journey
    assert re.findall(r"socket\(AF_INET6?,.*", trace) == []
