"""`samtall move`: a whole installation in another database, every row as it was."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from samtall.config.moving import digest_of
from samtall.ledger.models import Head
from samtall.privacy.models import Erased
from tests.processes import Done, run
from tests.test_backup import ON_POSTGRESQL, WITH_A_DOCUMENT, empty_postgresql, samtall
from tests.test_ledger_under_fire import verdict, writer

NEXT_ID = """
import django; django.setup()
from samtall.base import clock
from samtall.parties import operations
print(operations.add_organisation("Ny AS", at=clock.now()).pk)
"""
FORGET_THE_LAST = """
import django; django.setup()
from samtall.parties.models import Organisation
Organisation.objects.latest("pk").delete()
"""


def move(environment: dict[str, str], url: str) -> Done:
    return samtall(environment, "move", "--to", url)


def script(environment: dict[str, str], text: str) -> str:
    return run(environment, "-c", text).strip()


def digests(told: str) -> dict[str, tuple[str, str]]:
    """What is printed of each table: how many rows, and their digest."""
    return {name: (rows, digest) for name, rows, digest in re.findall(r"^(\w+) +(\d+)  ([0-9a-f]{16})$", told, re.M)}


@pytest.mark.slow
@pytest.mark.skipif(not ON_POSTGRESQL, reason="needs DATABASE_URL of a PostgreSQL server")
def test_a_whole_region_is_the_same_in_the_other_database_and_back_again(
    own_database: dict[str, str], tmp_path: Path
) -> None:
    assert samtall(own_database, "migrate").returncode == 0
    assert samtall(own_database | {"SAMTALL_DEMONSTRATION": "1"}, "demo").returncode == 0
    there = own_database | {"DATABASE_URL": f"sqlite:///{tmp_path / 'there.sqlite3'}"}
    first = move(own_database, there["DATABASE_URL"])
    assert (first.returncode, first.stderr) == (0, "")
    with empty_postgresql() as url:
        back = own_database | {"DATABASE_URL": url}
        second = move(there, url)
        assert (second.returncode, second.stderr) == (0, "")
        assert digests(first.stdout) == digests(second.stdout)
        assert len(digests(first.stdout)) > 30
        shown = [samtall(one, "figures").stdout for one in (own_database, there, back)]
        assert shown[0]
        assert shown == [shown[0]] * 3
        assert verdict(own_database) == verdict(there) == verdict(back)
        assert script(there, NEXT_ID) == script(back, NEXT_ID)


@pytest.mark.slow
def test_what_is_moved_goes_on_where_it_was(own_database: dict[str, str], tmp_path: Path) -> None:
    writer(own_database, 1, 5).communicate()
    name = script(own_database, WITH_A_DOCUMENT)
    script(own_database, NEXT_ID)
    last = int(script(own_database, NEXT_ID))
    script(own_database, FORGET_THE_LAST)
    there = own_database | {"DATABASE_URL": f"sqlite:///{tmp_path / 'there.sqlite3'}"}
    done = move(own_database, there["DATABASE_URL"])
    assert (done.returncode, done.stderr) == (0, "")
    assert digests(done.stdout)["ledger_entry"][0] == "15"
    assert int(script(there, NEXT_ID)) == last + 1  # the id of what was deleted is not given again
    writer(there, 2, 5).communicate()
    assert verdict(there) == ([], 10, 30)
    assert samtall(there, "check").returncode == 0
    Path(own_database["SAMTALL_DATA"], "documents", name).unlink()
    elsewhere = move(own_database, f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}")
    assert (elsewhere.returncode, elsewhere.stderr) == (1, f"documents/{name}: missing\n")


@pytest.mark.slow
def test_a_target_that_is_not_empty_or_not_there_is_refused(own_database: dict[str, str], tmp_path: Path) -> None:
    writer(own_database, 1, 1).communicate()
    url = f"sqlite:///{tmp_path / 'there.sqlite3'}"
    assert move(own_database, url).returncode == 0
    again = move(own_database, url)
    assert again.returncode == 1
    assert re.fullmatch(r"The target is not empty: there are rows in \w+\. Move to a new database\.\n", again.stderr)
    assert move(own_database, own_database["DATABASE_URL"]).returncode == 1
    unknown = move(own_database, "mysql://somewhere/else")
    assert (unknown.returncode, unknown.stderr.count("\n")) == (1, 1)
    assert unknown.stderr.startswith("mysql://somewhere/else is not the address of a database")
    assert move(own_database, f"sqlite:///{tmp_path / 'no/such/folder.sqlite3'}").stderr.startswith(
        "The database cannot"
    )


@pytest.mark.slow
def test_a_source_that_is_written_in_meanwhile_is_refused_and_nothing_is_left(
    own_database: dict[str, str], tmp_path: Path
) -> None:
    process = writer(own_database, 1, 100_000)
    url = f"sqlite:///{tmp_path / 'there.sqlite3'}"
    try:
        process.stdout.readline()
        done = move(own_database, url)
    finally:
        process.kill()
        process.communicate()
    assert done.returncode == 1
    assert done.stderr == "Somebody wrote in the source meanwhile. Stop Samtall and its worker, and move again.\n"
    assert move(own_database, url).returncode == 0
    assert verdict(own_database | {"DATABASE_URL": url}) == verdict(own_database)


MOMENT = datetime(2017, 3, 4, 5, 6, 7, 890123, tzinfo=UTC)


@pytest.mark.parametrize(
    ("model", "row", "other"),
    [
        (Head, (1, 5, MOMENT, b"x"), (1, 5, MOMENT + timedelta(microseconds=1), b"x")),
        (Head, (1, 5, MOMENT, b"x"), (1, 5, MOMENT, b"y")),
        (Head, (1, 5, MOMENT, b"x"), (1, 5, None, b"x")),
        (
            Erased,
            (1, "t", MOMENT, "b", "a", {"k": [1]}, None, None),
            (1, "t", MOMENT, "b", "a", {"k": [1.0]}, None, None),
        ),
        (Erased, (1, "t", MOMENT, "b", "a", {"k": "1"}, None, None), (1, "t", MOMENT, "b", "a", {"k": 1}, None, None)),
    ],
)
def test_a_digest_tells_rows_apart(model: Any, row: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    assert digest_of([row], model) != digest_of([other], model)
    assert digest_of([row, other], model) == digest_of([other, row], model)
    assert digest_of([row, row], model) != digest_of([row], model)


def test_a_digest_is_the_same_for_what_databases_write_differently() -> None:
    here = (1, "t", MOMENT, "b", "a", {"a": 1, "b": "ø"}, None, None)
    there = (1, "t", MOMENT, "b", "a", {"b": "ø", "a": 1}, None, None)
    assert digest_of([here], Erased) == digest_of([there], Erased)
    assert digest_of([(1, 5, MOMENT, b"x")], Head) == digest_of([(1, 5, MOMENT, memoryview(b"x"))], Head)
