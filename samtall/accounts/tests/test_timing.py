"""How long the answer takes tells nobody whether an address has access."""

import statistics
import time

import pytest
from django.test import Client

from samtall.accounts.models import Allowance, User
from samtall.accounts.tests.test_sign_in import SIGN_IN


def ask(email: str) -> float:
    Allowance.objects.all().delete()
    browser = Client()
    browser.get(SIGN_IN)
    started = time.perf_counter()
    assert browser.post(SIGN_IN, {"email": email}).status_code == 302
    return time.perf_counter() - started


@pytest.mark.slow
def test_the_medians_for_known_and_unknown_addresses_differ_by_five_milliseconds_at_most(coordinator: User) -> None:
    known, unknown = [], []
    for number in range(400):
        known.append(ask(coordinator.email))
        unknown.append(ask(f"nobody{number}@samtall.example"))
    difference = abs(statistics.median(known) - statistics.median(unknown)) * 1000
    print(f"difference of medians: {difference:.2f} ms")  # noqa: T201 - the figure that is asked for
    assert difference <= 5
