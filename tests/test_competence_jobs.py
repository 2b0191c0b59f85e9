"""R14 whole, as a worked example: an employer's page and the figures tell the same, gross and net, over its baseline.

31 Dec 2013   baseline                     10.0
 1 Mar 2014   filled, direct               +2.0
 1 Sep 2015   filled, contributed          +0.5
 1 Mar 2016   lost, context                -1.0
 1 Apr 2016   moved within the region       0
              gross 2.5, net 1.5, positions 11.5
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.base.periods import between
from samtall.figures import operations as definitions
from samtall.figures import queries as figures
from samtall.figures.compiler import Grouping
from samtall.kinds.competence_job import operations
from samtall.kinds.competence_job.queries import account_of
from samtall.kinds.competence_job.showing import shown_account
from samtall.parties import operations as parties

AT = datetime(2017, 1, 9, 9, tzinfo=UTC)
CHANGES = (
    (date(2014, 3, 1), "filled", "2", "direct"),
    (date(2015, 9, 1), "filled", "0.5", "contributed"),
    (date(2016, 3, 1), "lost", "1", "context"),
    (date(2016, 4, 1), "moved", "1", "direct"),
)


def test_the_employers_page_and_the_figures_tell_the_same(coordinator: User, validator: User) -> None:
    definitions.ensure_catalogue(by="system:test", at=AT)
    employer = parties.add_organisation("Fjellsyn Data AS", number="310000019", at=AT)
    said: dict[str, Any] = {"by": coordinator, "at": AT}
    for day, change, fte, contribution in CHANGES:
        details = {"change": change, "contribution": contribution, "baseline_on": "31.12.2013"}
        job = activities.record("competence_job", title=change, starts=day, state="completed", details=details, **said)
        activities.add_participation(job, role="employer", organisation=employer, quantity=Decimal(fte), **said)
        activities.add_evidence(job, kind="confirmation", description="Brev", dated=day, **said)
        activities.validate(activities.submit(job, **said), by=validator, at=AT)
    operations.count(employer, on=date(2013, 12, 31), fte=Decimal(10), source="Brev", **said)

    account = account_of(employer)
    adding_up = [account.gross, account.lost, account.net, account.level]
    assert adding_up == [Decimal("2.5"), 1, Decimal("1.5"), Decimal("11.5")]
    assert account.by_contribution == {"direct": 2, "contributed": Decimal("0.5"), "context": -1}
    assert [change[3] for change in account.changes] == [2, Decimal("2.5"), Decimal("1.5"), Decimal("1.5")]
    chart = shown_account(account).chart
    assert chart
    assert [row[:2] for row in chart.table.rows] == [
        ["2013", 10],
        ["2014", 12],
        ["2015", Decimal("12.5")],
        ["2016", Decimal("11.5")],
    ]

    years = between(date(2014, 1, 1), date(2016, 12, 31))
    net, gross = (figures.current_version(f"competence-jobs-{one}") for one in ("net", "gross"))
    assert (figures.value(net, years).value, figures.value(gross, years).value) == (account.net, account.gross)
    parts = figures.breakdown(net, years, Grouping.CONTRIBUTION).parts
    assert {part.code: part.result.value for part in parts} == account.by_contribution
