"""What `restate` appends, and what it leaves alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from samtall.ledger import queries
from samtall.ledger.facts import Fact, Side, Standing
from samtall.ledger.models import Entry, Posting
from samtall.ledger.operations import Statement, restate, restate_many

pytestmark = pytest.mark.django_db

AT = datetime(2017, 3, 1, 12, tzinfo=UTC)
HOST = Fact(
    kind="thesis",
    family="student",
    role="host",
    side=Side.OUTSIDE,
    organisation=7,
    starts=date(2017, 1, 10),
    ends=None,
    standing=Standing.SUBMITTED,
    municipality="0821",
)
COLLEGE = replace(HOST, role="institution", side=Side.EDUCATION, organisation=1)


def test_the_first_statement_adds_every_fact() -> None:
    posting = restate("activity:1", [HOST, COLLEGE], by="user:1", at=AT, reason="submitted")
    assert posting is not None
    assert (posting.position, posting.by, posting.reason) == (1, "user:1", "submitted")
    assert queries.standing("activity:1") == [HOST, COLLEGE]


def test_saying_the_same_twice_changes_nothing() -> None:
    restate("activity:1", [HOST, COLLEGE], by="user:1", at=AT)
    assert restate("activity:1", [COLLEGE, HOST], by="user:2", at=AT) is None
    assert (Posting.objects.count(), Entry.objects.count()) == (1, 2)


def test_a_change_reverses_what_no_longer_holds_and_adds_what_is_new() -> None:
    restate("activity:1", [HOST, COLLEGE], by="user:1", at=AT)
    validated = replace(HOST, standing=Standing.VALIDATED)
    restate("activity:1", [validated, COLLEGE], by="user:2", at=AT)
    assert queries.standing("activity:1") == [COLLEGE, validated]
    assert [(line.posting.position, line.fact, line.reverses) for line in queries.history("activity:1")] == [
        (1, HOST, ""),
        (1, COLLEGE, ""),
        (2, HOST, "1.1"),
        (2, validated, ""),
    ]


def test_no_facts_cancel_everything_and_leave_the_history() -> None:
    restate("activity:1", [HOST, COLLEGE], by="user:1", at=AT)
    restate("activity:1", [], by="user:1", at=AT, reason="withdrawn")
    assert queries.standing("activity:1") == []
    assert len(queries.history("activity:1")) == 4


def test_two_equal_facts_are_two_facts() -> None:
    restate("activity:1", [HOST, HOST], by="user:1", at=AT)
    restate("activity:1", [HOST], by="user:1", at=AT)
    assert queries.standing("activity:1") == [HOST]
    assert Entry.objects.count() == 3


def test_sources_do_not_disturb_each_other() -> None:
    restate("activity:1", [HOST], by="user:1", at=AT)
    restate("activity:2", [COLLEGE], by="user:1", at=AT)
    assert queries.standing("activity:1") == [HOST]
    assert queries.standing("activity:2") == [COLLEGE]


def test_many_statements_take_one_position_each_in_their_order() -> None:
    statements = [Statement(f"activity:{number}", [HOST]) for number in (3, 1, 2)]
    postings = restate_many([*statements, Statement("activity:9")], by="user:1", at=AT)
    assert [(posting.position, posting.source.name) for posting in postings] == [
        (1, "activity:3"),
        (2, "activity:1"),
        (3, "activity:2"),
    ]
    assert queries.position() == 3


def test_an_open_end_comes_back_open() -> None:
    restate("activity:1", [HOST], by="user:1", at=AT)
    assert queries.standing("activity:1")[0].ends is None
    assert Entry.objects.get().ends == date(9999, 12, 31)


def test_a_posting_is_never_recorded_before_the_one_it_follows() -> None:
    restate("activity:1", [HOST], by="user:1", at=AT)
    posting = restate("activity:2", [HOST], by="user:1", at=AT - timedelta(days=30))
    assert posting is not None
    assert posting.at == AT


def test_a_date_means_the_end_of_that_day_in_norway() -> None:
    before_midnight = datetime(2017, 3, 1, 22, 59, tzinfo=UTC)  # 23.59 in Oslo
    after_midnight = datetime(2017, 3, 1, 23, 1, tzinfo=UTC)
    restate("activity:1", [HOST], by="user:1", at=before_midnight)
    restate("activity:2", [HOST], by="user:1", at=after_midnight)
    assert queries.position_on(date(2017, 2, 28)) == 0
    assert queries.position_on(date(2017, 3, 1)) == 1
    assert queries.position_on(date(2017, 3, 2)) == 2
    assert queries.position_on(after_midnight) == 2
