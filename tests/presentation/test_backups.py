"""What bringing a backup back would do is said before it is done: also who comes back that was erased since."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.presentation.backups import replaced
from desktop_app.use_cases.audit import AuditHead
from desktop_app.use_cases.backups import Backup, Present

BACKUP = Backup(Path("backup-000001"), 1, datetime(2026, 11, 12, 10, 5, tzinfo=UTC), "store", "0009",
                AuditHead(40, "0" * 64), 3, 1000, "hash")


@pytest.mark.parametrize(("erased", "said"), [
    ((), ""), ((39, 40), ""), ((40, 41), "1 patient who was erased since then comes back"),
    ((12, 41, 60), "2 patients who were erased since then come back"),
])
def test_whoever_was_erased_since_then_is_counted(erased: tuple[int, ...], said: str) -> None:
    told = " ".join(replaced(BACKUP, Present("store", 3, 60, erased)))
    assert (said in told) if said else ("erased" not in told)


def test_of_other_records_nothing_is_said_about_erasing() -> None:
    assert "erased" not in " ".join(replaced(BACKUP, Present("another", 3, 60, (41,))))
