"""The key file: every slot opens with its own secret only, and damage is told from a wrong passphrase."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import unicodedata

import pytest

from desktop_app.seal import keyfile
from desktop_app.seal.keeper import Keeper
from desktop_app.use_cases.errors import (
    KeyFileDamaged,
    LumbarError,
    NoKeySlot,
    StoreNewer,
    WeakPassphrase,
    WrongPassphrase,
)
from desktop_app.use_cases.keys import KeyUser, NewKeyFile
from tests.people import cheap_keeper

FIRST, SECOND = KeyUser("clinician-1", "Dr N. Karim"), KeyUser("clinician-2", "Dr A. Bell")
PASSPHRASE = "green tractor on the moon"


@pytest.fixture
def keeper() -> Keeper:
    return cheap_keeper()


@pytest.fixture
def made(keeper: Keeper) -> NewKeyFile:
    return keeper.new_key_file("store-1", FIRST, PASSPHRASE)


def test_passphrase_and_recovery_key_open_the_same_store(keeper: Keeper, made: NewKeyFile) -> None:
    opened = keeper.unlock(made.content, FIRST.id, PASSPHRASE)
    assert opened == made.keys
    assert (len(opened.store_key), len(opened.personal_key)) == (32, 32)
    recovered = keeper.unlock_with_recovery(made.content, made.recovery_key)
    assert recovered.store_key == opened.store_key
    assert (recovered.user_id, recovered.personal_key) == ("", b"")


def test_every_key_file_is_new(keeper: Keeper) -> None:
    made = [keeper.new_key_file("store-1", FIRST, PASSPHRASE) for _ in range(3)]
    for part in (lambda one: one.keys.store_key, lambda one: one.keys.personal_key, lambda one: one.recovery_key):
        assert len({part(one) for one in made}) == 3


def test_no_secret_stands_in_the_file(made: NewKeyFile) -> None:
    for secret in (made.keys.store_key, made.keys.personal_key, made.recovery_key.encode(), PASSPHRASE.encode()):
        for written in (secret, base64.b64encode(secret), secret.hex().encode()):
            assert written not in made.content


def test_accents_may_be_composed_either_way(keeper: Keeper) -> None:
    passphrase = "grüner Traktor auf dem Mond"
    made = keeper.new_key_file("store-1", FIRST, unicodedata.normalize("NFC", passphrase))
    assert keeper.unlock(made.content, FIRST.id, unicodedata.normalize("NFD", passphrase)) == made.keys


@pytest.mark.parametrize("wrong", ["", "green tractor on the moo", PASSPHRASE.upper(), PASSPHRASE + " ", "\ud800"])
def test_a_wrong_passphrase(keeper: Keeper, made: NewKeyFile, wrong: str) -> None:
    with pytest.raises(WrongPassphrase, match=r"not that of Dr N\. Karim"):
        keeper.unlock(made.content, FIRST.id, wrong)


def test_another_stores_recovery_key(keeper: Keeper, made: NewKeyFile) -> None:
    other = keeper.new_key_file("store-2", FIRST, PASSPHRASE)
    with pytest.raises(WrongPassphrase, match="not the one of this store"):
        keeper.unlock_with_recovery(made.content, other.recovery_key)


def test_users_come_and_go(keeper: Keeper, made: NewKeyFile) -> None:
    both, theirs = keeper.put_user(made.content, made.keys, SECOND, "nine quiet owls at dawn")
    assert keeper.users(both) == (FIRST, SECOND)
    assert keeper.unlock(both, SECOND.id, "nine quiet owls at dawn") == theirs
    assert theirs.store_key == made.keys.store_key
    assert theirs.personal_key != made.keys.personal_key
    assert keeper.unlock(both, FIRST.id, PASSPHRASE) == made.keys
    with pytest.raises(NoKeySlot, match="no place for this user"):
        keeper.unlock(both, "nobody", PASSPHRASE)
    with pytest.raises(NoKeySlot, match="several users"):
        keeper.unlock(both, "", PASSPHRASE)


def test_a_new_passphrase_keeps_the_personal_key(keeper: Keeper, made: NewKeyFile) -> None:
    changed, keys = keeper.put_user(made.content, made.keys, FIRST, "nine quiet owls at dawn")
    assert keys == made.keys
    assert keeper.users(changed) == (FIRST,)
    with pytest.raises(WrongPassphrase):
        keeper.unlock(changed, FIRST.id, PASSPHRASE)
    assert keeper.unlock_with_recovery(changed, made.recovery_key).store_key == keys.store_key


def test_keys_are_not_put_into_another_stores_file(keeper: Keeper, made: NewKeyFile) -> None:
    other = keeper.new_key_file("store-2", FIRST, PASSPHRASE)
    with pytest.raises(KeyFileDamaged, match="another store"):
        keeper.put_user(other.content, made.keys, SECOND, "nine quiet owls at dawn")


def test_any_changed_byte_is_damage_and_not_a_wrong_passphrase(keeper: Keeper, made: NewKeyFile) -> None:
    chance = random.Random(3)
    for _ in range(200):
        changed = bytearray(made.content)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        try:
            opened = keeper.unlock(bytes(changed), FIRST.id, PASSPHRASE)
        except (KeyFileDamaged, StoreNewer):
            continue
        assert opened == made.keys  # a space between two values says nothing


@pytest.mark.parametrize("content", [
    b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"format": "lumbar-pathway-keys"}',
    b'{"format": "lumbar-pathway-keys", "version": "1"}', b'{"format": "other", "version": 1}',
])
def test_a_file_that_is_no_key_file(keeper: Keeper, content: bytes) -> None:
    with pytest.raises(KeyFileDamaged) as told:
        keeper.unlock(content, FIRST.id, PASSPHRASE)
    assert told.value.next_step


def resealed(content: bytes, **changes: object) -> bytes:
    """A forger can make the digest fit; the slot is bound to everything else by its own key."""
    found = json.loads(content)
    found.pop("digest")
    for key, value in changes.items():
        found["slots"][0][key] = value
    digest = hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
    return json.dumps({**found, "digest": digest}).encode()


@pytest.mark.parametrize(("changes", "kind"), [
    ({"user": "clinician-2"}, NoKeySlot),
    ({"name": "Dr Somebody"}, WrongPassphrase),
    ({"argon2id": {"t": 2, "m": 64, "p": 1}}, WrongPassphrase),
    ({"argon2id": {"t": 1, "m": 99_000_000, "p": 1}}, KeyFileDamaged),
    ({"argon2id": {"t": 10**9, "m": 64, "p": 1}}, KeyFileDamaged),
    ({"argon2id": {"t": 1, "m": 64}}, KeyFileDamaged),
    ({"salt": "AAAA"}, KeyFileDamaged),
    ({"nonce": "!!!!"}, KeyFileDamaged),
    ({"kind": "recovery"}, NoKeySlot),
])
def test_a_slot_is_bound_to_its_user_and_its_effort(keeper: Keeper, made: NewKeyFile, changes: dict[str, object],
                                                    kind: type[LumbarError]) -> None:
    with pytest.raises(kind):
        keeper.unlock(resealed(made.content, **changes), FIRST.id, PASSPHRASE)


def test_the_check_value_tells_a_foreign_key(made: NewKeyFile) -> None:
    file = keyfile.from_bytes(made.content)
    swapped = keyfile.KeyFile(file.store_id, "0" * 64, file.slots)
    with pytest.raises(KeyFileDamaged):
        keyfile.open_for(swapped, FIRST.id, PASSPHRASE.encode())


def test_the_shipped_effort_opens_what_it_wrote() -> None:
    made = Keeper().new_key_file("store-1", FIRST, PASSPHRASE)
    assert json.loads(made.content)["slots"][0]["argon2id"] == {"t": 3, "m": 65536, "p": 1}
    assert Keeper().unlock(made.content, FIRST.id, PASSPHRASE) == made.keys


@pytest.mark.parametrize(("passphrase", "said"), [
    ("", "has 0 characters"), ("fourteen chars", "has 14 characters"), ("x" * 257, "at most 256"),
    ("abababababababababab", "repeats a few characters"), ("Hillside Training Clinic", "made of the names"),
    ("karim karim karim karim", "made of the names"), ("lumbar pathway 123", "made of the names"),
])
def test_passphrases_that_are_too_easy(keeper: Keeper, passphrase: str, said: str) -> None:
    names = ("Hillside Training Clinic", "TR01", "Dr N. Karim")
    with pytest.raises(WeakPassphrase, match=said) as told:
        keeper.new_key_file("store-1", FIRST, passphrase, too_easy=names)
    assert told.value.next_step


@pytest.mark.parametrize("passphrase", [
    "baseball1baseball1", "qwertyuiopasdfgh", "123456789012345", "iloveyouiloveyou", "abcdefghijklmnop",
    "monkeymonkeymonkey", "letmeinletmein12", "Football Football 1",
])
def test_what_is_tried_first_is_refused_from_lists_that_need_no_network(keeper: Keeper, passphrase: str) -> None:
    with pytest.raises(WeakPassphrase, match="tried first"):
        keeper.new_key_file("store-1", FIRST, passphrase)


@pytest.mark.parametrize("passphrase", [
    PASSPHRASE, "correct horse battery staple", "клиника на холме зимой", "73018264950381746", "the clinic has a cat",
    "安全な合言葉をここに入力してください",
])
def test_passphrases_that_will_do(keeper: Keeper, passphrase: str) -> None:
    keeper.new_key_file("store-1", FIRST, passphrase, too_easy=("Hillside Training Clinic", "TR01", "Dr N. Karim"))
