"""What the licences of the parts ask for: which parts, which versions, their texts, where Qt's source is."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from importlib.metadata import Distribution
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bundle import ROOT
from parts import shipped
from sbom import SYSTEM, debian, licence_of, owners

TEXTS = Path(__file__).with_name("licences")
NAMES = ("licen", "copying", "notice", "authors")
QT_WORDS = """\
Qt {version} and its Python bindings (PySide6, Shiboken) are used under the GNU Lesser General Public License,
version 3. Its text is in LGPL-3.0.txt; it refers to GPL-3.0.txt. Nothing in them was changed.

  The source of the bindings:  https://code.qt.io/cgit/pyside/pyside-setup.git  (tag v{version})
  The source of Qt:            https://download.qt.io/official_releases/qt/     (folder of version {version})

You may replace these libraries by your own builds of them. They are separate files, not joined with the program:

  Qt's libraries  {libraries}
  Qt's plugins    {plugins}
  the bindings    {bindings}

Exchange the files and start the program; it loads whatever stands there under the same names. Nothing forbids you
to look into the program to find errors of such a change.
"""


def _texts(dist: Distribution) -> list[Path]:
    """The licence files that a package brings."""
    found = []
    for file in dist.files or ():
        place = Path(str(dist.locate_file(file)))
        told = ".dist-info/licenses/" in str(file) or any(word in place.name.lower() for word in NAMES)
        if told and ".dist-info" in str(file) and place.suffix not in {".py", ".pyc"} and place.is_file():
            found.append(place)
    return found


def _copy(paths: list[Path], folder: Path) -> list[str]:
    """Copy texts into ``folder``; a name that is there already gets its own folder's name in front."""
    folder.mkdir(parents=True, exist_ok=True)
    names: list[str] = []
    for path in sorted(paths):
        name = path.name if path.name not in names else f"{path.parent.name}-{path.name}"
        shutil.copyfile(path, folder / name)
        names.append(name)
    return names


def _python_licence() -> list[Path]:
    """Python's own licence, where this Python keeps it."""
    stdlib = Path(sysconfig.get_path("stdlib"))
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    places = (stdlib / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt",
              Path(f"/usr/share/doc/{version}/copyright"), Path("/usr/share/doc/python3/copyright"))
    return [place for place in places if place.is_file()][:1]


def write_notices(bundle: Path, target: Path) -> None:
    """Fill ``target`` with NOTICES.txt and the texts. Exits where a part has none."""
    packages = shipped(ROOT)
    files = owners(bundle, packages)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for text in TEXTS.glob("*.txt"):
        shutil.copyfile(text, target / text.name)
    shutil.copyfile(ROOT / "resources" / "fonts" / "OFL.txt", target / "OFL.txt")
    shutil.copyfile(ROOT / "resources" / "icons" / "LICENSE.txt", target / "Apache-2.0-icons.txt")
    qt = packages["pyside6-essentials"].version
    inside = "_internal/PySide6"
    lines = ["Lumbar Pathway is under the MIT licence (LICENSE). It holds these parts of others.", "",
             "QT", "", QT_WORDS.format(version=qt, libraries=f"{inside}/Qt/lib", plugins=f"{inside}/Qt/plugins",
                                       bindings=f"{inside} and _internal/shiboken6"),
             "FONTS AND ICONS", "", "Noto Sans and its scripts: SIL Open Font License, OFL.txt.",
             "Material Design Icons: Apache 2.0, Apache-2.0-icons.txt. The program's own icon: MIT.", "",
             "PYTHON AND ITS PACKAGES", ""]
    without: list[str] = []
    if not _copy(_python_licence(), target / "python"):
        without.append("python")
    lines.append(f"Python {sys.version.split()[0]}: Python Software Foundation License  [python/]")
    for name, dist in packages.items():
        texts = _copy(_texts(dist), target / name) if _texts(dist) else []
        if not texts and not name.startswith(("pyside6", "shiboken6")):
            without.append(name)
        where = f"[{name}/]" if texts else "[LGPL-3.0.txt]"
        lines.append(f"{dist.metadata['Name']} {dist.version}: {licence_of(dist)}  {where}")
    lines += ["", "LIBRARIES OF THE SYSTEM IT WAS BUILT ON", ""]
    for name, version in debian(files.get(SYSTEM, [])):
        copyright_file = Path("/usr/share/doc") / name / "copyright"
        where = ""
        if version and copyright_file.is_file():
            _copy([copyright_file], target / "system" / name)
            where = f"  [system/{name}/copyright]"
        elif version:
            without.append(name)
        if version:
            lines.append(f"{name} {version}{where}")
    if without:
        raise SystemExit(f"No licence text was found for: {', '.join(without)}.")
    lines += ["", "What packages hold of others (ICU, OpenSSL, SQLCipher, PDFium and more): see their own texts.", ""]
    (target / "NOTICES.txt").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write_notices(Path(sys.argv[1]), Path(sys.argv[2]))
