"""Certificates and locked keys in the store, and what the store says of itself."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from db import tables
from db.repository import Repository
from desktop_app.use_cases.audit import AuditEvent, Deed
from desktop_app.use_cases.domain import Stamper
from desktop_app.use_cases.keys import Authority, SigningKey, TokenPlace

_CLINIC, _AUTHORITY, _SIGNING, _IMPORTED, _TOKEN = "clinic", "authority", "signing", "imported", "token"
_STAMPER = "time_stamp_authority"
_RECOVERY_KEY, _WAITS, _KEPT = "recovery_key", "waits", "kept"


class Keys(Repository):
    def require_id(self, store_id: str) -> None:
        """Raises ``StoreDamaged`` when the key file and the store do not name each other."""
        table = tables.meta
        with self._database.read() as connection:
            found = connection.execute(select(table.c.value).where(table.c.name == "store_id")).scalar_one_or_none()
        if found != store_id:
            raise self._damaged()

    def save_store_id(self, store_id: str) -> None:
        with self._database.write() as connection:
            connection.execute(insert(tables.meta).values(name="store_id", value=store_id))
            self._log.note(connection, AuditEvent(Deed.CREATED, "store", subject=store_id))

    def save_authority(self, authority: Authority) -> None:
        self._put(_CLINIC, _AUTHORITY, authority.key, authority.certificate)

    def authority(self) -> Authority:
        found = self._get(_CLINIC, _AUTHORITY)
        if found is None:
            raise self._damaged()
        return Authority(certificate=found[1], key=found[0])

    def save_signing_key(self, clinician_id: str, key: SigningKey) -> None:
        self._put(clinician_id, _SIGNING, key.p12, key.certificate)

    def signing_key(self, clinician_id: str) -> SigningKey | None:
        found = self._get(clinician_id, _SIGNING)
        return None if found is None else SigningKey(p12=found[0], certificate=found[1])

    def save_imported_key(self, clinician_id: str, key: SigningKey | None) -> None:
        """A signing key from elsewhere, beside the clinician's own; None takes it away."""
        if key is not None:
            self._put(clinician_id, _IMPORTED, key.p12, key.certificate)
            return
        table = tables.key_material
        with self._database.write() as connection:
            connection.execute(delete(table).where(table.c.owner == clinician_id, table.c.kind == _IMPORTED))
            self._log.note(connection, AuditEvent(Deed.CHANGED, "imported signing key", subject=clinician_id,
                                                  detail="taken away"))

    def imported_key(self, clinician_id: str) -> SigningKey | None:
        found = self._get(clinician_id, _IMPORTED)
        return None if found is None else SigningKey(p12=found[0], certificate=found[1])

    def save_token(self, clinician_id: str, place: TokenPlace | None) -> None:
        """Where the clinician's key on a token is found; None: it is not used any more. Its PIN is kept nowhere."""
        if place is not None:
            words = json.dumps({"module": place.module, "label": place.label}).encode()
            self._put(clinician_id, _TOKEN, words, place.certificate)
            return
        table = tables.key_material
        with self._database.write() as connection:
            gone = connection.execute(delete(table).where(table.c.owner == clinician_id, table.c.kind == _TOKEN))
            if gone.rowcount:
                self._log.note(connection, AuditEvent(Deed.CHANGED, "token", subject=clinician_id, detail="not used"))

    def token(self, clinician_id: str) -> TokenPlace | None:
        found = self._get(clinician_id, _TOKEN)
        if found is None:
            return None
        words = json.loads(found[0])
        return TokenPlace(words["module"], words["label"], found[1])

    def save_recovery_key_waits(self, *, waits: bool) -> None:
        """Whether somebody still has to say that the recovery key was written down."""
        value = _WAITS if waits else _KEPT
        with self._database.write() as connection:
            connection.execute(insert(tables.meta).values(name=_RECOVERY_KEY, value=value)
                               .on_conflict_do_update(index_elements=["name"], set_={"value": value}))
            self._log.note(connection, AuditEvent(Deed.CHANGED, "recovery key", new=value))

    def recovery_key_waits(self) -> bool:
        table = tables.meta
        with self._database.read() as connection:
            found = connection.execute(select(table.c.value).where(table.c.name == _RECOVERY_KEY)).scalar_one_or_none()
        return found == _WAITS

    def stamper(self) -> Stamper:
        table = tables.meta
        with self._database.read() as connection:
            found = connection.execute(select(table.c.value).where(table.c.name == _STAMPER)).scalar_one_or_none()
        if found is None:
            return Stamper()
        words = json.loads(found)
        return Stamper(words["address"], words["certificates"].encode())

    def save_stamper(self, stamper: Stamper) -> None:
        value = json.dumps({"address": stamper.address, "certificates": stamper.certificates.decode()})
        with self._database.write() as connection:
            connection.execute(insert(tables.meta).values(name=_STAMPER, value=value)
                               .on_conflict_do_update(index_elements=["name"], set_={"value": value}))
            self._log.note(connection, AuditEvent(Deed.CHANGED, "time-stamp authority", new=stamper.address))

    def _put(self, owner: str, kind: str, content: bytes, certificate: bytes) -> None:
        values = {"content": content, "certificate": certificate}
        with self._database.write() as connection:
            connection.execute(insert(tables.key_material).values(owner=owner, kind=kind, **values)
                               .on_conflict_do_update(index_elements=["owner", "kind"], set_=values))
            self._log.note(connection, AuditEvent(Deed.CHANGED, f"{kind} key", subject=owner,
                                                  new=hashlib.sha256(certificate).hexdigest()))

    def _get(self, owner: str, kind: str) -> tuple[bytes, bytes] | None:
        table = tables.key_material
        with self._database.read() as connection:
            row = connection.execute(select(table).where(table.c.owner == owner,
                                                         table.c.kind == kind)).one_or_none()
        return None if row is None else (bytes(row.content), bytes(row.certificate))
