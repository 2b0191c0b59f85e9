"""The page of a programme: targets against exact figures, now and as the books stood on a day."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samtall.accounts.models import User
from samtall.ledger.facts import Fact, Outcome, Side, Standing
from samtall.ledger.operations import restate
from samtall.parties import operations as parties
from samtall.parties.models import Organisation
from samtall.programmes import operations
from samtall.programmes.files import MIDT_TELEMARK
from samtall.programmes.models import Programme
from samtall.programmes.showing import ShownTarget, shown_targets

AT = datetime(2014, 1, 2, 8, tzinfo=UTC)
PAGE = "/program/midt-telemark/"


@pytest.fixture
def programme(db: None) -> Programme:
    return operations.load(MIDT_TELEMARK, by="system:test", at=AT)


@pytest.fixture
def employer(db: None) -> Organisation:
    return parties.add_organisation("Fjellsyn Data AS", number="310000019", at=AT)


def job(employer: Organisation, **values: Any) -> Fact:
    said: dict[str, Any] = {
        "kind": "competence_job",
        "family": "job",
        "role": "filled",
        "side": Side.OUTSIDE,
        "starts": date(2015, 3, 1),
        "ends": date(2015, 3, 1),
        "standing": Standing.VALIDATED,
        "outcome": Outcome.COMPLETED,
        "organisation": employer.pk,
        "municipality": "0821",
        "quantity": 1000,
        "unit": "fte",
    }
    return Fact(**(said | values))


def say(source: str, *facts: Fact, year: int = 2015) -> None:
    restate(source, facts, by="system:test", at=datetime(year, 6, 1, tzinfo=UTC))


def jobs(programme: Programme, **choices: Any) -> ShownTarget:
    return shown_targets(programme, **({"with_people": True} | choices))[0]


def test_a_target_shows_what_is_validated_and_what_awaits_beside_it(
    programme: Programme, employer: Organisation
) -> None:
    """R7, R17"""
    say("activity:1", job(employer, quantity=60_500))
    say("activity:2", job(employer, quantity=2_000, standing=Standing.SUBMITTED))
    shown = jobs(programme)
    assert (shown.figure.result.value, shown.figure.pending, shown.figure.between) == (Decimal("60.5"), 2, "60,5–62,5")
    assert (shown.percent, shown.remaining, shown.reached) == (40, Decimal("89.5"), False)


def test_a_job_outside_the_region_or_outside_the_years_is_not_the_regions(
    programme: Programme, employer: Organisation
) -> None:
    """R11, R8"""
    say("activity:1", job(employer))
    say("activity:2", job(employer, municipality="0807"))
    say("activity:3", job(employer, starts=date(2019, 1, 1), ends=date(2019, 1, 1)))
    assert jobs(programme).figure.result.value == 1


def test_net_and_gross_are_both_shown(programme: Programme, employer: Organisation) -> None:
    """R14"""
    say("activity:1", job(employer, quantity=3_000))
    say("activity:2", job(employer, role="lost", quantity=-1_000))
    shown = jobs(programme)
    assert shown.beside
    assert (shown.figure.result.value, shown.beside.result.value) == (2, 3)


def test_losses_do_not_take_the_meter_below_nothing(programme: Programme, employer: Organisation) -> None:
    say("activity:1", job(employer, role="lost", quantity=-1_000))
    shown = jobs(programme)
    assert [shown.figure.result.value, shown.meter, shown.percent] == [-1, 0, -1]


def test_a_target_is_reached_when_it_is_reached_and_not_before(programme: Programme, employer: Organisation) -> None:
    say("activity:1", job(employer, quantity=149_999))
    assert (jobs(programme).percent, jobs(programme).reached) == (99, False)
    say("activity:2", job(employer, quantity=1))
    assert (jobs(programme).percent, jobs(programme).reached) == (100, True)


def test_every_figure_is_read_as_the_books_stood_on_the_day_asked_for(
    programme: Programme, employer: Organisation, client: Client
) -> None:
    say("activity:1", job(employer, quantity=10_000), year=2015)
    say("activity:2", job(employer, quantity=5_000), year=2017)
    targets = client.get(PAGE, {"per": "31.12.2016"}).context["targets"]
    assert targets[0].figure.result.value == 10
    positions = {target.figure.result.position for target in targets}
    positions |= {target.beside.result.position for target in targets if target.beside}
    assert positions == {1}
    assert client.get(PAGE).context["targets"][0].figure.result.value == 15


def test_a_figure_opens_for_the_same_years_the_same_version_and_the_same_day(
    programme: Programme, employer: Organisation, client: Client
) -> None:
    say("activity:1", job(employer, quantity=10_000), year=2015)
    say("activity:2", job(employer, quantity=5_000), year=2017)
    target = client.get(PAGE, {"per": "2016-12-31"}).context["targets"][0]
    shown = client.get(target.figure.url).context["shown"]
    assert (shown.version.pk, shown.result.value) == (target.figure.version.pk, 10)
    assert shown.result.period == target.figure.result.period


def test_a_date_that_is_none_is_said_so_and_the_page_is_shown_as_now(programme: Programme, client: Client) -> None:
    page = client.get(PAGE, {"per": "31.02.2016"})
    assert (page.status_code, page.context["as_of"], list(page.context["form"].errors)) == (200, None, ["per"])


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_what_was_reported_then_is_labelled_and_stands_apart(
    programme: Programme, client: Client, language: str
) -> None:
    client.cookies["language"] = language
    page = client.get(PAGE).content.decode()
    label = {
        "nb": "Rapportert den gangen, ikke talt av Samtall",
        "nn": "Rapportert den gongen, ikkje talt av Samtall",
        "en": "Reported then, not counted by Samtall",
    }[language]
    assert page.count(label) == 4
    assert page.count("<blockquote>") == 4
    assert "47 " in "".join(part.split("</blockquote>")[0] for part in page.split("<blockquote>")[1:])


def test_figures_that_count_people_stand_beside_for_those_who_may_see_them(
    programme: Programme, reader: User, client: Client, client_of: Callable[[User], Client]
) -> None:
    """R20"""
    besides = [
        page.context["targets"][2].beside is not None for page in (client.get(PAGE), client_of(reader).get(PAGE))
    ]
    assert besides == [False, True]


def test_the_page_takes_as_many_queries_however_much_is_counted(
    programme: Programme, employer: Organisation, client: Client
) -> None:
    counts = []
    for number in (1, 2, 3):
        say(f"activity:{number}", job(employer))
        with CaptureQueriesContext(
            connection,
        ) as taken:
            client.get(PAGE)
        counts.append(len(taken))
    assert counts[1] >= counts[2]


def test_the_list_of_programmes_leads_to_the_programme(programme: Programme, client: Client) -> None:
    page = client.get("/program/")
    assert [link.url for link, *_rest in page.context["programmes"]] == [PAGE]


def test_a_programme_that_is_not_there_is_not_found(db: None, client: Client) -> None:
    assert client.get("/program/ingen/").status_code == 404
    assert client.get("/program/").status_code == 200
