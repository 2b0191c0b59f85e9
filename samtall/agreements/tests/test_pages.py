"""The pages of agreements."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.agreements.models import Agreement
from samtall.agreements.wording import signing_parts
from samtall.mail.models import Letter
from samtall.parties.models import Person

ClientOf = Callable[[User], Client]

FORM = {"language": "nn", "rights": "licence", "confidentiality": "none", "place": "Bø"}


@pytest.fixture
def scribe(coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


def main_of(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


def test_an_agreement_goes_from_draft_to_evidence_on_the_pages(thesis: Activity, scribe: Client) -> None:
    assert "Sett opp en avtale" in main_of(scribe, "activity", thesis.pk)
    answer = scribe.post(reverse("agreement-new", args=[thesis.pk]), FORM)
    agreement = Agreement.objects.get()
    assert answer["Location"] == reverse("agreement", args=[agreement.pk])
    assert (agreement.text, agreement.version, agreement.language) == ("student_work", 1, "nn")
    assert scribe.get(reverse("agreement-pdf", args=[agreement.pk])).content.startswith(b"%PDF-")
    scribe.post(reverse("agreement-send", args=[agreement.pk]), {"on": "15.01.2018"})
    assert "Avtale om studentoppgave, versjon 1" in main_of(scribe, "agreement", agreement.pk)
    for part in signing_parts(thesis):
        only_one_left = " checked" in main_of(scribe, "agreement-sign", agreement.pk)
        assert only_one_left == (part == signing_parts(thesis)[-1])
        scribe.post(reverse("agreement-sign", args=[agreement.pk]), {"part": part.pk, "on": "16.01.2018"})
    shown = main_of(scribe, "agreement", agreement.pk)
    assert [words for words in ("Underskrevet av alle", "Kari Nordmann") if words not in shown] == []
    assert "underskrevet av alle partene" in main_of(scribe, "activity", thesis.pk)


def test_the_agreement_goes_as_a_letter_to_those_whose_address_is_known(thesis: Activity, scribe: Client) -> None:
    scribe.post(reverse("agreement-new", args=[thesis.pk]), FORM)
    agreement = Agreement.objects.get()
    send = reverse("agreement-send", args=[agreement.pk])
    assert 'name="to"' not in main_of(scribe, "agreement-send", agreement.pk)
    supervisor = thesis.participations.get(role="company_supervisor")
    Person.objects.filter(participations=supervisor).update(email="bo@bobygg.example.org")
    scribe.post(send, {"on": "15.01.2018", "to": [supervisor.pk]})
    letter = Letter.objects.get()
    assert (letter.to, letter.language, letter.subject, letter.state) == (
        "bo@bobygg.example.org",
        "nn",
        "Ein avtale å lese og skrive under: Tre som bygger",
        "waiting",
    )
    file = letter.files.get()
    assert (file.name, bytes(file.content)[:5]) == (f"avtale-{agreement.pk}.pdf", b"%PDF-")


def test_what_is_refused_is_said_and_nothing_typed_is_lost(thesis: Activity, scribe: Client) -> None:
    answer = scribe.post(reverse("agreement-new", args=[thesis.pk]), FORM | {"confidentiality": "until"})
    shown = answer.content.decode()
    assert (answer.status_code, Agreement.objects.count()) == (422, 0)
    assert [words for words in ("Skriv dagen det er fortrolig til", 'value="Bø"') if words not in shown] == []


def test_where_nobody_is_left_to_sign_nobody_is_asked_who_has(thesis: Activity, scribe: Client) -> None:
    scribe.post(reverse("agreement-new", args=[thesis.pk]), FORM)
    agreement = Agreement.objects.get()
    scribe.post(reverse("agreement-send", args=[agreement.pk]), {"on": "15.01.2018"})
    thesis.participations.all().delete()
    answer = scribe.get(reverse("agreement-sign", args=[agreement.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("agreement", args=[agreement.pk]), 302)]
    assert "Det er ingen igjen som skal skrive under." in answer.content.decode()


def test_who_may_not_see_people_sees_no_agreement(
    thesis: Activity, scribe: Client, reader: User, client_of: ClientOf
) -> None:
    scribe.post(reverse("agreement-new", args=[thesis.pk]), FORM)
    agreement, other = Agreement.objects.get(), client_of(reader)
    assert "Avtale" not in main_of(other, "activity", thesis.pk).replace("Avtale 17", "")
    assert other.get(reverse("agreement", args=[agreement.pk])).status_code == 404
    assert other.get(reverse("agreement-pdf", args=[agreement.pk])).status_code == 404
