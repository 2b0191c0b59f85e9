"""Laws of ledger and figures, on generated ledgers: recount (R24), as of, drill-down (R23), bounds (R17)."""

import os
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from samtall.base.periods import Period, academic_year, semester, year
from samtall.figures import queries
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Definition, Identity, Party, Rule, Sharing, Unit
from samtall.figures.results import Distinct
from samtall.figures.tests.recount import recount
from samtall.ledger import queries as ledger
from samtall.ledger.facts import Fact, Outcome, Side, Standing
from samtall.ledger.operations import restate
from samtall.ledger.verify import verify

pytestmark = pytest.mark.django_db
AT = datetime(2018, 1, 1, tzinfo=UTC)

KINDS = {
    "thesis": "student",
    "guest_lecture": "contact",
    "course": "course",
    "competence_job": "job",
    "inquiry": "inquiry",
}
days = st.dates(date(2015, 6, 1), date(2018, 8, 31))


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    kind = draw(st.sampled_from(sorted(KINDS)))
    starts = draw(days)
    unit = draw(st.sampled_from(["", "hour", "fte", "person"]))
    head_count = unit == "person"
    return Fact(
        kind=kind,
        family=KINDS[kind],
        role=draw(st.sampled_from(["host", "participant", "filled"])),
        side=draw(st.sampled_from([Side.OUTSIDE, Side.EDUCATION])),
        starts=starts,
        ends=draw(st.none() | st.integers(0, 500).map(lambda days: starts + timedelta(days=days))),
        standing=draw(st.sampled_from(Standing)),
        outcome=draw(st.sampled_from(Outcome)),
        organisation=draw(st.none() | st.integers(1, 6)),
        establishment=draw(st.none() | st.integers(50, 53)),
        person=None if head_count else draw(st.none() | st.integers(100, 104)),
        identified=not head_count and draw(st.booleans()),
        municipality=draw(st.sampled_from(["0821", "0822", ""])),
        quantity=draw(st.integers(0, 12)) * 1000 if head_count else draw(st.integers(-3_000, 9_000)),
        unit=unit,
        share=draw(st.sampled_from([1_000_000, 333_334, 333_333])),
    )


def succession(old: int, new: int, on: date) -> Fact:
    return Fact(
        kind="succession", family="identity", role="predecessor", organisation=old, successor=new,
        starts=on, ends=None, standing=Standing.VALIDATED,
    )  # fmt: skip


#: What happens to the books: a source is restated with some facts (or none).
statements = st.lists(
    st.tuples(st.integers(1, 4).map("activity:{}".format), st.lists(facts(), max_size=4)), min_size=1, max_size=7
)
#: Successions always lead to a higher number, so that they cannot run in circles; one main successor each.
successions = st.dictionaries(st.integers(1, 5), st.tuples(st.integers(1, 3), days), max_size=3)


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    unit = draw(st.sampled_from(Unit))

    def some(*choices: Any) -> Any:
        return tuple(draw(st.lists(st.sampled_from(choices), max_size=2, unique=True)))

    return Definition(
        unit=unit,
        rule=draw(st.sampled_from(Rule)),
        identity=draw(st.sampled_from(Identity)) if unit is Unit.ORGANISATIONS else Identity.THEN,
        sharing=draw(st.sampled_from(Sharing)) if unit is Unit.ACTIVITIES else Sharing.WHOLE,
        party=draw(st.sampled_from(Party)),
        families=some("student", "course", "job", "inquiry"),
        kinds=some("thesis", "course", "inquiry"),
        roles=some("host", "participant"),
        sides=some("outside", "education"),
        outcomes=draw(st.sampled_from([(), ("ongoing", "completed"), ("dropped_out",)])),
        municipalities=some("0821", "0822"),
        institutions=some(1, 2, 3) if draw(st.booleans()) else (),
        partners=some(1, 2) if draw(st.booleans()) else (),
    )


periods = st.sampled_from(
    [
        year(2016),
        year(2017),
        academic_year(2016),
        semester(2017, autumn=True),
        Period(date(2017, 3, 3), date(2017, 3, 3), "a day"),
    ]
)


def write(history: Any, links: Any) -> None:
    for number, (source, stated) in enumerate(history):
        restate(source, stated, by="user:1", at=AT + timedelta(days=number))
    for old, (step, on) in links.items():
        restate(f"succession:{old}", [succession(old, min(old + step, 6), on)], by="user:1", at=AT + timedelta(days=90))


#: How many ledgers are generated; `.ci/run` asks for thousands.
EXAMPLES = int(os.environ.get("SAMTALL_EXAMPLES", "30"))
generated = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(autouse=True)
def counted_each_time(settings: Settings) -> None:
    """These laws are about what is counted; that memory says the same is a law of its own, in test_memo."""
    settings.REMEMBER_ANSWERS = False


@pytest.fixture
def fresh_books(db: None) -> Any:
    """A way to begin each generated example with empty books."""
    from django.db import transaction

    class Books:
        def __enter__(self) -> None:
            self.savepoint = transaction.savepoint()

        def __exit__(self, *_: object) -> None:
            transaction.savepoint_rollback(self.savepoint)

    return Books


@generated
@given(history=statements, links=successions, asked=st.lists(st.tuples(definitions(), periods), min_size=4, max_size=8))
def test_an_independent_recount_agrees_with_the_compiler(
    fresh_books: Any, history: Any, links: Any, asked: Any
) -> None:
    with fresh_books():
        write(history, links)
        for definition, period in asked:
            for position in {ledger.position(), ledger.position() // 2}:
                on = None if definition.identity is Identity.THEN else date(2017, 7, 1)
                counted = queries.value(definition, period, position=position, on=on)
                simple = recount(definition, period, position, on)
                bounds = (counted.lowest.value, counted.highest.value)
                assert (counted.value, counted.pending.value) == (simple.exact, simple.pending)
                assert counted.unidentified == simple.unidentified
                assert bounds == (simple.lowest, simple.highest)


@generated
@given(history=statements, links=successions, asked=st.lists(st.tuples(definitions(), periods), min_size=2, max_size=5))
def test_every_earlier_position_gives_the_answer_it_gave_then(
    fresh_books: Any, history: Any, links: Any, asked: Any
) -> None:
    with fresh_books():
        answered = []
        for number, (source, stated) in enumerate(history):
            restate(source, stated, by="user:1", at=AT + timedelta(days=number))
            position = ledger.position()
            answered.append((position, [queries.value(definition, period) for definition, period in asked]))
        write([], links)
        for position, then in answered:
            assert [queries.value(definition, period, position=position) for definition, period in asked] == then


@generated
@given(history=statements, asked=st.lists(st.tuples(definitions(), periods), min_size=2, max_size=5))
def test_the_list_is_as_long_as_the_figure_says(fresh_books: Any, history: Any, asked: Any) -> None:
    with fresh_books():
        write(history, {})
        for definition, period in asked:
            result = queries.value(definition, period)
            rows = list(queries.rows(definition, period))
            sure = [row for row in rows if row.sure and row.identified]
            if isinstance(result.exact, Distinct):
                assert len(sure) == result.value
                assert len([row for row in rows if not row.sure and row.identified]) == result.pending.value
            else:
                assert sum(row.amount.value for row in sure) == result.value
            found = queries.entry_ids(definition, period, [row.item for row in rows])
            assert {item: len(ids) for item, ids in found.items()} == _entries_per_item(rows)


def _entries_per_item(rows: list[queries.Row]) -> dict[int, int]:
    counted: dict[int, int] = {}
    for row in rows:
        counted[row.item] = counted.get(row.item, 0) + row.entries
    return counted


@generated
@given(history=statements, definition=definitions())
def test_parts_by_kind_overlap_but_never_hide_anything(fresh_books: Any, history: Any, definition: Definition) -> None:
    with fresh_books():
        write(history, {})
        parts = queries.breakdown(definition, year(2017), Grouping.KIND)
        if parts.overlap is None:
            assert parts.sum_of_parts == parts.whole.value
        else:
            assert parts.overlap >= 0
            assert all(part.result.value <= parts.whole.value for part in parts.parts)


@generated
@given(history=statements)
def test_standing_facts_are_what_was_last_said_and_the_books_are_sound(fresh_books: Any, history: Any) -> None:
    with fresh_books():
        write(history, {})
        said = dict(history)
        for source, stated in said.items():
            assert sorted(map(repr, ledger.standing(source))) == sorted(map(repr, _as_kept(stated)))
            assert restate(source, stated, by="user:2", at=AT) is None
        assert verify().faults == []


def _as_kept(stated: list[Fact]) -> list[Fact]:
    """Enumerations come back as the text they stand for."""
    from dataclasses import replace

    return [replace(f, standing=f.standing.value, outcome=f.outcome.value, side=f.side.value) for f in stated]  # type: ignore[arg-type]
