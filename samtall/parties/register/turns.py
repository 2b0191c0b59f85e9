"""Writing in turns: short transactions with rests between, so that people who write meanwhile come to."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.parties.register.keeping import Keeper, OvertakenByOthers, Sorted
from samtall.parties.register.rows import Row

#: SQLite lets one write at a time, and unfairly: a turn is about so much work, and then rests at least so long.
WORK_SECONDS = 0.010
REST_SECONDS = 0.020
LEAST_ROWS, MOST_ROWS = 100, 1000
#: How often rows are kept closely after others came between.
CLOSE_TRIES = 4

Thing = TypeVar("Thing")
Given = TypeVar("Given")


class Disturbed(Refusal):
    """Others changed the same units again and again."""


class Turns:
    """Takes turns at writing. `rows` is how many to bring to the next one: more when the last was soon done."""

    def __init__(self) -> None:
        self.rows = LEAST_ROWS
        self._over = 0.0

    def of(self, things: Iterator[Thing]) -> Iterator[list[Thing]]:
        """The things of each turn."""
        while batch := list(islice(things, self.rows)):
            yield batch

    def keep(self, keeping: Keeper, rows: Sequence[Row], also: Callable[[], None]) -> tuple[int, int]:
        """Keep rows, and do something else in the same transaction; new and changed units, as Keeper.keep."""
        found = keeping.sort(rows)
        for closely in [False] + [True] * CLOSE_TRIES:
            with suppress(OvertakenByOthers):
                return self.take(partial(_keep, keeping, rows if closely else found, also))
        raise Disturbed(_("Somebody else is changing the same organisations. Run the command again, and it goes on."))

    def take(self, write: Callable[[], Given]) -> Given:
        """What `write` gives, done in one transaction after a rest."""
        rest = self._over + REST_SECONDS - time.monotonic()
        if connection.vendor == "sqlite" and rest > 0:
            time.sleep(rest)
        with transaction.atomic():
            began = time.thread_time()
            given = write()
            work = time.thread_time() - began
        self._over = time.monotonic()
        fitting = round(self.rows * WORK_SECONDS / max(work, 0.0001))
        self.rows = max(LEAST_ROWS, min(MOST_ROWS, fitting, self.rows * 2))
        return given


def _keep(keeping: Keeper, rows: Sorted | Sequence[Row], also: Callable[[], None]) -> tuple[int, int]:
    kept = keeping.keep(rows) if isinstance(rows, Sorted) else keeping.keep_closely(rows)
    also()
    return kept
