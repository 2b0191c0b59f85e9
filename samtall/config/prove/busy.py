"""A region in which somebody is always writing: for proofs of what happens meanwhile."""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import connections

from samtall.activities import operations as activities
from samtall.activities.models import Activity
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.config.prove.somebody import Region
from samtall.documents import operations as documents
from samtall.parties import operations as parties


class Busy:
    """Does one thing after another, by chance, in the real rooms; what the rules refuse is not done."""

    def __init__(self, region: Region, chance: random.Random) -> None:
        self.region, self.chance = region, chance
        self.companies = [region.company, region.stranger]
        self.companies += [parties.add_organisation(f"Firma {number} AS", at=clock.now()) for number in range(6)]
        self.done = 0

    def act(self) -> None:
        what = self.chance.choices([self._new, self._correct, self._withdraw, self._merge], [6, 3, 1, 0.3])[0]
        try:
            what({"by": self.region.coordinator, "at": clock.now()})
        except Refusal:
            return
        self.done += 1

    def _day(self) -> date:
        return date(2015, 1, 1) + timedelta(days=self.chance.randrange(3 * 365))

    def _new(self, said: dict[str, Any]) -> None:
        begun = self._day()
        thesis = activities.record(
            "thesis",
            title=f"Oppgave {self.done}",
            starts=begun,
            ends=begun + timedelta(days=self.chance.randrange(1, 300)),
            state="completed",
            details={"level": "bachelor"},
            **said,
        )
        host, person = self.chance.choice(self.companies), parties.add_person(f"Student {self.done}")
        activities.add_participation(thesis, role="host", organisation=host, **said)
        activities.add_participation(thesis, role="institution", organisation=self.region.college, **said)
        activities.add_participation(thesis, role="student", person=person, **said)
        agreement = f"Avtale {self.done}".encode()
        file = documents.examine(agreement, name="avtale.txt", at=said["at"]) if self.done % 10 == 0 else None
        activities.add_evidence(thesis, kind="agreement", description=f"17/{self.done}", file=file, **said)
        activities.submit(thesis, **said)
        if self.chance.random() < 0.8:
            activities.validate(thesis, by=self.region.validator, at=said["at"])

    def _any(self) -> Activity:
        written = Activity.objects.filter(title__startswith="Oppgave").order_by("pk")
        return written[self.chance.randrange(written.count())]

    def _correct(self, said: dict[str, Any]) -> None:
        if self.done:
            activities.revise(self._any(), starts=self._day(), reason="feil dag", **said)

    def _withdraw(self, said: dict[str, Any]) -> None:
        if self.done:
            activities.withdraw(self._any(), reason="ført to ganger", **said)

    def _merge(self, said: dict[str, Any]) -> None:
        old, new = self.chance.sample(self.companies, 2)
        activities.record_succession(old, new, cause="merger", on=self._day(), **said)


@contextmanager
def writing(busy: Busy) -> Iterator[None]:
    """Somebody writes meanwhile, in a thread and on a connection of their own."""
    stopped = threading.Event()
    failed: list[BaseException] = []

    def go_on() -> None:
        try:
            while not stopped.is_set():
                busy.act()
        except BaseException as error:  # told of by whoever waits
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=go_on, name="writer", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
    if failed:
        raise failed[0]
