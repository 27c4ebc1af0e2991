"""The bill of materials of the bundle in the CycloneDX form: every shipped package, every shipped file, whose it is.

Packages come from what the program depends on, their hashes from the lock file, their licences from their own
metadata. Files come from the bundle; each belongs to one package, to the program, or to the system it was built on.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import Distribution
from pathlib import Path

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bundle import NAME, OUT, ROOT, time_of_source
from parts import plain, shipped

PROGRAM, SYSTEM = "the program", "the system of the build machine"
SAME_EACH_TIME = uuid.uuid5(uuid.NAMESPACE_URL, NAME)
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")


def locked(lock: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Version and allowed SHA-256 of every package of the lock file, by plain name."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    name = ""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if pinned := _PINNED.match(line):
            name = plain(pinned[1])
            found[name] = (pinned[2], ())
        elif (place := line.find("--hash=sha256:")) >= 0:
            version, hashes = found[name]
            found[name] = (version, (*hashes, line[place + 14:place + 78]))
    return found


def owners(folder: Path, packages: Mapping[str, Distribution]) -> dict[str, list[Path]]:
    """Every file of the bundle under the plain name of its package, or PROGRAM, or SYSTEM."""
    owned_by = {Path(str(file)).as_posix(): name for name, dist in packages.items() for file in dist.files or ()}
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.setdefault(_owner(path.relative_to(folder), owned_by), []).append(path)
    return found


def _owner(place: Path, owned_by: Mapping[str, str]) -> str:
    inside = Path(*place.parts[1:]) if place.parts[0] == "_internal" else place
    if owner := owned_by.get(inside.as_posix()):
        return owner
    # Libraries that a wheel brings are linked from the folder above; their metadata lies in NAME-VERSION.dist-info.
    for part in inside.parts:
        found = next((o for p, o in owned_by.items() if p.endswith("/" + part) and ".so" in part), None)
        if found:
            return found
    if inside.parts and inside.parts[0] in {"resources", "db", "desktop_app"}:
        return PROGRAM
    if place.parts[0] == NAME or inside.name in {"base_library.zip", "LICENSE"}:
        return PROGRAM
    return SYSTEM


def licence_of(dist: Distribution) -> str:
    """What the package says of itself: its licence expression, its licence field, or its classifiers."""
    meta = dist.metadata
    told = meta.get("License-Expression") or ""
    if not told:
        told = "; ".join(line.rpartition(" :: ")[2] for line in meta.get_all("Classifier") or ()
                         if line.startswith("License ::"))
    if not told:
        told = (meta.get("License") or "").strip().partition("\n")[0]
    return told or "not stated in its metadata"


def components(folder: Path | None) -> Iterator[Component]:
    """One component for each package, with its files in it, then the program's and the system's."""
    packages, pins = shipped(ROOT), locked(ROOT / "requirements.lock")
    files = owners(folder, packages) if folder else {}
    for name, dist in packages.items():
        version, hashes = pins[name]
        yield Component(
            name=name, version=version, type=ComponentType.LIBRARY, bom_ref=name,
            purl=PackageURL("pypi", name=name, version=version), licenses=[DisjunctiveLicense(name=licence_of(dist))],
            external_references=[ExternalReference(
                type=ExternalReferenceType.DISTRIBUTION, url=XsUri(f"pkg:pypi/{name}@{version}"),
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in hashes])],
            components=_files(folder, files.get(name, ())))
    yield Component(name=PROGRAM, type=ComponentType.APPLICATION, bom_ref=PROGRAM,
                    components=_files(folder, files.get(PROGRAM, ())))
    for (name, version), paths in debian(files.get(SYSTEM, ())).items():
        purl = PackageURL("deb", "debian", name, version) if version else None
        yield Component(name=name, version=version or None, type=ComponentType.LIBRARY, bom_ref=f"deb:{name}",
                        purl=purl, components=_files(folder, paths))


def debian(paths: Sequence[Path]) -> dict[tuple[str, str], list[Path]]:
    """Files that were taken from the build machine under the package and version that brought them there.

    What belongs to no package of it stands under SYSTEM without a version: a Python that was built by hand.
    """
    found: dict[tuple[str, str], list[Path]] = {}
    for path in paths:
        found.setdefault(_package_of(path.name), []).append(path)
    return dict(sorted(found.items()))


@cache
def _package_of(name: str) -> tuple[str, str]:
    if shutil.which("dpkg-query") is None:
        return SYSTEM, ""
    asked = subprocess.run(["dpkg-query", "-S", f"*/{name}"], capture_output=True, text=True, check=False)
    package = asked.stdout.partition(": ")[0].partition(",")[0]
    if not package or "\n" in package:
        return SYSTEM, ""
    version = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True,
                             check=False)
    return package.partition(":")[0], version.stdout


def _files(folder: Path | None, paths: Sequence[Path]) -> list[Component]:
    if folder is None:
        return []
    return [_file(path, path.relative_to(folder).as_posix()) for path in paths]


def _file(path: Path, place: str) -> Component:
    digest = HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(path.read_bytes()).hexdigest())
    return Component(name=place, type=ComponentType.FILE, bom_ref=f"file:{place}", hashes=[digest])


def bill(folder: Path | None) -> str:
    """The bill as JSON (CycloneDX 1.6), the same for the same bundle; without a bundle it lists packages only."""
    from desktop_app import VERSION

    bom = Bom(components=components(folder), serial_number=SAME_EACH_TIME)
    bom.metadata.timestamp = datetime.fromtimestamp(time_of_source(), UTC)
    whole = bom.metadata.component = Component(name=NAME, version=VERSION, bom_ref=NAME,
                                               type=ComponentType.APPLICATION)
    bom.register_dependency(whole, bom.components)
    bom.metadata.properties.add(Property(name="lumbar-pathway:files", value="yes" if folder else "no bundle was built"))
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def main() -> int:
    folder = OUT / NAME
    OUT.mkdir(exist_ok=True)
    target = OUT / f"{NAME}.cdx.json"
    target.write_text(bill(folder if folder.is_dir() else None), encoding="utf-8")
    files = sum(len(found) for found in owners(folder, shipped(ROOT)).values()) if folder.is_dir() else 0
    told = f"{files} files of the bundle" if files else "no files: run build/bundle first"
    print(f"{target}: {len(shipped(ROOT))} packages, {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
