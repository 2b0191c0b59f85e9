"""No letter is lost, none tells of what did not happen, however often what writes and sends them is killed (G20)."""

import multiprocessing
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from multiprocessing.connection import Connection
from unittest.mock import patch

from django.db import connections, transaction

from samtall.base import clock
from samtall.base.text import Words
from samtall.config.prove import mail_processes
from samtall.config.prove.mail_processes import MESSAGE_ID, OUTBOX, WITHOUT
from samtall.config.prove.mailbox import Mailbox, mailbox
from samtall.config.prove.proof import Figure, Proof, Trial, Weakness
from samtall.inquiries import operations as inquiries
from samtall.inquiries.declaration import STANDARD
from samtall.inquiries.models import Inquiry
from samtall.mail.models import Letter
from samtall.mail.work import LEASE

#: Of the letters, how many percent may arrive twice: those whose sender was killed after the server had them.
MOST_DOUBLED = 3.0
#: For how many seconds a writer lives at most, and a sender beyond the letters it is given time for. These are counted,
#: for on a busy machine a sender would else die so often over its first letter that this is given up.
WRITERS_LIFE, SENDERS_LIFE, SENDERS_LETTERS = 1.0, 0.05, 20
#: How many turns of senders are longer than the longest pause before a letter is tried again.
A_DAY = timedelta(days=1) // LEASE


@dataclass
class Killing:
    """Starts processes and kills each after a while, and keeps what they told before they died."""

    longest_life: float
    chance: random.Random = field(default_factory=lambda: random.Random(20))
    kills: int = 0
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["samtall.config.prove.loaded", mail_processes.__name__])

    def kill(
        self, work: Callable[[int, Connection], None], number: int, after: Callable[[], None] = lambda: None
    ) -> None:
        """Let it work until its first word, what is waited for, and a while more; then kill it with what it does."""
        process, ours = self._start(work, number)
        self.told.append(ours.recv())
        after()
        time.sleep(self.chance.uniform(0, self.longest_life))
        process.kill()
        process.join()
        self.kills += 1
        self._read(ours)

    def finish(self, work: Callable[[int, Connection], None], number: int) -> None:
        process, ours = self._start(work, number)
        process.join()
        self._read(ours)

    def _start(
        self, work: Callable[[int, Connection], None], number: int
    ) -> tuple[multiprocessing.process.BaseProcess, Connection]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(number, theirs), daemon=True)
        process.start()
        theirs.close()
        return process, ours

    def _read(self, ours: Connection) -> None:
        try:
            while ours.poll():
                self.told.append(ours.recv())
        except (EOFError, OSError):
            return


def run(trial: Trial) -> Iterator[Figure]:
    inquiries.save_form(STANDARD.read_text(), by="system:prove", at=clock.now())
    connections.close_all()
    writers, senders = Killing(WRITERS_LIFE), Killing(SENDERS_LIFE)
    with mailbox() as server, patch.dict(os.environ, _sending_to(server)):
        for writer in range(trial.times(20, 2)):
            writers.kill(mail_processes.write, writer)
        _write_more(trial.times(3500, 30))
        for turn in range(trial.times(200, 4)):
            some = len(server.received) + senders.chance.randint(0, SENDERS_LETTERS)
            senders.kill(mail_processes.send, turn, after=partial(server.await_letters, some))
        for turn in (senders.kills, senders.kills + A_DAY):  # what was put off while the machine was busy, too
            senders.finish(mail_processes.send, turn)
        yield from _figures(writers, senders, server, most_doubled=MOST_DOUBLED if trial.size == "full" else 100)


def _write_more(count: int) -> None:
    """Fill the outbox, so that senders have something to be killed over."""
    about = Inquiry.objects.latest("pk").source
    with transaction.atomic():
        for number in range(Letter.objects.count(), count):
            mail_processes.write_letter(f"kari{number}@eksempel.no", about)
    connections.close_all()


def _sending_to(server: Mailbox) -> dict[str, str]:
    return {
        "SAMTALL_MAIL_HOST": "127.0.0.1",
        "SAMTALL_MAIL_PORT": str(server.port),
        "SAMTALL_MAIL_TLS": "0",
    }


def _figures(writers: Killing, senders: Killing, server: Mailbox, *, most_doubled: float) -> Iterator[Figure]:
    letters = dict(Letter.objects.values_list("message_id", "about"))
    kept = {one.source for one in Inquiry.objects.all()}
    received = Counter(str(message["Message-ID"]).strip("<>") for message in server.received)
    kills = writers.kills + senders.kills
    tried = Words(
        f"{len(letters)} brev, {kills} ganger drept med kill -9",
        f"{len(letters)} brev, {kills} gonger drepne med kill -9",
        f"{len(letters)} letters, {kills} kills with kill -9",
    )
    told_of = set(writers.told) - set(Inquiry.objects.values_list("key", flat=True))
    without = kept - set(letters.values())
    away = {
        f"{one.message_id}: {one.state}, tried {one.tries} times"
        for one in Letter.objects.all()
        if one.message_id not in received
    }
    lost = sorted(told_of | without | away)
    yield Figure(Words("tapt", "tapte", "lost"), len(lost), tried, examples=lost)
    about_nothing = sorted(set(letters.values()) - kept)
    yield Figure(
        Words("brev om noe som ikke skjedde", "brev om noko som ikkje skjedde", "letters about what did not happen"),
        len(about_nothing),
        tried,
        examples=about_nothing,
    )
    others = sorted(set(received) - set(letters))
    yield Figure(
        Words("kommet med en annen Message-ID", "komne med ein annan Message-ID", "arrived with another Message-ID"),
        len(others),
        tried,
        examples=others,
    )
    doubled = 100 * (sum(received.values()) - len(received)) / max(len(letters), 1)
    yield Figure(
        Words("kommet to ganger", "komne to gonger", "arrived twice"), round(doubled, 2), tried, most_doubled, " %"
    )


PROOF = Proof(
    name="mail",
    promise=Words(
        "Ingen brev går tapt, og ingen forteller om noe som ikke skjedde.",
        "Ingen brev går tapt, og ingen fortel om noko som ikkje skjedde.",
        "No letter is lost, and none tells of what did not happen.",
    ),
    run=run,
    weaknesses=[
        Weakness(
            OUTBOX,
            Words(
                "at brevet skrives i samme transaksjon som det det forteller om",
                "at brevet blir skrive i same transaksjon som det det fortel om",
                "that the letter is written in the transaction of what it tells of",
            ),
            lambda: patch.dict(os.environ, {WITHOUT: OUTBOX}),
        ),
        Weakness(
            MESSAGE_ID,
            Words(
                "at hvert forsøk har samme Message-ID",
                "at kvart forsøk har same Message-ID",
                "that each try has the same Message-ID",
            ),
            lambda: patch.dict(os.environ, {WITHOUT: MESSAGE_ID}),
        ),
    ],
)
