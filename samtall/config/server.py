"""Serving: everything made ready, then Gunicorn in the same process, so that it starts in a moment."""

import socket
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connections
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.config import worker
from samtall.config.upkeep import bring_up_to_date
from samtall.privacy import operations as privacy

WORKERS = 2
THREADS = 4
PORTS_TO_TRY = 50


class PortTaken(Refusal):
    """Another program listens where we were asked to."""


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn comes without types
    """Gunicorn, told what to do in code."""

    def __init__(self, host: str, port: int, *, when_ready: Callable[[], None], on_exit: Callable[[], None]) -> None:
        self.options: dict[str, Any] = {
            "bind": [f"{host}:{port}"],
            "workers": WORKERS,
            "threads": THREADS,
            "worker_class": "gthread",
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda _server: when_ready(),
            "on_exit": lambda _server: on_exit(),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        from samtall.config.wsgi import application

        return application


def prepare(*, as_is: bool = False) -> None:
    """Bring the static files up to date, and the database unless it is served as it is; nothing happens when they are.

    As it is, nothing here needs more of the database than pages do: its role need not own the tables.
    """
    settings.DATA.mkdir(parents=True, exist_ok=True)
    if as_is:
        privacy.redo(at=clock.now())  # whoever is served must not meet somebody that an old copy brought back
    else:
        bring_up_to_date()
    call_command("collectstatic", interactive=False, verbosity=0)


def serve(host: str, port: int) -> None:
    """Serve until stopped, with a worker beside it, and say where once it answers."""
    connections.close_all()  # a process of the server must not share our connection

    beside: list[worker.Beside] = []

    def when_ready() -> None:
        if settings.WORKER:
            beside.append(worker.Beside())
        print(in_a_box(*welcome(host, port)), flush=True)

    def on_exit() -> None:
        for one in beside:
            one.stop()

    Server(host, port, when_ready=when_ready, on_exit=on_exit).run()


def refuse_if_taken(host: str, port: int) -> None:
    """Raise PortTaken, naming a port that is free, when we could not listen."""
    if can_listen(host, port):
        return
    free = next((other for other in range(port + 1, port + PORTS_TO_TRY) if can_listen(host, other)), port + 1)
    raise PortTaken(
        _("Port %(port)s is taken by another program. Stop it, or use another port: make run PORT=%(free)s")
        % {"port": port, "free": free}
    )


def can_listen(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def welcome(host: str, port: int) -> list[str]:
    lines = [_("Samtall is running: %(address)s") % {"address": f"http://{host}:{port}/"}]
    if settings.DEMONSTRATION:
        lines.append(_("This is a demonstration. Organisations and people are fictional."))
    return [*lines, _("Stop it with Ctrl+C.")]


def in_a_box(*lines: str) -> str:
    width = max(len(line) for line in lines)
    edge = "─" * (width + 2)
    return "\n".join(["", f"╭{edge}╮", *(f"│ {line.ljust(width)} │" for line in lines), f"╰{edge}╯", ""])
