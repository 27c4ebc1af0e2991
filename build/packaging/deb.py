"""Puts the bundle into a .deb and into a plain archive, with everything a desktop wants to know about a program."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import guide
import icons
import manual
from bundle import NAME, OUT, ROOT, time_of_source
from notices import write_notices

LINUX = Path(__file__).with_name("linux")
ARCHITECTURE = {"x86_64": "amd64", "aarch64": "arm64"}
DEPENDS = {
    "libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libX11.so.6": "libx11-6", "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1", "libfontconfig.so.1": "libfontconfig1", "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64", "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libdbus-1.so.3": "libdbus-1-3", "libstdc++.so.6": "libstdc++6 (>= 12)", "libgcc_s.so.1": "libgcc-s1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2", "libz.so.1": "zlib1g", "libexpat.so.1": "libexpat1",
    "libssl.so.3": "libssl3 | libssl3t64", "libcrypto.so.3": "libssl3 | libssl3t64",
}
"""Libraries that every desktop of Debian 12 or Ubuntu 24.04 has, and the packages that bring them."""

RECOMMENDS = {
    "libcups.so.2": "libcups2 | libcups2t64", "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
"""Without them a part stays away: printers of CUPS, windows of Wayland without X."""

SCRIPTS = {"preinst": "not_while_open", "prerm": "not_while_open", "postrm": "postrm"}
"""When dpkg runs a script, and the file here that it is."""

LIBC = re.compile(r"^(lib(c|m|dl|rt|pthread|resolv|util|crypt)\.so\.\d+|ld-linux.*)$")
DESCRIPTION = """\
offline decision aid for leg pain after a lumbar compression fracture
 For clinicians with an adult patient whose leg pain persists after the first
 treatment of a lumbar compression fracture: urgency, options with their
 reasons, referral, and a signed PDF care plan. It needs no network.
 .
 The guideline content is not clinically approved.
"""


def needed(folder: Path) -> tuple[set[str], str]:
    """The libraries that the bundle wants from the system, and the newest C library that any of its files asks for."""
    inside = {path.name for path in folder.rglob("*")}
    wanted: set[str] = set()
    newest = (2, 17)
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.open("rb").read(4) != b"\x7fELF":
            continue
        told = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout
        wanted.update(re.findall(r"NEEDED\s+(\S+)", told))
        newest = max([newest, *((int(a), int(b)) for a, b in re.findall(r"GLIBC_(\d+)\.(\d+)", told))])
    return {name for name in wanted - inside if not LIBC.match(name)}, f"{newest[0]}.{newest[1]}"


def relations(folder: Path) -> tuple[str, str]:
    """Depends and Recommends. Exits where the bundle wants a library that no package here is known for."""
    wanted, libc = needed(folder)
    if strange := sorted(wanted - set(DEPENDS) - set(RECOMMENDS)):
        raise SystemExit(f"The bundle wants libraries that stand in no list of {Path(__file__).name}: "
                         + ", ".join(strange))
    depends = sorted({DEPENDS[name] for name in wanted & set(DEPENDS)} | {"xkb-data"})
    recommends = sorted({RECOMMENDS[name] for name in wanted & set(RECOMMENDS)})
    return ", ".join([f"libc6 (>= {libc})", *depends]), ", ".join(recommends)


def share(target: Path, version: str, bundle: Path) -> None:
    """Menu entry, icons, AppStream, MIME types, manual and licences, as they lie under /usr/share."""
    day = datetime.fromtimestamp(time_of_source(), UTC).date().isoformat()
    places = {
        "applications/lumbar-pathway.desktop": (LINUX / "lumbar-pathway.desktop").read_text(encoding="utf-8"),
        "mime/packages/lumbar-pathway.xml": (LINUX / "lumbar-pathway-mime.xml").read_text(encoding="utf-8"),
        "metainfo/local.lumbar_pathway.LumbarPathway.metainfo.xml":
            (LINUX / "metainfo.xml").read_text(encoding="utf-8").replace("@VERSION@", version).replace("@DATE@", day),
    }
    for place, text in places.items():
        path = target / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with tempfile.TemporaryDirectory() as drawn:
        icons.draw(Path(drawn))
        shutil.copytree(Path(drawn) / "hicolor", target / "icons" / "hicolor")
    man = target / "man" / "man1" / "lumbar-pathway.1.gz"
    man.parent.mkdir(parents=True)
    man.write_bytes(gzip.compress(manual.page().encode(), mtime=0))
    doc = target / "doc" / NAME
    write_notices(bundle, doc / "licences")
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    (doc / "copyright").write_text(
        f"{licence}\nThe licences of the parts that come along: /usr/share/doc/{NAME}/licences/NOTICES.txt\n",
        encoding="utf-8")
    (doc / "guide.pdf").write_bytes(guide.pdf())
    news = (ROOT / "resources" / "help" / "whats_new.md").read_bytes()
    (doc / "NEWS.gz").write_bytes(gzip.compress(news, mtime=0))


def one_time(folder: Path) -> None:
    """Everything gets the time of the source and the rights of installed files."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (time_of_source(), time_of_source()), follow_symlinks=False)


def make_deb(tree: Path, version: str, target: Path, packing: str = "-Zxz -z6") -> Path:
    """``tree`` holds usr/; the control files are written beside it and the package is made."""
    bundle = tree / "usr" / "lib" / NAME
    depends, recommends = relations(bundle)
    architecture = ARCHITECTURE[os.uname().machine]
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    control = tree / "DEBIAN"
    shutil.rmtree(control, ignore_errors=True)
    control.mkdir()
    (control / "control").write_text(
        f"Package: {NAME}\nVersion: {version}\nArchitecture: {architecture}\nSection: science\nPriority: optional\n"
        f"Maintainer: The Lumbar Pathway project <nobody@localhost.localdomain>\nInstalled-Size: {size}\n"
        f"Depends: {depends}\nRecommends: {recommends}\nDescription: {DESCRIPTION}", encoding="utf-8")
    sums = [f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree)}"
            for path in sorted((tree / "usr").rglob("*")) if path.is_file() and not path.is_symlink()]
    (control / "md5sums").write_text("\n".join(sums) + "\n", encoding="utf-8")
    for script, shipped in SCRIPTS.items():
        shutil.copyfile(LINUX / shipped, control / script)
        (control / script).chmod(0o755)
    one_time(tree)
    package = target / f"{NAME}_{version}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", *packing.split(), "--build", str(tree), str(package)], check=True,
                   env={**os.environ, "SOURCE_DATE_EPOCH": str(time_of_source())}, stdout=subprocess.DEVNULL)
    return package


def make_archive(tree: Path, version: str, target: Path) -> Path:
    """A folder to put anywhere: the program, and what /usr/share would hold."""
    folder = f"{NAME}-{version}-linux-{os.uname().machine}"
    archive = target / f"{folder}.tar.xz"
    subprocess.run(
        ["tar", "--sort=name", f"--mtime=@{time_of_source()}", "--owner=0", "--group=0", "--numeric-owner",
         "--use-compress-program", "xz -6 -T2", f"--transform=s,^usr/lib/{NAME},{folder},S",
         f"--transform=s,^usr/share,{folder}/share,S", "-cf", str(archive), "-C", str(tree), f"usr/lib/{NAME}",
         "usr/share"], check=True)
    return archive


def make_tree(tree: Path, version: str, program: Path = OUT / NAME) -> None:
    """What will lie on the machine, under ``tree``/usr."""
    bundle = tree / "usr" / "lib" / NAME
    shutil.copytree(program, bundle, symlinks=True)
    command = tree / "usr" / "bin" / NAME
    command.parent.mkdir(parents=True)
    command.symlink_to(f"../lib/{NAME}/{NAME}")
    share(tree / "usr" / "share", version, bundle)
    one_time(tree)


def before_the_newest_schema() -> str:
    """The last commit whose program kept its records in an older schema; "" where there is no history to ask."""
    asked = subprocess.run(["git", "-C", str(ROOT), "log", "-1", "--diff-filter=A", "--format=%P", "--",
                            "db/migrations/versions"], capture_output=True, text=True, check=False)
    return asked.stdout.split()[0] if asked.stdout.split() else ""


def earlier_program(commit: str, place: Path) -> Path:
    """The bundle of an earlier commit, made by that commit's own means."""
    source = place / "source"
    source.mkdir()
    packed = subprocess.run(["git", "-C", str(ROOT), "archive", commit], check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", str(source)], input=packed, check=True)
    subprocess.run([sys.executable, str(source / "build" / "packaging" / "bundle.py")], check=True,
                   stdout=subprocess.DEVNULL)
    return source / "out" / NAME


def make_previous(place: Path, version: str, newest: Path) -> Path:
    """An older program to try an upgrade from: with the schema before the newest one, else the same under an older
    number.
    """
    if not (commit := before_the_newest_schema()):
        return make_deb(newest, version, OUT, "-Znone")
    tree = place / "previous"
    make_tree(tree, version, earlier_program(commit, place))
    return make_deb(tree, version, OUT, "-Znone")


def main(arguments: list[str]) -> int:
    from desktop_app import VERSION

    if not (OUT / NAME / NAME).is_file():
        raise SystemExit("There is no bundle in out/: run build/bundle first.")
    with tempfile.TemporaryDirectory(prefix="lumbar-pathway-deb-") as place:
        tree = Path(place) / NAME
        make_tree(tree, VERSION)
        beside = OUT / f"{NAME}-guide.pdf"
        beside.write_bytes((tree / "usr" / "share" / "doc" / NAME / "guide.pdf").read_bytes())
        made = [beside] if "--deb-only" in arguments else [beside, make_archive(tree, VERSION, OUT)]
        made.append(make_deb(tree, VERSION, OUT))
        if "--previous" in arguments:
            made.append(make_previous(Path(place), f"{VERSION}~previous", tree))
    for path in made:
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
