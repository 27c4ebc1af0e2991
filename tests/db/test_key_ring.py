"""The clinician's own keys: another certificate comes in and goes again, and no recovery key is ever lost unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.key_ring import ProfileKeys
from db.profile import Opened, open_profile, open_with_recovery
from desktop_app.seal.keeper import Keeper
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.errors import KeyFileError, KeyFileLocked, NotPermitted, WrongPassphrase
from desktop_app.use_cases.ports import SignatureRequest
from tests.fakes import StillClock
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, TODAY
from tests.seal.conftest import SECRET, new_clinic
from tests.seal.paper import plan_pdf

REQUEST = SignatureRequest(plan_pdf(), "Care plan", CLINICIAN.name, NOW)


@pytest.fixture
def ring(opened: Opened) -> ProfileKeys:
    return ProfileKeys(opened, StillClock(TODAY))


def test_another_certificate_signs_and_the_own_one_comes_back(opened: Opened, ring: ProfileKeys, folder: Path,
                                                              keeper: Keeper) -> None:
    own = ring.in_use()
    assert own.name == f"{CLINICIAN.name}, {CLINICIAN.role_title}, {CLINIC.name}"
    assert not own.imported
    assert own.trust == opened.authority
    before = opened.signer().sign(REQUEST)

    elsewhere = new_clinic("Regional Hospital")
    assert "Regional Hospital" in ring.look_into(elsewhere.p12, SECRET.decode()).name
    assert ring.in_use() == own  # a look changes nothing
    told = ring.adopt(elsewhere.p12, SECRET.decode(), PASSPHRASE)
    assert told.imported
    assert told.trust == elsewhere.trust[0]
    opened.close()

    again = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    signed = again.signer().sign(REQUEST)
    assert PdfSeal().verify(signed, [told.trust]).accepted
    assert "Regional Hospital" in PdfSeal().verify(signed, [told.trust]).signer
    assert not PdfSeal().verify(signed, [again.authority]).accepted
    assert ProfileKeys(again, StillClock(TODAY)).own_again() == own
    assert again.signer().sign(REQUEST) == before
    again.close()


def test_the_programs_passphrase_is_asked_for_and_nothing_changes_without_it(opened: Opened, ring: ProfileKeys) -> None:
    elsewhere = new_clinic("Regional Hospital")
    own = ring.in_use()
    with pytest.raises(WrongPassphrase):
        ring.adopt(elsewhere.p12, SECRET.decode(), "brown tractor on the moon")
    with pytest.raises(KeyFileLocked):
        ring.adopt(elsewhere.p12, "another", PASSPHRASE)
    with pytest.raises(KeyFileError):
        ring.adopt(b"no key at all", "another", PASSPHRASE)
    assert ring.in_use() == own


def test_a_recovery_takes_the_imported_key_away(opened: Opened, ring: ProfileKeys, folder: Path,
                                                keeper: Keeper) -> None:
    """It was locked with what only the lost passphrase opens."""
    ring.adopt(new_clinic("Regional Hospital").p12, SECRET.decode(), PASSPHRASE)
    opened.close()
    recovered = open_with_recovery(folder, opened.recovery_key, keeper)
    recovered.set_passphrase(CLINICIAN, "seven yellow boats upstream", NOW)
    assert not ProfileKeys(recovered, StillClock(TODAY)).in_use().imported
    assert PdfSeal().verify(recovered.signer().sign(REQUEST), [recovered.authority]).accepted
    recovered.close()


def test_until_it_is_confirmed_each_unlock_makes_a_new_recovery_key(opened: Opened, folder: Path,
                                                                   keeper: Keeper) -> None:
    first = opened.recovery_key
    opened.close()  # the program was closed before anybody said that the key is written down
    again = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    ring = ProfileKeys(again, StillClock(TODAY))
    assert ring.recovery_key_waits()
    second = ring.new_recovery_key()
    assert second != first
    again.close()
    with pytest.raises(WrongPassphrase, match="not the one of this store"):
        open_with_recovery(folder, first, keeper)
    third = open_with_recovery(folder, second, keeper)
    assert third.store.recovery_key_waits()
    ProfileKeys(third, StillClock(TODAY)).recovery_key_kept()
    third.close()
    confirmed = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    assert not confirmed.store.recovery_key_waits()
    confirmed.close()


def test_a_confirmed_recovery_key_is_replaced_only_with_the_passphrase(opened: Opened, ring: ProfileKeys, folder: Path,
                                                                       keeper: Keeper) -> None:
    ring.recovery_key_kept()
    with pytest.raises(WrongPassphrase):
        ring.new_recovery_key("brown tractor on the moon")
    open_with_recovery(folder, opened.recovery_key, keeper).close()
    new = ring.new_recovery_key(PASSPHRASE)
    assert ring.recovery_key_waits()
    with pytest.raises(WrongPassphrase):
        open_with_recovery(folder, opened.recovery_key, keeper)
    open_with_recovery(folder, new, keeper).close()


def test_nobody_signs_or_changes_keys_with_the_recovery_key_alone(opened: Opened, folder: Path, keeper: Keeper) -> None:
    opened.close()
    recovered = open_with_recovery(folder, opened.recovery_key, keeper)
    with pytest.raises(NotPermitted):
        ProfileKeys(recovered, StillClock(TODAY)).in_use()
    recovered.close()
