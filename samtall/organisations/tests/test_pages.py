"""The pages of organisations: finding, looking, adding, and what is kept from those who may not see it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.models import Activity
from samtall.parties import operations as parties
from samtall.parties.models import Industry, Organisation
from samtall.parties.register.loading import load
from samtall.places.operations import ensure_builtin

AT = datetime(2017, 9, 1, tzinfo=UTC)
ClientOf = Callable[[User], Client]


@pytest.fixture
def bygg(db: None) -> Organisation:
    ensure_builtin(AT)
    Industry.objects.create(standard="SN2007", code="43.210", name="Elektrisk installasjonsarbeid")
    return parties.add_organisation(
        "Bø Bygg AS",
        number="974760673",
        form="AS",
        attributes={"municipality": "0821", "industry": "43.210", "sector": "2100", "employees": 1200},
        at=AT,
    )


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("asked", ["bygg", "byg bø", "bo bygg", "974 760", "lager avd gvarv", "971424346", ""])
def test_an_organisation_is_found_by_name_number_or_work_site(
    bygg: Organisation, reader: User, client_of: ClientOf, asked: str
) -> None:
    parties.add_establishment(bygg, "Lager avd Gvarv", number="971424346", at=AT)
    text = text_of(client_of(reader).get("/virksomheter/", {"q": asked, "vis": "alle"}))
    assert '<a href="/virksomheter/974760673/">Bø Bygg AS</a>' in text
    assert "974\u00a0760\u00a0673" in text


def test_an_owner_that_is_only_a_number_is_listed_by_its_work_site(reader: User, client_of: ClientOf) -> None:
    owner = Organisation.objects.create(name="974\u00a0760\u00a0673", number="974760673")
    parties.add_establishment(owner, "Bø Rens", number="971424346", at=AT)
    text = text_of(client_of(reader).get("/virksomheter/", {"q": "bø rens", "vis": "alle"}))
    assert '<a href="/virksomheter/974760673/">Eier av Bø Rens</a>' in text
    assert "Registeret har ikke fortalt navnet" in text_of(client_of(reader).get("/virksomheter/974760673/"))


def test_the_list_says_how_old_the_register_is(
    bygg: Organisation, reader: User, client_of: ClientOf, tmp_path: Path
) -> None:
    assert "Ikke noe register er lest inn." in text_of(client_of(reader).get("/virksomheter/"))
    extract = tmp_path / "enheter_2017-08-12.csv"
    extract.write_text("organisasjonsnummer,navn,forretningsadresse.kommunenummer\n974760673,BØ BYGG AS,0821\n")
    load(extract, at=AT)
    assert "En del av registeret er lest 12.08.2017." in text_of(client_of(reader).get("/virksomheter/"))
    load(extract, complete=True, at=AT)
    assert "Registeret er lest 12.08.2017." in text_of(client_of(reader).get("/virksomheter/"))


def test_the_whole_register_is_leafed_through_by_name(reader: User, client_of: ClientOf) -> None:
    for n in range(120):
        Organisation.objects.create(name=f"Likt navn {n // 60}", search_name=f"likt navn {n // 60}")
    client, address, names = client_of(reader), "/virksomheter/?vis=alle", []
    while address:
        text = text_of(client.get(address))
        names += re.findall(r'<td[^>]*><a href="/virksomheter/(\d+)/"', text)
        onward = re.search(r'rel="next" href="([^"]+)"', text)
        address = "/virksomheter/" + onward[1].replace("&amp;", "&") if onward else ""
    assert [int(pk) for pk in names] == list(
        Organisation.objects.order_by("search_name", "pk").values_list("pk", flat=True)
    )


def test_a_search_without_result_says_what_to_try(bygg: Organisation, reader: User, client_of: ClientOf) -> None:
    text = text_of(client_of(reader).get("/virksomheter/", {"q": "finnes ikke"}))
    assert "Bø Bygg" not in text
    assert "Ingen virksomhet er funnet" in text


def take_part(organisations: list[Organisation], by: User, title: str = "Tre i høyden") -> Activity:
    thesis = activities.record(
        "thesis", title=title, starts=date(2017, 1, 9), details={"level": "bachelor"}, by=by, at=AT
    )
    for one in organisations:
        activities.add_participation(thesis, role="host", organisation=one, by=by, at=AT)
    return thesis


def test_the_list_begins_with_those_who_take_part_as_they_are_counted(
    bygg: Organisation, coordinator: User, client_of: ClientOf
) -> None:
    parties.add_organisation("Nome Bakeri AS", number="971424346", at=AT)
    written = parties.add_unidentified("Bo byg", at=AT)
    take_part([written], coordinator)
    activities.identify(written, bygg, by=coordinator, at=AT)
    client = client_of(coordinator)
    for asked in ("", "bo byg", "Bø", "974760"):
        text = text_of(client.get("/virksomheter/", {"q": asked}))
        assert re.findall(r'<td[^>]*><a href="/virksomheter/(\w+)/"', text) == ["974760673"]
    assert "Ingen virksomhet er funnet" in text_of(client.get("/virksomheter/", {"q": "Nome Bakeri"}))


@pytest.mark.parametrize("tab", ["", "alle"])
def test_the_list_takes_the_same_number_of_queries_for_one_row_and_for_a_page(
    bygg: Organisation, coordinator: User, reader: User, client_of: ClientOf, django_assert_num_queries: Any, tab: str
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(reader)
    address = f"/virksomheter/?vis={tab}"
    take_part([bygg], coordinator)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    many = [parties.add_organisation(f"Nr {n}", attributes={"industry": "43.210"}, at=AT) for n in range(60)]
    take_part(many, coordinator)
    with django_assert_num_queries(len(few)):
        page = text_of(client.get(address))
    assert page.count('href="/virksomheter/') >= 50


def test_the_page_tells_what_the_register_said_with_names_for_the_codes(
    bygg: Organisation, reader: User, client_of: ClientOf
) -> None:
    parties.record_attributes(bygg, valid_from=date(2026, 1, 12), municipality="4020", industry="43.211")
    site = parties.add_establishment(
        bygg, "Bø Bygg avd Gvarv", number="971424346", attributes={"municipality": "0822"}, at=AT
    )
    text = text_of(client_of(reader).get("/virksomheter/974760673/"))
    for shown in (
        "Aksjeselskap (AS)",
        "Bø (Telemark) (0821)",
        "Midt-Telemark (4020)",
        "43.210 Elektrisk installasjonsarbeid (SN2007)",
        "43.211 (SN2025)",
        "Private aksjeselskaper mv.",
        "1\u00a0200",
        "01.09.2017",
        site.name,
        "Sauherad (0822)",
        "971\u00a0424\u00a0346",
    ):
        assert shown in text


@pytest.mark.parametrize("written", ["974 760 673", "NO974760673MVA", "971424346"])
def test_other_ways_of_writing_the_address_lead_to_the_page(
    bygg: Organisation, reader: User, client_of: ClientOf, written: str
) -> None:
    parties.add_establishment(bygg, "Lager", number="971424346", at=AT)
    response = client_of(reader).get(f"/virksomheter/{written}/")
    assert (response.status_code, response.headers["Location"]) == (302, "/virksomheter/974760673/")
    response = client_of(reader).get(f"/virksomheter/{bygg.pk}/")
    assert response.headers["Location"] == "/virksomheter/974760673/"


def test_foreign_and_unidentified_organisations_have_pages_too(reader: User, client_of: ClientOf) -> None:
    foreign = parties.add_foreign("D AB", country="SE", register="Bolagsverket", number="556000-0001", at=AT)
    nameless = parties.add_unidentified("Kari Bakeri", at=AT)
    client = client_of(reader)
    assert "556000-0001 (Bolagsverket, SE)" in text_of(client.get(f"/virksomheter/{foreign.pk}/"))
    assert client.get("/virksomheter/556000-0001/").headers["Location"] == f"/virksomheter/{foreign.pk}/"
    assert "Uidentifisert" in text_of(client.get(f"/virksomheter/{nameless.pk}/"))


@pytest.mark.parametrize("key", ["974760674", "999999999999999999999", "x", "\u0663", "0"])
def test_what_is_not_there_is_not_found(bygg: Organisation, reader: User, client_of: ClientOf, key: str) -> None:
    assert client_of(reader).get(f"/virksomheter/{key}/").status_code == 404


def test_people_are_named_only_to_those_who_may_see_people(
    bygg: Organisation, reader: User, coordinator: User, client_of: ClientOf
) -> None:
    parties.add_person("Kari Nordmann", email="kari@bygg.example", organisation=bygg)
    assert "Kari Nordmann" in text_of(client_of(coordinator).get("/virksomheter/974760673/"))
    assert "Kari" not in text_of(client_of(reader).get("/virksomheter/974760673/"))


def test_activities_and_successions_stand_on_the_page(
    bygg: Organisation, coordinator: User, client_of: ClientOf
) -> None:
    thesis = take_part([bygg], coordinator)
    heir = parties.add_organisation("Midt Bygg AS", number="971424346", at=AT)
    parties.record_succession(bygg, heir, on=date(2018, 1, 1), cause="merger", at=AT)
    text = text_of(client_of(coordinator).get("/virksomheter/974760673/"))
    assert f'<a href="/aktiviteter/{thesis.pk}/">Tre i høyden</a>' in text
    assert '<a href="/virksomheter/971424346/">Midt Bygg AS</a>' in text
    assert "01.01.2018" in text


@pytest.mark.parametrize(
    ("said", "identity"),
    [
        ({"name": "Nome Bakeri AS", "number": "974 760 673", "country": "NO"}, ("NO", "brreg", "974760673")),
        ({"name": "Kari Bakeri", "number": "", "country": "no"}, ("NO", "", "")),
        (
            {"name": "D AB", "number": "556000-0001", "country": "se", "register": "Bolagsverket"},
            ("SE", "Bolagsverket", "556000-0001"),
        ),
        ({"name": "Pop-up", "number": "", "country": "DK"}, ("DK", "", "")),
    ],
)
def test_a_coordinator_adds_an_organisation(
    coordinator: User, client_of: ClientOf, said: dict[str, str], identity: tuple[str, str, str]
) -> None:
    response = client_of(coordinator).post("/virksomheter/ny/", said)
    added = Organisation.objects.get()
    assert (added.name, added.country, added.register, added.number) == (said["name"], *identity)
    key = identity[2] if identity[0] == "NO" and identity[2] else added.pk
    assert response.headers["Location"] == f"/virksomheter/{key}/"


@pytest.mark.parametrize("written", ["974 760 673", "Bø Bygg AS (974\u00a0760\u00a0673)", "971424346"])
def test_what_the_register_has_is_not_asked_for(
    bygg: Organisation, coordinator: User, client_of: ClientOf, written: str
) -> None:
    parties.add_establishment(bygg, "Lager", number="971424346", at=AT)
    response = client_of(coordinator).post("/virksomheter/ny/", {"number": written}, follow=True)
    assert response.redirect_chain == [("/virksomheter/974760673/", 302)]
    assert "Bø Bygg AS er her allerede" in text_of(response)


def options(client: Client, typed: str) -> list[str]:
    page = text_of(client.get("/virksomheter/oppslag/", {"field": "organisation", "organisation": typed}))
    return re.findall(r'value="([^"]*)"', page)


def test_suggestions_come_while_one_writes_and_none_for_what_is_chosen(
    bygg: Organisation, reader: User, client_of: ClientOf
) -> None:
    client, chosen = client_of(reader), "Bø Bygg AS (974\u00a0760\u00a0673)"
    for typed in ("bo byg", "Bø", "974760673"):
        assert options(client, typed) == [chosen]
    for typed in (chosen, "b", "", "974", "zzzz qqqq"):
        assert options(client, typed) == []
    assert "Bø (Telemark) (0821) · 43.210" in text_of(client.get("/virksomheter/oppslag/?field=q&q=bygg"))


def test_since_when_it_is_bankrupt_is_told_and_when_it_was_not(
    bygg: Organisation, reader: User, client_of: ClientOf
) -> None:
    assert "Konkurs" not in text_of(client_of(reader).get("/virksomheter/974760673/"))
    for day, name in ((date(2019, 3, 4), "BØ BYGG AS"), (date(2019, 6, 1), "BØ BYGG AS KONKURSBO")):
        parties.record_attributes(bygg, valid_from=day, name=name, status="bankrupt")
    text = text_of(client_of(reader).get("/virksomheter/974760673/"))
    assert "Konkurs siden 04.03.2019" in text
    assert text.count(">Konkurs</td>") == 2


def test_a_work_site_is_suggested_with_its_owner(bygg: Organisation, reader: User, client_of: ClientOf) -> None:
    parties.add_establishment(bygg, "Lager Gvarv", number="971424346", at=AT)
    assert options(client_of(reader), "971424346") == ["Lager Gvarv (971\u00a0424\u00a0346)"]


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"name": "X", "number": "974760674", "country": "NO"}, "kontrollsiffer"),
        ({"name": "X", "number": "97476067", "country": "NO"}, "ni siffer"),
        ({"name": "", "number": "313000028", "country": "NO"}, "har ikke dette nummeret"),
        ({"name": "X", "number": "1", "country": "SE"}, "registeret"),
        ({"name": "X", "number": "1", "country": "Sv", "register": "b" * 21}, "20"),
        ({"name": "", "number": "", "country": "NO"}, "Fyll ut"),
        ({"name": "X", "number": "", "country": "4!"}, "to bokstaver"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_written_is_kept(
    bygg: Organisation, coordinator: User, client_of: ClientOf, said: dict[str, str], word: str
) -> None:
    text = text_of(client_of(coordinator).post("/virksomheter/ny/", said))
    assert word in text
    assert f'value="{said["number"]}"' in text or not said["number"]
    assert Organisation.objects.count() == 1
