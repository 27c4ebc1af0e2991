"""The key file and what the store knows of it, changed and compared together.

A change writes three times: the store expects the new place beside the old one, the key file gets it, the store forgets
the old one. Whichever of them a power cut leaves undone, the key file that is there opens the records; the next sign-in
through the new place forgets the old one.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from db.file_names import KEY_FILE
from db.store import SqlStore
from db.whole_folder import replace_whole
from desktop_app.language import tr
from desktop_app.use_cases.audit import AuditEvent, Deed
from desktop_app.use_cases.errors import IoFailed, OldKeyFile
from desktop_app.use_cases.keys import KeyPlace


def require_in_force(store: SqlStore, present: Sequence[KeyPlace], place: KeyPlace) -> None:
    """Raises ``OldKeyFile`` for a place that was replaced or taken out, and records it. ``present``: what stands in the
    key file. A store that knows of no place yet takes these on.
    """
    known = store.key_places()
    if not known:
        store.take_on_key_places(present)
        return
    if place not in known:
        store.record(AuditEvent(Deed.FAILED, "sign-in", subject=place.owner, detail="through an older key file"))
        raise OldKeyFile(
            tr("This way in was replaced or taken back, and opens these records no more. "
               "The key file beside them is an older one."),
            next_step=tr("Use the newest passphrase. If it is refused too, an older keys.json or store.db was put "
                         "back: restore a backup, which brings both, or use the printed recovery key. Tell whoever "
                         "looks after this computer."))
    if any(one.owner == place.owner for one in known - {place}):  # a change that was cut short
        store.save_key_places(place.owner, (place.mark,))


def note_old_places(store: SqlStore, present: Sequence[KeyPlace]) -> None:
    """Of others than whoever signs in: the record of use says that an older key file was put back."""
    for owner in sorted({one.owner for one in present if one not in store.key_places()}):
        store.record(AuditEvent(Deed.FAILED, "key file", subject=owner, detail="holds a place that was replaced"))


def change(folder: Path, store: SqlStore, owner: str, before: Sequence[KeyPlace], after: Sequence[KeyPlace],
           content: bytes, kind: str) -> None:
    """The key file with another place for the owner. ``before`` and ``after``: what stands in the present one and in
    ``content``; ``kind``: what opens the place, for the record of use. Raises ``CannotCreate`` or ``IoFailed``; the
    place from before opens then.
    """
    new = {one.mark for one in after if one.owner == owner}
    still = {one.mark for one in store.key_places().intersection(before) if one.owner == owner}
    store.save_key_places(owner, still | new)
    replace_whole(folder / KEY_FILE, content)
    with suppress(IoFailed):  # the new place is the one that opens from now on, whatever this disk says
        store.save_key_places(owner, new, AuditEvent(Deed.CHANGED, kind, subject=owner))


def take_out(folder: Path, store: SqlStore, owner: str, content: bytes) -> None:
    """The store first: nobody gets in whom it does not know."""
    store.save_key_places(owner, (), AuditEvent(Deed.CHANGED, "way in", subject=owner, detail="taken out"))
    replace_whole(folder / KEY_FILE, content)
