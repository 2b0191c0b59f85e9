"""What somebody with all rights in the database changes in the books is found, and the first wrong posting named."""

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from random import Random
from unittest.mock import patch

from django.db import transaction
from django.utils import translation

from samtall.base.text import Words
from samtall.config.prove.proof import Figure, Proof, Trial, Weakness
from samtall.config.prove.tampering import ATTACKS, Books, Harm
from samtall.ledger import checkpoints, guards, verify
from samtall.ledger.checkpoints import Checkpoint
from samtall.ledger.facts import Fact, Side, Standing
from samtall.ledger.operations import restate

#: What the books are about, and how often something new is said of it.
SOURCES, POSTINGS = 25, 80
#: A checkpoint is kept outside each time so many postings have been written.
EVERY = 20
AT = datetime(2024, 1, 1, tzinfo=UTC)


def run(trial: Trial) -> Iterator[Figure]:
    number, random = trial.times(10_000, 108), Random(10)
    kept = write_books(random)
    books, missed, misnamed = Books.read(), [], []
    guards.uninstall()  # who may do all takes the guards down, and puts them back
    with patch.object(guards, "missing", list), translation.override("en"):
        alarms = verify.verify(checkpoints=kept).faults
        for one in range(number):
            with transaction.atomic():
                harm = ATTACKS[one % len(ATTACKS)](books, random)
                faults = verify.verify(checkpoints=kept).faults
                transaction.set_rollback(True)
            if not faults:
                missed.append(harm.what)
            elif not names(faults, harm):
                misnamed.append(f"{harm.what}: {faults[0]}")
    tried = Words(f"{number} endringer", f"{number} endringar", f"{number} tamperings")
    yield Figure(
        Words("endringer som ikke ble funnet", "endringar som ikkje vart funne", "tamperings that were not found"),
        len(missed), tried, examples=missed,
    )  # fmt: skip
    yield Figure(
        Words("endringer der en annen postering ble navngitt enn den første gale",
              "endringar der ei anna postering vart nemnd enn den første gale",
              "tamperings for which another posting was named than the first wrong one"),
        len(misnamed), tried, examples=misnamed,
    )  # fmt: skip
    yield Figure(
        Words("feil funnet i bøker som ingen har rørt", "feil funne i bøker som ingen har rørt",
              "faults found in books that nobody has touched"),
        len(alarms),
        Words(f"{books.last} posteringer", f"{books.last} posteringar", f"{books.last} postings"),
        examples=alarms,
    )  # fmt: skip


def write_books(random: Random) -> list[Checkpoint]:
    """Books with additions, corrections and cancellations, and the checkpoints that others kept of them on the way."""
    kept: list[Checkpoint] = []
    written = 0
    while written < POSTINGS:
        source = f"activity:{random.randint(1, SOURCES)}"
        facts = [a_fact(random) for _one in range(random.choice([0, 1, 2, 3, 4]))]
        reason = random.choice(["", "Rettet"])
        if restate(source, facts, by=f"user:{random.randint(1, 3)}", at=AT + timedelta(hours=written), reason=reason):
            written += 1
            if written % EVERY == 0:
                kept.append(checkpoints.read(checkpoints.sign(checkpoints.current())))
    return kept


def a_fact(random: Random) -> Fact:
    starts = date(2024, random.randint(1, 12), 1)
    return Fact(
        kind=random.choice(["thesis", "course"]),
        family="student",
        role="host",
        starts=starts,
        ends=random.choice([None, starts, starts + timedelta(days=90)]),
        standing=random.choice(list(Standing)),
        side=Side.OUTSIDE,
        organisation=random.randint(1, 9),
        municipality="4020",
        quantity=random.randint(0, 9) * 1_000,
        unit="hour",
    )


def names(faults: Sequence[str], harm: Harm) -> bool:
    """Whether the right posting is named: the first wrong one, or from where on a checkpoint says it is uncertain."""
    if harm.hidden:
        uncertain = re.search(r"What comes from (\d+) on is uncertain", faults[-1])
        return uncertain is not None and harm.first - EVERY < int(uncertain[1]) <= harm.first
    named = re.search(r"\d+", faults[0])
    return named is not None and harm.first <= int(named[0]) <= harm.last


class _Fits(bytes):
    """A hash that fits whatever it is compared with."""

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = bytes.__hash__


def _without_checkpoints() -> AbstractContextManager[object]:
    return patch.object(verify, "_not_passed", lambda _checkpoints: [])


def _without_chain() -> AbstractContextManager[object]:
    return patch.object(verify, "posting_hash", lambda *_: _Fits())


def _without_commitments() -> AbstractContextManager[object]:
    return patch.object(verify, "commitment", lambda *_: _Fits())


PROOF = Proof(
    name="tamper",
    promise=Words(
        "Ingen endrer bøkene uten at det oppdages, heller ikke den som har alle rettigheter i databasen.",
        "Ingen endrar bøkene utan at det blir oppdaga, heller ikkje den som har alle rettar i databasen.",
        "Nobody changes the books without it being found out, not even who has all rights in the database.",
    ),
    run=run,
    weaknesses=[
        Weakness(
            "checkpoints",
            Words("kontrollpunkter andre har", "kontrollpunkt andre har", "checkpoints that others keep"),
            _without_checkpoints,
        ),
        Weakness(
            "chain", Words("kjeden av sjekksummer", "kjeda av sjekksummar", "the chain of hashes"), _without_chain
        ),
        Weakness(
            "commitments",
            Words("sjekksummen av hver linje", "sjekksummen av kvar linje", "the hash of each entry"),
            _without_commitments,
        ),
    ],
)
