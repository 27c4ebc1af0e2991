"""Stores of every released schema open with their data; a migration that fails changes nothing."""

from __future__ import annotations

import hashlib
import shutil
import textwrap
from datetime import date
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db import migrate, profile, tables
from db.database import Database, connect, make_file
from db.integrity import check_whole
from db.profile import Opened, open_profile
from db.store import SqlStore
from desktop_app.engine.answers import Answer, Medicine, Quantity
from desktop_app.seal.keeper import Keeper
from desktop_app.use_cases.domain import EncounterState, Impression
from desktop_app.use_cases.errors import StoreDamaged, StoreNewer
from tests.people import CLINICIAN, NOW, PASSPHRASE, log_for

KEPT = Path(__file__).with_name("kept")

LAST, ONE_MORE, TWO_MORE = (f"{int(migrate.HEAD) + more:04d}" for more in range(3))
NEXT = """
    import sqlalchemy as sa
    from alembic import op

    revision = "ONE_MORE"
    down_revision = "LAST"

    def upgrade():
        op.add_column("patients", sa.Column("telephone", sa.Text, nullable=False, server_default="not known"))
        op.execute("UPDATE patients SET telephone = 'asked'")
""".replace("ONE_MORE", ONE_MORE).replace("LAST", LAST)
FAILING = NEXT.replace(ONE_MORE, TWO_MORE).replace(LAST, ONE_MORE).replace('"telephone"', '"email"') + """
        raise RuntimeError("power and everything gone")
"""


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A copy of the store that was kept when the newest schema was released."""
    return Path(shutil.copytree(KEPT / f"schema_{migrate.HEAD}", tmp_path / "kept"))


@pytest.fixture
def longer(tmp_path: Path) -> Path:
    """The program's own migrations and two more, the second of which breaks half-way."""
    scripts = Path(shutil.copytree(migrate.SCRIPTS, tmp_path / "scripts",
                                   ignore=shutil.ignore_patterns("__pycache__")))
    for name, text in ((f"{ONE_MORE}_telephone", NEXT), (f"{TWO_MORE}_breaks", FAILING)):
        (scripts / "versions" / f"{name}.py").write_text(textwrap.dedent(text))
    return scripts


def key_of(folder: Path, keeper: Keeper) -> bytes:
    return keeper.unlock((folder / profile.KEY_FILE).read_bytes(), CLINICIAN.id, PASSPHRASE).store_key


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def columns(path: Path, key: bytes, table: str) -> list[str]:
    connection = connect(path, key)
    try:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    finally:
        connection.close()


SCHEMAS = [f"schema_{number:04d}" for number in range(1, int(migrate.HEAD) + 1)]


def test_a_store_of_every_schema_was_kept() -> None:
    assert [path.name for path in sorted(KEPT.glob("schema_*"))] == SCHEMAS


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_kept_store_of_every_schema_opens_with_its_data(schema: str, keeper: Keeper, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(KEPT / schema, tmp_path / schema))
    opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    store = opened.store
    assert store.clinic().ask_impression
    [patient] = store.find_patients("öberg")
    newest, oldest = store.encounters_of(patient.id)
    assert oldest.state is EncounterState.SIGNED
    assert newest.state is EncounterState.DRAFT
    assert newest.impression is None
    noted = None if schema == "schema_0001" else Impression("looks like a root, not the hip", NOW, CLINICIAN.name, True)
    assert oldest.impression == noted
    assert newest.answers["opioids"] == Answer((Medicine("morphine", 30.0, "mg", "oral"),))
    assert newest.answers["creatinine"] == Answer(Quantity(0.995, 88.0, "umol_l"), on=date(2026, 11, 1))
    [document] = store.documents_of(oldest.id)
    assert document.sha256 == hashlib.sha256(document.content).hexdigest()
    assert opened.signer().name == CLINICIAN.name
    opened.close()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_migrating_changes_no_value_that_was_there(schema: str, keeper: Keeper, tmp_path: Path) -> None:
    """Every column of every table of the old store, with an equal hash of all its values afterwards."""
    folder = Path(shutil.copytree(KEPT / schema, tmp_path / schema))
    path, key = folder / profile.STORE_FILE, key_of(folder, keeper)

    def contents(known: dict[str, list[str]] | None = None) -> tuple[dict[str, list[str]], str]:
        connection = connect(path, key)
        try:
            names = [name for [name] in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") if name not in IN_MOTION]
            found = known or {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
                              for name in names}
            digest = hashlib.sha256()
            for table, wanted in found.items():
                shown = ", ".join(f'"{column}"' for column in wanted)
                rows = sorted(map(repr, connection.execute(f"SELECT {shown} FROM {table}")))  # noqa: S608
                digest.update(repr((table, wanted, rows)).encode())
            return found, digest.hexdigest()
        finally:
            connection.close()

    known, before = contents()
    open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper).close()
    assert contents(known)[1] == before
    assert {"patients", "encounters", "answers", "documents"} <= known.keys()


IN_MOTION = {"alembic_version", "audit"}
"""The version itself, and the record of use, to which opening adds a row."""


def structure(connection: Connection) -> dict[str, object]:
    """Columns, keys and indices of every table as SQLite itself sees them."""
    def ask(pragma: str, name: str) -> list[tuple[object, ...]]:
        return [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA {pragma}({name})")]

    found: dict[str, object] = {}
    for [table] in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").all():
        if table == "alembic_version":
            continue
        indices = {row[1] if not str(row[1]).startswith("sqlite_") else "": (row[2], row[4], ask("index_xinfo", row[1]))
                   for row in ask("index_list", table)}
        found[table] = (ask("table_info", table), sorted(ask("foreign_key_list", table)), indices)
    return found


def test_tables_and_migrations_agree(opened: Opened, tmp_path: Path) -> None:
    make_file(tmp_path / "fresh.db")
    fresh = Database(tmp_path / "fresh.db", bytes(32))
    with fresh.write() as connection:
        tables.metadata.create_all(connection)
        wanted = structure(connection)
    fresh.close()
    with opened.store._database.read() as connection:
        assert structure(connection) == wanted


def test_the_programs_newest_migration_is_the_last_one_shipped() -> None:
    settings = Config()
    settings.set_main_option("script_location", str(migrate.SCRIPTS))
    assert ScriptDirectory.from_config(settings).get_current_head() == migrate.HEAD


def test_migrations_import_nothing_of_ours() -> None:
    for path in migrate.SCRIPTS.rglob("*.py"):
        text = path.read_text()
        assert "desktop_app" not in text
        assert "from db" not in text
        assert "import db" not in text


def test_an_older_store_is_copied_and_brought_up_to_date(kept: Path, longer: Path, keeper: Keeper) -> None:
    path, key = kept / profile.STORE_FILE, key_of(kept, keeper)
    before = sha256(path)
    database = Database(path, key)
    copy = migrate.bring_up_to_date(database, key, migrate.HEAD, scripts=longer, head=ONE_MORE)
    [patient] = SqlStore(database, log_for(key)).find_patients("öberg")
    assert [one.sequence for one in SqlStore(database, log_for(key)).encounters_of(patient.id)] == [2, 1]
    database.close()
    assert "telephone" in columns(path, key, "patients")
    assert sha256(path) != before
    assert copy is not None
    assert copy.name == f"store.db.before-{ONE_MORE}"
    check_whole(copy, key)
    assert "telephone" not in columns(copy, key, "patients")
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_store_that_is_up_to_date_is_not_copied(kept: Path, keeper: Keeper) -> None:
    open_profile(kept, CLINICIAN.id, PASSPHRASE, keeper).close()
    assert sorted(path.name for path in kept.iterdir()) == ["clinic-certificate.pem", "keys.json", "store.db"]


def test_a_migration_that_fails_is_rolled_back_whole(kept: Path, longer: Path, keeper: Keeper) -> None:
    path, key = kept / profile.STORE_FILE, key_of(kept, keeper)
    database = Database(path, key)
    with pytest.raises(RuntimeError, match="everything gone"):
        migrate.bring_up_to_date(database, key, migrate.HEAD, scripts=longer, head=TWO_MORE)
    database.close()
    # Not even the first of the two, which had gone through.
    assert not {"telephone", "email"} & set(columns(path, key, "patients"))
    opened = open_profile(kept, CLINICIAN.id, PASSPHRASE, keeper)
    assert len(opened.store.find_patients("")) == 1
    opened.close()


def test_a_damaged_store_is_not_migrated(kept: Path, longer: Path, keeper: Keeper) -> None:
    path, key = kept / profile.STORE_FILE, key_of(kept, keeper)
    content = bytearray(path.read_bytes())
    content[-2000] ^= 1
    path.write_bytes(content)
    database = Database(path, key)
    with pytest.raises(StoreDamaged):
        migrate.bring_up_to_date(database, key, migrate.HEAD, scripts=longer, head=ONE_MORE)
    database.close()
    assert "telephone" not in columns(path, key, "patients")


@pytest.mark.parametrize("crashed", [False, True])
def test_a_newer_store_is_refused_and_left_as_it_is(kept: Path, keeper: Keeper, crashed: bool,
                                                    tmp_path: Path) -> None:
    path, key = kept / profile.STORE_FILE, key_of(kept, keeper)
    connection = connect(path, key)
    connection.execute("UPDATE alembic_version SET version_num = '0099'")
    if crashed:  # the newer program was killed: its last words still wait in the side file
        shutil.copytree(kept, tmp_path / "crashed")
        kept = tmp_path / "crashed"
        path = kept / profile.STORE_FILE
        (kept / "store.db-shm").unlink()
        assert (kept / "store.db-wal").stat().st_size > 0
    connection.close()
    before = {one.name: sha256(one) for one in kept.iterdir() if not one.name.endswith("-shm")}
    with pytest.raises(StoreNewer, match=f"version 99, this program knows {int(LAST)}") as told:
        open_profile(kept, CLINICIAN.id, PASSPHRASE, keeper)
    assert "newer program" in told.value.next_step
    assert {one.name: sha256(one) for one in kept.iterdir() if not one.name.endswith("-shm")} == before


@pytest.mark.parametrize("version", ["", "abc", "1", "00001", "0000", "000²"])
def test_a_version_nobody_wrote_is_damage(kept: Path, keeper: Keeper, version: str) -> None:
    connection = connect(kept / profile.STORE_FILE, key_of(kept, keeper))
    connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    connection.close()
    with pytest.raises(StoreDamaged):
        open_profile(kept, CLINICIAN.id, PASSPHRASE, keeper)
