"""The words about the certificate that plans are signed with, and about one that is brought in."""

from __future__ import annotations

import re
from datetime import date

from desktop_app.language import tr
from desktop_app.presentation import words
from desktop_app.use_cases.errors import KeyFileLocked, LumbarError, WrongModule, WrongPassphrase, WrongPin
from desktop_app.use_cases.keys import CertificateFacts

FILE, FILE_PASSPHRASE, OWN_PASSPHRASE, SAME_PERSON = "file", "file_passphrase", "own_passphrase", "same_person"
MODULE, TOKEN, PIN, ABOVE, TOKEN_PASSPHRASE = "module", "token", "pin", "above", "token_passphrase"
_TITLES = {"dr", "prof", "md", "phd", "mr", "ms", "mrs"}


def validity(facts: CertificateFacts, today: date) -> str:
    """Until when it signs; in words when it does not sign any more."""
    if today > facts.valid_until:
        return tr("Expired on {valid_until}: it signs nothing any more. Bring in a new one or go back.").format(
            valid_until=words.day(facts.valid_until)
        )
    return tr("Valid until {valid_until}").format(valid_until=words.day(facts.valid_until))


def origin(facts: CertificateFacts) -> str:
    if facts.token:
        return tr("On the token “{token}”; its PIN is asked for at each signature. Issued by {issuer}.").format(
            token=facts.token, issuer=facts.issuer
        )
    if facts.imported:
        return tr("Brought in from a file. Issued by {issuer}.").format(issuer=facts.issuer)
    return tr("Made on this computer at first start. Issued by {issuer}.").format(issuer=facts.issuer)


def how_to_check(facts: CertificateFacts) -> str:
    """What somebody else needs to check a plan."""
    told = tr("A plan signed with it is checked with: lumbar-pathway verify PLAN.pdf --trust CERTIFICATE.pem.")
    return told + (tr(" On this computer too.") if facts.imported else tr(" On this computer the last part is "
                                                                      "not needed."))


def entry_mistakes(path: str, file_passphrase: str, own_passphrase: str) -> dict[str, str]:
    """Field to words before anything is opened."""
    wrong: dict[str, str] = {}
    if not path.strip():
        wrong[FILE] = tr("Choose the file that holds the certificate and its key.")
    if not file_passphrase:
        wrong[FILE_PASSPHRASE] = tr("Type the passphrase that came with the file.")
    if not own_passphrase:
        wrong[OWN_PASSPHRASE] = tr("Type the passphrase you unlock this program with.")
    return wrong


def token_mistakes(module: str, token: str, pin: str, own_passphrase: str) -> dict[str, str]:
    """The same for a token."""
    wrong: dict[str, str] = {}
    if not module.strip():
        wrong[MODULE] = tr("Name the PKCS#11 module that the maker of the token installs.")
    if not token.strip():
        wrong[TOKEN] = tr("Type the label of the token, as its maker's program shows it.")
    if not pin:
        wrong[PIN] = tr("Type the PIN of the token.")
    if not own_passphrase:
        wrong[TOKEN_PASSPHRASE] = tr("Type the passphrase you unlock this program with.")
    return wrong


def token_mistake_of(error: LumbarError) -> dict[str, str]:
    """The field that an error of a token is about, and its words."""
    told = f"{error} {error.next_step}".strip()
    if isinstance(error, WrongPassphrase):
        return {TOKEN_PASSPHRASE: told}
    if isinstance(error, WrongPin):
        return {PIN: told}
    return {MODULE if isinstance(error, WrongModule) else TOKEN: told}


def mistake_of(error: LumbarError) -> dict[str, str]:
    """The field that an error is about, and its words."""
    told = f"{error} {error.next_step}".strip()
    if isinstance(error, WrongPassphrase):
        return {OWN_PASSPHRASE: told}
    return {FILE_PASSPHRASE if isinstance(error, KeyFileLocked) else FILE: told}


def another_person(facts: CertificateFacts, clinician: str) -> str:
    """Words when the certificate does not carry the family name of who is signed in; empty when it does."""
    own = [one for one in _names(clinician) if one not in _TITLES]
    if not own or own[-1] in _names(facts.name):
        return ""
    return tr(
        "The certificate names {name}; {clinician} is signed in. Say below that both are the same person."
    ).format(name=facts.name, clinician=clinician)


def _names(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", text.casefold())
