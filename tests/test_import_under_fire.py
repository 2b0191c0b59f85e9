"""An import that is killed again and again, and goes on each time: real processes, a real database."""

import random
import signal
import time
from pathlib import Path

import pytest

from samtall.imports.tests import files
from samtall.imports.tests.region import HEADINGS, ROWS
from tests.processes import Process, run
from tests.test_ledger_under_fire import verdict

pytestmark = pytest.mark.slow

ROW_COUNT = 700
COUNTS = """
import django; django.setup()

from samtall.activities.models import Activity, Participation
from samtall.imports.models import Import, PlannedBatch
from samtall.ledger.models import Source
from samtall.parties.models import Organisation
one = Import.objects.get()
print(Activity.objects.count(), Activity.objects.values("title").distinct().count(), Participation.objects.count(),
    Source.objects.count(), Organisation.objects.count(), PlannedBatch.objects.count(),
    one.state, one.rows_reached, len(one.packed_workbook))
"""


def test_an_import_that_is_killed_goes_on_and_doubles_nothing(own_database: dict[str, str], tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    rows = [["Studentpraksis", f"Praksis {number}", *ROWS[1][2:]] for number in range(ROW_COUNT)]
    sheet.write_bytes(files.csv([HEADINGS, *rows]))
    chance = random.Random(17)
    reached = [0]
    for _kill in range(3):
        child = importer(own_database, sheet)
        reached.append(int(child.stdout.readline()))  # after what is committed already
        time.sleep(chance.uniform(0.0, 0.3))
        child.send_signal(signal.SIGKILL)
        child.communicate(timeout=30)
    assert reached == sorted(reached)
    out, err = importer(own_database, sheet).communicate(timeout=300)
    assert out.split()[-1:] == [str(ROW_COUNT)], err

    counts = run(own_database, "-c", COUNTS).split()
    assert counts == [*map(str, (ROW_COUNT, ROW_COUNT, ROW_COUNT * 3, ROW_COUNT, 2, 0)), "done", str(ROW_COUNT), "0"]
    assert verdict(own_database) == ([], ROW_COUNT, ROW_COUNT * 3)


def importer(environment: dict[str, str], sheet: Path) -> Process:
    return Process(environment, "-m", "tests.import_under_fire", str(sheet))


LARGE = 1_100
BEGIN = """
import django; django.setup()
from datetime import UTC, datetime
from samtall.accounts.models import User
from samtall.imports import operations
from samtall.imports.models import Import
at = datetime.now(UTC)
one = Import.objects.first()
"""
TAKEN_IN = """
from pathlib import Path
by = User.objects.create(email="importer@samtall.example", name="Importer", joined_at=at)
one = operations.upload(Path({path!r}).read_bytes(), file_name="large.csv", by=by, at=at)
operations.prepared(one, by=by, at=at)
"""
SAVED = "operations.start(one, by=one.uploaded_by, at=at)"
UNDONE = "operations.undo(one, by=one.uploaded_by, at=at, reason='feil fil')"
WAITED = """
import time
from samtall.activities.models import Activity
last = time.monotonic() + 180
while one.state != {end!r} and time.monotonic() < last:
    time.sleep(0.2)
    one.refresh_from_db()
print(one.state, one.rows_reached, Activity.objects.exclude(step="withdrawn").count())
"""


def test_a_worker_that_is_killed_while_it_plans_saves_and_undoes_leaves_nothing_half_done(
    own_database: dict[str, str], tmp_path: Path
) -> None:
    environment = own_database | {"LANG": "nb_NO.UTF-8"}
    sheet = tmp_path / "large.csv"
    rows = [["Studentpraksis", f"Praksis {number}", *ROWS[1][2:]] for number in range(LARGE)]
    sheet.write_bytes(files.csv([HEADINGS, *rows]))
    chance = random.Random(5)

    def killed_until(end: str) -> list[str]:
        """Kill the worker again and again; the last one may finish."""
        for _kill in range(2):
            child = worker(environment)
            time.sleep(chance.uniform(0.1, 2.0))
            child.kill()
            child.communicate()
        child = worker(environment)
        found = run(environment, "-c", BEGIN + WAITED.format(end=end)).split()
        child.terminate()
        child.communicate()
        return found

    run(environment, "-c", BEGIN + TAKEN_IN.format(path=str(sheet)))
    assert killed_until("preview")[::2] == ["preview", "0"]
    run(environment, "-c", BEGIN + SAVED)
    assert killed_until("done") == ["done", str(LARGE), str(LARGE)]
    assert verdict(own_database) == ([], LARGE, LARGE * 3)
    run(environment, "-c", BEGIN + UNDONE)
    assert killed_until("undone") == ["undone", "0", "0"]


def worker(environment: dict[str, str]) -> Process:
    return Process(environment, "-m", "samtall.config", "work")
