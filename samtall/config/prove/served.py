"""The house served on this machine, in this process, for proofs that cut a connection or need many at once."""

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


class _Server(ThreadedWSGIServer):
    """Each request is a thread, which leaves no connection to the database behind."""

    request_queue_size = 100  # of those who come at the same moment

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # somebody hung up


@dataclass(frozen=True)
class Sent:
    """One request, that can be sent again exactly as it was."""

    method: str
    path: str
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class Served:
    port: int

    def send(self, sent: Sent) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(sent.method, sent.path, sent.body, sent.headers)
        response = connection.getresponse()
        answer = response.status, dict(response.getheaders()), response.read()
        connection.close()
        return answer

    def send_and_hang_up(self, sent: Sent) -> None:
        """The whole request leaves, and nobody waits for the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as wire:
            lines = [f"{sent.method} {sent.path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Connection: close"]
            lines += [f"{name}: {value}" for name, value in sent.headers.items()]
            lines += [f"Content-Length: {len(sent.body)}", "", ""]
            wire.sendall("\r\n".join(lines).encode() + sent.body)

    def send_at_once(self, sent: Sent, times: int) -> list[int]:
        """The same request, by so many at the same moment: the statuses they get."""
        statuses: list[int] = []
        together = threading.Barrier(times)

        def one() -> None:
            together.wait()
            statuses.append(self.send(sent)[0])

        threads = [threading.Thread(target=one) for _ in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return statuses


@contextmanager
def served() -> Iterator[Served]:
    server = _Server(("127.0.0.1", 0), _Silent)
    server.daemon_threads = False
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, name="served", daemon=True)
    thread.start()
    yield Served(server.server_port)
    server.shutdown()
    server.server_close()  # waits for requests under way
