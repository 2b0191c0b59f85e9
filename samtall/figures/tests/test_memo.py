"""What is answered from memory is what would be counted, whatever has been posted or taken back since."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from samtall.base.periods import year
from samtall.figures import memo, queries
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Definition, Unit
from samtall.figures.tests.test_laws import (
    AT,
    definitions,
    facts,
    generated,
    periods,
    statements,
    succession,
    successions,
)
from samtall.ledger import queries as ledger
from samtall.ledger.facts import Fact, Standing
from samtall.ledger.operations import restate

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EVERYWHERE = Definition(unit=Unit.ORGANISATIONS)
groupings = st.sampled_from([Grouping.NONE, Grouping.KIND, Grouping.INSTITUTION])


def part(organisation: int, starts: date = date(2017, 3, 1)) -> Fact:
    return Fact(
        kind="thesis", family="student", role="host", organisation=organisation, starts=starts, ends=starts,
        standing=Standing.VALIDATED,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def forgetful() -> None:
    memo.forget()


@generated
@given(
    history=statements,
    links=successions,
    asked=st.lists(st.tuples(definitions(), periods, groupings), min_size=3, max_size=6),
    later=st.lists(facts(), max_size=2),
)
def test_memory_says_what_would_be_counted_after_any_postings(
    history: Any, links: Any, asked: Any, later: Any, settings: Settings
) -> None:
    savepoint = transaction.savepoint()
    postings = [*history, ("activity:9", later), *((f"succession:{old}", link) for old, link in links.items())]
    for number, (source, said) in enumerate(postings):
        if source.startswith("succession:"):
            old, (step, on) = int(source.partition(":")[2]), said
            said = [succession(old, min(old + step, 6), on)]
        restate(source, said, by="user:1", at=AT + timedelta(days=number))
        answers = []
        for settings.REMEMBER_ANSWERS in (True, False):
            answers.append([_all_of(*one) for one in asked])
        assert answers[0] == answers[1]
    transaction.savepoint_rollback(savepoint)


def _all_of(definition: Definition, period: Any, grouping: Grouping) -> Any:
    return (
        queries.breakdown(definition, period, grouping),
        queries.series(definition, [year(2016), period]),
        queries.extent(definition),
        len(queries.rows(definition, period)),
        queries.rows(definition, period)[1:3],
        queries.value(definition, period, position=ledger.position() // 2),
    )


def test_what_no_entry_touches_is_not_counted_again() -> None:
    restate("activity:1", [part(1)], by="user:1", at=AT)
    assert queries.value(EVERYWHERE, year(2017)).value == 1
    restate("activity:2", [part(2, date(2018, 3, 1))], by="user:1", at=AT)
    with CaptureQueriesContext(connection) as asked:
        assert queries.value(EVERYWHERE, year(2017)).value == 1
    assert [query["sql"] for query in asked if "counted" in query["sql"]] == []
    assert queries.value(EVERYWHERE, year(2018)).value == 1


def test_what_was_posted_and_taken_back_is_not_remembered() -> None:
    restate("activity:1", [part(1)], by="user:1", at=AT)
    savepoint = transaction.savepoint()
    restate("activity:2", [part(2)], by="user:1", at=AT)
    assert queries.value(EVERYWHERE, year(2017)).value == 2
    transaction.savepoint_rollback(savepoint)
    assert queries.value(EVERYWHERE, year(2017)).value == 1
    restate("activity:3", [part(1)], by="user:1", at=AT)  # at the position that was taken back
    assert queries.value(EVERYWHERE, year(2017)).value == 1


def test_memory_is_bounded() -> None:
    kept: memo.Kept[int] = memo.Kept(2)
    for number in range(5):
        kept.put(number, number)
    assert [kept.get(number) for number in range(5)] == [None, None, None, 3, 4]
