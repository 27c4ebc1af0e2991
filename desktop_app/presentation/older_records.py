"""In words: that the records are older than this computer remembers them."""

from __future__ import annotations

from desktop_app.language import tr
from desktop_app.presentation import words
from desktop_app.use_cases.older_records import KeptHead

ACCEPT = tr("What is missing cannot be had from here; a backup or a signed document may hold it. Your name, the reason "
            "and what was missed stay in the record of use.")


def told(missed: KeptHead, *, may: bool) -> str:
    """For whoever signs in."""
    at = missed.at.astimezone()
    what = tr("These records are older than they were. On {day} at {time} this computer saw entry {entry} of the "
              "record of use, which is not in them: an older copy was put in their place, or their end is missing. "
              "What was entered since may be lost.").format(day=words.day(at.date()), time=f"{at:%H:%M}",
                                                   entry=f"{missed.head.sequence:,}")
    after = (tr("Look for a newer backup under Settings, Backups, before anybody goes on.") if may else
             tr("Tell whoever looks after this computer before you rely on what is shown."))
    return f"{what} {after}"
