"""Limits, counted in the database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

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
def test_who_is_refused_is_told_in_how_many_minutes_to_come_again() -> None:
    for _ in range(5):
        take()
    later = AT + timedelta(minutes=10, seconds=30)
    assert (take(at=later), limits.minutes_left("ask", "kari", at=later)) == (False, 50)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.17", limits.Place("192.0.2.17", "192.0.2.0/24")),
        ("2001:db8:1:2:3:4:5:6", limits.Place("2001:db8:1:2::", "2001:db8:1::/48")),
        ("", limits.Place("", "")),
    ],
)
def test_a_place_is_an_address_and_the_network_around_it(address: str, place: limits.Place) -> None:
    assert limits.place_of(RequestFactory(REMOTE_ADDR=address).get("/")) == place


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
