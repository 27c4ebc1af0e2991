"""What of Qt and of the system's libraries goes into a bundle: what is named here, and what that needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

Entry = tuple[str, str, str]
"""One file of a PyInstaller list: its place in the bundle, where it comes from, its kind."""

QT = re.compile(r"^PySide6/(?:Qt/)?")
PLUGINS = {
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platformthemes": {"qxdgdesktopportal"},  # dark or light, and the desktop's own file dialogs; gtk3 drags GTK in
    "printsupport": {"cupsprintersupport"},
    "imageformats": {"qjpeg", "qsvg", "qico"},  # PNG is in QtGui
    "styles": {"qmodernwindowsstyle", "qmacstyle"},
    "wayland-shell-integration": {"xdg-shell"},
    "wayland-decoration-client": {"adwaita", "bradient"},
}
"""Plugin folders of Qt and what stays in them. Databases, TLS, QML tools, GPU paths: nothing here asks for them."""

MODULES = {"QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg", "QtNetwork", "QtDBus"}
"""Qt modules that the program imports, or whose library its plugins need."""

SYSTEM_LIBRARIES = (
    "libcups.so", "libfontconfig.so", "libfreetype.so", "libglib-2.0.so", "libgthread-2.0.so", "libdbus-1.so",
    "libX11.so", "libX11-xcb.so", "libstdc++.so", "libgcc_s.so", "libgssapi_krb5.so", "libz.so", "libexpat.so",
    "libssl.so", "libcrypto.so",  # Python's own; the store and the signatures carry theirs
)
"""Taken from the machine: every desktop has them (the .deb's Depends name them), they must fit its printers, fonts
and drivers, and its own updates mend them. What a desktop may lack, such as libxcb-cursor, is inside."""

PYTHON_EXCLUDES = (
    "tkinter", "test", "lib2to3", "pydoc_data", "ensurepip", "idlelib", "turtledemo", "venv", "distutils",
    "sqlite3", "_sqlite3", "readline", "curses", "_curses", "doctest", "pycparser", "sqlalchemy.testing",
    "_codecs_cn", "_codecs_hk", "_codecs_iso2022", "_codecs_jp", "_codecs_kr", "_codecs_tw",  # files here are UTF-8
    "PIL.ImageQt", "PIL.ImageTk", "PIL._avif", "PIL._webp", "PIL._imagingtk",
    "PIL.ImageCms", "PIL._imagingcms", "PIL._imagingft",  # a logo is PNG or JPEG and is drawn anew in plain RGB
    "lxml",  # asked for late, and only to write metadata that this program writes itself
    "requests", "charset_normalizer", "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.mssql",
    "sqlalchemy.dialects.oracle",
)
"""Not `unittest` and not SQLAlchemy's PostgreSQL dialect: libraries inside import them."""


HOOKS_NOT_RUN = {"pyi_rth_multiprocessing", "pyi_rth_pkgutil"}
"""What PyInstaller would run before each start. Nothing here starts a second Python or lists the modules of a package,
and the first of them takes a tenth of the whole start.
"""


def _plugin(place: str) -> tuple[str, str] | None:
    """Folder and short name of a Qt plugin, or None for any other file."""
    path = PurePosixPath(place.replace("\\", "/"))
    parts = path.parts
    if not place.startswith("PySide6") or "plugins" not in parts:
        return None
    stem = path.name.split(".")[0]
    return parts[parts.index("plugins") + 1], stem.removeprefix("lib")


def wanted(place: str, languages: Iterable[str]) -> bool:
    """Whether a file of Qt may stay at all; everything that is not Qt's may."""
    posix = place.replace("\\", "/")
    if not QT.match(posix):
        return True
    if (plugin := _plugin(posix)) is not None:
        return plugin[1] in PLUGINS.get(plugin[0], set())
    if "/translations/" in posix:
        return any(posix.endswith(f"/qtbase_{language}.qm") for language in languages)
    name = PurePosixPath(posix).name
    if re.match(r"^Qt\w+\.(?:abi3\.)?(?:so|pyd)$", name):
        return name.split(".")[0] in MODULES
    return "/qml/" not in posix and not name.endswith((".pyi", ".qm"))


def reachable(entries: list[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """The entries without shared libraries that nothing left asks for.

    ``needs`` gives the file names of the libraries that one file links to. Extensions, plugins and data are asked
    for by the program itself, so they are where the search begins.
    """
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        by_name.setdefault(PurePosixPath(entry[0].replace("\\", "/")).name, []).append(entry)
    found = [entry for entry in entries if not _is_library(entry)]
    seen = {entry[0] for entry in found}
    for entry in found:  # grows while it is gone through
        if entry[2] not in {"BINARY", "EXTENSION"}:
            continue
        for name in needs(entry[1]):
            for other in by_name.get(name, ()):
                if other[0] not in seen:
                    seen.add(other[0])
                    found.append(other)
    return [entry for entry in entries if entry[0] in seen or entry[2] == "SYMLINK"]


def from_the_system(place: str) -> bool:
    """Whether a library at the top of the bundle is one that every desktop has."""
    return "/" not in place.replace("\\", "/") and place.startswith(SYSTEM_LIBRARIES)


def _is_library(entry: Entry) -> bool:
    """A shared library that stands there only because something links to it, not one that a package loads itself."""
    place, _source, kind = entry
    path = PurePosixPath(place.replace("\\", "/"))
    if kind != "BINARY" or path.name.startswith(("libpython", "python3")):
        return False
    return len(path.parts) == 1 or path.parent.name.endswith(".libs") or str(path.parent) == "PySide6/Qt/lib"


def living_links(entries: list[Entry]) -> list[Entry]:
    """The entries without links whose target went away."""
    places = {entry[0].replace("\\", "/") for entry in entries}

    def target(entry: Entry) -> str:
        folder = PurePosixPath(entry[0]).parent
        parts: list[str] = []
        for part in (folder / entry[1]).parts:
            if part == "..":
                parts.pop()
            elif part != ".":
                parts.append(part)
        return "/".join(parts)

    return [entry for entry in entries if entry[2] != "SYMLINK" or target(entry) in places]
