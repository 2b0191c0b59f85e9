"""The database itself refuses to change the books, and the guards are missed when they are gone."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState

from samtall.ledger import guards, queries
from samtall.ledger.facts import Fact, Standing
from samtall.ledger.models import NEVER, Entry, Head, Posting, Source
from samtall.ledger.operations import restate

FACT = Fact(
    kind="thesis",
    family="student",
    role="host",
    organisation=7,
    starts=date(2017, 1, 10),
    ends=None,
    standing=Standing.VALIDATED,
)
AT = datetime(2017, 3, 1, tzinfo=UTC)


@pytest.fixture
def books(db: None) -> None:
    restate("activity:1", [FACT, FACT], by="user:1", at=AT)
    restate("activity:1", [FACT], by="user:1", at=AT)


TABLES = ("ledger_posting", "ledger_entry", "ledger_source", "ledger_head", "publications_edition")
FORBIDDEN = {
    "an entry's organisation is changed": "UPDATE ledger_entry SET organisation = 8",
    "an entry's standing is changed": "UPDATE ledger_entry SET standing = 'submitted'",
    "a standing entry is marked without a reversal": f"UPDATE ledger_entry SET ended = 2 WHERE ended = {NEVER}",
    "a reversed entry is made to stand": f"UPDATE ledger_entry SET ended = {NEVER}",
    "an entry is deleted": "DELETE FROM ledger_entry WHERE ended = 2",
    "a posting's reason is changed": "UPDATE ledger_posting SET reason = 'other'",
    "a posting's time is changed": "UPDATE ledger_posting SET at = '2001-01-01'",
    "a posting is deleted": "DELETE FROM ledger_posting",
    "a source is renamed": "UPDATE ledger_source SET name = 'activity:2'",
    "a source is deleted": "DELETE FROM ledger_source",
    "the head is turned back": "UPDATE ledger_head SET position = 1",
    "the head is deleted": "DELETE FROM ledger_head",
    "an entry is slipped into an old posting": (
        "INSERT INTO ledger_entry (position, line, ended, commitment, salt, source_id, kind, family, role, side, "
        "standing, outcome, identified, starts, ends, municipality, quantity, unit, share, evidence, sector, industry, "
        "industry_standard, size_class, programme, contribution) "
        "SELECT 1, 99, ended, commitment, salt, source_id, kind, family, role, side, standing, outcome, identified, "
        "starts, ends, municipality, quantity, unit, share, evidence, sector, industry, industry_standard, size_class, "
        f"programme, contribution FROM ledger_entry WHERE ended = {NEVER} LIMIT 1"
    ),
}
FORBIDDEN_ON = {
    "sqlite": {
        "an entry is replaced": "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry LIMIT 1",
        "the head is replaced": "INSERT OR REPLACE INTO ledger_head (id, position, hash) VALUES (1, 0, x'00')",
    },
    "postgresql": {
        "the entries are truncated": "TRUNCATE ledger_entry CASCADE",
        "the postings are truncated": "TRUNCATE ledger_posting CASCADE",
        "the head is truncated": "TRUNCATE ledger_head",
    },
}


@pytest.mark.parametrize("deed", [*FORBIDDEN, *FORBIDDEN_ON["sqlite"], *FORBIDDEN_ON["postgresql"]])
@pytest.mark.usefixtures("books")
def test_the_database_refuses_when(deed: str) -> None:
    statement = FORBIDDEN.get(deed) or FORBIDDEN_ON[connection.vendor].get(deed)
    if statement is None:
        pytest.skip("the other database's way")
    before = list(Entry.objects.order_by("pk").values()), list(Posting.objects.values()), list(Source.objects.values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    after = list(Entry.objects.order_by("pk").values()), list(Posting.objects.values()), list(Source.objects.values())
    assert after == before
    assert Head.objects.get().position == 2


@pytest.mark.usefixtures("books")
def test_the_mark_of_a_reversal_is_the_only_change_an_entry_sees() -> None:
    assert sorted(Entry.objects.values_list("posting_id", "line", "ended")) == [(1, 1, NEVER), (1, 2, 2), (2, 1, 2)]


@pytest.mark.django_db
def test_all_guards_stand_after_migration() -> None:
    assert guards.missing() == []
    guards.check()


@pytest.mark.django_db
def test_each_guard_is_missed_when_it_is_dropped() -> None:
    noticed = {}
    for name in guards.declared():
        if name.endswith("()"):
            continue
        with connection.cursor() as cursor:
            table = max(t for t in TABLES if t in name)
            on = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER {name}{on}")
        noticed[name] = guards.missing()
        guards.install()
    assert noticed == {name: [name] for name in noticed}
    assert len(noticed) >= 9


@pytest.mark.django_db
def test_a_weakened_guard_is_missed() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER ledger_entry_no_delete")
            cursor.execute(
                "CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry WHEN 0 BEGIN SELECT 1; END"
            )
            assert guards.missing() == ["ledger_entry_no_delete"]
        else:
            cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_no_delete")
            assert guards.missing() == ["ledger_entry_no_delete"]
            cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER ledger_entry_no_delete")
            cursor.execute(
                "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"
            )
            assert guards.missing() == ["ledger_refuse()"]
    with pytest.raises(guards.GuardsMissing):
        guards.check()


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_rebuilds_the_table_is_followed_by_new_guards() -> None:
    """Django drops a table's triggers on SQLite when it alters a column; the guards must notice and be put back."""
    restate("activity:1", [FACT], by="user:1", at=AT)
    state = ProjectState.from_apps(__import__("django.apps", fromlist=["apps"]).apps)
    wider = migrations.AlterField("entry", "kind", models.CharField(max_length=41))
    after = state.clone()
    wider.state_forwards("ledger", after)
    with connection.schema_editor() as editor:
        wider.database_forwards("ledger", editor, state, after)
    lost = guards.missing()
    assert bool(lost) == (connection.vendor == "sqlite")
    guards.install()
    assert guards.missing() == []
    assert queries.standing("activity:1") == [FACT]
    with connection.schema_editor() as editor:
        wider.database_backwards("ledger", editor, after, state)
    guards.install()
