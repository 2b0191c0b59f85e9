"""What is tampered with is found and named, whoever did it and however."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.utils import translation

from samtall.ledger import guards
from samtall.ledger.facts import Fact, Standing
from samtall.ledger.models import NEVER
from samtall.ledger.operations import restate
from samtall.ledger.verify import verify

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
    """Five postings: 1 adds two facts, 2 reverses the second, 3–5 add one each."""
    restate("activity:1", [FACT, replace(FACT, organisation=8)], by="user:1", at=AT)
    restate("activity:1", [FACT], by="user:1", at=AT)
    for number in (2, 3, 4):
        restate(f"activity:{number}", [replace(FACT, organisation=number)], by="user:1", at=AT)


def tamper(*statements: str) -> None:
    """An administrator with full access takes the guards down, changes the tables and puts the guards back."""
    guards.uninstall()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    guards.install()


@pytest.mark.usefixtures("books")
def test_untouched_books_are_sound() -> None:
    verdict = verify()
    assert (verdict.faults, verdict.postings, verdict.entries) == ([], 5, 6)


@pytest.mark.django_db
def test_empty_books_are_sound() -> None:
    assert verify().faults == []


CASES = {
    "an organisation is changed": ("UPDATE ledger_entry SET organisation = 99 WHERE position = 3", "Entry 3.1"),
    "a quantity is changed": ("UPDATE ledger_entry SET quantity = 1 WHERE position = 4", "Entry 4.1"),
    "a date is changed": ("UPDATE ledger_entry SET starts = '2016-01-10' WHERE position = 3", "Entry 3.1"),
    "a standing is raised": ("UPDATE ledger_entry SET standing = 'submitted' WHERE position = 5", "Entry 5.1"),
    "who posted is changed": ("UPDATE ledger_posting SET \"by\" = 'user:2' WHERE position = 4", "Posting 4"),
    "when it was posted is changed": (
        "UPDATE ledger_posting SET at = '2016-03-01 00:00:00' WHERE position = 4",
        "Posting 4",
    ),
    "why is changed": ("UPDATE ledger_posting SET reason = 'x' WHERE position = 1", "Posting 1"),
    "an entry is removed": ("DELETE FROM ledger_entry WHERE position = 4", "Posting 4 has no entries"),
    "a reversal is forgotten": (
        f"UPDATE ledger_entry SET ended = {NEVER} WHERE position = 1 AND line = 2",
        "Entry 2.1",
    ),
    "a standing entry is marked as reversed": ("UPDATE ledger_entry SET ended = 5 WHERE position = 3", "Entry 3.1"),
    "a reversal is made to stand": (f"UPDATE ledger_entry SET ended = {NEVER} WHERE position = 2", "Entry 2.1"),
    "a source is renamed": ("UPDATE ledger_source SET name = 'activity:77' WHERE name = 'activity:3'", "Posting 4"),
    "the time of the head is changed": (
        "UPDATE ledger_head SET at = '2016-03-01 00:00:00'",
        "The head says position 5",
    ),
    "the head is turned back": ("UPDATE ledger_head SET position = 4", "The head says position 4"),
}


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("case", CASES)
def test_the_first_wrong_thing_is_named_when(case: str) -> None:
    statement, named = CASES[case]
    tamper(statement)
    with translation.override("en"):
        faults = verify().faults
    assert faults[0].startswith(named)


@pytest.mark.usefixtures("books")
def test_a_removed_posting_is_missed_in_the_middle_and_at_the_end() -> None:
    tamper("DELETE FROM ledger_entry WHERE position = 5", "DELETE FROM ledger_posting WHERE position = 5")
    with translation.override("en"):
        assert verify().faults == ["The head says position 5, but the last posting is 4: the end was cut or rewritten."]
        tamper("DELETE FROM ledger_entry WHERE position = 3", "DELETE FROM ledger_posting WHERE position = 3")
        assert verify().faults[0] == "Posting 4 follows 2: positions between them are missing."


@pytest.mark.usefixtures("books")
def test_entries_after_the_last_posting_are_found() -> None:
    """Those who may take the guards down may take foreign keys down too; here the constraint is only checked later."""
    tamper("UPDATE ledger_entry SET position = 7 WHERE position = 5", "DELETE FROM ledger_posting WHERE position = 5")
    with translation.override("en"):
        faults = verify().faults
    assert faults[0] == "There are entries at position 7, but no posting."
    tamper(
        'INSERT INTO ledger_posting SELECT 7, at, "by", reason, hash, source_id FROM ledger_posting WHERE position = 4'
    )


@pytest.mark.usefixtures("books")
def test_a_missing_guard_is_a_fault() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER ledger_entry_no_delete" + ("" if connection.vendor == "sqlite" else " ON ledger_entry")
        )
    with translation.override("en"):
        assert verify().faults == ["The guard “ledger_entry_no_delete” is missing or changed."]


@pytest.mark.usefixtures("books")
def test_progress_is_told_while_it_reads() -> None:
    told: list[int] = []
    progress: Callable[[int], None] = told.append
    verify(progress, every=2)
    assert told == [2, 4]
