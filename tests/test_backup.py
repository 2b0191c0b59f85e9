"""`samtall backup`: a copy taken while others write, that can be restored and verified."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from samtall.config import command_line
from tests.processes import Done, finish, run
from tests.test_ledger_under_fire import verdict, writer

pytestmark = pytest.mark.slow

ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
TAMPER = """
import django; django.setup()
from django.db import connection
from samtall.ledger import guards
guards.uninstall()
connection.cursor().execute("UPDATE ledger_entry SET organisation = 99 WHERE position = 3")
guards.install()
"""


def backup(environment: dict[str, str], target: Path) -> Done:
    return samtall(environment, "backup", str(target))


def samtall(environment: dict[str, str], *words: str) -> Done:
    return finish(environment, "-m", "samtall.config", "--language", "en", *words)


@contextmanager
def empty_place(environment: dict[str, str], folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a process that has a data folder of its own, and a database with nothing in it."""
    folder.mkdir(exist_ok=True)
    elsewhere = environment | {"SAMTALL_DATA": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'empty.sqlite3'}"}
    if not ON_POSTGRESQL:
        yield elsewhere
        return
    with empty_postgresql() as url:
        yield elsewhere | {"DATABASE_URL": url}


@contextmanager
def empty_postgresql() -> Iterator[str]:
    """The address of a database with nothing in it, on the server that the tests run on."""
    import psycopg

    name = f"samtall_restored_{os.getpid()}_{random.randrange(10**6)}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_copies_taken_while_somebody_writes_are_whole_when_restored(
    own_database: dict[str, str], tmp_path: Path
) -> None:
    process = writer(own_database, 1, 100_000)
    try:
        for number in range(2):
            reached = int(process.stdout.readline())
            copy = tmp_path / f"copy with spaces {number}%"
            done = backup(own_database, copy)
            assert (done.returncode, done.stderr) == (0, "")
            assert done.stdout.startswith(f"The copy is written: {copy}\n")
            assert oct(copy.stat().st_mode) == "0o100600"
            with empty_place(own_database, tmp_path / str(number)) as place:
                told = samtall(place, "restore", str(copy))
                assert (told.returncode, told.stderr) == (0, "")
                faults, postings, entries = verdict(place)
            assert f"The ledger is sound: {postings} postings, {entries} entries" in told.stdout
            assert ", 0 days ago. What was written after that is not in it." in told.stdout
            assert faults == []
            assert postings >= reached
            assert entries == 3 * postings
    finally:
        process.kill()
        process.communicate()


def test_a_file_that_exists_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy"
    copy.write_text("the only copy there is")
    assert command_line.main(["--language", "en", "backup", str(copy)]) == 1
    assert capsys.readouterr().err == f"{copy} exists already. Choose another name.\n"
    assert copy.read_text() == "the only copy there is"


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["--language", "en", "backup", str(tmp_path / "none" / "copy")]) == 1
    assert capsys.readouterr().err == f"There is no folder {tmp_path / 'none'}. Make it first.\n"


@pytest.mark.skipif(ON_POSTGRESQL, reason="there the ledger of a copy is verified once it is restored")
def test_faults_of_the_ledger_are_told_and_the_copy_is_kept(own_database: dict[str, str], tmp_path: Path) -> None:
    writer(own_database, 1, 5).communicate()
    run(own_database, "-c", TAMPER)
    done = backup(own_database, tmp_path / "copy")
    assert done.returncode == 1
    assert done.stderr.startswith("Entry 3.1 is not as it was written")
    assert (tmp_path / "copy").exists()


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite needs no other program")
def test_a_missing_tool_is_named_and_nothing_is_left_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert command_line.main(["--language", "en", "backup", str(tmp_path / "copy")]) == 1
    assert capsys.readouterr().err == "pg_dump is not installed here. It comes with PostgreSQL's client.\n"
    assert list(tmp_path.iterdir()) == []


WITH_A_DOCUMENT = """
import django; django.setup()
from samtall.accounts.operations import create_user
from samtall.base import clock
from samtall.documents.operations import examine, keep
by = create_user("kari@samtall.example", "Kari", at=clock.now())
print(keep(examine(b"17/4", name="liste.txt", at=clock.now()), about="activity:1", by=by, at=clock.now()).file.name)
"""


def test_the_files_of_documents_are_copied_beside_and_compared(own_database: dict[str, str], tmp_path: Path) -> None:
    name = run(own_database, "-c", WITH_A_DOCUMENT).strip()
    copies = tmp_path / "copies"
    copies.mkdir()
    assert backup(own_database, copies / "sound").returncode == 0
    assert (copies / "sound.documents" / name).read_bytes() == b"17/4"
    Path(own_database["SAMTALL_DATA"], "documents", name).write_bytes(b"18/4")
    done = backup(own_database, copies / "altered")
    assert (done.returncode, done.stderr) == (1, f"documents/{name}: altered\n")
    assert (copies / "altered").exists()


def test_what_is_restored_has_its_documents_and_is_never_put_over_something(
    own_database: dict[str, str], tmp_path: Path
) -> None:
    name = run(own_database, "-c", WITH_A_DOCUMENT).strip()
    assert backup(own_database, tmp_path / "copy").returncode == 0
    with empty_place(own_database, tmp_path / "place") as place:
        assert samtall(place, "restore", str(tmp_path / "copy")).returncode == 0
        assert (tmp_path / "place/documents" / name).read_bytes() == b"17/4"
        assert samtall(place, "documents", "verify").returncode == 0
        again = samtall(place, "restore", str(tmp_path / "copy"))
    assert again.returncode == 1
    assert again.stderr.startswith("There is ")
    with empty_place(own_database, tmp_path / "other") as place:
        (tmp_path / "copy.documents" / name).unlink()
        lacking = samtall(place, "restore", str(tmp_path / "copy"))
        assert (lacking.returncode, lacking.stderr) == (1, f"documents/{name}: missing\n")
        assert verdict(place) == ([], 0, 0)


def test_a_copy_that_is_not_sound_is_refused_and_leaves_nothing(own_database: dict[str, str], tmp_path: Path) -> None:
    writer(own_database, 1, 5).communicate()
    assert backup(own_database, tmp_path / "sound").returncode == 0
    run(own_database, "-c", TAMPER)
    backup(own_database, tmp_path / "unsound")
    content = (tmp_path / "sound").read_bytes()
    (tmp_path / "half").write_bytes(content[: len(content) // 2])
    (tmp_path / "none").write_text("no copy at all")
    with empty_place(own_database, tmp_path / "place") as place:
        unsound = samtall(place, "restore", str(tmp_path / "unsound"))
        assert unsound.stderr.startswith("The copy's ledger is not sound, and nothing is restored: Entry 3.1 is not")
        for name in ("half", "none", "missing"):
            assert samtall(place, "restore", str(tmp_path / name)).returncode == 1
        assert samtall(place, "restore", str(tmp_path / "sound")).returncode == 0  # so it was empty still
        assert verdict(place) == ([], 5, 15)


NEWER = """
import django; django.setup()
from django.db import connection
name = "WHERE app = 'ledger' AND name = '0001_initial'"
connection.cursor().execute("UPDATE django_migrations SET name = '9999_later' " + name)
"""


def test_a_copy_of_a_newer_samtall_is_refused(own_database: dict[str, str], tmp_path: Path) -> None:
    run(own_database, "-c", NEWER)
    backup(own_database, tmp_path / "copy")
    with empty_place(own_database, tmp_path / "place") as place:
        told = samtall(place, "restore", str(tmp_path / "copy"))
    assert told.stderr.endswith("a newer Samtall than this one, which does not know ledger.9999_later.\n")
