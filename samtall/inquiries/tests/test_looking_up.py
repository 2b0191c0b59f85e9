"""A sender finds the organisation in the business register, and learns nothing of whom we work with."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from samtall.accounts.models import User
from samtall.activities.finding import label_of
from samtall.identities import operations as identities
from samtall.inquiries.models import ContactForm, Inquiry
from samtall.inquiries.tests.conftest import Send
from samtall.inquiries.tests.test_contact_form import codes
from samtall.parties import operations as parties
from samtall.parties.models import Organisation, RegisterLoad
from samtall.parties.numbers import format_number

AT = datetime(2017, 1, 2, tzinfo=UTC)
LOOKUP = "/innfelt/kontakt/naeringsliv/virksomhet/?field=organisation&organisation="


def registered(name: str, number: str, **said: Any) -> Organisation:
    told = {"valid_from": date(2010, 1, 1), "municipality": "0821", "source": "extract"}
    return parties.add_organisation(name, number=number, attributes=told, at=AT, **said)


@pytest.fixture
def register(db: None) -> list[Organisation]:
    """Two of nearly the same name in a register that is loaded whole."""
    RegisterLoad.objects.create(
        kind="enheter", dated=date(2017, 1, 1), complete=True, started_at=AT, finished_at=AT, digest="x", name="x"
    )
    return [registered("BØ BYGG AS", "313000028"), registered("BØ BYGGSERVICE AS", "313000001")]


@pytest.fixture
def ours(register: list[Organisation], coordinator: User) -> list[Organisation]:
    """What only we know: a number that no extract has, a name once written, and an unidentified one."""
    nickname = parties.add_unidentified("Snekkerne på Bø", at=AT)
    identities.identify(nickname, register[0], by=coordinator, at=AT)
    return [parties.add_organisation("BØ HEMMELIG AS", number="974760673", at=AT), nickname]


def names_in(response: Any) -> list[str]:
    return [name for _value, name, _details in response.context["options"]]


def test_the_register_is_suggested_from_without_account_or_cookie(
    client: Client, form: ContactForm, register: list[Organisation]
) -> None:
    answer = client.get(LOOKUP + "bø bygg")
    assert (names_in(answer), answer.cookies) == (["BØ BYGG AS", "BØ BYGGSERVICE AS"], {})
    assert names_in(client.get(LOOKUP + "313000001")) == ["BØ BYGGSERVICE AS"]
    assert format_number("313000028") in answer.content.decode()


def test_what_only_we_know_is_suggested_to_nobody(client: Client, form: ContactForm, ours: list[Organisation]) -> None:
    met = [names_in(client.get(LOOKUP + text)) for text in ("bø hemmelig", "974760673", "snekkerne")]
    assert [name for names in met for name in names if name not in ("BØ BYGG AS", "BØ BYGGSERVICE AS")] == []
    assert met[1:] == [[], []]


def test_nothing_is_suggested_before_the_whole_register_is_loaded(
    client: Client, form: ContactForm, register: list[Organisation]
) -> None:
    RegisterLoad.objects.update(complete=False)
    assert names_in(client.get(LOOKUP + "bø bygg")) == []
    assert "virksomhet/?field" not in client.get("/kontakt/naeringsliv/").content.decode()


def test_who_looks_up_very_often_is_asked_to_wait(
    client: Client, form: ContactForm, register: list[Organisation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samtall.inquiries.views.public.MOST_LOOKUPS", 2)
    answers = [client.get(LOOKUP + "bø") for _ in range(3)]
    assert ([one.status_code for one in answers], answers[2]["Retry-After"]) == ([200, 200, 429], "60")


def test_who_writes_a_name_that_may_be_several_is_asked_once_which(send: Send, register: list[Organisation]) -> None:
    asked = send(organisation="Bø Byg")
    assert (asked.status_code, codes(asked), Inquiry.objects.count()) == (422, {"V1"}, 0)
    offered = [value for value, _label in asked.context["form"].fields["meant"].choices]
    assert offered == ["313000028", "313000001", "none"]
    send(organisation="Bø Byg", meant="313000001")
    inquiry = Inquiry.objects.get()
    assert (inquiry.organisation, inquiry.organisation_text) == (register[1], label_of(register[1]))


def test_none_of_them_keeps_what_was_written(send: Send, register: list[Organisation]) -> None:
    send(organisation="Bø Byg", meant="none")
    inquiry = Inquiry.objects.get()
    assert (inquiry.organisation, inquiry.organisation_text) == (None, "Bø Byg")


def test_a_choice_that_was_not_offered_is_no_choice(send: Send, ours: list[Organisation]) -> None:
    assert send(organisation="Bø Byg", meant="974760673").status_code == 422
    assert Inquiry.objects.count() == 0


@pytest.mark.parametrize("written", ["Bø Bygg AS", "313 000 028", "BØ BYGG AS (313 000 028)", "Noe helt annet"])
def test_a_name_or_number_that_is_clear_or_unknown_is_not_asked_about(
    send: Send, register: list[Organisation], written: str
) -> None:
    assert send(organisation=written).status_code == 302
    assert Inquiry.objects.get().organisation == (None if written == "Noe helt annet" else register[0])
