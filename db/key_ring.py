"""The signed-in clinician's own keys as the settings show and change them: what signs, and the recovery key."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.profile import Opened
from desktop_app.use_cases.keys import CertificateFacts, TokenPlace
from desktop_app.use_cases.ports import Clock


@dataclass(frozen=True, slots=True)
class ProfileKeys:
    """The ``KeyRing`` of ``use_cases.ports`` over an open profile."""

    _opened: Opened = field(repr=False)
    _clock: Clock

    def in_use(self) -> CertificateFacts:
        return self._opened.certificate()

    def look_into(self, p12: bytes, passphrase: str) -> CertificateFacts:
        return self._opened.look_into(p12, passphrase.encode(), self._clock.now())

    def adopt(self, p12: bytes, passphrase: str, own_passphrase: str) -> CertificateFacts:
        self._opened.confirm(own_passphrase)
        self._opened.import_signing_key(p12, passphrase.encode(), self._clock.now())
        return self._opened.certificate()

    def look_into_token(self, module: str, label: str, pin: str, more: bytes = b"") -> TokenPlace:
        return self._opened.look_into_token(module, label, pin, more, self._clock.now())

    def use_token(self, place: TokenPlace, own_passphrase: str) -> CertificateFacts:
        self._opened.confirm(own_passphrase)
        self._opened.use_token(place)
        return self._opened.certificate()

    def token_facts(self, place: TokenPlace) -> CertificateFacts:
        return self._opened.token_facts(place)

    def own_again(self) -> CertificateFacts:
        self._opened.forget_imported_key()
        return self._opened.certificate()

    def new_recovery_key(self, own_passphrase: str = "") -> str:
        if not self.recovery_key_waits():
            self._opened.confirm(own_passphrase)
        return self._opened.new_recovery_key()

    def recovery_key_waits(self) -> bool:
        return self._opened.store.recovery_key_waits()

    def recovery_key_kept(self) -> None:
        self._opened.store.save_recovery_key_waits(waits=False)
