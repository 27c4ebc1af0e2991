"""Reading files that somebody else may have put there: ordinary ones, and never more of them than they may hold."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from desktop_app.language import tr

if TYPE_CHECKING:
    from io import BufferedReader
    from pathlib import Path


def open_ordinary(path: Path) -> BufferedReader:
    """The file to be read. A named pipe would be waited for and a device never ends: both raise ``OSError``, a folder
    ``IsADirectoryError``.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    kind = os.fstat(handle).st_mode
    if stat.S_ISREG(kind):
        return os.fdopen(handle, "rb")
    os.close(handle)
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise OSError(errno.EINVAL, tr("it is no ordinary file"), str(path))


def read_at_most(path: Path, most: int) -> bytes:
    """The file's bytes; of a longer one ``most`` and one more. Raises ``OSError``."""
    with open_ordinary(path) as file:
        return file.read(most + 1)
