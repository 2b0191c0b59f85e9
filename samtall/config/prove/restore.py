"""A copy taken at any moment can be restored and moved, and everything is as it was then (G12, G22)."""

import random
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from unittest.mock import patch

from django.db import connection
from django.test import override_settings

from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.base.periods import Period, academic_year, semester, year
from samtall.base.text import Words
from samtall.config import restoring
from samtall.config.backup import back_up
from samtall.config.prove import somebody
from samtall.config.prove.busy import Busy, writing
from samtall.config.prove.copies import moved, restored
from samtall.config.prove.proof import Figure, Proof, Trial, Weakness
from samtall.documents.queries import faults_on_disk, kept_files
from samtall.figures import queries as figures
from samtall.figures.results import Result
from samtall.ledger import guards
from samtall.ledger import queries as ledger
from samtall.ledger.verify import Verdict, verify
from samtall.privacy import listing
from samtall.privacy.searching import traces

#: What nobody else is called, so that any trace is theirs.
PEOPLE = [("Åse Trædal", "ase.traedal@student.example.org"), ("Jørn Lægreid", "jorn.laegreid@student.example.org")]
PERIODS = [year(2015), year(2016), year(2017), year(2018), academic_year(2016), semester(2017, autumn=True)]
LONGEST_SECONDS = 600

#: What a figure answered: by its name, the period and the position.
Answers = dict[tuple[str, str, int], Result]


@dataclass
class Taken:
    """A copy, and the head of the ledger when it was begun: what it holds at least."""

    file: Path
    position: int


@dataclass
class Found:
    """What was compared in all places, and what was wrong there."""

    figures: int = 0
    changed: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    files: int = 0
    documents: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)
    restoring: list[float] = field(default_factory=list)
    moving: list[float] = field(default_factory=list)


def run(trial: Trial) -> Iterator[Figure]:
    with override_settings(REMEMBER_ANSWERS=False):  # so that every answer is counted where it is asked
        yield from _run(trial)


def _run(trial: Trial) -> Iterator[Figure]:
    chance = random.Random(17)
    region = somebody.make_region(at=clock.now())
    for name, email in PEOPLE:
        somebody.live(region, name, email, at=clock.now())
    aside = trial.folder.with_name(f"{trial.folder.name}.aside")
    aside.mkdir()
    copies, answers = _written_and_copied(trial, Busy(region, chance), chance, aside)
    for _name, email in PEOPLE:
        somebody.erase(email, at=clock.now())
    found = Found()
    for copy in copies:
        with restored(trial, copy.file) as seconds:
            found.restoring.append(seconds)
            _look(copy, answers, found)
            with moved(trial) as seconds:
                found.moving.append(seconds)
                _look(copy, answers, found)
    yield from _figures(found, copies)
    yield _damaged(trial, copies[-1].file, trial.times(12, 1), chance)
    shutil.rmtree(aside)


def _written_and_copied(trial: Trial, busy: Busy, chance: random.Random, aside: Path) -> tuple[list[Taken], Answers]:
    """Copies taken at random moments while somebody writes, and what every figure answered at some of them."""
    copies, answers = [], Answers()
    with writing(busy):
        for number in range(trial.times(8, 1)):
            enough = busy.done + chance.randint(trial.times(20, 3), trial.times(80, 6))
            while busy.done < enough:
                time.sleep(chance.uniform(0.01, 0.1))
            position = ledger.position()
            answers |= _answers([position, chance.randint(1, position)], PERIODS[: trial.times(len(PERIODS), 2)])
            copies.append(Taken(aside / f"copy{number}", ledger.position()))
            back_up(copies[-1].file)
    return copies, answers


def _answers(positions: Iterable[int], periods: Iterable[Period]) -> Answers:
    """What every figure of the catalogue answers, in these periods, at these positions."""
    versions = figures.latest_versions(with_people=True)
    return {
        (version.figure.slug, period.label, position): figures.value(version, period, position=position)
        for version, period, position in product(versions, periods, positions)
    }


def _look(copy: Taken, answers: Answers, found: Found) -> None:
    """Compare everything here with what it was."""
    known = {key: value for key, value in answers.items() if key[2] <= copy.position}
    asked = {label for _slug, label, _position in known}
    now = _answers({position for *_of, position in known}, [one for one in PERIODS if one.label in asked])
    found.figures += len(known)
    found.changed += [f"{copy.file.name}: {key}" for key, value in known.items() if now.get(key) != value]
    found.unsound += verify().faults
    found.files += kept_files().count()
    found.documents += faults_on_disk()
    found.traces += traces(word for person in PEOPLE for word in person)


def _figures(found: Found, copies: list[Taken]) -> Iterator[Figure]:
    places = 2 * len(copies)
    tried = Words(f"{places} steder", f"{places} stader", f"{places} places")
    yield Figure(
        Words("tall som endret seg", "tal som endra seg", "figures that changed"),
        len(found.changed),
        Words(f"{found.figures} svar", f"{found.figures} svar", f"{found.figures} answers"),
        examples=found.changed,
    )
    yield Figure(
        Words("feil i hovedboken", "feil i hovudboka", "faults in the ledger"),
        len(found.unsound),
        tried,
        examples=found.unsound,
    )
    yield Figure(
        Words("dokumenter som ikke var hele", "dokument som ikkje var heile", "documents that were not whole"),
        len(found.documents) if found.files else 1,
        Words(f"{found.files} filer", f"{found.files} filer", f"{found.files} files"),
        examples=found.documents,
    )
    yield Figure(
        Words("steder med spor av slettede", "stader med spor av sletta", "places with a trace of the erased"),
        len(found.traces),
        tried,
        examples=found.traces,
    )
    for what, seconds in (
        (Words("lengste gjenoppretting", "lengste gjenoppretting", "longest restore"), found.restoring),
        (Words("lengste flytting", "lengste flytting", "longest move"), found.moving),
    ):
        times = Words(f"{len(seconds)} ganger", f"{len(seconds)} gonger", f"{len(seconds)} times")
        yield Figure(what, round(max(seconds), 1), times, most=LONGEST_SECONDS, unit=" s")


#: What somebody who can write in the database might do.
_DAMAGES = (
    "UPDATE ledger_entry SET organisation = 99 WHERE position = {position} AND line = 1",
    "UPDATE ledger_entry SET starts = '2001-01-01' WHERE position = {position} AND line = 1",
    "UPDATE ledger_posting SET by = 'user:99' WHERE position = {position}",
    "UPDATE ledger_posting SET at = '2001-01-01 00:00:00+00:00' WHERE position = {position}",
    "UPDATE ledger_head SET position = position - 1",
    "UPDATE ledger_entry SET salt = commitment WHERE position = {position} AND line = 1",
)


def _damaged(trial: Trial, copy: Path, times: int, chance: random.Random) -> Figure:
    """Copies of which something was changed after it was written: each must be refused."""
    unnoticed = []
    for number in range(times):
        damage = _DAMAGES[number % len(_DAMAGES)]
        bad = copy.with_name(f"bad{number}")
        with restored(trial, copy):
            guards.uninstall()
            with connection.cursor() as cursor:
                cursor.execute(damage.format(position=chance.randint(1, ledger.position())))
            guards.install()
            back_up(bad)
        try:
            with restored(trial, bad):
                unnoticed.append(damage)
        except Refusal:
            continue
    return Figure(
        Words("skadde kopier som ble lagt tilbake", "skadde kopiar som vart lagde tilbake", "damaged copies restored"),
        len(unnoticed),
        Words(f"{times} kopier", f"{times} kopiar", f"{times} copies"),
        examples=unnoticed,
    )


@contextmanager
def _without_verifying() -> Iterator[None]:
    with ExitStack() as taken:
        taken.enter_context(patch.object(restoring, "verify", Verdict))
        taken.enter_context(patch.object(restoring, "broken_in", return_value=[]))
        yield


def _without_the_list() -> AbstractContextManager[object]:
    return patch.object(listing, "lines", return_value=[])


PROOF = Proof(
    name="restore",
    promise=Words(
        "En kopi kan legges tilbake og flyttes, og alt er som det var.",
        "Ein kopi kan leggjast tilbake og flyttast, og alt er som det var.",
        "A copy can be restored and moved, and everything is as it was.",
    ),
    run=run,
    weaknesses=(
        Weakness(
            "verify",
            Words("gjennomlesing av kopien", "gjennomlesing av kopien", "reading the copy through"),
            _without_verifying,
        ),
        Weakness(
            "list",
            Words("listen over slettinger", "lista over slettingar", "the list of erasures"),
            _without_the_list,
        ),
    ),
)
