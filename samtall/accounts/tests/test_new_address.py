"""Moving to another e-mail address."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client

from samtall.accounts import new_address, operations
from samtall.accounts.models import NewAddress, User
from samtall.accounts.tests.test_account import sign_in, signed_in
from samtall.parties import operations as parties

ClientOf = Callable[[User], Client]
AT = datetime(2016, 3, 1, 12, tzinfo=UTC)
PAGE, OLD, NEW = "/min-konto/e-post/", "student@samtall.example", "ny@skolen.example.org"


def link_in(message: EmailMessage) -> str:
    found = re.search(r"(/ny-adresse/\S+)", str(message.body))
    assert found
    return found[1]


@pytest.fixture
def letters(student: User, client_of: ClientOf, mailoutbox: list[EmailMessage]) -> list[EmailMessage]:
    """What is sent when somebody asks to move: to the new address, and to the old one."""
    answer = client_of(student).post(PAGE, {"email": NEW.upper()})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    return mailoutbox


def test_both_addresses_are_told_and_nothing_is_changed(student: User, letters: list[EmailMessage]) -> None:
    assert [(one.to, one.subject) for one in letters] == [
        ([NEW], "Er dette den nye adressen din i Samtall?"),
        ([OLD], "Noen vil endre adressen din i Samtall"),
    ]
    assert "/ny-adresse/" not in str(letters[1].body)
    student.refresh_from_db()
    assert student.email == OLD


@pytest.fixture
def mine(student: User, client_of: ClientOf) -> Client:
    return client_of(student)


def test_who_reads_mail_at_a_miswritten_address_cannot_take_the_account_over(
    student: User, reader: User, client_of: ClientOf, letters: list[EmailMessage]
) -> None:
    link = link_in(letters[0])
    for stranger in (Client(), client_of(reader)):
        assert f"/logg-inn/?next={link.replace('/', '%2F')}" in stranger.post(link).content.decode()
    assert User.objects.get(pk=student.pk).email == OLD


def test_opening_the_link_changes_nothing_and_the_button_does_it_once(
    student: User, mine: Client, letters: list[EmailMessage]
) -> None:
    link = link_in(letters[0])
    assert [mine.get(link).status_code for _ in range(3)] == [200, 200, 200]
    assert User.objects.get(pk=student.pk).email == OLD
    assert mine.post(link)["Location"] == "/min-konto/"
    assert User.objects.get(pk=student.pk).email == NEW
    assert (letters[-1].to, letters[-1].subject) == ([OLD], "Adressen din i Samtall er endret")
    again = mine.post(link)
    assert (again.status_code, "Lenken er brukt eller utløpt. Be om en ny." in again.content.decode()) == (410, True)


def test_one_signs_in_with_the_new_address_and_no_more_with_the_old_one(
    student: User, mine: Client, letters: list[EmailMessage], mailoutbox: list[EmailMessage]
) -> None:
    EmailAddress.objects.create(user=student, email=OLD, verified=True, primary=True)
    mine.post(link_in(letters[0]))
    student.refresh_from_db()
    browser = Client()
    sign_in(browser, student, mailoutbox)
    assert (signed_in(browser), mailoutbox[-1].to) == (True, [NEW])
    before = len(mailoutbox)
    Client().post("/logg-inn/", {"email": OLD})
    assert mailoutbox[before:] == []


def test_the_person_in_the_books_moves_along_unless_they_are_written_to_elsewhere(
    student: User, mine: Client, letters: list[EmailMessage]
) -> None:
    assert student.person is not None
    student.person.email = OLD
    student.person.save()
    other = parties.add_person("En annen", email=OLD)
    mine.post(link_in(letters[0]))
    for person, email in ((student.person, NEW), (other, OLD)):
        person.refresh_from_db()
        assert person.email == email


def test_an_address_that_somebody_has_is_answered_as_any_other_and_gets_no_letter(
    student: User, reader: User, client_of: ClientOf, mailoutbox: list[EmailMessage]
) -> None:
    browser = client_of(student)
    shown = []
    for email in (reader.email, "fri@samtall.example"):
        answer = browser.post(PAGE, {"email": email}, follow=True)
        shown.append(answer.content.decode().replace(email, "…"))
    pages = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce-\w+|kl\. \d\d\.\d\d', "", one) for one in shown]
    assert pages[0] == pages[1]
    assert [one.to for one in mailoutbox] == [[OLD], ["fri@samtall.example"], [OLD]]


def test_a_link_to_an_address_that_somebody_has_got_since_does_not_hold(student: User, reader: User) -> None:
    asked, token = new_address.ask(student, NEW, at=AT)
    reader.email = NEW
    reader.save()
    for attempt in (lambda: new_address.opened(token, at=AT), lambda: new_address.move(asked, at=AT)):
        with pytest.raises(new_address.LinkOver):
            attempt()
    assert User.objects.get(pk=student.pk).email == OLD


def test_a_link_holds_for_a_day(student: User) -> None:
    asked, token = new_address.ask(student, NEW, at=AT)
    over = AT + new_address.HOLDS
    assert new_address.opened(token, at=over - timedelta(seconds=1)) == asked
    for attempt in (lambda: new_address.opened(token, at=over), lambda: new_address.move(asked, at=over)):
        with pytest.raises(new_address.LinkOver):
            attempt()
    new_address.forget(at=over)
    assert NewAddress.objects.count() == 0


def test_a_link_that_is_open_while_its_user_is_shut_out_moves_nothing(student: User) -> None:
    asked, _token = new_address.ask(student, NEW, at=AT)
    User.objects.filter(pk=student.pk).update(is_active=False)
    with pytest.raises(new_address.LinkOver):
        new_address.move(asked, at=AT)
    assert User.objects.get(pk=student.pk).email == OLD


def test_a_newer_link_and_taking_it_back_void_the_one_before(
    student: User, client_of: ClientOf, letters: list[EmailMessage]
) -> None:
    browser, first = client_of(student), link_in(letters[0])
    browser.post(PAGE, {"email": "enda.en@skolen.example.org"})
    second = link_in(letters[-2])
    assert [Client().get(link).status_code for link in (first, second)] == [410, 200]
    browser.post(f"{PAGE}stopp/")
    assert [browser.post(link).status_code for link in (first, second)] == [410, 410]
    assert User.objects.get(pk=student.pk).email == OLD


def test_a_page_says_what_is_waited_for(student: User, client_of: ClientOf, letters: list[EmailMessage]) -> None:
    assert NEW in client_of(student).get(PAGE).content.decode()


def test_after_five_letters_in_an_hour_one_must_wait(
    student: User, client_of: ClientOf, mailoutbox: list[EmailMessage]
) -> None:
    browser = client_of(student)
    answers = [browser.post(PAGE, {"email": f"ny{number}@skolen.example.org"}) for number in range(6)]
    assert [one.status_code for one in answers] == [302] * 5 + [422]
    assert "ny5@skolen.example.org" in answers[-1].content.decode()
    assert len(mailoutbox) == 10


@pytest.mark.parametrize("written", ["", "ny@", "a@b\x00.example", "to@a.example,tre@a.example"])
def test_what_is_no_address_is_refused_and_kept_in_the_form(written: str, student: User, client_of: ClientOf) -> None:
    answer = client_of(student).post(PAGE, {"email": written})
    assert (answer.status_code, NewAddress.objects.count()) == (422, 0)


def test_an_erased_user_leaves_no_address_behind(student: User, letters: list[EmailMessage]) -> None:
    operations.erase_user(student, at=AT)
    assert NewAddress.objects.count() == 0
