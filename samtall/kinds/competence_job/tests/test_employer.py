"""An employer's positions over its baseline (R14), as its page tells them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.activities.refusals import Invalid
from samtall.kinds.competence_job import operations
from samtall.kinds.competence_job.queries import account_of, employers
from samtall.kinds.tests.conftest import AT, Record
from samtall.parties.models import Organisation

Job = Callable[..., Activity]


@pytest.fixture
def job(record: Record, organisations: dict[str, Organisation]) -> Job:
    def job(day: date, change: str, fte: str, contribution: str = "direct") -> Activity:
        details = {"change": change, "contribution": contribution, "baseline_on": "31.12.2013"}
        employer: dict[str, Any] = {"organisation": organisations["A"], "quantity": Decimal(fte)}
        return record("competence_job", ("employer", employer), starts=day, details=details)

    return job


def test_what_waits_for_approval_is_told_beside_the_net_and_not_in_it(
    job: Job, organisations: dict[str, Organisation]
) -> None:
    """R7"""
    job(date(2015, 3, 1), "filled", "2")
    account = account_of(organisations["A"])
    assert [account.gross, account.net, account.pending, account.level] == [0, 0, 2, None]


def test_a_baseline_is_dated_before_the_first_job_and_not_in_the_future(
    job: Job, organisations: dict[str, Organisation], coordinator: User
) -> None:
    job(date(2015, 3, 1), "filled", "2")
    said: dict[str, Any] = {"fte": Decimal(10), "source": "Brev", "by": coordinator, "at": AT}
    for day in (date(2015, 3, 1), date(2030, 1, 1)):
        with pytest.raises(Invalid):
            operations.count(organisations["A"], on=day, **said)
    kept = operations.count(organisations["A"], on=date(2015, 2, 28), **said)
    again = operations.count(organisations["A"], on=date(2015, 2, 28), **(said | {"fte": Decimal("9.5")}))
    assert (again.pk, again.fte) == (kept.pk, 9_500)


def test_the_baseline_is_counted_in_the_browser(
    job: Job, organisations: dict[str, Organisation], coordinator: User, client_of: Callable[[User], Client]
) -> None:
    job(date(2015, 3, 1), "filled", "2")
    browser, address = client_of(coordinator), f"/kompetansearbeidsplasser/{organisations['A'].pk}/"
    said = {"on": "01.04.2015", "fte": "10,5", "source": "Brev"}
    assert browser.post(f"{address}utgangspunkt/", said).status_code == 422
    assert browser.post(f"{address}utgangspunkt/", said | {"on": "31.12.2013"})["Location"] == address
    pairs = dict(browser.get(address).context["account"].pairs)
    assert pairs["Utgangspunkt"] == "10,5 den 31.12.2013 (Brev)"
    assert [link.url for link in browser.get("/kompetansearbeidsplasser/").context["employers"]] == [address]
    assert [one.pk for one in employers()] == [organisations["A"].pk]


def test_a_job_leads_to_its_employers_page(
    job: Job, organisations: dict[str, Organisation], coordinator: User, client_of: Callable[[User], Client]
) -> None:
    page = client_of(coordinator).get(f"/aktiviteter/{job(date(2015, 3, 1), 'filled', '2').pk}/")
    assert f"/kompetansearbeidsplasser/{organisations['A'].pk}/" in page.content.decode()
