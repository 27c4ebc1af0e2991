"""The same window over the same fictional clinic as the tests of the widgets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.whole.conftest import c01, clock, door, folder, start
from tests.widgets.conftest import consult, desk, looks, saved, store, window

__all__ = ["c01", "clock", "consult", "desk", "door", "folder", "looks", "saved", "start", "store", "window"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screenless platform says that it has no window manager; that is no fault of a test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints|This plugin does not support", extend=True))
