"""One-time codes, the way in for somebody who has no passphrase yet, and what raises an old place to today's work."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_app.seal.keeper import Keeper
from desktop_app.seal.keyfile import Effort
from desktop_app.use_cases.errors import CodeExpired, NoKeySlot, WrongPassphrase
from desktop_app.use_cases.keys import KeyUser, NewKeyFile
from tests.people import NOW, PASSPHRASE, cheap_keeper

FIRST, SECOND = KeyUser("clinician-1", "Dr N. Karim"), KeyUser("clinician-2", "Dr L. Berg")
UNTIL = NOW + timedelta(days=7)


@pytest.fixture
def keeper() -> Keeper:
    return cheap_keeper()


@pytest.fixture
def made(keeper: Keeper) -> NewKeyFile:
    return keeper.new_key_file("store-1", FIRST, PASSPHRASE)


def test_a_code_opens_the_store_until_a_passphrase_takes_its_place(keeper: Keeper, made: NewKeyFile) -> None:
    content, code = keeper.put_code(made.content, made.keys, SECOND, UNTIL)
    assert [(user.name, user.by_code) for user in keeper.users(content)] == [(FIRST.name, False), (SECOND.name, True)]
    keys = keeper.unlock_with_code(content, SECOND.id, code.lower().replace("-", " "), NOW)
    assert keys.store_key == made.keys.store_key
    assert not keys.personal_key
    changed, own = keeper.put_user(content, keys, SECOND, "seven lanterns in the harbour")
    assert own.personal_key
    assert not any(user.by_code for user in keeper.users(changed))
    with pytest.raises(NoKeySlot, match="No one-time code waits"):
        keeper.unlock_with_code(changed, SECOND.id, code, NOW)
    assert keeper.unlock(changed, SECOND.id, "seven lanterns in the harbour") == own


def test_a_reset_ends_the_old_passphrase_and_tells_the_administrator_no_new_one(keeper: Keeper,
                                                                              made: NewKeyFile) -> None:
    content, code = keeper.put_code(made.content, made.keys, FIRST, UNTIL)
    with pytest.raises(NoKeySlot):
        keeper.unlock(content, FIRST.id, PASSPHRASE)
    assert not keeper.unlock_with_code(content, FIRST.id, code, NOW).personal_key


def test_wrong_expired_and_mistyped_codes_are_told_apart(keeper: Keeper, made: NewKeyFile) -> None:
    first, old = keeper.put_code(made.content, made.keys, SECOND, UNTIL)
    content, code = keeper.put_code(first, made.keys, SECOND, UNTIL)
    with pytest.raises(WrongPassphrase, match=r"not the one that was made for Dr L\. Berg"):
        keeper.unlock_with_code(content, SECOND.id, old, NOW)
    with pytest.raises(WrongPassphrase, match="It has 4 characters"):
        keeper.unlock_with_code(content, SECOND.id, code[:4], NOW)
    with pytest.raises(CodeExpired):
        keeper.unlock_with_code(content, SECOND.id, code, UNTIL + timedelta(seconds=1))


def test_taken_out_nobody_gets_in_by_passphrase_or_code(keeper: Keeper, made: NewKeyFile) -> None:
    content, code = keeper.put_code(made.content, made.keys, SECOND, UNTIL)
    content = keeper.take_out(content, made.keys, SECOND.id)
    assert [user.id for user in keeper.users(content)] == [FIRST.id]
    with pytest.raises(NoKeySlot):
        keeper.unlock_with_code(content, SECOND.id, code, NOW)
    assert keeper.unlock(content, FIRST.id, PASSPHRASE) == made.keys


def test_a_place_made_with_less_work_or_another_name_is_made_anew(made: NewKeyFile) -> None:
    stronger = Keeper(Effort(rounds=2, kib=128, lanes=1))
    content = stronger.renewed(made.content, made.keys, FIRST, PASSPHRASE)
    assert content is not None
    assert stronger.unlock(content, FIRST.id, PASSPHRASE) == made.keys
    assert stronger.renewed(content, made.keys, FIRST, PASSPHRASE) is None
    renamed = stronger.renewed(content, made.keys, KeyUser(FIRST.id, "Dr N. Karim-Berg"), PASSPHRASE)
    assert renamed is not None
    assert [user.name for user in stronger.users(renamed)] == ["Dr N. Karim-Berg"]
