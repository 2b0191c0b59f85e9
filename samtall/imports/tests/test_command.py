"""`samtall import` in a terminal."""

from pathlib import Path

import pytest

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.config.command_line import main
from samtall.imports.models import Import
from samtall.imports.tests import files
from samtall.imports.tests.region import BUILDER, ROWS, settle, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path: Path) -> Path:
    settle()
    path = tmp_path / "samarbeid.xlsx"
    path.write_bytes(files.xlsx(sheet(*ROWS)))
    return path


def test_a_file_is_brought_in_once_and_undone(
    path: Path, coordinator: User, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--language", "en", "import", str(path), "--yes"]) == 0
    out = capsys.readouterr().out
    assert "5  new activities" in out
    assert "I6 Note  Row 5, column E «Virksomhet»: No organisation here is called “Ukjent Ull”." in out
    assert "made 5 activities" in out

    assert main(["--language", "nb", "import", str(path), "--yes", "--as", coordinator.email]) == 0
    assert capsys.readouterr().out.startswith("I8 Dette ble importert")
    assert Activity.objects.count() == 5

    number = str(Import.objects.get().pk)
    assert main(["--language", "nn", "import", "undo", number, "--reason", "Feil år"]) == 0
    assert "er angra" in capsys.readouterr().out
    assert set(Activity.objects.values_list("step", flat=True)) == {"withdrawn"}


def test_a_dry_run_saves_nothing(path: Path, coordinator: User) -> None:
    assert main(["import", str(path), "--dry-run"]) == 0
    assert (Import.objects.count(), Activity.objects.count()) == (0, 0)


def test_errors_are_printed_by_cell_and_nothing_is_saved(
    path: Path, coordinator: User, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_bytes(files.xlsx(sheet([*ROWS[0][:5], BUILDER[:-1] + "8", *ROWS[0][6:]])))
    assert main(["--language", "en", "import", str(path), "--yes"]) == 1
    out = capsys.readouterr().out
    assert "I6 Error  Row 2, column F «Org.nr.»:" in out
    assert "No rows are saved yet." in out
    assert Import.objects.count() == 0


def test_columns_are_mapped_by_heading(path: Path, coordinator: User) -> None:
    rows = sheet(*ROWS)
    rows[0][1] = "Hva het det"
    path.write_bytes(files.xlsx(rows))
    assert main(["import", str(path), "--yes"]) == 1
    assert main(["import", str(path), "--yes", "--map", "Hva het det=title"]) == 0
    assert Activity.objects.count() == 5


def test_who_may_not_import_is_told_so(path: Path, reader: User, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "import", str(path), "--as", reader.email]) == 1
    assert "may bring in" in capsys.readouterr().err
