"""What is asked of a passphrase, in words; apart from the forms, because the first window needs no more than this."""

from __future__ import annotations

from desktop_app.language import tr

SHORTEST_PASSPHRASE = 15  # what the seal demands of a passphrase
PASSPHRASE_HINT = (tr("At least {SHORTEST_PASSPHRASE} characters; four or five words are good. It cannot be "
                      "looked up by anyone.").format(SHORTEST_PASSPHRASE=SHORTEST_PASSPHRASE))
