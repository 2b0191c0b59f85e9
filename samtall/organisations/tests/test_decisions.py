"""What was said of who is who, on the pages: what is counted, how it was written, and taking it back."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.models import Activity
from samtall.identities import operations as identities
from samtall.identities.models import Distinction, Identification
from samtall.identities.operations import Ground, Hints
from samtall.organisations.tests.test_pages import take_part, text_of
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

AT = datetime(2017, 9, 1, tzinfo=UTC)
ClientOf = Callable[[User], Client]


@pytest.fixture
def bygg(db: None) -> Organisation:
    return parties.add_organisation("Bø Bygg AS", number="974760673", form="AS", at=AT)


@pytest.fixture
def written(db: None) -> Organisation:
    return identities.written("Bo byg", hints=Hints(), source="import:1", at=AT)


@pytest.fixture
def thesis(written: Organisation, coordinator: User) -> Activity:
    return take_part([written], coordinator)


def identify(written: Organisation, bygg: Organisation | None, coordinator: User, **ground: Any) -> Identification:
    return activities.identify(written, bygg, ground=Ground(**ground), by=coordinator, at=AT)


def test_an_activity_shows_who_is_counted_and_how_it_was_written(
    bygg: Organisation, written: Organisation, thesis: Activity, coordinator: User, client_of: ClientOf
) -> None:
    identify(written, bygg, coordinator)
    client = client_of(coordinator)
    page = text_of(client.get(f"/aktiviteter/{thesis.pk}/"))
    assert '<a href="/virksomheter/974760673/">Bø Bygg AS</a>' in page
    assert "skrevet som «Bo byg»" in page
    for asked in ("bo byg", "bø bygg"):
        listed = text_of(client.get("/aktiviteter/", {"q": asked}))
        assert ("Bø Bygg AS" in listed, "Tre i høyden" in listed) == (True, True)


def test_the_work_site_that_is_meant_is_named(
    bygg: Organisation, written: Organisation, thesis: Activity, coordinator: User, client_of: ClientOf
) -> None:
    site = parties.add_establishment(bygg, "Bø Bygg avd Gvarv", number="971424346", at=AT)
    activities.identify(written, bygg, establishment=site, by=coordinator, at=AT)
    assert ">Bø Bygg avd Gvarv</a>" in text_of(client_of(coordinator).get(f"/aktiviteter/{thesis.pk}/"))


def test_the_page_of_an_organisation_has_what_it_did_under_other_names_and_who_says_so(
    bygg: Organisation, written: Organisation, thesis: Activity, coordinator: User, reader: User, client_of: ClientOf
) -> None:
    identify(written, bygg, coordinator, source="import:1", probability=0.93)
    page = text_of(client_of(reader).get("/virksomheter/974760673/"))
    for shown in ("Også skrevet som", "Bo byg", "Tre i høyden", "Coordinator, 01.09.2017", "import 1", "93 prosent"):
        assert shown in page
    assert "/trekk/" not in page
    other = text_of(client_of(reader).get(f"/virksomheter/{written.pk}/"))
    assert 'Funnet å være: <a href="/virksomheter/974760673/">Bø Bygg AS</a>' in other


def test_that_no_register_has_it_is_told(written: Organisation, coordinator: User, client_of: ClientOf) -> None:
    identify(written, None, coordinator)
    assert "Ingen register har den" in text_of(client_of(coordinator).get(f"/virksomheter/{written.pk}/"))


def test_withdrawing_says_what_it_moves_and_moves_it(
    bygg: Organisation, written: Organisation, thesis: Activity, coordinator: User, client_of: ClientOf
) -> None:
    said = identify(written, bygg, coordinator)
    client = client_of(coordinator)
    address = f"/virksomheter/avgjorelser/{said.pk}/trekk/"
    assert f'href="{address}"' in text_of(client.get("/virksomheter/974760673/"))
    assert "1 aktivitet telles på nytt" in text_of(client.get(address))
    assert client.post(address, {"reason": ""}).status_code == 422
    answer = client.post(address, {"reason": "Et annet firma"})
    assert answer.headers["Location"] == f"/virksomheter/{written.pk}/"
    assert Organisation.objects.get(pk=written.pk).same_as is None
    assert "Tre i høyden" not in text_of(client.get("/virksomheter/974760673/"))
    assert "Trukket av Coordinator" in text_of(client.get("/virksomheter/avgjorelser/"))
    assert client.get(address).status_code == 404


def test_that_two_are_not_the_same_is_in_the_log_and_can_be_withdrawn(
    bygg: Organisation, written: Organisation, coordinator: User, client_of: ClientOf
) -> None:
    said = identities.distinguish(bygg, written, by=coordinator, at=AT)
    client = client_of(coordinator)
    assert "er ikke den samme som" in text_of(client.get("/virksomheter/avgjorelser/?vis=ulike"))
    client.post(f"/virksomheter/avgjorelser/ulike/{said.pk}/trekk/", {"reason": "Det er den samme"})
    assert Distinction.objects.get().withdrawn_because == "Det er den samme"


@pytest.mark.parametrize("address", ["/virksomheter/974760673/", "/virksomheter/avgjorelser/"])
def test_a_page_costs_the_same_for_one_name_and_for_three(
    bygg: Organisation, coordinator: User, client_of: ClientOf, address: str
) -> None:
    client = client_of(coordinator)
    counts = []
    for names in (["Bo Byg"], ["Boe Bygg", "Bø Byggg"]):
        for name in names:
            written = identities.written(name, hints=Hints(), source="", at=AT)
            take_part([written], coordinator, title=name)
            identify(written, bygg, coordinator)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
