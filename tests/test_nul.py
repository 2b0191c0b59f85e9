"""What PostgreSQL keeps nowhere, and halves of characters, are refused wherever they come in, and break no page."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import get_resolver
from pytest_django import Settings

from samtall.accounts.models import User
from samtall.config.middleware import NUL
from samtall.config.prove.addresses import walk


@pytest.fixture
def browser(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def test_no_address_can_have_nul_where_it_takes_text(browser: Client) -> None:
    with_text = [one for one in walk(get_resolver()) if "<str:" in one.route or "<slug:" in one.route]
    patterns = [one.route.split("<")[0] + "x%00y/" for one in with_text]
    assert len(patterns) > 20
    assert {browser.get(f"/{path}").status_code for path in patterns} == {404}


@pytest.mark.parametrize("path", ["/", "/virksomheter/", "/sok/", "/henvendelser/", "/api/v1/figures"])
def test_no_address_can_ask_for_nul_after_its_question_mark(browser: Client, path: str) -> None:
    answers = [browser.get(f"{path}?{asked}") for asked in ("q=a%00", "%00=a")]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert NUL not in answers[0].content.decode()


def test_a_machine_is_answered_as_a_machine(client: Client, db: None) -> None:
    absent, unread = client.get("/api/v1/figures/%00"), client.get("/api/v1/figures?q=%00")
    assert [(one.status_code, one.json()["code"]) for one in (absent, unread)] == [(404, "A2"), (400, "H1")]
    assert absent["Content-Type"] == "application/problem+json"


#: What is read by a view itself and not by a form.
PAST_FORMS = {
    "/logg-inn/demonstrasjon/": "role",
    "/personvern/ansvarlig/person/": "q",
    "/min-konto/okter/avslutt/": "session",
    "/godkjenning/": "activity",
    "/virksomheter/avklaring/": "same",
    "/sprak/": "language",
}


@pytest.mark.parametrize(("path", "name"), PAST_FORMS.items())
@pytest.mark.parametrize("value", ["a\0b", "\ud800"], ids=["NUL", "half a character"])
def test_what_is_sent_past_every_form_breaks_nothing(
    path: str, name: str, value: str, privacy: User, coordinator: User, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    for user in (privacy, coordinator):
        browser = Client()
        browser.force_login(user)
        asked = f"{name}={quote(value, errors='surrogatepass')}&next={quote(value, errors='surrogatepass')}"
        answer = browser.post(path, asked, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "utf-16", "latin-1"])
def test_only_utf_8_is_read_so_that_no_half_of_a_character_comes_in(browser: Client, charset: str) -> None:
    body = '--x\r\nContent-Disposition: form-data; name="q"\r\n\r\n\\ud800\r\n--x--\r\n'
    types = (f"multipart/form-data; boundary=x; charset={charset}", f"text/plain; charset={charset}")
    answers = [browser.generic("POST", "/sprak/", body, content_type=one) for one in types]
    answers.append(browser.generic("GET", "/sok/?q=\\ud800", CONTENT_TYPE=types[1]))
    assert [one.status_code for one in answers] == [400] * 3
    machine = browser.generic("GET", "/api/v1/figures?q=\\ud800", CONTENT_TYPE=types[1])
    assert (machine.status_code, machine.json()["code"]) == (400, "H1")


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8"])
def test_utf_8_is_read(browser: Client, charset: str) -> None:
    answer = browser.post(
        "/sprak/", "language=nn", content_type=f"application/x-www-form-urlencoded; charset={charset}"
    )
    assert answer.status_code == 302


@pytest.mark.parametrize("header", ["Accept-Language", "User-Agent", "X-Forwarded-For", "Referer", "HX-Current-URL"])
def test_no_header_can_have_nul(browser: Client, header: str) -> None:
    assert browser.get("/", headers={header: "a\0b"}).status_code == 400
    assert browser.get("/api/v1/figures", headers={header: "a\0b"}).status_code == 400


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "language", "messages"])
def test_a_cookie_with_nul_is_none_of_ours(name: str, db: None) -> None:
    for path in ("/", "/min-konto/", "/api/v1/figures"):
        sent = Client(headers={"cookie": f'{name}="\\000{"a" * 31}"'}).get(path).status_code
        assert sent == Client().get(path).status_code
