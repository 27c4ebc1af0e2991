"""The page about cryptography says what the code does: figures are compared, libraries counted."""

from __future__ import annotations

import re
import tomllib

import pytest
import sqlcipher3.dbapi2 as driver

from db import database
from desktop_app import places
from desktop_app.presentation.help import Library
from desktop_app.seal import chain, keyfile, pki, recovery
from desktop_app.seal.keyfile import Effort


@pytest.fixture(scope="module")
def page() -> str:
    article = Library(places.resources() / "help").topics["crypto"]
    return " ".join(passage.plain for passage in article.passages)


def test_the_stores_cipher_is_the_one_that_is_told(page: str) -> None:
    connection = driver.connect(":memory:")
    connection.execute("PRAGMA key = 'x'")
    connection.execute("PRAGMA cipher_compatibility = 4")
    told = " ".join(row[0] for row in connection.execute("PRAGMA cipher_settings"))
    connection.close()
    assert "HMAC_SHA512" in told
    assert "an HMAC-SHA-512" in page
    assert f"{database.KEY_BYTES} random bytes" in page


def test_the_work_of_a_guess_is_the_one_that_is_told(page: str) -> None:
    effort = Effort()
    said = f"{effort.rounds} rounds over {effort.kib // 1024} MiB with {effort.lanes} lane"
    assert said in page
    assert f"salted with {keyfile._SALT_BYTES} random bytes" in page


def test_recovery_keys_and_codes_have_the_bits_that_are_told(page: str) -> None:
    bits = [groups * recovery._DATA * 5 for groups in (recovery._GROUPS, recovery._CODE_GROUPS)]
    assert f"{bits[0]} random bits, a one-time code {bits[1]}" in page


def test_certificates_hold_as_long_as_is_told(page: str) -> None:
    assert f"hold for {pki.YEARS} years" in page


def test_the_record_is_keyed_as_is_told(page: str) -> None:
    assert chain.SEAL_BYTES * 8 == 256
    assert "HMAC-SHA-256" in page


def test_every_library_of_cryptography_is_named(page: str) -> None:
    """Those that only seal may import, and the store's driver: a new one has to come onto the page."""
    with (places.shipped() / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    contract = next(c for c in project["tool"]["importlinter"]["contracts"] if c["name"] == "Cryptography only in seal")
    names = {"argon2": "argon2-cffi", "pkcs11": "python-pkcs11", "tuf": "python-tuf", "pyhanko": "pyHanko"}
    apart = {"zxcvbn", "securesystemslib"}  # lists of known passphrases; part of python-tuf
    for module in {*contract["forbidden_modules"], "SQLCipher"} - apart:
        assert re.search(re.escape(names.get(module, module)), page), module
