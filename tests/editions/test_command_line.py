"""From a publisher's keys to an edition in use, by the command line alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app import bootstrap
from desktop_app.__main__ import main
from tests.editions import house
from tests.editions.conftest import Clinic
from tests.people import PASSPHRASE


def test_keys_list_edition_trust_install_switch_on(clinic: Clinic, tmp_path: Path,
                                                   capsys: pytest.CaptureFixture[str],
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*words: object) -> tuple[int, str]:
        code = main([str(word) for word in ("guideline", *words)])
        told = capsys.readouterr()
        return code, told.out + told.err

    clinic.fill()
    clinic.door.lock()
    monkeypatch.setattr(bootstrap, "ComputerClock", lambda: clinic.clock)
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    way_in = ("--data-dir", clinic.folder, "--passphrase-file", secret)
    keys = [tmp_path / name for name in ("one", "two", "three")]
    for key in keys:
        assert run("new-key", key)[0] == 0
    assert run("new-key", keys[0])[0] == 73  # a key is never lost under another
    public = [word for key in keys for word in ("--key", f"{key}.pub")]
    signed = ("--sign", keys[0], "--sign", keys[2])
    made = tmp_path / "publishers.json"
    assert run("publishers", made, *public, "--needed", "1", *signed)[0] == 2
    code, told = run("publishers", made, *public, *signed)
    assert code == 0
    fingerprint = told.split("another way: ")[1].strip()
    folder = tmp_path / "content"
    for name, content in house.content("0.2.0", 7).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    file = tmp_path / "two.lumbar-pack"
    assert run("publish", folder, file, "--number", 1, "--publishers", made, "--sign", keys[0])[0] == 65
    assert not file.exists()
    assert run("publish", folder, file, "--number", 1, "--publishers", made, *signed)[0] == 0
    code, told = run("install", file, *way_in)
    assert (code, "No list of publishers" in told) == (65, True)
    assert run("trust", made, "--fingerprint", "0000", *way_in)[0] == 65
    assert run("trust", made, "--fingerprint", fingerprint, *way_in)[0] == 0
    code, told = run("install", file, "--switch-on", *way_in)
    assert code == 0, told
    assert "The advice would change for 2 of 3 open patients." in told
    assert "Marta" not in told  # a name has no place in a terminal
    assert "Due: " in told
    code, told = run("editions", *way_in)
    assert code == 0
    assert "Edition 0.2.0 gives the advice." in told
    assert "* Edition 0.2.0, number 1." in told
    assert clinic.sign_in().pack.info.version == "0.2.0"
