"""A limit with many at the same moment: real processes and threads, a real database."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

PROGRAM = """
import threading, django
django.setup()
from datetime import UTC, datetime, timedelta
from django.db import connection
from samtall.accounts import limits

at, answers = datetime(2016, 3, 1, tzinfo=UTC), []
def ask():
    try:
        answers.append(limits.take("ask", "kari", most=5, per=timedelta(hours=1), at=at))
    finally:
        connection.close()
input()
threads = [threading.Thread(target=ask) for _ in range(10)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(answers), sum(answers))
"""


def test_of_forty_in_four_processes_exactly_five_get_through(own_database: dict[str, str]) -> None:
    environment = {**own_database, "DJANGO_SETTINGS_MODULE": "samtall.config.settings"}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    told = [process.communicate("\n", timeout=120)[0].split() for process in processes]
    assert (sum(int(asked) for asked, _ in told), sum(int(taken) for _, taken in told)) == (40, 5)
