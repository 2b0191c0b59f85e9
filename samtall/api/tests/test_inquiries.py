"""Inquiries through the API: the same form, the same refusals, the same narrowing as on the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from samtall.accounts.models import User
from samtall.api.tests.conftest import Call
from samtall.api.tests.test_api import code
from samtall.inquiries import operations
from samtall.inquiries.declaration import STANDARD
from samtall.inquiries.models import ContactForm, Inquiry

ANSWERS: dict[str, Any] = {
    "organisation": "Bø Bygg",
    "contact_name": "Kari Nordmann",
    "email": "kari@bobygg.example",
    "description": "Vi vil ha studenter til å se på energibruken vår.",
    "kinds": ["thesis"],
    "students": 4,
    "reply_language": "nn",
    "notice": True,
}


@pytest.fixture
def form(db: None) -> ContactForm:
    return operations.save_form(STANDARD.read_text(), by="system:test", at=timezone.now())


@pytest.fixture
def secret(coordinator: User, form: ContactForm, secret_of: Callable[..., str]) -> str:
    return secret_of(coordinator, "inquiries.read", "inquiries.handle")


def body(**said: Any) -> dict[str, Any]:
    return {"form": "naeringsliv", "answers": ANSWERS | said}


def test_an_inquiry_is_sent_in_once_and_read(call: Call, secret: str) -> None:
    sent = [call("POST", "/inquiries", secret=secret, said=body(), Idempotency_Key="crm-17-a-b") for _ in range(2)]
    assert [answer.status_code for answer in sent] == [201, 201]
    one = Inquiry.objects.get()
    assert (sent[0].json(), one.kinds, one.answers) == (sent[1].json(), ["thesis"], {"students": 4})
    read = call("GET", f"/inquiries/{one.number}", secret=secret).json()
    assert (read, read["organisation_text"], read["state"]) == (sent[0].json(), "Bø Bygg", "received")
    assert call("GET", "/inquiries?state=open&q=bygg", secret=secret).json()["items"] == [read]
    assert call("GET", "/inquiries?state=declined", secret=secret).json()["total"] == 0


@pytest.mark.parametrize(
    ("said", "expected", "field"),
    [
        ({"contact_name": " "}, "T1", "answers.contact_name"),
        ({"contact_name": "x" * 201}, "T2", "answers.contact_name"),
        ({"email": "kari@@x.no"}, "M1", "answers.email"),
        ({"email": "kari@localhost"}, "M2", "answers.email"),
        ({"phone": "12"}, "M3", "answers.phone"),
        ({"students": "1e3"}, "N1", "answers.students"),
        ({"students": 10_001}, "N2", "answers.students"),
        ({"organisation": "974 760 674"}, "V1", "answers.organisation"),
        ({"kinds": ["__proto__"]}, "V1", "answers.kinds"),
        ({"place": ["here", "remote"]}, "V1", "answers.place"),
        ({"notice": False}, "T1", "answers.notice"),
        ({"notice": "maybe"}, "G1", "answers.notice"),
        ({"colour": "red"}, "P2", "answers.colour"),
        ({"is_staff": True}, "P2", "answers.is_staff"),
    ],
)
def test_what_the_form_refuses_is_refused_with_the_same_code(
    said: dict[str, Any], expected: str, field: str, call: Call, secret: str
) -> None:
    answer = call("POST", "/inquiries", secret=secret, said=body(**said))
    assert (code(answer), answer.json()["errors"][0]["field"]) == ((422, expected), field)
    assert Inquiry.objects.count() == 0


def test_another_form_another_field_and_another_key_are_refused(
    call: Call, secret: str, reader: User, secret_of: Callable[..., str]
) -> None:
    assert code(call("POST", "/inquiries", secret=secret, said=body() | {"form": "x"})) == (422, "V1")
    assert code(call("POST", "/inquiries", secret=secret, said=body() | {"number": "2026-1"})) == (422, "P2")
    assert code(call("POST", "/inquiries", secret=secret_of(reader, "activities.read"), said=body())) == (403, "A3")
    assert code(call("GET", "/inquiries", said=body())) == (401, "A1")
    assert code(call("GET", "/inquiries/2026-9999", secret=secret)) == (404, "A2")
