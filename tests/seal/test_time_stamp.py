"""Time stamps beside signed files, from an authority on this computer; openssl agrees with what we say of them."""

from __future__ import annotations

import dataclasses
import hashlib
import random
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from asn1crypto import tsp

from desktop_app.__main__ import main
from desktop_app.seal import time_stamp
from desktop_app.use_cases.errors import BadData, IoFailed
from desktop_app.use_cases.stamping import require_address
from tests.seal.authority import Authority, new_authority, served
from tests.seal.conftest import Clinic


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return new_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def authority(made: Authority) -> Iterator[Authority]:
    with served(dataclasses.replace(made, asked=[])) as here:
        yield here


@pytest.fixture
def plan(signed: bytes, clinic: Clinic, tmp_path: Path) -> Path:
    file = tmp_path / "plan.pdf"
    file.write_bytes(signed)
    (tmp_path / "clinic.pem").write_bytes(clinic.trust[0])
    return file


def test_only_the_hash_is_sent_and_the_answer_stands_beside_the_file(
    plan: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    before = plan.read_bytes()
    assert main(["timestamp", str(plan), "--authority", authority.address]) == 0
    beside = plan.with_name("plan.pdf.tsr")
    assert beside.name in capsys.readouterr().out
    assert plan.read_bytes() == before
    [asked] = authority.asked
    assert tsp.TimeStampReq.load(asked)["message_imprint"]["hashed_message"].native == hashlib.sha256(before).digest()
    assert len(asked) < 100
    done = subprocess.run(["openssl", "ts", "-verify", "-in", beside, "-data", plan, "-CAfile",
                           authority.folder / "ca.pem"], capture_output=True, text=True, check=False, timeout=60)
    assert "Verification: OK" in done.stdout + done.stderr
    assert main(["timestamp", str(plan), "--authority", authority.address]) == 73
    assert len(authority.asked) == 1


def test_verify_reads_the_stamp_beside_the_file_and_says_what_it_proves(
    plan: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["timestamp", str(plan), "--authority", authority.address])
    trust = ["--trust", str(plan.with_name("clinic.pem"))]
    capsys.readouterr()
    assert main(["verify", str(plan), *trust, "--stamp-trust", str(authority.folder / "ca.pem")]) == 0
    out = capsys.readouterr().out
    assert "Stamps of the test says that this very file existed on" in out
    assert main(["verify", str(plan), *trust]) == 0
    out = capsys.readouterr().out
    assert "nobody here vouches for the authority" in out
    assert "existed on" not in out


def test_a_stamp_that_was_asked_for_has_to_be_there_and_to_be_vouched_for(
    plan: Path, authority: Authority, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script that reads the exit code alone must not take a home-made stamp for a good one."""
    asked = ["verify", str(plan), "--trust", str(plan.with_name("clinic.pem")), "--stamp-trust"]
    assert main([*asked, str(authority.folder / "ca.pem")]) == 1
    assert "there is none beside the file" in capsys.readouterr().out
    main(["timestamp", str(plan), "--authority", authority.address])
    stranger = new_authority(tmp_path_of(tmp_path, "stranger"))
    assert main([*asked, str(stranger.folder / "ca.pem")]) == 1
    assert "nobody here vouches for the authority" in capsys.readouterr().out
    assert main([*asked, str(authority.folder / "ca.pem")]) == 0


def test_a_stamp_of_another_file_is_told_and_counts_as_a_problem(
    plan: Path, authority: Authority, clinic: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    plan.with_name("plan.pdf.tsr").write_bytes(time_stamp.fetch(b"another file", authority.address))
    trust = ["--trust", str(plan.with_name("clinic.pem"))]
    for asked in ([], ["--stamp-trust", str(authority.folder / "ca.pem")]):
        assert main(["verify", str(plan), *trust, *asked]) == 1
        assert "proves nothing about it" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["verify", "--help"])
    promised = " ".join(capsys.readouterr().out.split())
    assert "1 not accepted, or the time stamp beside it is of another file" in promised
    assert "vouches for is told; it counts only with --stamp-trust" in promised


def test_a_stamp_older_than_the_signature_tells_of_a_wrong_clock(signed: bytes, authority: Authority,
                                                                 clinic: Clinic) -> None:
    from datetime import timedelta

    from desktop_app.cli.verify import clocks

    told = clinic.verify(signed)
    stamp = time_stamp.check(signed, time_stamp.fetch(signed, authority.address), authority.trust)
    assert stamp.at is not None
    later = dataclasses.replace(told, signed_at=stamp.at + timedelta(days=1))
    assert "clock was wrong" in clocks(later, stamp)[0]
    assert clocks(dataclasses.replace(told, signed_at=stamp.at), stamp) == ()


def test_every_changed_byte_of_a_stamp_is_noticed(signed: bytes, authority: Authority) -> None:
    """Wherever a byte is changed, the stamp is refused, or it says the same as before."""
    good = time_stamp.fetch(signed, authority.address)
    whole = time_stamp.check(signed, good, authority.trust)
    assert whole.trusted
    chance = random.Random(3161)
    for _ in range(400):
        place, changed = chance.randrange(len(good)), bytearray(good)
        changed[place] ^= 1 << chance.randrange(8)
        told = time_stamp.check(signed, bytes(changed), authority.trust)
        assert not told.trusted or told == whole, place


@pytest.mark.parametrize("stamp", [b"", b"hello", b"\x30\x00", b"\x30" * 5000, b"0" * 70_000])
def test_what_is_no_stamp_at_all(signed: bytes, stamp: bytes) -> None:
    told = time_stamp.check(signed, stamp, b"")
    assert not told.fits
    assert not told.trusted


def test_an_authority_whose_certificate_is_not_for_time_stamps(signed: bytes, tmp_path: Path) -> None:
    """openssl itself refuses to stamp with such a certificate, so the true one is exchanged in the answer's place."""
    other = new_authority(tmp_path)
    true = other.reply(time_stamp.question(signed)[0])
    stranger = new_authority(tmp_path_of(tmp_path, "stranger"))
    told = time_stamp.check(signed, true, stranger.trust)
    assert told.fits
    assert not told.trusted


def tmp_path_of(folder: Path, name: str) -> Path:
    place = folder / name
    place.mkdir()
    return place


@pytest.mark.parametrize("address", ["", "stamps.example", "ftp://stamps.example", "http://", "http://a:b@stamps.example",
                                     "file:///etc/passwd"])
def test_what_is_no_address(address: str, plan: Path) -> None:
    with pytest.raises(BadData, match="not the address"):
        require_address(address)
    assert main(["timestamp", str(plan), "--authority", address]) == 65
    assert not plan.with_name("plan.pdf.tsr").exists()


def test_nobody_answers(plan: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(IoFailed, match="did not answer"):
        time_stamp.fetch(b"x", f"http://127.0.0.1:{port}/")
    assert main(["timestamp", str(plan), "--authority", f"http://127.0.0.1:{port}/"]) == 74
    assert not plan.with_name("plan.pdf.tsr").exists()


@pytest.mark.parametrize(("answer", "status", "kind"), [
    (b"<html>", 200, BadData), (b"", 200, BadData), (b"busy", 503, IoFailed), (b"\x30" * 70_000, 200, IoFailed),
])
def test_an_answer_that_is_no_stamp_leaves_nothing_behind(plan: Path, authority: Authority, answer: bytes, status: int,
                                                          kind: type[Exception]) -> None:
    authority.answer, authority.status = answer, status
    with pytest.raises(kind):
        time_stamp.fetch(plan.read_bytes(), authority.address)
    assert main(["timestamp", str(plan), "--authority", authority.address]) in {65, 74}
    assert not plan.with_name("plan.pdf.tsr").exists()


def test_the_stamp_of_another_question_is_not_taken(authority: Authority) -> None:
    authority.answer = authority.reply(time_stamp.question(b"another file")[0])
    with pytest.raises(BadData, match="something else"):
        time_stamp.fetch(b"this file", authority.address)
    authority.answer = authority.reply(time_stamp.question(b"this file")[0])  # an old answer played again
    with pytest.raises(BadData, match="something else"):
        time_stamp.fetch(b"this file", authority.address)
