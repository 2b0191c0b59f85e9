"""The background worker: jobs in turn, failures that stop nobody else, and processes that end when they should."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from samtall.base import heartbeat
from samtall.base.clock import now
from samtall.config import worker
from tests.processes import run

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent


def rounds(count: int) -> Callable[[], bool]:
    """A `go_on` that holds until it has been asked so many times."""
    left = iter(range(count))
    return lambda: next(left, None) is not None


@pytest.mark.django_db
def test_jobs_take_one_step_each_in_turn_and_the_worker_waits_longer_when_there_is_nothing_to_do() -> None:
    steps: list[str] = []
    waits: list[float] = []

    def long(_at: datetime) -> bool:
        steps.append("long")
        return len(steps) < 5

    def short(_at: datetime) -> bool:
        steps.append("short")
        return False

    worker.work({"long": long, "short": short}, go_on=rounds(12), wait=waits.append)
    assert steps == ["long", "short"] * 4
    assert waits == [worker.REST_SECONDS, worker.REST_SECONDS, worker.IDLE_SECONDS, worker.IDLE_SECONDS]


@pytest.mark.django_db
def test_a_job_that_fails_is_logged_with_its_traceback_and_rests_while_the_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[datetime] = []

    def broken(_at: datetime) -> bool:
        raise ValueError("the disk is full")

    def sound(at: datetime) -> bool:
        done.append(at)
        return True

    with caplog.at_level(logging.ERROR):
        worker.work({"broken": broken, "sound": sound}, go_on=rounds(9), wait=lambda _seconds: None)
    assert len(done) == 3
    assert [record.getMessage() for record in caplog.records] == ["The job broken failed. It rests for 2 seconds."]
    assert "the disk is full" in caplog.text


def test_a_worker_is_known_to_run_while_its_file_is_young(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    assert not heartbeat.worker_runs(at=now())
    with heartbeat.beating():
        until(lambda: heartbeat.worker_runs(at=now()))
        assert not heartbeat.worker_runs(at=now() + timedelta(minutes=1))
    assert not heartbeat.worker_runs(at=now())


def test_the_jobs_of_the_settings_exist(settings: Settings) -> None:
    assert list(worker.named(settings.JOBS)) == settings.JOBS


def test_a_worker_is_seen_by_check_and_ends_when_it_is_told_to(data: Path) -> None:
    assert "No worker runs" in checked(data)
    with started("work", data=data) as process:
        until((data / "worker-alive").exists)
        assert "No worker runs" not in checked(data)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert not (data / "worker-alive").exists()


def test_a_worker_ends_with_the_process_that_started_it(data: Path) -> None:
    program = (
        "import subprocess, sys, os;"
        "subprocess.Popen([sys.executable, '-m', 'samtall.config', 'work', '--beside', str(os.getpid())]);"
        "sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", program], env=environment(data), stdin=subprocess.PIPE) as parent:
        until((data / "worker-alive").exists)
        parent.kill()
    until(lambda: not (data / "worker-alive").exists())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a database that is up to date."""
    run(environment(tmp_path), "-m", "samtall.config", "migrate")
    return tmp_path


def environment(data: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return inherited | {"SAMTALL_DATA": str(data), "PYTHONPATH": str(ROOT)}


def started(*words: str, data: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "samtall.config", *words], env=environment(data), stdout=subprocess.PIPE, text=True
    )


def checked(data: Path) -> str:
    return run(environment(data), "-m", "samtall.config", "--language", "en", "check")


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    last = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < last
        time.sleep(0.05)
