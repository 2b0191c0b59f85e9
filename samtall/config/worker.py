"""Work in the background: the jobs of `settings.JOBS`, one step of each in turn, until stopped.

A job is a function `(at: datetime) -> bool`: it does one bounded step, and gives whether there may be more. Several
workers may run at once, so a job locks what it works on.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections, connections
from django.utils.module_loading import import_string

from samtall.base import heartbeat
from samtall.base.clock import now

Job = Callable[[datetime], bool]
log = logging.getLogger(__name__)

REST_SECONDS = 0.02  # after each step, so that those who wait for the database get it
IDLE_SECONDS = 1.0
LONGEST_BACK_OFF = timedelta(minutes=5)
NICENESS = 10  # pages come first
RESTART_SECONDS = 5.0


@dataclass
class _Turn:
    """A job, and how it has gone with it."""

    name: str
    job: Job
    failures: int = 0
    not_before: datetime | None = None

    def take(self, at: datetime) -> bool:
        """Do one step; one that fails is logged, and the job rests for longer each time."""
        if self.not_before is not None and at < self.not_before:
            return False
        close_old_connections()
        try:
            more = self.job(at)
        except Exception:
            self.failures += 1
            rest = min(timedelta(seconds=2**self.failures), LONGEST_BACK_OFF)
            self.not_before = at + rest
            log.exception("The job %s failed. It rests for %d seconds.", self.name, rest.total_seconds())
            connections.close_all()  # whatever state it left them in
            return False
        self.failures, self.not_before = 0, None
        return more


def named(names: Sequence[str]) -> dict[str, Job]:
    """The jobs by their dotted names. Raises ImportError."""
    return {name: import_string(name) for name in names}


def work(jobs: dict[str, Job], *, go_on: Callable[[], bool], wait: Callable[[float], object]) -> None:
    """Take the jobs in turn while `go_on()`; `wait(seconds)` between steps, for longer when there is nothing to do."""
    turns = [_Turn(name, job) for name, job in jobs.items()]
    while go_on():
        busy = False
        for turn in turns:
            if go_on() and turn.take(now()):
                busy = True
                wait(REST_SECONDS)
        if not busy:
            wait(IDLE_SECONDS)


def run(names: Sequence[str], *, parent: int | None = None) -> None:
    """Work until told to stop (SIGTERM, SIGINT) or the process `parent` is gone; finishes the step under way."""
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopped.set())
    os.nice(NICENESS)
    with heartbeat.beating():
        work(
            named(names),
            go_on=lambda: not stopped.is_set() and parent in (None, os.getppid()),
            wait=stopped.wait,
        )


class Beside:
    """A worker beside this process, started again should it end before this process does."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        threading.Thread(target=self._keep, name="worker", daemon=True).start()

    def stop(self) -> None:
        """Tell it to stop when the step under way is finished."""
        self._stopped.set()
        if self._process is not None:
            self._process.terminate()

    def _keep(self) -> None:
        words = [sys.executable, "-m", "samtall.config", "work", "--beside", str(os.getpid())]
        while not self._stopped.is_set():
            self._process = subprocess.Popen(words)  # noqa: S603 - ours
            self._process.wait()
            self._stopped.wait(RESTART_SECONDS)
