"""Inviting somebody, and the link in the letter."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from samtall.accounts import operations
from samtall.accounts.models import Invitation, RoleGrant, User
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

ClientOf = Callable[[User], Client]
AT = datetime(2016, 3, 1, 12, tzinfo=UTC)
ASE = {"name": "Åse Lie", "email": "Aase@Nes.example", "role": "validator", "language": "nn"}


def link_in(message: EmailMessage) -> str:
    found = re.search(r"http://testserver(/invitasjon/\S+)", str(message.body))
    assert found
    return found[1]


@pytest.fixture
def letter(administrator: User, client_of: ClientOf, mailoutbox: list[EmailMessage]) -> EmailMessage:
    answer = client_of(administrator).post("/brukere/inviter/", ASE)
    assert (answer.status_code, answer["Location"]) == (302, "/brukere/")
    return mailoutbox[-1]


def test_who_is_invited_gets_a_letter_in_the_language_that_was_chosen_and_has_no_access_yet(
    letter: EmailMessage, administrator: User
) -> None:
    assert (letter.to, letter.subject) == (["aase@nes.example"], "Du er invitert til Samtall")
    assert "Administrator inviterer deg til Samtall, der samarbeid i regionen blir registrert" in str(letter.body)
    assert not User.objects.filter(email="aase@nes.example").exists()
    assert Invitation.objects.get().token not in str(letter.body)


def test_opening_the_link_shows_a_button_and_uses_up_nothing(letter: EmailMessage) -> None:
    scanner = Client()
    for _ in range(3):
        page = scanner.get(link_in(letter))
        assert (page.status_code, page["Referrer-Policy"]) == (200, "same-origin")
    assert not User.objects.filter(email="aase@nes.example").exists()


def test_the_button_gives_the_role_and_leads_to_signing_in(letter: EmailMessage, administrator: User) -> None:
    browser = Client()
    answer = browser.post(link_in(letter))
    assert (answer.status_code, answer["Location"]) == (302, "/logg-inn/")
    user = User.objects.get(email="aase@nes.example")
    assert (user.name, user.language, user.invited_by) == ("Åse Lie", "nn", administrator)
    assert user.holdings == {("validator", None)}
    assert browser.get("/logg-inn/").context["form"]["email"].value() == "aase@nes.example"


def test_an_invitation_is_accepted_once(letter: EmailMessage) -> None:
    Client().post(link_in(letter))
    again = Client()
    assert [again.get(link_in(letter)).status_code, again.post(link_in(letter)).status_code] == [410, 410]
    assert RoleGrant.objects.filter(role="validator").count() == 1


def test_an_invitation_holds_for_seven_days(administrator: User) -> None:
    _, token = operations.invite("aase@nes.example", "Åse Lie", "reader", by=administrator, at=AT)
    last = AT + timedelta(days=7)
    assert operations.open_invitation(token, at=last - timedelta(seconds=1)).name == "Åse Lie"
    with pytest.raises(operations.InvitationOver):
        operations.open_invitation(token, at=last)
    with pytest.raises(operations.InvitationOver):
        operations.accept(Invitation.objects.get(), at=last)


def test_a_new_invitation_to_the_same_role_voids_the_one_before(
    letter: EmailMessage, administrator: User, client_of: ClientOf, mailoutbox: list[EmailMessage]
) -> None:
    client_of(administrator).post("/brukere/inviter/", ASE)
    assert [Client().get(link_in(one)).status_code for one in mailoutbox] == [410, 200]


def test_an_invitation_can_be_withdrawn(letter: EmailMessage, administrator: User, client_of: ClientOf) -> None:
    browser = client_of(administrator)
    [(invitation, role)] = browser.get("/brukere/").context["invitations"]
    assert (invitation.email, role) == ("aase@nes.example", "Godkjenner")
    browser.post(f"/brukere/invitasjoner/{invitation.pk}/trekk/")
    assert Client().post(link_in(letter)).status_code == 410
    assert browser.get("/brukere/").context["invitations"] == []


def test_an_invitation_from_somebody_who_may_no_longer_give_the_role_gives_nothing(
    letter: EmailMessage, administrator: User
) -> None:
    operations.end_role(administrator, "administrator", by=None, at=AT)
    assert Client().post(link_in(letter)).status_code == 410
    assert not User.objects.filter(email="aase@nes.example").exists()


def test_whether_an_address_has_access_already_is_not_told_to_the_one_who_invites(
    local_administrator: User, reader: User, company: Organisation, client_of: ClientOf, mailoutbox: list[EmailMessage]
) -> None:
    browser = client_of(local_administrator)
    answers = []
    for email in (reader.email, "stranger@nes.example"):
        said = {"name": "Noen", "email": email, "role": "partner", "organisation": company.pk}
        answer = browser.post("/brukere/inviter/", said)
        page = browser.get("/brukere/").content.decode()
        answers.append((answer.status_code, answer["Location"], page.count(email)))
    assert answers[0] == answers[1]
    Client().post(link_in(mailoutbox[0]))
    assert User.objects.get(pk=reader.pk).holdings == {("reader", None), ("partner", company.pk)}


def test_nobody_invites_themselves_whatever_the_capitals(
    administrator: User, client_of: ClientOf, mailoutbox: list[EmailMessage]
) -> None:
    answer = client_of(administrator).post("/brukere/inviter/", ASE | {"email": administrator.email.upper()})
    assert (answer.status_code, mailoutbox) == (422, [])


def test_the_administrator_of_an_organisation_invites_to_its_own_roles_only(
    local_administrator: User, company: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    other = parties.add_organisation("Annen AS", number="971035854", at=AT)
    for role, organisation in [("coordinator", company), ("partner", other), ("administrator", None)]:
        with pytest.raises(operations.NotTheirsToGive):
            operations.invite("aase@nes.example", "Åse", role, organisation=organisation, by=local_administrator, at=AT)
    operations.invite("aase@nes.example", "Åse", "partner", organisation=company, by=local_administrator, at=AT)


def test_who_accepts_becomes_the_person_in_the_books_with_the_same_address(administrator: User) -> None:
    person = parties.add_person("Ola Nes", email="ola@nes.example")
    invitation, _ = operations.invite("ola@nes.example", "Ola Nes", "student", by=administrator, at=AT)
    assert operations.accept(invitation, at=AT).person == person


def test_who_was_shut_out_does_not_come_back_by_an_invitation(administrator: User, reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(is_active=False)
    invitation, _ = operations.invite(reader.email, "Leser", "validator", by=administrator, at=AT)
    with pytest.raises(operations.InvitationOver):
        operations.accept(invitation, at=AT)
