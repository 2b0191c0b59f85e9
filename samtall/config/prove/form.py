"""The contact form as those who send it see it: fetched, filled in, proven by work, and sent."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from samtall.base import clock
from samtall.inquiries import operations as inquiries
from samtall.inquiries.declaration import STANDARD
from samtall.inquiries.models import ContactForm
from samtall.inquiries.tokens import WORK, FormToken

SLUG = "naeringsliv"
ADDRESS = f"/kontakt/{SLUG}/"
#: How long before it was sent a form has been fetched, when nothing else is said.
MINUTES_OPEN = timedelta(minutes=3)


def make_form() -> ContactForm:
    return inquiries.save_form(STANDARD.read_text(), by="system:prove", at=clock.now())


def fetched(at: datetime | None = None) -> FormToken:
    """What a form carries that was fetched at a time: as though we had waited since then."""
    return FormToken.new(SLUG, at or clock.now() - MINUTES_OPEN)


def solved(token: FormToken) -> str:
    """The number that a browser looks for, found by looking."""
    begun = hashlib.sha256(f"{token.key}.".encode())
    for number in range(WORK):
        tried = begun.copy()
        tried.update(str(number).encode())
        if tried.hexdigest() == token.challenge:
            return str(number)
    raise AssertionError("every challenge has a number")


def send(token: FormToken | str, *, network: str = "192.0.2.1", proof: str = "", **said: str) -> Any:
    """Send the form from a network, with these answers more than a sender in a hurry gives."""
    answers = {
        "organisation": "Bø Bygg",
        "contact_name": "Kari Nordmann",
        "email": "kari@bobygg.example",
        "description": "Vi vil ha studenter til å se på energibruken vår.",
        "reply_language": "nb",
        "notice": "on",
        "token": token.signed() if isinstance(token, FormToken) else token,
        "proof": proof,
    }
    return Client(REMOTE_ADDR=network).post(ADDRESS, answers | said)
