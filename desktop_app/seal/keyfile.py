"""The key file: one slot per user, each wrapping the store's random key under that user's passphrase.

JSON, versioned. The whole is covered by a digest, so that damage is told from a wrong passphrase; each slot is
bound to its store, its user and its own parameters; and the opened key is compared with a check value.
A user who was just added, or whose passphrase was reset, has a place that a one-time code opens until a day that is
locked in with the key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.language import tr
from desktop_app.seal.key_places import CODE as _CODE
from desktop_app.seal.key_places import FORMAT, VERSION, content_of
from desktop_app.seal.key_places import PASSPHRASE as _PASSPHRASE
from desktop_app.seal.key_places import RECOVERY as _RECOVERY
from desktop_app.seal.key_places import damaged as _damaged
from desktop_app.seal.key_places import digest as _digest
from desktop_app.use_cases.errors import CodeExpired, NoKeySlot, WrongPassphrase
from desktop_app.use_cases.keys import KeyPlace, KeyUser, OpenedKeys

KEY_BYTES = 32
_NONCE_BYTES = 12
_SALT_BYTES = 16
_TIME_BYTES = 8
_MOST_KIB = 1024 * 1024  # a damaged or hostile file must not take all memory
_MOST_ROUNDS = 32


@dataclass(frozen=True, slots=True)
class Effort:
    """Argon2id: how much work a guess costs. Kept in each slot, so it can be raised later."""

    rounds: int = 3
    kib: int = 64 * 1024
    lanes: int = 1


@dataclass(frozen=True, slots=True)
class Slot:
    kind: str  # passphrase, recovery, code
    user: KeyUser
    effort: Effort
    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class KeyFile:
    store_id: str
    check: str  # hex; tells that the right key came out
    slots: tuple[Slot, ...]


def new(store_id: str, store_key: bytes) -> KeyFile:
    return KeyFile(store_id, _check_value(store_key, store_id), ())


def users(file: KeyFile) -> Sequence[KeyUser]:
    """Everybody who can be chosen; ``by_code`` when a one-time code is needed."""
    return tuple(slot.user._replace(by_code=slot.kind == _CODE) for slot in file.slots
                 if slot.kind in {_PASSPHRASE, _CODE})


def places(file: KeyFile) -> Sequence[KeyPlace]:
    return tuple(KeyPlace(slot.user.id, mark_of(slot)) for slot in file.slots)


def mark_of(slot: Slot) -> str:
    """Names the place without telling anything of it; salt and nonce are other ones whenever it is made."""
    return hashlib.sha256(json.dumps(_slot_json(slot), sort_keys=True).encode()).hexdigest()


def with_user(file: KeyFile, keys: OpenedKeys, user: KeyUser, passphrase: bytes, effort: Effort) -> KeyFile:
    slot = _wrap(file.store_id, _PASSPHRASE, user, keys.store_key + keys.personal_key, passphrase, effort)
    return replace(file, slots=(*without_user(file, user.id).slots, slot))


def without_user(file: KeyFile, user_id: str) -> KeyFile:
    """Neither passphrase nor code of this user opens anything any more."""
    return replace(file, slots=tuple(one for one in file.slots if one.kind == _RECOVERY or one.user.id != user_id))


def with_code(file: KeyFile, store_key: bytes, user: KeyUser, code: str, until: int, effort: Effort) -> KeyFile:
    """The user's passphrase opens nothing any more; the code does until the time given in seconds."""
    secret = store_key + until.to_bytes(_TIME_BYTES, "big")
    slot = _wrap(file.store_id, _CODE, user, secret, code.encode(), effort)
    return replace(file, slots=(*without_user(file, user.id).slots, slot))


def with_recovery(file: KeyFile, store_key: bytes, recovery_key: str, effort: Effort) -> KeyFile:
    slot = _wrap(file.store_id, _RECOVERY, KeyUser("", ""), store_key, recovery_key.encode(), effort)
    return replace(file, slots=(*(one for one in file.slots if one.kind != _RECOVERY), slot))


def open_for(file: KeyFile, user_id: str, passphrase: bytes) -> OpenedKeys:
    slots = [slot for slot in file.slots if slot.kind == _PASSPHRASE and user_id in ("", slot.user.id)]
    if len(slots) != 1:
        names = ", ".join(user.name for user in users(file)) or tr("nobody")
        raise NoKeySlot(
            tr("The key file has no place for this user.")
            if user_id
            else tr("The key file has several users, or none; say which one is meant."),
            next_step=tr("The key file lets these users in: {names}.").format(names=names),
        )
    [slot] = slots
    opened = _unwrap(
        file,
        slot,
        passphrase,
        lambda: WrongPassphrase(
            tr("The passphrase is not that of {name}.").format(name=slot.user.name),
            next_step=tr(
                "Type it again; mind the shift and language keys. If it is lost, use the printed recovery key."
            ),
        ),
    )
    return OpenedKeys(slot.user.id, file.store_id, opened[:KEY_BYTES], opened[KEY_BYTES:], mark_of(slot))


def open_with_code(file: KeyFile, user_id: str, code: str, now: int) -> OpenedKeys:
    """The store's key alone: whoever uses a code gets a personal key with the passphrase they choose."""
    slots = [slot for slot in file.slots if slot.kind == _CODE and slot.user.id == user_id]
    if len(slots) != 1:
        raise NoKeySlot(
            tr("No one-time code waits for this user."),
            next_step=tr("Ask who looks after this computer for a new one."),
        )
    opened = _unwrap(
        file,
        slots[0],
        code.encode(),
        lambda: WrongPassphrase(
            tr("This one-time code is well formed, but it is not the one that was made for {name}.").format(
                name=slots[0].user.name
            ),
            next_step=tr("Compare it with the paper. Only the newest code counts."),
        ),
    )
    if now > int.from_bytes(opened[KEY_BYTES:], "big"):
        raise CodeExpired(
            tr("This one-time code has run out."), next_step=tr("Ask who looks after this computer for a new one.")
        )
    return OpenedKeys(user_id, file.store_id, opened[:KEY_BYTES], place=mark_of(slots[0]))


def is_behind(file: KeyFile, user: KeyUser, effort: Effort) -> bool:
    """The user's place was made with less work, or under a name that has changed since."""
    return any(slot.kind == _PASSPHRASE and slot.user.id == user.id
               and (slot.user.name != user.name or (slot.effort.rounds, slot.effort.kib) < (effort.rounds, effort.kib))
               for slot in file.slots)


def open_for_recovery(file: KeyFile, recovery_key: str) -> OpenedKeys:
    slots = [slot for slot in file.slots if slot.kind == _RECOVERY]
    if len(slots) != 1:
        raise NoKeySlot(
            tr("The key file has no place for a recovery key."),
            next_step=tr("Open the store with a user's passphrase."),
        )
    opened = _unwrap(
        file,
        slots[0],
        recovery_key.encode(),
        lambda: WrongPassphrase(
            tr("This recovery key is well formed, but it is not the one of this store."),
            next_step=tr("Look for the sheet that was printed when this profile was made."),
        ),
    )
    return OpenedKeys("", file.store_id, opened[:KEY_BYTES], place=mark_of(slots[0]))


def to_bytes(file: KeyFile) -> bytes:
    content = {"format": FORMAT, "version": VERSION, "store": file.store_id, "check": file.check,
               "slots": [_slot_json(slot) for slot in file.slots]}
    return json.dumps({**content, "digest": _digest(content)}, indent=1, sort_keys=True).encode() + b"\n"


def from_bytes(content: bytes) -> KeyFile:
    """Raises ``KeyFileDamaged`` for anything that ``to_bytes`` did not write."""
    found = content_of(content)
    try:
        return KeyFile(found["store"], found["check"], tuple(_slot_from(one) for one in found["slots"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise _damaged() from problem


def _wrap(store_id: str, kind: str, user: KeyUser, secret: bytes, passphrase: bytes, effort: Effort) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    empty = Slot(kind, user, effort, secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES), b"")
    locked = AESGCM(_stretch(passphrase, empty)).encrypt(empty.nonce, secret, _bound_to(store_id, empty))
    return replace(empty, wrapped=locked)


def _unwrap(file: KeyFile, slot: Slot, passphrase: bytes, wrong: Callable[[], WrongPassphrase]) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        opened = AESGCM(_stretch(passphrase, slot)).decrypt(slot.nonce, slot.wrapped, _bound_to(file.store_id, slot))
    except InvalidTag:
        raise wrong() from None
    if not hmac.compare_digest(_check_value(opened[:KEY_BYTES], file.store_id), file.check):
        raise _damaged()
    return opened


def _stretch(passphrase: bytes, slot: Slot) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    effort = slot.effort
    return hash_secret_raw(passphrase, slot.salt, time_cost=effort.rounds, memory_cost=effort.kib,
                           parallelism=effort.lanes, hash_len=KEY_BYTES, type=Type.ID)


def _bound_to(store_id: str, slot: Slot) -> bytes:
    fields = [FORMAT, VERSION, store_id, slot.kind, slot.user.id, slot.user.name,
              slot.effort.rounds, slot.effort.kib, slot.effort.lanes]
    return json.dumps(fields).encode()


def _check_value(store_key: bytes, store_id: str) -> str:
    return hmac.new(store_key, f"{FORMAT} check {store_id}".encode(), hashlib.sha256).hexdigest()


def _slot_json(slot: Slot) -> dict[str, Any]:
    return {"kind": slot.kind, "user": slot.user.id, "name": slot.user.name,
            "argon2id": {"t": slot.effort.rounds, "m": slot.effort.kib, "p": slot.effort.lanes},
            "salt": _text(slot.salt), "nonce": _text(slot.nonce), "wrapped": _text(slot.wrapped)}


def _slot_from(found: dict[str, Any]) -> Slot:
    work = found["argon2id"]
    effort = Effort(int(work["t"]), int(work["m"]), int(work["p"]))
    possible = (1 <= effort.rounds <= _MOST_ROUNDS and 1 <= effort.lanes <= _MOST_ROUNDS
                and 8 * effort.lanes <= effort.kib <= _MOST_KIB)
    slot = Slot(found["kind"], KeyUser(found["user"], found["name"]), effort, _bytes(found["salt"]),
                _bytes(found["nonce"]), _bytes(found["wrapped"]))
    if not possible or len(slot.nonce) != _NONCE_BYTES or len(slot.salt) != _SALT_BYTES:
        raise _damaged()
    return slot


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
