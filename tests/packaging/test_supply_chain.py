"""What the program is made of: every file and package is listed once, pinned by hash, and looked up or said so."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cyclonedx.model.bom import Bom

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def sbom(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return _script(monkeypatch, "sbom")


@pytest.fixture
def vulnerabilities(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return _script(monkeypatch, "vulnerabilities")


def _script(monkeypatch: pytest.MonkeyPatch, name: str) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "build" / "packaging"))
    return importlib.import_module(name)


@pytest.fixture
def bundle(tmp_path: Path, sbom: ModuleType) -> Path:
    """A small bundle: the program, one file of ours, one module and one library of a package, one of the system."""
    folder = tmp_path / sbom.NAME
    for place in ("lumbar-pathway", "_internal/base_library.zip", "_internal/resources/help/tour.md",
                  "_internal/yaml/_yaml.cpython-311-x86_64-linux-gnu.so", "_internal/libz.so.1"):
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(place, encoding="utf-8")
    return folder


def test_every_line_of_the_lock_file_is_pinned_by_hash_and_names_no_host(sbom: ModuleType) -> None:
    pins = sbom.locked(ROOT / "requirements.lock")
    assert all(hashes and all(len(one) == 64 for one in hashes) for _, hashes in pins.values())
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text


def test_every_shipped_package_stands_in_the_lock_file_in_the_installed_version(sbom: ModuleType) -> None:
    pins = sbom.locked(ROOT / "requirements.lock")
    for name, dist in sbom.shipped(ROOT).items():
        assert pins[name][0] == dist.version


def test_every_file_of_the_bundle_is_listed_once_with_its_hash(sbom: ModuleType, bundle: Path) -> None:
    told = json.loads(sbom.bill(bundle))
    listed = [file for part in told["components"] for file in part.get("components", ())]
    names = [file["name"] for file in listed]
    assert sorted(names) == sorted(p.relative_to(bundle).as_posix() for p in bundle.rglob("*") if p.is_file())
    assert all(file["hashes"][0]["alg"] == "SHA-256" for file in listed)
    parts = {file["name"]: part["name"] for part in told["components"] for file in part.get("components", ())}
    assert parts["_internal/yaml/_yaml.cpython-311-x86_64-linux-gnu.so"] == "pyyaml"
    assert parts["_internal/resources/help/tour.md"] == parts["lumbar-pathway"] == sbom.PROGRAM
    assert parts["_internal/libz.so.1"] != sbom.PROGRAM


def test_every_package_has_version_address_and_hashes_of_the_lock_file(sbom: ModuleType) -> None:
    told = json.loads(sbom.bill(None))
    pins = sbom.locked(ROOT / "requirements.lock")
    packages = {part["name"]: part for part in told["components"] if part.get("purl")}
    assert set(packages) == set(sbom.shipped(ROOT))
    for name, part in packages.items():
        version, hashes = pins[name]
        assert part["purl"] == f"pkg:pypi/{name}@{version}"
        assert {one["content"] for ref in part["externalReferences"] for one in ref["hashes"]} == set(hashes)
        assert part["licenses"][0]["license"]["name"]


def test_the_list_is_read_back_and_is_the_same_each_time(sbom: ModuleType, bundle: Path) -> None:
    text = sbom.bill(bundle)
    assert sbom.bill(bundle) == text
    again = Bom.from_json(json.loads(text))  # type: ignore[attr-defined]
    assert {part.name for part in again.components} >= set(sbom.shipped(ROOT))


def _answer(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"dependencies": [{"name": "a", "version": "1", "vulns": []}, *entries]}


def test_nothing_known_passes(vulnerabilities: ModuleType) -> None:
    assert vulnerabilities.judge(_answer(), {"a"}) == (0, ["1 packages looked up."])


def test_a_known_weakness_fails_and_says_where_it_is_mended(vulnerabilities: ModuleType) -> None:
    weak = {"name": "B_c", "version": "2", "vulns": [{"id": "X-1", "fix_versions": ["3"]}]}
    code, lines = vulnerabilities.judge(_answer(weak), {"a", "b-c"})
    assert code == vulnerabilities.FOUND
    assert "b-c 2: X-1, mended in 3" in lines


@pytest.mark.parametrize("entries", [(), ({"name": "b", "version": "2", "skip_reason": "not there"},)])
def test_what_was_not_looked_up_fails_whether_it_says_so_or_not(
    vulnerabilities: ModuleType, entries: tuple[dict[str, Any], ...]) -> None:
    code, lines = vulnerabilities.judge(_answer(*entries), {"a", "b"})
    assert code == vulnerabilities.NOT_WHOLE
    assert lines[-1].startswith("Not looked up: b.")


def test_no_answer_at_all_fails(vulnerabilities: ModuleType, monkeypatch: pytest.MonkeyPatch,
                                capsys: pytest.CaptureFixture[str]) -> None:
    class Nothing:
        stdout, stderr = "", "no network"

    monkeypatch.setattr(vulnerabilities.subprocess, "run", lambda *_, **__: Nothing())
    assert vulnerabilities.main() == vulnerabilities.NOT_WHOLE
    assert "Nothing was checked" in capsys.readouterr().out


