"""A contact form, and a sender who fills it in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samtall.inquiries import operations
from samtall.inquiries.declaration import STANDARD
from samtall.inquiries.models import ContactForm
from samtall.inquiries.tokens import FormToken, _number

ADDRESS = "/kontakt/naeringsliv/"


@pytest.fixture
def form(db: None) -> ContactForm:
    return operations.save_form(STANDARD.read_text(), by="system:test", at=timezone.now())


def answers(**said: Any) -> dict[str, Any]:
    """What a sender writes who answers only what must be answered."""
    return {
        "organisation": "Bø Bygg",
        "contact_name": "Kari Nordmann",
        "email": "kari@bobygg.example",
        "description": "Vi vil ha studenter til å se på energibruken vår.",
        "reply_language": "nn",
        "notice": "on",
    } | said


def shown(*, slug: str = "naeringsliv", ago: timedelta = timedelta(minutes=3), key: str = "") -> FormToken:
    """A form that was shown a while ago."""
    return FormToken.new(slug, timezone.now() - ago, key)


def proof_of(token: FormToken) -> str:
    """What a browser with scripts finds."""
    return str(_number(token.key))


Send = Callable[..., Any]


@pytest.fixture
def send(client: Client, form: ContactForm) -> Send:
    """Sends the form as a browser with scripts does; `token`, `proof` and answers can be given."""

    def send(address: str = ADDRESS, *, token: FormToken | None = None, proof: str | None = None, **said: Any) -> Any:
        token = token or shown()
        proof = proof_of(token) if proof is None else proof
        return client.post(address, answers(**said) | {"token": token.signed(), "proof": proof})

    return send
