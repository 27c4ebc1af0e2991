"""Checks a signed edition of the guideline: a ZIP file with metadata in the TUF form and the content it lists.

``metadata/N.root.json`` are the lists of publishers, each signed by enough keys of the one before and of itself;
``metadata/targets.json`` lists every content file with length and SHA-256 and is signed by enough publishers, never
by one alone. What is not listed, not there, too large or named so that it would leave its folder is refused.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from desktop_app.language import tr
from desktop_app.use_cases.editions import EditionRefused, SignedEdition, refused

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata, Root, Targets

FEWEST_SIGNERS = 2
MOST_FILES = 4000  # the worked cases come along
MOST_BYTES = 40 * 1024 * 1024
ROOT = re.compile(r"metadata/([1-9][0-9]{0,5})\.root\.json")
TARGETS, CONTENT = "metadata/targets.json", "content/"
_UNIX, _LINK = 3, 0xA  # how a ZIP file says that a part is a symbolic link
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
EDITION = "lumbar_pathway_edition"
_FIELDS = ("pack", "version", "minimum_program", "review_by")
_PROGRAM, _DAY = re.compile(r"\d{1,4}(\.\d{1,4}){0,3}"), re.compile(r"\d{4}-\d\d-\d\d")


def fingerprint_of(publishers: bytes) -> str:
    """Of a list of publishers: the same for the same keys, to be compared with what the publisher says elsewhere."""
    keys = sorted(_root(publishers).signed.keys)
    digest = hashlib.sha256("\0".join(keys).encode()).hexdigest().upper()
    return " ".join(digest[at:at + 4] for at in range(0, 32, 4))


def list_number(publishers: bytes) -> int:
    """Raises ``EditionRefused`` when it is no list of publishers."""
    return int(_root(publishers).signed.version)


def check_edition(file: bytes, publishers: bytes) -> SignedEdition:
    """``publishers``: the trusted list of publishers (root metadata). Raises ``EditionRefused``."""
    members = _members(file)
    root = _newest_root(members, publishers)
    targets, signers = _targets(members, root)
    content = {name.removeprefix(CONTENT): raw for name, raw in members.items() if name.startswith(CONTENT)}
    _compare(content, targets)
    pack, version, minimum, review_by = _told(targets)
    return SignedEdition(pack, targets.signed.version, version, minimum, review_by, content, signers, root.to_bytes())


def check_publishers(content: bytes) -> bytes:
    """A list of publishers as it may be trusted from now on. Raises ``EditionRefused``."""
    from tuf.api.exceptions import RepositoryError

    root = _root(content)
    try:
        root.signed.verify_delegate("root", root.signed_bytes, root.signatures)
    except (RepositoryError, ValueError) as problem:
        raise refused(tr("This list of publishers is not signed by its own keys.")) from problem
    _enough(root)
    return root.to_bytes()


def _members(file: bytes) -> dict[str, bytes]:
    """Every file of the ZIP, under limits of number, size and name."""
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            return _unpacked(archive)
    except EditionRefused:
        raise
    except Exception as problem:  # a stranger's bytes: the unpacking library has many names for what is wrong
        raise refused(
            tr("The file cannot be read as an edition of the guideline."),
            tr("Copy the file to the stick again; if it stays so, ask for it again."),
        ) from problem


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise refused(tr("The file holds more than {most_files} parts; no edition does.").format(most_files=MOST_FILES))
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise refused(
            tr("Unpacked, the file is larger than {number} MB; no edition is.").format(number=MOST_BYTES // 1024**2)
        )
    found: dict[str, bytes] = {}
    seen: set[str] = set()
    for info in infos:
        name = info.filename
        is_link = info.create_system == _UNIX and info.external_attr >> 28 == _LINK
        if not _NAME.fullmatch(name) or is_link:
            raise refused(tr("A part has a name that no edition uses: {value!r}.").format(value=name[:60]))
        if name.lower() in seen:
            raise refused(tr("A part stands in the file twice: {value!r}.").format(value=name[:60]))
        seen.add(name.lower())
        with archive.open(info) as stream:
            found[name] = stream.read(info.file_size + 1)
        if len(found[name]) != info.file_size:
            raise refused(tr("A part is longer than the file says: {value!r}.").format(value=name[:60]))
    return found


def _root(content: bytes) -> Metadata[Root]:
    from tuf.api.exceptions import RepositoryError
    from tuf.api.metadata import Metadata, Root

    try:
        found: Metadata[Root] = Metadata[Root].from_bytes(content)
    except (RepositoryError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise refused(tr("A list of publishers in the file cannot be read.")) from problem
    if found.signed.type != Root.type:
        raise refused(tr("A list of publishers in the file is something else."))
    return found


def _enough(root: Metadata[Root]) -> None:
    """One stolen key must never be enough, neither for content nor for a new list of publishers."""
    for role in ("root", "targets"):
        if root.signed.roles[role].threshold < FEWEST_SIGNERS:
            raise refused(
                tr("The list of publishers lets one key alone publish; at least two have to sign."),
                tr("Ask the publisher for a list in which two keys have to sign."),
            )


def _newest_root(members: Mapping[str, bytes], publishers: bytes) -> Metadata[Root]:
    """From the trusted list forward, one version at a time, each signed by the one before and by itself."""
    from tuf.api.exceptions import RepositoryError

    trusted = _root(publishers)
    listed = {int(found[1]): raw for name, raw in members.items() if (found := ROOT.fullmatch(name))}
    for number in range(trusted.signed.version + 1, max(listed, default=0) + 1):
        if number not in listed:
            raise refused(
                tr("The file leaves out the publishers' list number {number}; its changes cannot be followed.").format(
                    number=number
                )
            )
        following = _root(listed[number])
        try:
            if following.signed.version != number:
                raise refused(
                    tr("The publishers' list number {number} says that it is another one.").format(number=number)
                )
            trusted.signed.verify_delegate("root", following.signed_bytes, following.signatures)
            following.signed.verify_delegate("root", following.signed_bytes, following.signatures)
        except (RepositoryError, ValueError) as problem:
            raise refused(
                tr("The list of publishers was changed without enough signatures of those trusted so far."),
                tr("Do not install it. Tell whoever looks after this computer."),
            ) from problem
        trusted = following
    _enough(trusted)
    return trusted


def _targets(members: Mapping[str, bytes], root: Metadata[Root]) -> tuple[Metadata[Targets], tuple[str, ...]]:
    from tuf.api.exceptions import RepositoryError
    from tuf.api.metadata import Metadata, Targets

    if TARGETS not in members:
        raise refused(tr("The file carries no list of its contents; it is no edition of the guideline."))
    try:
        targets: Metadata[Targets] = Metadata[Targets].from_bytes(members[TARGETS])
        if targets.signed.type != Targets.type:
            raise refused(tr("The list of contents is something else."))
        told = root.signed.get_verification_result("targets", targets.signed_bytes, targets.signatures)
    except (RepositoryError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise refused(tr("The list of contents cannot be read.")) from problem
    if not told:
        have, want = len(told.signed), told.threshold
        raise refused(
            tr(
                "The edition is signed by {have} of the publishers' keys that this computer trusts; {want} are needed."
            ).format(have=have, want=want),
            tr("Do not install it. Ask the publisher for the edition as it was published."),
        )
    return targets, tuple(sorted(told.signed))


def _compare(content: Mapping[str, bytes], targets: Metadata[Targets]) -> None:
    """Every listed file is there and whole, and nothing else is."""
    from tuf.api.exceptions import RepositoryError

    listed = targets.signed.targets
    if missing := sorted(listed.keys() - content.keys()):
        raise refused(tr("A file of the edition is missing: {value}.").format(value=missing[0]))
    if more := sorted(content.keys() - listed.keys()):
        raise refused(
            tr("A file stands in the edition that its publishers did not list: {value}.").format(value=more[0])
        )
    for name, target in listed.items():
        try:
            target.verify_length_and_hashes(content[name])
        except (RepositoryError, ValueError) as problem:
            raise refused(tr("A file of the edition was changed: {name}.").format(name=name)) from problem
        if "sha256" not in target.hashes:
            raise refused(tr("A file of the edition carries no SHA-256: {name}.").format(name=name))


def _told(targets: Metadata[Targets]) -> tuple[str, str, str, date]:
    """What the publishers say of the edition beside its files."""
    said: Any = targets.signed.unrecognized_fields.get(EDITION)
    told: dict[str, Any] = said if isinstance(said, dict) else {}
    pack, version, minimum, review = (str(told.get(name, "")) for name in _FIELDS)
    if pack and version and _PROGRAM.fullmatch(minimum) and _DAY.fullmatch(review):
        with suppress(ValueError):
            return pack, version, minimum, date.fromisoformat(review)
    raise refused(tr("The list of contents leaves out which guideline, version, program or review date it is for."))
