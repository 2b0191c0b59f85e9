"""The ledger with eight writers at once, and with writers that are killed: real processes, a real database."""

import random
import signal
import time

import pytest

from tests.processes import Process, run

pytestmark = pytest.mark.slow


def writer(environment: dict[str, str], number: int, count: int) -> Process:
    return Process(environment, "-m", "tests.under_fire", str(number), str(count))


def verdict(environment: dict[str, str]) -> tuple[list[str], int, int]:
    """The faults that verify finds, and how many postings and entries there are."""
    program = (
        "import django; django.setup()\n"
        "from samtall.ledger.verify import verify\n"
        "verdict = verify()\n"
        "print(verdict.postings, verdict.entries, *verdict.faults, sep='\\n')"
    )
    lines = run(environment, "-c", program).splitlines()
    return lines[2:], int(lines[0]), int(lines[1])


def test_positions_are_gapless_with_eight_writers_at_once(own_database: dict[str, str]) -> None:
    writers = [writer(own_database, number, 20) for number in range(8)]
    answered: list[int] = []
    for process in writers:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        answered += map(int, out.split())
    assert sorted(answered) == list(range(1, 161))
    assert verdict(own_database) == ([], 160, 480)


def test_a_kill_at_any_point_leaves_whole_postings_only_and_loses_none_that_was_answered(
    own_database: dict[str, str],
) -> None:
    answered: list[int] = []
    chance = random.Random(17)
    for number in range(6):
        process = writer(own_database, number, 10_000)
        answered.append(int(process.stdout.readline()))  # it has begun
        time.sleep(chance.uniform(0.0, 0.15))
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate(timeout=30)
        answered += map(int, rest.split())
    faults, postings, entries = verdict(own_database)
    assert faults == []
    assert entries == 3 * postings
    assert postings >= max(answered)
    assert sorted(answered) == sorted(set(answered))
