"""The installed program against a bare PySide6 window bundled the same way: start to the first usable window, and size.

Needs `build/bundle`; makes the bare window itself, in out/. PySide6's own Python part is compiled in both; for one line
the floor is the bare window as PyInstaller leaves it, which compiles that part at each start. “Cold” is with the files
of both bundles dropped from the page cache before each start; the system's own libraries stay warm for both. Processor
time is that of every thread until the window said that it can be used, so that a busy machine does not count.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.ratio import in_ms, paired
from tests.benchmarks.window import _make_profile

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "build" / "packaging"))

LARGEST = 190  # MB
AIM, SIZE_AIM = 1.3, 1.25


def _processor(process: int) -> float:
    """Seconds that the threads of a process have run."""
    return sum(int(task.joinpath("schedstat").read_text().split()[0])
               for task in Path(f"/proc/{process}/task").iterdir()) / 1e9


def _seconds(command: list[str], home: str, *, processor: bool = False) -> float:
    environment = {**os.environ, "HOME": home, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    begun = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        seconds = _processor(process.pid) if processor else time.perf_counter() - begun
        process.wait()
    if line.strip() != "ready":
        raise RuntimeError(f"{command[0]} never became ready")
    return seconds


def forget(folder: Path) -> None:
    """Drop the files of a folder from the page cache."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            number = os.open(path, os.O_RDONLY)
            try:
                os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(number)


def _start(name: str, job: Callable[[], float], floor: Callable[[], float], runs: int) -> str:
    ours, bare, ratio = paired(job, floor, runs)
    best = min(ours.runs) / min(bare.runs)
    return (f"{name:<32}{in_ms(ours.median):>12}   bare bundle {in_ms(bare.median):>12}   ratio {ratio:.2f}, of the "
            f"quickest {best:.2f} (aim {AIM})")


def report(runs: int = 15) -> list[str]:
    import precompiled
    from bundle import NAME, OUT, build, megabytes

    ours = OUT / NAME
    if not (ours / NAME).is_file():
        return ["installed program: not measured, there is no bundle (build/bundle makes it)"]
    bare = OUT / "bare_window"
    if not (bare / "bare_window").is_file():
        build(OUT, Path(__file__).with_name("bare_window.spec"))
    with tempfile.TemporaryDirectory() as home:
        profile = str(Path(home) / "profile")
        _make_profile(profile)
        program = [str(ours / NAME), "--until-ready", f"--data-dir={profile}"]
        window = [str(bare / "bare_window")]

        plain = Path(home) / "plain"
        shutil.copytree(bare, plain, symlinks=True)
        shutil.rmtree(plain / "_internal" / precompiled.FOLDER)
        left_alone = [str(plain / "bare_window")]

        def cold(command: list[str], folder: Path) -> float:
            forget(folder)
            return _seconds(command, home)

        lines = [
            _start("installed: first usable window", lambda: _seconds(program, home), lambda: _seconds(window, home),
                   runs),
            _start("installed: floor not compiled", lambda: _seconds(program, home),
                   lambda: _seconds(left_alone, home), runs),
            _start("installed: processor time", lambda: _seconds(program, home, processor=True),
                   lambda: _seconds(window, home, processor=True), runs),
            _start("installed: the same, cold", lambda: cold(program, ours), lambda: cold(window, bare), runs),
        ]
    size, floor = megabytes(ours), megabytes(bare)
    lines.append(f"installed size                  {size:9.0f} MB   bare bundle {floor:9.0f} MB   ratio "
                 f"{size / floor:.2f} (aim {SIZE_AIM}), limit {LARGEST} MB")
    return lines
