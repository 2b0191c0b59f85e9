"""The administrator's page of users."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertNumQueries

from samtall.accounts.models import User
from samtall.config.command_line import main

ClientOf = Callable[[User], Client]


def held(user: User) -> list[str]:
    return sorted(User.objects.get(pk=user.pk).roles)


def test_an_administrator_invites_somebody_who_gets_a_message(
    administrator: User, client_of: ClientOf, mailoutbox: list[EmailMessage]
) -> None:
    answer = client_of(administrator).post(
        "/brukere/inviter/", {"name": "Åse Lie", "email": "aase@nes.example", "role": "validator"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/brukere/")
    user = User.objects.get(email="aase@nes.example")
    assert (user.name, user.invited_by, held(user)) == ("Åse Lie", administrator, ["validator"])
    assert [message.to for message in mailoutbox] == [["aase@nes.example"]]
    assert "http://testserver/logg-inn/" in str(mailoutbox[0].body)


def test_in_a_demonstration_nobody_can_have_us_write_to_strangers(
    administrator: User, client_of: ClientOf, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    invitation = {"name": "Åse Lie", "email": "aase@nes.example", "role": "validator"}
    assert client_of(administrator).post("/brukere/inviter/", invitation).status_code == 302
    assert mailoutbox == []


def test_somebody_who_has_access_already_is_not_invited_again(
    administrator: User, reader: User, client_of: ClientOf, mailoutbox: list[EmailMessage]
) -> None:
    answer = client_of(administrator).post(
        "/brukere/inviter/", {"name": "Reader", "email": reader.email.upper(), "role": "validator"}
    )
    assert answer.status_code == 422
    assert (held(reader), mailoutbox) == (["reader"], [])


def test_a_role_is_given_and_ended(administrator: User, reader: User, client_of: ClientOf) -> None:
    browser = client_of(administrator)
    browser.post(f"/brukere/{reader.pk}/roller/", {"role": "validator"})
    assert held(reader) == ["reader", "validator"]
    browser.post(f"/brukere/{reader.pk}/roller/reader/avslutt/")
    assert held(reader) == ["validator"]


def test_an_administrator_cannot_take_a_role(administrator: User, client_of: ClientOf) -> None:
    browser = client_of(administrator)
    browser.post(f"/brukere/{administrator.pk}/roller/", {"role": "validator"})
    browser.post(f"/brukere/{administrator.pk}/roller/administrator/avslutt/")
    assert held(administrator) == ["administrator"]


def test_a_role_that_does_not_exist_is_not_found(administrator: User, reader: User, client_of: ClientOf) -> None:
    browser = client_of(administrator)
    assert browser.post(f"/brukere/{reader.pk}/roller/", {"role": "superuser"}).status_code == 404
    assert browser.post(f"/brukere/{reader.pk}/roller/validator/avslutt/").status_code == 404


def test_the_list_takes_as_many_queries_for_one_user_as_for_three(
    administrator: User,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
) -> None:
    browser = client_of(administrator)
    with assertNumQueries(6):
        browser.get("/brukere/")
    request.getfixturevalue("reader")
    request.getfixturevalue("validator")
    with assertNumQueries(6):
        browser.get("/brukere/")


@pytest.mark.django_db
def test_the_first_administrator_is_made_in_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["admin", "create", "Sjef@Nes.Example", "--name", "Siv Sjef"]) == 0
    user = User.objects.get()
    assert (user.email, user.name, held(user)) == ("sjef@nes.example", "Siv Sjef", ["administrator"])
    assert main(["admin", "create", "sjef@nes.example"]) == 1
    assert main(["admin", "create", "sjef"]) == 1
