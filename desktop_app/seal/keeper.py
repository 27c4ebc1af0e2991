"""The ``KeyKeeper`` of ``use_cases.ports``: makes and opens everything the store's keys are kept in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from desktop_app.language import tr
from desktop_app.seal import keyfile, recovery
from desktop_app.seal import passphrase as rules
from desktop_app.use_cases.errors import KeyFileDamaged
from desktop_app.use_cases.keys import (
    Authority,
    CertificateFacts,
    KeyPlace,
    KeyUser,
    NewKeyFile,
    OpenedKeys,
    SigningKey,
    TokenPlace,
)

if TYPE_CHECKING:
    from desktop_app.seal.pkcs12 import KeyPair
    from desktop_app.use_cases.domain import Clinic, Clinician
    from desktop_app.use_cases.ports import AuditChain, Signer


class Keeper:
    """``effort`` is what guessing a passphrase costs; only tests make it cheaper."""

    def __init__(self, effort: keyfile.Effort | None = None) -> None:
        self._effort = effort or keyfile.Effort()

    def new_key_file(self, store_id: str, user: KeyUser, passphrase: str, *,
                     too_easy: Sequence[str] = ()) -> NewKeyFile:
        rules.require_strong(passphrase, too_easy)
        keys = OpenedKeys(user.id, store_id, secrets.token_bytes(keyfile.KEY_BYTES),
                          secrets.token_bytes(keyfile.KEY_BYTES))
        printed = recovery.new_recovery_key()
        file = keyfile.new(store_id, keys.store_key)
        file = keyfile.with_user(file, keys, user, rules.as_bytes(passphrase), self._effort)
        file = keyfile.with_recovery(file, keys.store_key, printed, self._effort)
        return NewKeyFile(keyfile.to_bytes(file), _through(file, keys), printed)

    def users(self, key_file: bytes) -> Sequence[KeyUser]:
        return keyfile.users(keyfile.from_bytes(key_file))

    def places(self, key_file: bytes) -> Sequence[KeyPlace]:
        return keyfile.places(keyfile.from_bytes(key_file))

    def unlock(self, key_file: bytes, user_id: str, passphrase: str) -> OpenedKeys:
        return keyfile.open_for(keyfile.from_bytes(key_file), user_id, rules.as_bytes(passphrase))

    def unlock_with_recovery(self, key_file: bytes, recovery_key: str) -> OpenedKeys:
        file = keyfile.from_bytes(key_file)
        return keyfile.open_for_recovery(file, recovery.canonical(recovery_key))

    def put_user(self, key_file: bytes, keys: OpenedKeys, user: KeyUser, passphrase: str, *,
                 too_easy: Sequence[str] = ()) -> tuple[bytes, OpenedKeys]:
        rules.require_strong(passphrase, too_easy)
        file = _file_of(key_file, keys)
        same = keys.user_id == user.id and keys.personal_key
        personal = keys.personal_key if same else secrets.token_bytes(keyfile.KEY_BYTES)
        theirs = replace(keys, user_id=user.id, personal_key=personal)
        file = keyfile.with_user(file, theirs, user, rules.as_bytes(passphrase), self._effort)
        return keyfile.to_bytes(file), _through(file, theirs)

    def put_code(self, key_file: bytes, keys: OpenedKeys, user: KeyUser, until: datetime) -> tuple[bytes, str]:
        file, code = _file_of(key_file, keys), recovery.new_code()
        changed = keyfile.with_code(file, keys.store_key, user, code, int(until.timestamp()), self._effort)
        return keyfile.to_bytes(changed), code

    def unlock_with_code(self, key_file: bytes, user_id: str, code: str, at: datetime) -> OpenedKeys:
        file = keyfile.from_bytes(key_file)
        return keyfile.open_with_code(file, user_id, recovery.canonical_code(code), int(at.timestamp()))

    def take_out(self, key_file: bytes, keys: OpenedKeys, user_id: str) -> bytes:
        return keyfile.to_bytes(keyfile.without_user(_file_of(key_file, keys), user_id))

    def renewed(self, key_file: bytes, keys: OpenedKeys, user: KeyUser, passphrase: str) -> bytes | None:
        file = _file_of(key_file, keys)
        if not keyfile.is_behind(file, user, self._effort):
            return None
        return keyfile.to_bytes(keyfile.with_user(file, keys, user, rules.as_bytes(passphrase), self._effort))

    def chain(self, keys: OpenedKeys) -> AuditChain:
        from desktop_app.seal.chain import Chain

        return Chain(keys.store_key)

    def new_authority(self, clinic: Clinic, keys: OpenedKeys, at: datetime) -> Authority:
        from desktop_app.seal import pkcs12, pki

        made = pki.clinic_authority(clinic.name, at)
        locked = pkcs12.export(pkcs12.KeyPair(made.key, made.certificate, ()), clinic.name,
                               _locked_with(keys.store_key))
        return Authority(pki.to_pem(made.certificate), locked)

    def new_signing_key(self, authority: Authority, clinic: Clinic, clinician: Clinician, keys: OpenedKeys,
                        at: datetime) -> SigningKey:
        from desktop_app.seal import pkcs12, pki

        above = pkcs12.read(authority.key, _locked_with(keys.store_key))
        made = pki.clinician_certificate(pki.Issued(above.certificate, above.key), clinic.name, clinician.name,
                                         clinician.role_title, at)
        pair = pkcs12.KeyPair(made.key, made.certificate, (above.certificate,))
        return SigningKey(pkcs12.export(pair, clinician.name, _locked_with(keys.personal_key)),
                          pki.to_pem(made.certificate))

    def signer(self, key: SigningKey, keys: OpenedKeys) -> Signer:
        from desktop_app.seal.sign import open_signer

        return open_signer(key.p12, _locked_with(keys.personal_key))

    def adopt_signing_key(self, p12: bytes, passphrase: bytes, keys: OpenedKeys, at: datetime) -> SigningKey:
        from desktop_app.seal import pkcs12

        pair = pkcs12.require_signer(pkcs12.read(p12, passphrase))
        pkcs12.require_valid(pair.certificate, at)
        return SigningKey(pkcs12.export(pair, "signing key", _locked_with(keys.personal_key)),
                          _chain(pair))

    def facts(self, key: SigningKey) -> CertificateFacts:
        from desktop_app.seal import pki

        return pki.facts(key.certificate)

    def look_into(self, p12: bytes, passphrase: bytes, at: datetime) -> CertificateFacts:
        from desktop_app.seal import pkcs12, pki

        pair = pkcs12.require_signer(pkcs12.read(p12, passphrase))
        pkcs12.require_valid(pair.certificate, at)
        return pki.facts(_chain(pair))

    def look_into_token(self, module: str, label: str, pin: str, more: bytes, at: datetime) -> TokenPlace:
        from desktop_app.seal import token

        place = token.look_into(module, label, pin, more)
        token.require_valid(place, at)
        return place

    def token_signer(self, place: TokenPlace, pin: str) -> Signer:
        from desktop_app.seal import token

        return token.open_token(place, pin)

    def token_facts(self, place: TokenPlace) -> CertificateFacts:
        from desktop_app.seal import pki

        return replace(pki.facts(place.certificate), imported=True, token=place.label)

    def put_recovery(self, key_file: bytes, keys: OpenedKeys) -> tuple[bytes, str]:
        file = _file_of(key_file, keys)
        printed = recovery.new_recovery_key()
        return keyfile.to_bytes(keyfile.with_recovery(file, keys.store_key, printed, self._effort)), printed

    def hand_out_signing_key(self, key: SigningKey, keys: OpenedKeys, passphrase: str) -> bytes:
        from desktop_app.seal import pkcs12

        rules.require_strong(passphrase, ())
        pair = pkcs12.read(key.p12, _locked_with(keys.personal_key))
        return pkcs12.export(pair, "signing key", rules.as_bytes(passphrase))


def _chain(pair: KeyPair) -> bytes:
    from desktop_app.seal import pki

    return b"".join(pki.to_pem(one) for one in (pair.certificate, *pair.others))


def _through(file: keyfile.KeyFile, keys: OpenedKeys) -> OpenedKeys:
    """As if the user's place had just been opened."""
    [place] = (one.mark for one in keyfile.places(file) if one.owner == keys.user_id)
    return replace(keys, place=place)


def _file_of(content: bytes, keys: OpenedKeys) -> keyfile.KeyFile:
    file = keyfile.from_bytes(content)
    if file.store_id != keys.store_id:
        raise KeyFileDamaged(
            tr("The key file is that of another store."),
            next_step=tr("Put the key file of this store back in its place."),
        )
    return file


def _locked_with(key: bytes) -> bytes:
    """A random key as the passphrase of a PKCS#12 container."""
    return key.hex().encode()
