"""Limits, counted in the database."""

from datetime import UTC, datetime, timedelta

import pytest

from samtall.accounts import limits
from samtall.accounts.models import Allowance

AT = datetime(2016, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def take(who: str = "kari", at: datetime = AT) -> bool:
    return limits.take("ask", who, most=5, per=HOUR, at=at)


@pytest.mark.django_db
def test_so_many_get_through_and_then_none_until_the_time_is_over() -> None:
    assert [take() for _ in range(7)] == [True] * 5 + [False] * 2
    assert [take("ola"), take(at=AT + HOUR - timedelta(seconds=1)), take(at=AT + HOUR)] == [True, False, True]
    assert [take(at=AT + HOUR) for _ in range(5)] == [True] * 4 + [False]


@pytest.mark.django_db
def test_who_was_counted_cannot_be_read_from_the_table() -> None:
    take("kari@nes.example")
    assert "kari" not in Allowance.objects.get().key


@pytest.mark.django_db
def test_what_no_longer_limits_is_forgotten() -> None:
    take()
    take("ola", at=AT + HOUR)
    limits.forget(at=AT + HOUR)
    assert Allowance.objects.count() == 1
