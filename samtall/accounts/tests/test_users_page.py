"""The administrator's page of users."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertNumQueries

from samtall.accounts import operations
from samtall.accounts.models import User
from samtall.config.command_line import main
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

AT = datetime(2016, 3, 1, 12, tzinfo=UTC)
ClientOf = Callable[[User], Client]


def held(user: User) -> list[str]:
    return sorted(User.objects.get(pk=user.pk).roles)


def test_in_a_demonstration_nobody_can_have_us_write_to_strangers(
    administrator: User, client_of: ClientOf, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    invitation = {"name": "Åse Lie", "email": "aase@nes.example", "role": "validator"}
    assert client_of(administrator).post("/brukere/inviter/", invitation).status_code == 302
    assert mailoutbox == []


def test_a_role_is_given_and_ended(administrator: User, reader: User, client_of: ClientOf) -> None:
    browser = client_of(administrator)
    browser.post(f"/brukere/{reader.pk}/roller/", {"role": "validator"})
    assert held(reader) == ["reader", "validator"]
    browser.post(f"/brukere/{reader.pk}/roller/{reader.grants.get(role='reader').pk}/avslutt/")
    assert held(reader) == ["validator"]
    page = browser.get(f"/brukere/{reader.pk}/")
    assert [(role, grant.ended_by) for grant, role, _ in page.context["ended"]] == [("Leser", administrator)]


def test_an_administrator_cannot_take_a_role(administrator: User, client_of: ClientOf) -> None:
    browser = client_of(administrator)
    browser.post(f"/brukere/{administrator.pk}/roller/", {"role": "validator"})
    browser.post(f"/brukere/{administrator.pk}/roller/{administrator.grants.get().pk}/avslutt/")
    assert held(administrator) == ["administrator"]


def test_a_role_that_does_not_exist_is_not_found(administrator: User, reader: User, client_of: ClientOf) -> None:
    browser = client_of(administrator)
    assert browser.post(f"/brukere/{reader.pk}/roller/", {"role": "superuser"}).status_code == 404
    assert browser.post(f"/brukere/{reader.pk}/roller/1000000/avslutt/").status_code == 404


def test_the_list_takes_as_many_queries_for_one_user_as_for_three(
    administrator: User,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
) -> None:
    browser = client_of(administrator)
    with assertNumQueries(7):
        browser.get("/brukere/")
    request.getfixturevalue("reader")
    request.getfixturevalue("validator")
    with assertNumQueries(7):
        browser.get("/brukere/")


def test_who_gives_roles_and_gets_one_to_use_is_told_to_those_who_answer_for_privacy(
    administrator: User, privacy: User, client_of: ClientOf, mailoutbox: list[EmailMessage]
) -> None:
    other = operations.create_user("other@samtall.example", "Odd Annen", at=AT)
    operations.grant_role(other, "administrator", by=None, at=AT)
    client_of(administrator).post(f"/brukere/{other.pk}/roller/", {"role": "coordinator"})
    assert [message.to for message in mailoutbox] == [[privacy.email]]
    assert mailoutbox[0].subject == "Odd Annen gir roller og har en rolle til"
    assert "Administrator, Koordinator" in str(mailoutbox[0].body)


def test_who_answers_for_privacy_sees_who_has_access_and_gives_nothing(
    privacy: User, reader: User, client_of: ClientOf
) -> None:
    browser = client_of(privacy)
    page = browser.get("/brukere/")
    assert (page.status_code, page.context["manages"]) == (200, False)
    assert browser.post(f"/brukere/{reader.pk}/roller/", {"role": "validator"}).status_code == 404
    assert held(reader) == ["reader"]


@pytest.mark.parametrize(
    ("role", "organisation", "answer"),
    [
        ("coordinator", "974760673", 302),
        ("coordinator", "bø bygg", 302),
        ("coordinator", "", 302),
        ("coordinator", "Ukjent AS", 422),
        ("partner", "", 422),
        ("partner", "Bø Bygg AS", 302),
        ("student", "Bø Bygg AS", 422),
        ("privacy", "Bø Bygg AS", 422),
        ("programme_manager", "Bø Bygg AS", 422),
    ],
)
def test_a_role_is_given_where_it_can_be_held(
    administrator: User,
    reader: User,
    company: Organisation,
    client_of: ClientOf,
    role: str,
    organisation: str,
    answer: int,
) -> None:
    said = {"role": role, "organisation": organisation}
    assert client_of(administrator).post(f"/brukere/{reader.pk}/roller/", said).status_code == answer
    given = list(reader.grants.filter(role=role).values_list("organisation", flat=True))
    assert given == ([] if answer == 422 else [company.pk if organisation else None])


def test_the_administrator_of_an_organisation_sees_and_gives_roles_there_only(
    local_administrator: User, partner: User, reader: User, company: Organisation, client_of: ClientOf
) -> None:
    browser = client_of(local_administrator)
    page = browser.get("/brukere/")
    assert [found for found, _ in page.context["rows"]] == [local_administrator, partner]
    codes = [code for code, _ in page.context["form"].fields["role"].choices]
    assert codes == ["administrator", "partner"]
    absent = browser.get("/brukere/1000000/")
    hidden = browser.get(f"/brukere/{reader.pk}/")
    assert (hidden.status_code, main_of(hidden)) == (404, main_of(absent))
    path = f"/brukere/{partner.pk}/roller/"
    assert browser.post(path, {"role": "administrator", "organisation": company.pk}).status_code == 302
    assert held(partner) == ["administrator", "partner"]
    assert browser.post(path, {"role": "coordinator", "organisation": company.pk}).status_code == 404


def test_the_administrator_of_an_organisation_cannot_end_what_is_held_elsewhere(
    local_administrator: User, partner: User, client_of: ClientOf
) -> None:
    other = parties.add_organisation("Annen AS", number="971035854", at=AT)
    elsewhere = operations.grant_role(partner, "partner", organisation=other, by=None, at=AT)
    browser = client_of(local_administrator)
    assert browser.post(f"/brukere/{partner.pk}/roller/{elsewhere.pk}/avslutt/").status_code == 404
    shown = browser.get(f"/brukere/{partner.pk}/").context["held"]
    assert [grant.organisation.name for grant, _, _ in shown] == ["Bø Bygg AS"]
    with pytest.raises(operations.NotTheirsToGive):
        operations.end_role(partner, "partner", organisation=other, by=local_administrator, at=AT)
    with pytest.raises(operations.NotTheirsToGive):
        operations.grant_role(partner, "administrator", by=local_administrator, at=AT)


def main_of(response: Any) -> str:
    return str(response.content.decode()).partition("<main")[2].partition("</main>")[0]


@pytest.mark.django_db
def test_the_first_administrator_is_made_in_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["admin", "create", "Sjef@Nes.Example", "--name", "Siv Sjef"]) == 0
    user = User.objects.get()
    assert (user.email, user.name, held(user)) == ("sjef@nes.example", "Siv Sjef", ["administrator"])
    assert main(["admin", "create", "sjef@nes.example"]) == 1
    assert main(["admin", "create", "sjef"]) == 1
