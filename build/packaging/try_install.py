"""From a bare Debian to a signed plan, an upgrade and a removal, with the .deb alone: behind `build/try-install`.

Needs root. Everything happens in a root file system of its own that is removed afterwards; only the packages that the
.deb asks for come over the network, from this machine's own mirror.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bundle import NAME, OUT, ROOT

from desktop_app import VERSION
from tests.accessibility.seat import Seat, seat
from tests.accessibility.test_screen_reader import C01, REASON

RELEASE = "bookworm"
RELEASES = (RELEASE, "trixie")  # the second has the libraries of Ubuntu 24.04 and later, under their names there
REPORT = OUT / "try-install"
HOME = "/home/clinician"
PLAN = f"{HOME}/plan.pdf"
CASE = "resources/guidelines/lumbar_fracture_radicular_pain/cases/c01_decided.yaml"
LONGEST, SAVING = 600, 30  # seconds
ANSWERS = json.dumps([(question, keys.split()) for question, keys in C01])


class Trial:
    """One bare system and what was found in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lines: list[str] = []

    def say(self, words: str) -> None:
        self.lines.append(words)
        print(words, flush=True)
        (REPORT / "report.txt").write_text("\n".join(self.lines) + "\n", encoding="utf-8")

    def inside(self, *command: str, ok: tuple[int, ...] = (0,)) -> str:
        """Run in the bare system; returns what was said. Ends the trial when the exit code is another than ``ok``."""
        ran = subprocess.run(
            ["chroot", str(self.root), "env", "-i", f"HOME={HOME}", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
             "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive", *command],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if ran.returncode not in ok:
            self.say(ran.stdout)
            raise SystemExit(f"{' '.join(command)} ended with {ran.returncode}")
        return ran.stdout

    def packages(self) -> set[str]:
        return set(self.inside("dpkg-query", "-W", "-f", "${Package}\\n").split())

    def state(self) -> str:
        return self.inside("dpkg-query", "-W", "-f", "${db:Status-Status}", NAME)

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[None]:
        begun = time.monotonic()
        self.say(f"== {title}")
        yield
        self.say(f"   ok, {time.monotonic() - begun:.0f} s")


def mirror() -> str:
    """Where this machine takes its own packages from; every release lies there."""
    told = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)"], capture_output=True,
                          text=True, check=True).stdout
    found = [line.split()[0] for line in told.splitlines() if line.split()[-1] in RELEASES]
    if not found:
        raise SystemExit("This machine knows no mirror of Debian's packages: run apt-get update first.")
    return found[0]


@contextlib.contextmanager
def mounted(root: Path, seat_folder: Path) -> Iterator[None]:
    """The system's own file systems, and the seat's sockets under the same path as outside."""
    inside = root / str(seat_folder).lstrip("/")
    inside.mkdir(parents=True, exist_ok=True)
    wanted = [(["-t", "proc", "proc"], root / "proc"), (["--bind", "/dev"], root / "dev"),
              (["--bind", str(seat_folder)], inside)]
    done: list[Path] = []
    try:
        for how, where in wanted:
            subprocess.run(["mount", *how, str(where)], check=True)
            done.append(where)
        yield
    finally:
        for where in reversed(done):
            subprocess.run(["umount", "--lazy", str(where)], check=True)


def with_program(trial: Trial, place: Seat, arguments: list[str], what: Callable[[], None]) -> None:
    """The installed program at the seat while ``what`` is done to it."""
    given = [f"{name}={place.environment[name]}" for name in (
        "DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "QT_QPA_PLATFORM",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "LC_ALL")]
    command = ["chroot", str(trial.root), "env", "-i", f"HOME={HOME}", "PATH=/usr/bin:/bin", *given, NAME, *arguments]
    log = REPORT / "program.log"
    with place.start(command, log) as running:
        what()
        if running.poll() is not None:
            raise SystemExit(f"The program ended by itself: {log.read_text(errors='replace')}")
    said = [line for line in log.read_text(errors="replace").splitlines() if not line.startswith("qt.accessibility")]
    trial.say("   the program said: " + ("\n".join(said) or "nothing"))


def drive(trial: Trial, place: Seat, what: str, pictures: str, word: str, *consultation: str) -> None:
    folder = REPORT / pictures
    folder.mkdir(parents=True, exist_ok=True)
    with (REPORT / f"{pictures}.log").open("wb") as words, subprocess.Popen(
        ["/usr/bin/python3", "-u", str(Path(__file__).with_name("first_user.py")), what, str(folder), word,
         *consultation],
        env=dict(place.environment), stdout=words, stderr=subprocess.STDOUT, cwd=ROOT,
    ) as running:
        try:
            code: int | None = running.wait(LONGEST)
        except subprocess.TimeoutExpired:
            running.kill()
            code = None
    said = (REPORT / f"{pictures}.log").read_text(errors="replace")
    trial.say(f"   {len(said.splitlines())} lines in {pictures}.log, {len(list(folder.glob('*.png')))} pictures")
    if code != 0:
        raise SystemExit(f"{what} ended with {code}: {said[-1500:]}")


def consult(trial: Trial, place: Seat) -> None:
    """The first day with the program; it stays open until the plan is whole on the disk."""
    drive(trial, place, "set-up", "first-user", PLAN, ANSWERS, REASON)
    plan, end = trial.root / PLAN.lstrip("/"), time.monotonic() + SAVING
    while not plan.is_file():
        if time.monotonic() > end:
            raise SystemExit("The signed plan was not saved.")
        time.sleep(0.1)


def carried(trial: Trial, package: Path) -> str:
    """Where the package lies in the bare system, as if it came on a stick."""
    shutil.copyfile(package, trial.root / "root" / package.name)
    return f"/root/{package.name}"


def install(trial: Trial, package: Path) -> None:
    trial.inside("apt-get", "install", "-y", "--no-install-recommends", carried(trial, package))
    told = trial.inside("dpkg-query", "-W", "-f", "${Package} ${Version} ${db:Status-Status}", NAME)
    trial.say(f"   {told}")


def first_day(trial: Trial, place: Seat, newest: Path) -> None:
    """A consultation; then somebody tries to upgrade and to remove the program while it is still open."""
    consult(trial, place)
    for command in (("dpkg", "--install", carried(trial, newest)), ("dpkg", "--remove", NAME)):
        told = trial.inside(*command, ok=(1,))
        if "Nothing was changed" not in told or trial.state() != "installed":
            raise SystemExit(f"{' '.join(command)} while the program is open: {told}")
        trial.say(f"   {command[1]} while it is open: refused, " + next(
            line for line in told.splitlines() if "is open" in line))


def plan_by_command(trial: Trial) -> None:
    """A case file to a signed PDF without a screen, with a key made for this trial."""
    home = trial.root / HOME.lstrip("/")
    shutil.copyfile(ROOT / CASE, home / "case.yaml")
    for like in (ROOT / CASE).parent.glob("c01*.yaml"):
        shutil.copyfile(like, home / like.name)
    trial.inside(NAME, "plan", f"{HOME}/c01_decided.yaml", "--pdf", f"{HOME}/by-command.pdf", "--letter",
                 f"{HOME}/letter.pdf", "--handout", f"{HOME}/handout.pdf")
    shutil.copyfile(home / "by-command.pdf", REPORT / "by-command.pdf")


def verify(trial: Trial, path: str) -> None:
    told = trial.inside(NAME, "verify", path)
    trial.say("\n".join(f"   {line}" for line in told.strip().splitlines()))
    shutil.copyfile(trial.root / path.lstrip("/"), REPORT / Path(path).name)


def go_through(trial: Trial, previous: Path, newest: Path) -> None:
    with seat() as place, mounted(trial.root, place.folder):
        with trial.step("Install the previous version with nothing but its .deb"):
            before = trial.packages()
            (trial.root / HOME.lstrip("/")).mkdir(parents=True, exist_ok=True)
            install(trial, previous)
            trial.say(f"   {len(trial.packages() - before)} packages came along")
        with trial.step("Self-check of the installed program"):
            trial.say(trial.inside(NAME, "self-check").rstrip())
        with trial.step("A case file to PDF without a screen"):
            plan_by_command(trial)
        with trial.step("First start, a whole consultation, signature, saved PDF"):
            with_program(trial, place, [], lambda: first_day(trial, place, newest))
            verify(trial, PLAN)
        with trial.step("Upgrade over it, with its data"):
            install(trial, newest)
            with_program(trial, place, [], lambda: drive(trial, place, "come-back", "after-upgrade", "Marta Lindqvist"))
            verify(trial, PLAN)
        with trial.step("Remove it"):
            told = trial.inside("apt-get", "purge", "-y", NAME)
            trial.say("\n".join(f"   {line}" for line in told.splitlines() if "Lumbar" in line or "~/." in line))
            trial.inside("apt-get", "autoremove", "--purge", "-y")
            left = trial.packages() ^ before
            files = [path for path in ("/usr/lib/lumbar-pathway", "/usr/bin/lumbar-pathway",
                                       "/usr/share/doc/lumbar-pathway") if (trial.root / path.lstrip("/")).exists()]
            kept = trial.root / HOME.lstrip("/") / ".local" / "share" / NAME / "store.db"
            if left or files or not kept.is_file():
                raise SystemExit(f"Left behind: {sorted(left)} {files}; records kept: {kept.is_file()}")
            trial.say("   packages and files as before; the records are still there")


def main(arguments: list[str]) -> int:
    [release] = arguments or [RELEASE]
    if release not in RELEASES:
        raise SystemExit(f"Try it in one of: {', '.join(RELEASES)}.")
    if os.geteuid() != 0:
        raise SystemExit("A root file system can only be made and entered by root.")
    newest = next(OUT.glob(f"{NAME}_{VERSION}_*.deb"))
    previous = next(OUT.glob(f"{NAME}_{VERSION}~previous_*.deb"))
    shutil.rmtree(REPORT, ignore_errors=True)
    REPORT.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="bare-debian-", dir="/var/tmp", ignore_cleanup_errors=True) as place:
        trial = Trial(Path(place))
        with trial.step(f"A bare Debian {release}"):
            with (REPORT / "debootstrap.log").open("wb") as words:
                subprocess.run(["debootstrap", "--variant=minbase", release, place, mirror()], check=True, stdout=words,
                               stderr=subprocess.STDOUT)
            trial.say(f"   {len(trial.packages())} packages, no Python, no screen, no fonts")
        go_through(trial, previous, newest)
    trial.say("Everything worked.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
