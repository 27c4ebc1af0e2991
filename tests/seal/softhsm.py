"""A token in software: SoftHSM2 with a clinician's key and certificates, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

MODULE = next((path for path in (
    "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so") if Path(path).is_file()), "")
PIN, OFFICER = "24680135", "officer-9753"


@dataclass(frozen=True)
class Token:
    label: str
    module: str = MODULE
    pin: str = PIN


def prepare(folder: Path) -> None:
    """SoftHSM reads its folder once, so all tests of a process share one."""
    tokens = folder / "tokens"
    tokens.mkdir(exist_ok=True)
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)


def new_token(label: str) -> Token:
    subprocess.run(["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", OFFICER],
                   check=True, capture_output=True, timeout=60)
    return Token(label)


def write(token: Token, key: object, certificates: list[object], *, with_key: bool = True) -> None:
    """An EC or RSA key with its certificate, and those above it, as an issuer's program writes them."""
    import pkcs11
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pkcs11.constants import Attribute, ObjectClass
    from pkcs11.util.ec import decode_ec_private_key, encode_named_curve_parameters  # noqa: F401
    from pkcs11.util.rsa import decode_rsa_private_key

    library = pkcs11.lib(token.module)
    library.reinitialize()
    with library.get_token(token_label=token.label).open(user_pin=token.pin, rw=True) as session:
        for number, one in enumerate(certificates):
            session.create_object({
                Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                Attribute.TOKEN: True, Attribute.ID: bytes([number + 1]), Attribute.LABEL: f"certificate {number}",
                Attribute.SUBJECT: one.subject.public_bytes(), Attribute.ISSUER: one.issuer.public_bytes(),
                Attribute.VALUE: one.public_bytes(Encoding.DER)})
        if not with_key:
            return
        private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        kind = type(key).__name__
        if "RSA" in kind:
            private = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
            template = decode_rsa_private_key(private)
        else:
            private = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
            template = decode_ec_private_key(private)
        session.create_object({**template, Attribute.TOKEN: True, Attribute.ID: b"\x01", Attribute.SIGN: True,
                               Attribute.PRIVATE: True, Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False,
                               Attribute.LABEL: "signing key"})
