"""What is hidden cannot be found out again (R20): against an attacker that tries every table, and on generated ones."""

import itertools
import random
from collections.abc import Iterator, Mapping

import pytest

from samtall.config.prove.disclosure import generated
from samtall.figures.disclosure import (
    TOTAL,
    Key,
    Table,
    exposed,
    exposed_by_rounding,
    hidden,
    one_way,
    rounded,
    rounded_table,
    told_between,
    two_way,
)

pytestmark = pytest.mark.slow


def alike(table: Table, away: frozenset[Key], most: int) -> Iterator[Mapping[Key, int]]:
    """Every table that shows the same: each hidden cell anything from 1, as long as the sums hold."""
    cells = [key for key in table.values if key in away]
    for guess in itertools.product(range(1, most + 1), repeat=len(cells)):
        tried = {key: value or 0 for key, value in table.values.items()} | dict(zip(cells, guess, strict=True))
        if all(_holds(one.distinct, tried[one.total], [tried[part] for part in one.parts]) for one in table.sums):
            yield tried


def _holds(distinct: bool, total: int, parts: list[int]) -> bool:
    return max(parts) <= total <= sum(parts) if distinct else total == sum(parts)


@pytest.mark.parametrize("distinct", [False, True])
def test_somebody_who_tries_every_table_is_left_with_as_much_doubt_as_we_say(distinct: bool) -> None:
    chosen, tried = random.Random(20), 0
    while tried < 12:
        table = generated(chosen, distinct=distinct, most=3)
        away = hidden(table)
        if not 0 < len(away) < 6 or max(table.values[key] or 0 for key in away) > 9:
            continue
        tried += 1
        tables = list(alike(table, away, 12))
        for key in table.small():
            possible = {one[key] for one in tables}
            assert max(possible) - min(possible) >= 3, (table, away, key)
            assert TOTAL in key or len(possible & {1, 2, 3, 4}) >= 2, (table, away, key)


@pytest.mark.parametrize("distinct", [False, True])
def test_generated_tables_give_nothing_away_and_little_more_is_hidden_than_must_be(distinct: bool) -> None:
    chosen = random.Random(7)
    cells = further = open_before = 0
    for _number in range(40):
        table = generated(chosen, distinct=distinct)
        away = hidden(table)
        assert exposed(table, away) == {}
        assert table.small() <= away
        assert not any(table.values[key] == 0 for key in away)
        open_before += bool(exposed(table, table.small()))
        cells, further = cells + len(table.values), further + len(away - table.small())
    assert further / cells <= 0.15
    assert open_before > 0  # with the protection off, something was there to be found


def test_one_small_part_takes_another_with_it_for_the_total_would_tell() -> None:
    assert hidden(one_way({"a": 3, "b": 20, "c": 30}, 53, distinct=False)) == {"a", "b"}
    assert hidden(one_way({"a": 1, "b": 1, "c": 20, "d": 30}, 52, distinct=False)) == {"a", "b", "c"}
    assert hidden(one_way({"a": 30, "b": 20}, 50, distinct=False)) == set()


def test_a_distinct_total_hides_a_part_by_itself_unless_nobody_is_in_two() -> None:
    assert hidden(one_way({"a": 3, "b": 20, "c": 30}, 40, distinct=True)) == {"a"}
    assert hidden(one_way({"a": 4, "b": 20, "c": 30}, 54, distinct=True)) == {"a", "b"}


def test_a_small_total_of_single_people_does_not_take_the_whole_table_with_it() -> None:
    ones = {(0, 0): 1, (0, 1): 1, (0, 2): 1, (0, 3): 1}
    rest = {(row, column): 9 for row in (1, 2) for column in range(4)}
    table = two_way(
        ones | rest, rows={0: 4, 1: 36, 2: 36}, columns=dict.fromkeys(range(4), 19), total=76, distinct=False
    )
    away = hidden(table)
    assert (exposed(table, away), len(away) < len(table.values)) == ({}, True)


def test_nothing_is_nobody_and_is_shown_and_what_is_not_reported_is_neither() -> None:
    table = one_way({"a": 0, "b": None, "c": 3, "d": 40}, 43, distinct=False)
    assert hidden(table) == {"c", "d"}


def test_hours_of_few_people_are_hidden_however_many_hours() -> None:
    table = Table({"a": 70, "b": 90, "c": 400, TOTAL: 560}, one_way({"a": 0, "b": 0, "c": 0}, 0, distinct=False).sums,
                  people={"a": 2, "b": 9, "c": 30, TOTAL: 41})  # fmt: skip
    assert hidden(table) == {"a", "b"}


def test_an_edition_does_not_show_who_is_new_since_the_one_before() -> None:
    before = one_way({"a": 12, "b": 20, "c": 30}, 62, distinct=False)
    after = one_way({"a": 13, "b": 26, "c": 30}, 69, distinct=False)
    assert told_between(before.values, after.values) == {"a"}
    assert "a" in hidden(after, earlier=before.values)
    unseen = {"b": 20, "c": 30, TOTAL: 62}
    assert told_between(unseen, {"b": 26, "c": 30, TOTAL: 69}, after.sums) == {TOTAL}


def test_rounding_goes_to_the_nearest_five_and_totals_do_not_give_it_away() -> None:
    assert [rounded(value) for value in (0, 1, 2, 3, 4, 5, 7, 8, 12, 13)] == [0, 0, 0, 5, 5, 5, 5, 10, 10, 15]
    plain = one_way({"a": 3, "b": 20, "c": 31}, 54, distinct=False)
    assert rounded_table(plain) == {"a": 5, "b": 20, "c": 30, TOTAL: 55}
    telling = one_way({"a": 2, "b": 2, "c": 2, "d": 2}, 8, distinct=False)  # 10 is at least 8, four noughts at most 8
    alone = {key: rounded(value or 0) for key, value in telling.values.items()}
    assert exposed_by_rounding(telling, alone) == {"a", "b", "c", "d"}
    assert rounded_table(telling) == {"a": 0, "b": 0, "c": 0, "d": 0, TOTAL: 0}
    distinct = one_way({"a": 2, "b": 2, "c": 2, "d": 2}, 8, distinct=True)
    assert rounded_table(distinct)[TOTAL] is None
