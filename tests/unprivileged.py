"""Runs a check as a user without rights: as root in a child process that gives its rights up, else as it is."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable

NOBODY = 65534


def as_nobody(check: Callable[[], None]) -> None:
    """Raise ``AssertionError`` when the check fails. The child has loaded everything before it changes its user."""
    if os.geteuid() != 0:
        check()
        return
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            check()
            status = 0
        except BaseException:  # noqa: BLE001  told to the parent by the exit status
            traceback.print_exc()
        finally:
            os._exit(status)
    _, ended = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(ended) == 0, "the check failed as a user without rights; its trace is above"
