"""The installers' parts agree with the program and with one another."""

from __future__ import annotations

import argparse
import os
import plistlib
import re
import shutil
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "build" / "packaging"
sys.path.insert(0, str(PACKAGING))

import deb  # noqa: E402  their folder has to be named before
import mac  # noqa: E402
import manual  # noqa: E402
import parts  # noqa: E402
import precompiled  # noqa: E402
import pruning  # noqa: E402

from desktop_app import VERSION, __main__  # noqa: E402
from desktop_app.presentation.opening import kind_of  # noqa: E402
from tests.packaging import nsis  # noqa: E402

SCRIPT = (PACKAGING / "windows" / "lumbar-pathway.nsi").read_text(encoding="utf-8")
KEPT = ("PySide6/QtWidgets.abi3.so", "PySide6/Qt/plugins/platforms/libqxcb.so", "resources/fonts/NotoSans-Bold.ttf",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6\\plugins\\platforms\\qwindows.dll", "PySide6/Qt/plugins/imageformats/libqjpeg.so")
DROPPED = ("PySide6/QtQml.abi3.so", "PySide6/Qt/plugins/platformthemes/libqgtk3.so", "PySide6/QtOpenGL.pyd",
           "PySide6/Qt/plugins/sqldrivers/libqsqlite.so", "PySide6/Qt/translations/qtbase_de.qm",
           "PySide6/Qt/qml/QtQuick/qmldir", "PySide6/Qt/plugins/tls/libqopensslbackend.so")


def test_the_version_stands_in_one_place_and_its_copy_agrees() -> None:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        assert tomllib.load(stream)["project"]["version"] == VERSION


@pytest.mark.parametrize("place", KEPT)
def test_what_the_program_needs_of_qt_stays(place: str) -> None:
    assert pruning.wanted(place, ["fr"])


@pytest.mark.parametrize("place", DROPPED)
def test_what_nothing_asks_for_goes(place: str) -> None:
    assert not pruning.wanted(place, ["fr"])


def test_a_library_stays_only_while_something_that_stays_links_to_it() -> None:
    entries = [("PySide6/QtCore.abi3.so", "core", "EXTENSION"), ("PySide6/Qt/lib/libQt6Core.so.6", "lib", "BINARY"),
               ("libicu.so.73", "icu", "BINARY"), ("libgtk.so", "gtk", "BINARY"),
               ("pypdfium2_raw/libpdfium.so", "pdfium", "BINARY"), ("b.so", "libgtk.so", "SYMLINK"),
               ("a.so", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK")]
    links = {"core": ["libQt6Core.so.6"], "lib": ["libicu.so.73"], "gtk": ["libicu.so.73"]}
    kept = pruning.living_links(pruning.reachable(entries, lambda source: links.get(source, [])))
    assert [entry[0] for entry in kept] == ["PySide6/QtCore.abi3.so", "PySide6/Qt/lib/libQt6Core.so.6", "libicu.so.73",
                                            "pypdfium2_raw/libpdfium.so", "a.so"]


def test_pyside_takes_its_compiled_part_and_compiles_nothing_at_a_start(tmp_path: Path) -> None:
    made = precompiled.signature_files(tmp_path)
    assert made == sorted(made, key=lambda one: one[0])
    place = tmp_path / "precompiled"
    for source in (place / precompiled.FOLDER).rglob("*.py"):
        source.unlink()
    code = ("import shiboken6; from shibokensupport.signature import loader, parser; "
            "print(loader.__file__, parser.__file__)")
    told = subprocess.run([sys.executable, "-B", "-c", code], env={**os.environ, "PYTHONPATH": str(place)},
                          capture_output=True, text=True, check=True).stdout
    assert told.count(str(place)) == 2
    assert told.count(".pyc") == 2


def test_every_dependency_is_shipped_and_no_tool_is() -> None:
    inside = parts.shipped(ROOT)
    with (ROOT / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)
    named = {parts.plain(re.split(r"[=<>;]", line)[0]) for line in project["project"]["dependencies"]}
    assert named <= set(inside)
    assert not {"pytest", "ruff", "mypy", "pyinstaller", "hypothesis"} & set(inside)
    assert {"pytest", "mypy", "PyInstaller"} <= set(parts.modules_not_shipped(ROOT))


def test_what_the_bundle_leaves_out_is_listed_as_no_part_of_it() -> None:
    """Others ask for them in their metadata; a list of parts that names them would be untrue."""
    assert not {"lxml", "pycparser", "charset-normalizer"} & set(parts.shipped(ROOT))


def guideline_jobs() -> list[str]:
    parser = __main__._parser(["guideline"])
    commands = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    jobs = next(action for action in commands.choices["guideline"]._actions
                if isinstance(action, argparse._SubParsersAction))
    return list(jobs.choices)


def test_the_manual_page_knows_every_command_and_exit_code() -> None:
    page = manual.page()
    for command in __main__.COMMANDS:
        assert re.search(rf"^\.SS {re.escape(manual.escaped(command))}\b", page, re.MULTILINE), command
    for line in page.splitlines():
        assert not re.match(r"^\.(?!TH|SH|SS|TP|PP|B |I |br)", line), line
    for name in guideline_jobs():
        told = re.search(rf"^\.SS guideline {re.escape(manual.escaped(name))}\n(.+)$", page, re.MULTILINE)
        assert told, name
        assert len(told[1].split()) > 2, f"guideline {name} does not say what it does"
    words = [name for _told, line in manual.EXAMPLES for name in line.split() if name.startswith("--")]
    assert {manual.escaped(word) for word in words} <= set(re.findall(r"\\-\\-[\w\\-]+", page))
    from desktop_app.use_cases import errors

    codes = {kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and
             issubclass(kind, errors.LumbarError)}
    assert codes <= {int(code) for code, _words in manual.EXITS}


@pytest.mark.parametrize("job", ["upgrade", "remove"])
def test_the_package_is_not_exchanged_while_the_program_is_open(job: str, tmp_path: Path) -> None:
    program = tmp_path / "lumbar-pathway"
    shutil.copyfile("/bin/sh", program)
    program.chmod(0o755)
    text = (PACKAGING / "linux" / "not_while_open").read_text(encoding="utf-8")
    assert "PROGRAM=/usr/lib/lumbar-pathway/lumbar-pathway\n" in text
    script = tmp_path / "script"
    script.write_text(text.replace("PROGRAM=/usr/lib/lumbar-pathway/lumbar-pathway", f"PROGRAM={program}"),
                      encoding="utf-8")

    def asked(what: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["sh", str(script), what], capture_output=True, text=True, check=False)

    with subprocess.Popen([str(program), "-c", "echo open; read line"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as still_open:
        assert still_open.stdout is not None
        assert still_open.stdout.readline() == b"open\n"
        refused = asked(job)
        assert refused.returncode == 1
        assert "is open on this computer" in refused.stderr
        assert "Nothing was changed." in refused.stderr
        assert asked("install").returncode == 0
        still_open.communicate(b"\n", timeout=60)
    assert asked(job).returncode == 0


def test_the_package_asks_before_it_is_unpacked_and_before_it_is_removed() -> None:
    assert deb.SCRIPTS == {"preinst": "not_while_open", "prerm": "not_while_open", "postrm": "postrm"}
    for shipped in deb.SCRIPTS.values():
        assert (PACKAGING / "linux" / shipped).read_text(encoding="utf-8").startswith("#!/bin/sh\n")


def test_menu_entry_appstream_and_mime_types_name_the_same_things() -> None:
    entry = ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(PACKAGING / "linux" / "lumbar-pathway.desktop", encoding="utf-8")
    begins = entry["Desktop Entry"]["Exec"].split()
    assert begins == ["lumbar-pathway", "--open", "%f"]  # of which no file leaves nothing behind
    assert __main__._parser([]).parse_args(["--open"]).file is None  # as from the menu
    assert (ROOT / "resources" / "icons" / "app" / f"{entry['Desktop Entry']['Icon']}.svg").is_file()
    about = ET.parse(PACKAGING / "linux" / "metainfo.xml").getroot()  # noqa: S314  our own file
    mime = ET.parse(PACKAGING / "linux" / "lumbar-pathway-mime.xml").getroot()  # noqa: S314
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kinds = {kind.get("type") for kind in mime.findall(f"{space}mime-type")}
    assert kinds == {node.text for node in about.findall("provides/mediatype")}
    assert kinds == set(entry["Desktop Entry"]["MimeType"].rstrip(";").split(";"))
    assert about.findtext("launchable") == "lumbar-pathway.desktop"
    globs = {str(node.get("pattern")) for node in mime.iter(f"{space}glob")}
    for pattern in globs:
        assert kind_of(f"file{pattern.removeprefix('*')}") in {"case", "edition"}
    endings = {pattern.removeprefix("*.") for pattern in globs if pattern.count(".") == 1}
    told = plistlib.loads(plistlib.dumps(mac.about_the_program()))
    assert endings == {ending for kind in told["UTExportedTypeDeclarations"]
                       for ending in kind["UTTypeTagSpecification"]["public.filename-extension"]}
    assert {kind["UTTypeIdentifier"] for kind in told["UTExportedTypeDeclarations"]} == {
        name for kind in told["CFBundleDocumentTypes"] for name in kind["LSItemContentTypes"]}
    for kind in re.findall(r"!define (\w+_TYPE)", SCRIPT):
        assert rf"""${{{kind}}}\shell\open\command" "" '"$INSTDIR\${{EXE}}" --open "%1"'""" in SCRIPT
    for ending in re.findall(r'"Software\\Classes\\(\.[\w-]+)"', SCRIPT):
        assert f"*{ending}" in globs, ending


def _part(begin: str, end: str) -> str:
    return SCRIPT[SCRIPT.index(begin):SCRIPT.index(end, SCRIPT.index(begin))]


def test_what_the_windows_installer_writes_its_uninstaller_takes_away() -> None:
    writes, removes = _part('Section "Program"', "SectionEnd"), _part('Section "Uninstall"', "SectionEnd")
    keys = set(re.findall(r'WriteReg\w+ SHCTX "([^"]+)"', writes))
    gone = set(re.findall(r'DeleteRegKey SHCTX "([^"]+)"', removes))
    assert all(any(key == one or key.startswith(one + "\\") for one in gone) for key in keys), keys - gone
    for link in re.findall(r'CreateShortCut "([^"]+)"', writes):
        assert f'Delete "{link}"' in removes
    for file in ("${EXE}", "${COMMAND}", "uninstall.exe"):
        assert f'Delete "$INSTDIR\\{file}"' in removes
    assert 'RMDir /r "$INSTDIR\\_internal"' in removes
    assert 'RMDir /r "$INSTDIR"' not in removes  # somebody may have put a data folder there
    assert not re.search(r"(Delete|RMDir).*(LOCALAPPDATA|APPDATA|PROFILE)", removes)


def test_the_setup_says_all_it_says_in_the_languages_of_the_screens() -> None:
    words = (PACKAGING / "windows" / "words.nsh").read_text(encoding="utf-8")
    said = re.findall(r"LangString (\w+) \$\{LANG_(\w+)\} \"[^\"]+\"", words)
    spoken = {"ENGLISH", "FRENCH", "SPANISH"}
    assert {name for _, name in said} == spoken
    for name in set(re.findall(r"\$\(([A-Z_]+)\)", SCRIPT)):
        assert {language for one, language in said if one == name} == spoken, name


def test_the_windows_script_compiles_and_takes_every_file(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    (bundle / "_internal" / "resources").mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", bundle / "_internal" / "LICENSE")
    for name in ("lumbar-pathway.exe", "lumbar-pathway-cli.exe", "_internal/resources/words-é.txt"):
        (bundle / name).write_bytes(name.encode())
    told = nsis.compiled(bundle, tmp_path / "lumbar-pathway-setup.exe", VERSION)
    for path in bundle.rglob("*"):
        if path.is_file():
            assert f'File: "{path.name}"' in told, path.name
    assert (tmp_path / "lumbar-pathway-setup.exe").read_bytes()[:2] == b"MZ"


def test_the_workflow_names_what_is_there() -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "build.yml").read_text(encoding="utf-8"))["jobs"]
    assert set(jobs) == {"linux", "windows", "macos"}
    commands = "\n".join(step.get("run", "") for job in jobs.values() for step in job["steps"])
    for place in re.findall(r"(?<![\w/])(?:build|\.ci)/[\w./-]+", commands):
        assert (ROOT / place).is_file(), place
    assert commands.count("self-check") >= 3
