"""A real mail server on this machine, that does as it is told; and a template to write letters with."""

import asyncio
import email
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import LazySettings

from samtall.mail import operations, wording
from samtall.mail.models import Letter

AT = datetime(2017, 3, 1, 9, 30, tzinfo=UTC)
GREETING = (
    "{% block subject %}About {{ title }}{% endblock %}"
    "{% block text %}Hello, {{ name }}.\n\n{{ site }}/sak/12/\nhttps://evil.example/\n{% endblock %}"
)

WriteLetter = Callable[..., Letter]


class Server:
    """Keeps what it takes. `refusals` are answers to addresses; `answer` is to every message; `drop` hangs up on it."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.refusals: dict[str, str] = {}
        self.answer = "250 OK"
        self.drop = False
        self.seconds = 0.0

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(self.seconds)
        if self.drop:
            server.transport.close()
            return ""
        if self.answer.startswith("250"):
            self.received.append(email.message_from_bytes(envelope.content, policy=default))
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return self.answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mail_server(settings: LazySettings) -> Iterator[Server]:
    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", controller.port, False
    settings.EMAIL_TIMEOUT = 1
    settings.DEFAULT_FROM_EMAIL = "Samtall <post@samtall.example>"
    settings.MAIL_ANSWERS = "svar@samtall.example"
    settings.ADDRESS = "https://samtall.example"
    yield server
    controller.stop()


@pytest.fixture
def write(settings: LazySettings, tmp_path: Path) -> Iterator[WriteLetter]:
    """Write a letter to Kari about inquiry 12; anything can be said otherwise."""
    (tmp_path / "greeting.txt").write_text(GREETING)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    wording._engine.cache_clear()

    def write(**otherwise: Any) -> Letter:
        said: dict[str, Any] = {
            "to": "kari@bakeri.example",
            "language": "nb",
            "template": "greeting.txt",
            "context": {"title": "bread", "name": "Kari"},
            "purpose": "receipt",
            "about": "inquiry:12",
            "by": "system:test",
            "at": AT,
        }
        return operations.write(**said | otherwise)

    yield write
    wording._engine.cache_clear()
