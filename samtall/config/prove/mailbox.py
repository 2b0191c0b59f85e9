"""A mail server on this machine that keeps what it is sent, and takes as long about it as servers do."""

import email
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default

from django.test import override_settings


class Mailbox(socketserver.ThreadingTCPServer):
    """`received` holds the messages that it has answered for; `seconds` is how long it thinks about each."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 50

    def __init__(self, seconds: float) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.seconds = seconds
        self.received: list[EmailMessage] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def await_letters(self, count: int, *, seconds: float = 10.0) -> None:
        """Wait until so many have come, or for some seconds."""
        until = time.monotonic() + seconds
        while len(self.received) < count and time.monotonic() < until:
            time.sleep(0.01)

    def take(self, content: bytes) -> None:
        time.sleep(self.seconds)
        message = email.message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)


class _Talk(socketserver.StreamRequestHandler):
    """SMTP as far as our own sender speaks it (RFC 5321). Who hangs up in the middle has sent nothing."""

    def handle(self) -> None:
        try:
            self._talk()
        except OSError:
            return

    def _talk(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline():
            match line.split(None, 1)[0].upper() if line.strip() else b"":
                case b"DATA":
                    self._say("354 go on")
                    content = self._content()
                    if content is None:
                        return
                    self._mailbox.take(content)
                    self._say("250 taken")
                case b"QUIT":
                    self._say("221 goodbye")
                    return
                case _:
                    self._say("250 ok")

    @property
    def _mailbox(self) -> Mailbox:
        assert isinstance(self.server, Mailbox)
        return self.server

    def _content(self) -> bytes | None:
        lines: list[bytes] = []
        while line := self.rfile.readline():
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line.removeprefix(b"."))
        return None

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mailbox(*, seconds: float = 0.0) -> Iterator[Mailbox]:
    """A mail server, to which this process sends as long as it is there."""
    with Mailbox(seconds) as server:
        threading.Thread(target=server.serve_forever, name="mailbox", daemon=True).start()
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=server.port,
            EMAIL_USE_TLS=False,
        ):
            yield server
        server.shutdown()
