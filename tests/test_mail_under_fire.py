"""The outbox with writers and senders that are killed: real processes, a real database, a real mail server."""

import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller

from samtall.mail.tests.conftest import Server, free_port
from samtall.mail.work import LEASE
from tests.processes import Process, run

ANSWER = """
import django; django.setup()
from samtall.mail.models import Letter
from samtall.parties.models import Organisation
print(*sorted(Organisation.objects.values_list("name", flat=True)))
print(*sorted(letter.about.removeprefix("thing:") for letter in Letter.objects.all()))
print(*sorted(Letter.objects.values_list("message_id", flat=True)))
print(*Letter.objects.exclude(state="sent").values_list("state", "records__what", "records__note"))
"""


@pytest.fixture
def mail_server() -> Iterator[Server]:
    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    server.port = controller.port  # type: ignore[attr-defined]
    yield server
    controller.stop()


def process(environment: dict[str, str], *words: str) -> Process:
    return Process(environment, "-m", "tests.mail_under_fire", *words)


def kill(running: Process, after: float, once: Callable[[], object] = lambda: True) -> list[str]:
    """Kill a process some time after its first line and after something holds, and give what it has said."""
    first = running.stdout.readline()
    while running.poll() is None and not once():
        time.sleep(0.01)
    time.sleep(after)
    running.send_signal(signal.SIGKILL)
    rest, _errors = running.communicate(timeout=30)
    return [first.strip(), *rest.split()]


@pytest.mark.slow
def test_kills_lose_no_letter_and_double_only_with_the_same_message_id(
    own_database: dict[str, str], mail_server: Server
) -> None:
    chance = random.Random(12)
    environment = own_database | {
        "SAMTALL_MAIL_HOST": "127.0.0.1",
        "SAMTALL_MAIL_PORT": str(mail_server.port),  # type: ignore[attr-defined]
        "SAMTALL_MAIL_TLS": "0",
    }
    answered: list[str] = []
    for number in range(3):
        answered += kill(process(environment, "write", str(number)), chance.uniform(0.0, 0.4))

    killed = 8  # fewer than the tries that a letter gets
    for turn in range(killed):  # each after the leases of the one before
        seconds = int(LEASE.total_seconds()) * turn
        # on a busy machine the first would else be killed before it has sent anything
        kill(process(environment, "send", str(seconds)), chance.uniform(0.05, 0.5), lambda: mail_server.received)
    before_the_last = len(mail_server.received)
    seconds = int(LEASE.total_seconds()) * killed
    senders = [process(environment, "send", str(seconds)) for _sender in range(2)]
    for sender in senders:
        _said, errors = sender.communicate(timeout=120)
        assert sender.returncode == 0, errors

    things, letters, keys, waiting = (line.split() for line in run(environment, "-c", ANSWER).split("\n")[:4])
    received = Counter(str(message["Message-ID"]).strip("<>") for message in mail_server.received)
    assert set(answered) <= set(letters)  # none that was answered is lost
    assert letters == things  # and none tells of what was rolled back
    assert waiting == []  # not one waits
    assert sorted(received) == keys
    assert before_the_last > 0
    assert sum(received.values()) - len(received) <= killed  # doubled at most once for each kill
