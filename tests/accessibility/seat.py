"""A seat for a blind user: a screen that nobody sees, and the bus on which programs tell what stands on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SYSTEM_PYTHON = "/usr/bin/python3"  # the binding of the accessibility bus is a package of the system
HERE = Path(__file__).resolve().parent
START = 20  # seconds


@dataclass(frozen=True)
class Seat:
    """``folder``: short path, because sockets lie in it; gone with the seat."""

    folder: Path
    environment: Mapping[str, str]

    @contextmanager
    def start(self, command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
        """A program at this seat, ended with the block. What it says goes into ``log``."""
        with log.open("wb") as words:
            running = subprocess.Popen(command, env=self.environment, stdout=words, stderr=subprocess.STDOUT,
                                       cwd=HERE.parent.parent)
            try:
                yield running
            finally:
                end(running)

    def read(self, script: str, *arguments: str, longest: int) -> tuple[int | None, str]:
        """The reader's side: a script of this folder, run by the system's Python for at most ``longest`` seconds.

        Returns its exit code, None when it had to be ended, and what it said until then.
        """
        log = self.folder / f"{script}.log"
        with self.start([SYSTEM_PYTHON, "-u", str(HERE / script), *arguments], log) as running:
            try:
                code: int | None = running.wait(longest)
            except subprocess.TimeoutExpired:
                code = None
        return code, log.read_text(errors="replace")


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(START)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def seat() -> Iterator[Seat]:
    """Both servers choose their own address, so any number of seats can stand side by side."""
    folder = Path(tempfile.mkdtemp(prefix="seat-"))
    (folder / "run").mkdir(mode=0o700)
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith(("QT_", "DBUS_", "AT_SPI_", "XDG_", "WAYLAND_", "GTK_"))}
    environment |= {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder / "run"), "LC_ALL": "C.UTF-8",
                    "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "PYTHONFAULTHANDLER": "1",
                    "PYTHONDONTWRITEBYTECODE": "1", "GSETTINGS_BACKEND": "memory"}
    screen, number = _server(["Xvfb", "-displayfd", "{}", "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
                             environment)
    try:
        environment["DISPLAY"] = f":{number}"
        bus, address = _server(["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address={}",
                                f"--address=unix:path={folder}/run/bus"], environment)
        try:
            environment["DBUS_SESSION_BUS_ADDRESS"] = address
            yield Seat(folder, environment)
        finally:
            end(bus)  # and with it everything that was started over it
    finally:
        end(screen)
        shutil.rmtree(folder, ignore_errors=True)


def _server(command: Sequence[str], environment: Mapping[str, str]) -> tuple[subprocess.Popen[bytes], str]:
    """A server that writes where it can be reached to the descriptor named by {}, once it can."""
    told, says = os.pipe()
    running = subprocess.Popen([part.format(says) for part in command], env=environment, pass_fds=[says],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(says)
    with os.fdopen(told) as words:
        first = words.readline().strip()  # ends, empty, when the server does
    if not first:
        running.wait()
        raise OSError(f"{command[0]} did not start; it ended with {running.returncode}")
    return running, first
