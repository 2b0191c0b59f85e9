"""The front page, the frame around every page, and the pages shown when something is wrong."""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.config import urls
from samtall.programmes import operations as programmes
from samtall.programmes.files import MIDT_TELEMARK

AT = datetime(2016, 9, 15, 12, 0, tzinfo=UTC)
PAGES = ["/", "/om/", "/personvern/", "/om/tilgjengelighet/", "/om/komponenter/", "/om/komponenter/?sent=1"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_everyone_may_read_the_open_pages_in_every_language(db: None, client: Client, page: str, language: str) -> None:
    client.cookies["language"] = language
    response = client.get(page)
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text


OPEN = ["/program/", "/tall/", "/publikasjoner/"]


@pytest.mark.parametrize(
    ("role", "rooms"),
    [
        ("coordinator", ["/undersokelser/", "/henvendelser/", "/aktiviteter/", "/virksomheter/", "/import/", "/brev/"]),
        ("validator", ["/undersokelser/", "/aktiviteter/", "/godkjenning/", "/virksomheter/"]),
        ("programme_manager", ["/undersokelser/", "/aktiviteter/", "/virksomheter/"]),
        ("reader", ["/undersokelser/", "/aktiviteter/", "/virksomheter/"]),
        ("administrator", ["/brukere/"]),
    ],
)
def test_the_menu_shows_only_what_the_reader_may_enter(
    request: pytest.FixtureRequest, client_of: Callable[[User], Client], role: str, rooms: list[str]
) -> None:
    client = client_of(request.getfixturevalue(role))
    assert menu(client) == OPEN + rooms
    assert [client.get(address).status_code for address in menu(client)] == [200] * (len(OPEN) + len(rooms))


def test_who_has_not_signed_in_sees_the_open_rooms(db: None, client: Client) -> None:
    assert menu(client) == OPEN


def menu(client: Client) -> list[str]:
    frame = client.get("/").context["frame"]
    return [link.url for link in frame.navigation]


def test_the_part_of_the_house_one_is_in_is_marked(db: None, client: Client) -> None:
    frame = client.get("/tall/").context["frame"]
    assert [(link.url, link.current) for link in frame.navigation] == [
        ("/program/", False),
        ("/tall/", True),
        ("/publikasjoner/", False),
    ]


def test_signing_in_leads_back_to_the_page(db: None, client: Client) -> None:
    assert 'href="/logg-inn/?next=%2Fom%2F%3Fa%3D1"' in client.get("/om/?a=1").text


def test_the_front_page_shows_each_target_with_its_exact_figure(db: None, client: Client) -> None:
    programmes.load(MIDT_TELEMARK, by="system:programme", at=AT)
    text = client.get("/").text
    assert 'href="/program/midt-telemark/"' in text
    assert text.count('class="figure-card-number">0<') == 4
    assert text.count("av målet på") == 3


def test_what_waits_is_shown_to_the_one_who_can_do_it(
    client_of: Callable[[User], Client], coordinator: User, validator: User
) -> None:
    for title in ("Om jord", "Om skog"):
        details = {"level": "bachelor"}
        activities.record("thesis", title=title, starts=date(2016, 1, 4), details=details, by=coordinator, at=AT)
    tasks = client_of(coordinator).get("/").context["tasks"]
    assert [(task.sentence, task.url) for task in tasks] == [
        ("2 aktiviteter skulle ha begynt eller sluttet nå", "/sesong/"),
        ("2 utkast er ikke sendt inn", "/aktiviteter/?step=draft"),
    ]
    assert client_of(validator).get("/").context["tasks"] == []


def test_who_has_signed_in_sees_a_name_and_a_way_out(client_of: Callable[[User], Client], reader: User) -> None:
    text = client_of(reader).get("/").text
    assert str(reader) in text
    assert 'action="/logg-ut/"' in text


def test_a_chosen_language_is_remembered_and_leads_back(db: None, client: Client) -> None:
    response = client.post("/sprak/", {"language": "nn", "next": "/om/?a=1"})
    assert (response.status_code, response["Location"]) == (302, "/om/?a=1")
    assert "Samarbeid som tel<" in client.get("/").text


def test_the_choice_of_language_leads_to_no_other_site(db: None, client: Client) -> None:
    assert client.post("/sprak/", {"language": "nn", "next": "//evil.example/"})["Location"] == "/"


def test_the_demonstration_says_so_on_every_page(db: None, client: Client, settings: LazySettings) -> None:
    settings.DEMONSTRATION = True
    assert "Demonstrasjon: oppdiktede virksomheter og personer" in client.get("/om/").text
    settings.DEMONSTRATION = False
    assert "Demonstrasjon:" not in client.get("/om/").text


def test_a_public_bodys_own_accessibility_statement_is_linked(db: None, client: Client, settings: LazySettings) -> None:
    settings.ACCESSIBILITY_STATEMENT = "https://uustatus.no/nb/erklaringer/publisert/1"
    assert 'href="https://uustatus.no/nb/erklaringer/publisert/1"' in client.get("/").text


def test_an_unknown_address_leaks_nothing(db: None, client: Client) -> None:
    response = client.get("/finnes-ikke/hemmelig/")
    assert response.status_code == 404
    content = response.text.split("<main")[1]
    assert "Siden finnes ikke, eller du har ikke tilgang" in content
    assert "hemmelig" not in content


def test_a_form_that_stood_open_too_long_says_what_to_do(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/sprak/", {"language": "nn"})
    assert response.status_code == 403
    assert "Siden sto åpen for lenge" in response.text


def _fails(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the password is hunter2")


class AddressesWithOneThatFails:
    """The real addresses, and one that fails."""

    urlpatterns = [path("feiler/", _fails), *urls.urlpatterns]
    handler500 = urls.handler500


def test_an_error_of_ours_gives_a_reference_that_the_log_knows(db: None, caplog: pytest.LogCaptureFixture) -> None:
    client = Client(raise_request_exception=False)
    with override_settings(ROOT_URLCONF=AddressesWithOneThatFails), caplog.at_level(logging.ERROR, logger="samtall"):
        response = client.get("/feiler/")
    assert response.status_code == 500
    ours = [record for record in caplog.records if record.name == "samtall"]
    assert len(ours) == 1
    reference = ours[0].getMessage().split()[1].rstrip(":")
    assert ours[0].exc_info is not None
    assert response.text.count(reference) == 3
    assert "hunter2" not in response.text
    assert "Something failed on our side. Nothing was saved." in response.text


def test_the_server_says_that_it_is_well(db: None, client: Client) -> None:
    response = client.get("/helse/")
    assert (response.status_code, response.text) == (200, "ok\n")


def test_every_answer_tells_the_browser_to_be_careful(db: None, client: Client) -> None:
    response = client.get("/")
    assert response["Content-Security-Policy"].count("unsafe") == 0
    assert response["Permissions-Policy"].startswith("camera=()")
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
