"""The difference between two readings is what the postings between them did, whatever the unit (R4, R18)."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from samtall.figures import explaining
from samtall.figures.explaining import Moment
from samtall.figures.tests.test_laws import (
    AT,
    counted_each_time,
    definitions,
    fresh_books,
    generated,
    periods,
    pytestmark,
    statements,
    succession,
    successions,
)
from samtall.ledger import queries as ledger
from samtall.ledger.operations import restate

__all__ = ["counted_each_time", "fresh_books", "pytestmark"]
days = st.none() | st.sampled_from([date(2016, 7, 1), date(2017, 7, 1), date(2018, 7, 1)])


@generated
@given(
    history=statements,
    links=successions,
    asked=st.lists(st.tuples(definitions(), periods, days, days), min_size=3, max_size=6),
)
def test_what_each_posting_did_adds_up_to_the_difference(
    fresh_books: Any, history: Any, links: Any, asked: Any
) -> None:
    with fresh_books():
        for number, (source, said) in enumerate(history):
            restate(source, said, by="user:1", at=AT + timedelta(days=number))
        middle = ledger.position() // 2
        for old, (step, on) in links.items():
            restate(f"succession:{old}", [succession(old, min(old + step, 6), on)], by="user:1", at=AT)
        for definition, period, then, now in asked:
            earlier, later = Moment(middle, then), Moment(ledger.position(), now)
            found = explaining.difference(definition, period, earlier, later)
            steps = explaining.steps(definition, period, found.postings, later)
            assert found.merged + sum(step.effect for step in steps) == found.value
            assert all(step.entries for step in steps)
