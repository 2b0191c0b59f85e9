"""My account: name, language, and the browsers I am signed in with."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from samtall.accounts import operations, sessions
from samtall.accounts.models import Session, User
from samtall.accounts.tests.test_sign_in import CODE, SIGN_IN, code_in

ClientOf = Callable[[User], Client]
AT = datetime(2016, 3, 1, 12, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def sign_in(browser: Client, user: User, mailoutbox: list[EmailMessage]) -> None:
    browser.post(SIGN_IN, {"email": user.email})
    browser.post(CODE, {"code": code_in(mailoutbox[-1])})


def signed_in(browser: Client) -> bool:
    return browser.get("/min-konto/").status_code == 200


def test_the_name_and_the_language_are_kept(reader: User, client_of: ClientOf) -> None:
    browser = client_of(reader)
    answer = browser.post("/min-konto/", {"name": "Liv Lesar", "language": "nn"})
    assert (answer.status_code, answer.cookies["language"].value) == (302, "nn")
    reader.refresh_from_db()
    assert (reader.name, reader.language) == ("Liv Lesar", "nn")
    assert b"Lagra." in browser.get("/min-konto/").content


def test_a_name_is_needed_and_what_was_typed_is_kept(reader: User, client_of: ClientOf) -> None:
    page = client_of(reader).post("/min-konto/", {"name": " ", "language": "en"})
    assert (page.status_code, page.context["form"]["language"].value()) == (422, "en")
    reader.refresh_from_db()
    assert reader.language == ""


def test_the_language_chosen_on_a_page_is_used_at_the_next_sign_in_elsewhere(
    reader: User, client_of: ClientOf, mailoutbox: list[EmailMessage]
) -> None:
    client_of(reader).post("/sprak/", {"language": "nn", "next": "/"})
    elsewhere = Client()
    sign_in(elsewhere, reader, mailoutbox)
    assert elsewhere.cookies["language"].value == "nn"
    assert b"Logg ut" in elsewhere.get("/om/").content
    assert b'lang="nn"' in elsewhere.get("/om/").content


def test_a_language_that_does_not_exist_is_not_kept(reader: User, client_of: ClientOf) -> None:
    client_of(reader).post("/sprak/", {"language": "xx", "next": "/"})
    reader.refresh_from_db()
    assert reader.language == ""


def test_a_user_sees_where_they_are_signed_in_and_ends_one_of_them(
    reader: User, validator: User, mailoutbox: list[EmailMessage]
) -> None:
    here, there, others = Client(), Client(HTTP_USER_AGENT=FIREFOX), Client()
    sign_in(here, reader, mailoutbox)
    sign_in(there, reader, mailoutbox)
    sign_in(others, validator, mailoutbox)
    rows = here.get("/min-konto/").context["sessions"]
    assert sorted((session.browser, current) for session, _, current in rows) == [
        ("", True),
        ("Firefox, Windows", False),
    ]
    name = next(name for _, name, current in rows if not current)
    others.post("/min-konto/okter/avslutt/", {"session": name})
    assert signed_in(there)
    here.post("/min-konto/okter/avslutt/", {"session": name})
    assert [signed_in(browser) for browser in (here, there, others)] == [True, False, True]


def test_a_user_signs_out_everywhere_else(reader: User, client_of: ClientOf) -> None:
    browsers = [client_of(reader) for _ in range(3)]
    browsers[0].post("/min-konto/okter/avslutt/", {"session": "others"})
    assert [signed_in(browser) for browser in browsers] == [True, False, False]


def test_the_page_does_not_tell_the_keys_of_sessions(reader: User, client_of: ClientOf) -> None:
    browser, _ = client_of(reader), client_of(reader)
    page = browser.get("/min-konto/").content.decode()
    assert [key for key in Session.objects.values_list("session_key", flat=True) if key in page] == []


@pytest.mark.parametrize(
    ("column", "minutes", "still"),
    [("seen_at", 119, True), ("seen_at", 121, False), ("started_at", 719, True), ("started_at", 721, False)],
)
def test_a_session_ends_after_two_idle_hours_and_after_twelve_in_all(
    reader: User, client_of: ClientOf, column: str, minutes: int, still: bool
) -> None:
    browser = client_of(reader)
    Session.objects.update(**{column: timezone.now() - timedelta(minutes=minutes)})
    assert sessions.live_sessions(reader, at=timezone.now()).exists() is still
    assert signed_in(browser) is still


def test_using_a_session_keeps_it_from_being_idle_and_not_from_growing_old(reader: User, client_of: ClientOf) -> None:
    browser = client_of(reader)
    earlier = timezone.now() - timedelta(minutes=90)
    Session.objects.update(started_at=earlier, seen_at=earlier)
    browser.get("/min-konto/")
    browser.post("/min-konto/", {"name": "Liv", "language": "nb"})
    session = Session.objects.get()
    assert session.started_at == earlier
    assert timezone.now() - session.seen_at < timedelta(minutes=1)


def test_signing_in_and_a_change_of_roles_give_the_session_a_new_key(
    reader: User, client_of: ClientOf, mailoutbox: list[EmailMessage]
) -> None:
    browser = Client()
    browser.post(SIGN_IN, {"email": reader.email})
    before = browser.cookies["sessionid"].value
    browser.post(CODE, {"code": code_in(mailoutbox[-1])})
    signed = browser.cookies["sessionid"].value
    operations.grant_role(reader, "validator", by=None, at=AT)
    browser.get("/min-konto/")
    changed = browser.cookies["sessionid"].value
    assert len({before, signed, changed}) == 3
    assert list(Session.objects.values_list("session_key", "user")) == [(changed, reader.pk)]
    assert signed_in(browser)


def test_a_session_that_was_ended_elsewhere_does_not_come_back(reader: User, client_of: ClientOf) -> None:
    browser = client_of(reader)
    Session.objects.all().delete()
    assert not signed_in(browser)
    assert not Session.objects.filter(user=reader).exists()


def test_sessions_that_are_over_are_deleted(reader: User, client_of: ClientOf) -> None:
    browser, _ = client_of(reader), client_of(reader)
    here = Session.objects.get(session_key=browser.session.session_key)
    Session.objects.exclude(pk=here.pk).update(seen_at=timezone.now() - timedelta(hours=3))
    sessions.forget(at=timezone.now())
    assert list(Session.objects.all()) == [here]
