"""Second factors: an app that makes codes, recovery codes, what takes them. Passkeys are tried in a real browser."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from samtall.accounts import operations
from samtall.accounts.models import Session, User
from samtall.accounts.tests.test_sign_in import CODE, SIGN_IN, code_in, who

ClientOf = Callable[[User], Client]
AT = datetime(2016, 3, 1, 12, tzinfo=UTC)
FACTOR, APP, CODES = "/logg-inn/to-faktor/", "/min-konto/app/ny/", "/min-konto/koder/"


@pytest.fixture(autouse=True)
def two_factors(settings: Settings) -> None:
    settings.SECOND_FACTOR = True
    cache.clear()


def code_of(secret: str) -> str:
    """What an app shows now, for the key it was given (RFC 6238)."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def sign_in(browser: Client, user: User, mailoutbox: list[EmailMessage]) -> str:
    """Write the code of the message; where one is sent after it."""
    browser.post(SIGN_IN, {"email": user.email})
    return str(browser.post(CODE, {"code": code_in(mailoutbox[-1])})["Location"])


def add_app(browser: Client) -> str:
    """Add an app to a browser's user; its key."""
    secret = browser.get(APP).context["form"].secret
    assert browser.post(APP, {"code": code_of(secret)}).status_code == 302
    cache.clear()  # a code holds once, and the next is half a minute away
    return str(secret)


def test_who_has_a_role_that_takes_two_factors_sees_what_everybody_sees_until_there_is_one(
    validator: User, mailoutbox: list[EmailMessage]
) -> None:
    browser = Client()
    assert sign_in(browser, validator, mailoutbox) == "/"
    assert browser.get("/godkjenning/")["Location"] == "/min-konto/"
    assert browser.get("/tall/people-on-courses/").status_code == 404
    assert "Du trenger en faktor til" in browser.get("/min-konto/").content.decode()
    add_app(browser)
    assert browser.get("/godkjenning/").status_code == 200
    assert "Du trenger en faktor til" not in browser.get("/min-konto/").content.decode()


def test_what_a_role_does_not_give_is_hidden_with_one_factor_as_with_two(
    validator: User, mailoutbox: list[EmailMessage]
) -> None:
    browser = Client()
    sign_in(browser, validator, mailoutbox)
    assert browser.get("/brukere/").status_code == 404


def test_who_reads_only_needs_no_second_factor(reader: User, mailoutbox: list[EmailMessage]) -> None:
    browser = Client()
    sign_in(browser, reader, mailoutbox)
    assert browser.get("/aktiviteter/").status_code == 200


def test_who_has_an_app_writes_its_code_after_the_one_in_the_message(
    validator: User, mailoutbox: list[EmailMessage]
) -> None:
    first, later = Client(), Client()
    sign_in(first, validator, mailoutbox)
    secret = add_app(first)
    assert sign_in(later, validator, mailoutbox) == FACTOR
    assert who(later) is None
    assert later.post(FACTOR, {"code": "000000"}).status_code == 200
    assert later.post(FACTOR, {"code": code_of(secret)})["Location"] == "/"
    assert who(later) == str(validator.pk)
    assert later.get("/godkjenning/").status_code == 200


def test_a_recovery_code_replaces_the_app_once(validator: User, mailoutbox: list[EmailMessage]) -> None:
    first = Client()
    sign_in(first, validator, mailoutbox)
    add_app(first)
    code = first.get(CODES).context["unused_codes"][0]
    for browser, answer in ((Client(), 302), (Client(), 200)):
        sign_in(browser, validator, mailoutbox)
        assert browser.post(FACTOR, {"code": code}).status_code == answer
    assert "9 koder igjen" in first.get("/min-konto/").content.decode()


def test_five_wrong_codes_end_the_attempt_also_when_each_comes_from_a_browser_of_its_own(
    validator: User, mailoutbox: list[EmailMessage]
) -> None:
    first = Client()
    sign_in(first, validator, mailoutbox)
    secret = add_app(first)
    sign_in(wrong := Client(), validator, mailoutbox)
    assert [wrong.post(FACTOR, {"code": "000000"}).status_code for _ in range(6)] == [200] * 5 + [302]
    sign_in(right := Client(), validator, mailoutbox)
    assert right.post(FACTOR, {"code": code_of(secret)})["Location"] == SIGN_IN
    assert who(right) is None


def test_the_keys_are_encrypted_in_the_database(validator: User, mailoutbox: list[EmailMessage]) -> None:
    browser = Client()
    sign_in(browser, validator, mailoutbox)
    secret = add_app(browser)
    kept = [str(one.data) for one in Authenticator.objects.filter(user=validator)]
    assert len(kept) == 2
    assert not any(secret in one for one in kept)


def test_somebody_whose_factors_change_is_told_by_letter(validator: User, mailoutbox: list[EmailMessage]) -> None:
    browser = Client()
    sign_in(browser, validator, mailoutbox)
    add_app(browser)
    assert browser.post("/min-konto/app/fjern/").status_code == 302
    told = [message.subject for message in mailoutbox if message.subject.startswith("Den andre faktoren")]
    assert told == ["Den andre faktoren din i Samtall er endret"] * 2
    assert not Authenticator.objects.filter(user=validator).exists()


def grow_old(browser: Client, minutes: int) -> None:
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - timedelta(minutes=minutes).total_seconds()
    session.save()


def test_who_gives_a_role_a_while_after_signing_in_confirms_first_and_nothing_sent_is_lost(
    administrator: User, reader: User, mailoutbox: list[EmailMessage]
) -> None:
    browser = Client()
    sign_in(browser, administrator, mailoutbox)
    secret = add_app(browser)
    path = f"/brukere/{reader.pk}/roller/"
    grow_old(browser, 14)
    browser.post(path, {"role": "validator"})
    assert reader.grants.filter(role="validator").count() == 1
    grow_old(browser, 16)
    asked = browser.post(path, {"role": "coordinator"})
    assert asked["Location"].startswith("/min-konto/bekreft/?next=")
    assert not reader.grants.filter(role="coordinator").exists()
    page = browser.get(asked["Location"], follow=True)
    assert re.search("<h1>Bekreft at det er deg</h1>", page.content.decode())
    answer = browser.post(page.redirect_chain[-1][0], {"code": code_of(secret)})
    assert (answer.status_code, reader.grants.filter(role="coordinator").count()) == (302, 1)


def test_who_has_no_factor_of_ours_confirms_by_signing_in_again(reader: User, mailoutbox: list[EmailMessage]) -> None:
    browser = Client()
    sign_in(browser, reader, mailoutbox)
    page = browser.get("/min-konto/bekreft/?next=/aktiviteter/").content.decode()
    assert 'name="next" value="/logg-inn/?next=%2Faktiviteter%2F"' in page
    elsewhere = browser.get("/min-konto/bekreft/?next=https://elsewhere.example/").content.decode()
    assert 'name="next" value="/logg-inn/"' in elsewhere


def test_an_administrator_removes_the_factors_of_one_who_has_lost_them(
    administrator: User, validator: User, mailoutbox: list[EmailMessage]
) -> None:
    lost, browser = Client(), Client()
    sign_in(lost, validator, mailoutbox)
    add_app(lost)
    sign_in(browser, administrator, mailoutbox)
    add_app(browser)
    browser.post(f"/brukere/{validator.pk}/to-faktor/fjern/")
    assert not Authenticator.objects.filter(user=validator).exists()
    assert not Session.objects.filter(user=validator).exists()
    assert mailoutbox[-1].to == [validator.email]
    with pytest.raises(operations.OwnRole):
        operations.forget_factors(administrator, by=administrator)
