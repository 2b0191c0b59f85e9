"""An import that is killed again and again, and goes on each time: real processes, a real database."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samtall.imports.tests import files
from samtall.imports.tests.region import HEADINGS, ROWS
from tests.test_ledger_under_fire import ROOT, own_database, run, verdict

__all__ = ["own_database"]

ROW_COUNT = 700
COUNTS = """
import django; django.setup()

import pytest
from samtall.activities.models import Activity, Participation
from samtall.imports.models import Import, ImportedActivity
from samtall.ledger.models import Source
from samtall.parties.models import Organisation
one = Import.objects.get()
print(Activity.objects.count(), Activity.objects.values("title").distinct().count(), Participation.objects.count(),
    Source.objects.count(), Organisation.objects.count(), ImportedActivity.objects.filter(activity=None).count(),
    one.state, one.rows_reached, len(one.packed_workbook))
"""


@pytest.mark.slow
def test_an_import_that_is_killed_goes_on_and_doubles_nothing(own_database: dict[str, str], tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    rows = [["Studentpraksis", f"Praksis {number}", *ROWS[1][2:]] for number in range(ROW_COUNT)]
    sheet.write_bytes(files.csv([HEADINGS, *rows]))
    chance = random.Random(17)
    reached = [0]
    for _kill in range(5):
        child = importer(own_database, sheet)
        assert child.stdout is not None
        reached.append(int(child.stdout.readline()))  # after what is committed already
        time.sleep(chance.uniform(0.0, 0.3))
        child.send_signal(signal.SIGKILL)
        child.communicate(timeout=30)
    assert reached == sorted(reached)
    out, err = importer(own_database, sheet).communicate(timeout=300)
    assert out.split()[-1:] == [str(ROW_COUNT)], err

    counts = run({**own_database, "DJANGO_SETTINGS_MODULE": "samtall.config.settings"}, "-c", COUNTS).split()
    assert counts == [*map(str, (ROW_COUNT, ROW_COUNT, ROW_COUNT * 3, ROW_COUNT, 2, 0)), "done", str(ROW_COUNT), "0"]
    assert verdict(own_database) == ([], ROW_COUNT, ROW_COUNT * 3)


def importer(environment: dict[str, str], sheet: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.import_under_fire", str(sheet)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
