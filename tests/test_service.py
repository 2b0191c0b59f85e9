"""Putting into service with two roles, as docs/service.md tells: the one that serves cannot take the guards down."""

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.processes import finish, run
from tests.test_ledger_under_fire import verdict, writer

ROOT = Path(__file__).resolve().parent.parent
URL = os.environ.get("DATABASE_URL", "")
pytestmark = pytest.mark.skipif(not URL.startswith("postgres"), reason="SQLite has no roles")

TAMPERING = (
    "TRUNCATE ledger_entry",
    "DELETE FROM ledger_posting",
    "UPDATE ledger_posting SET reason = 'nicer'",
    "DROP TRIGGER ledger_entry_no_update ON ledger_entry",
    "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "CREATE TABLE mine (x int)",
)


@pytest.fixture
def roles(tmp_path: Path) -> Iterator[dict[str, dict[str, str]]]:
    """The environments of the owner and of the one who serves, in a database of their own made by the page's SQL."""
    import psycopg

    mark = f"{os.getpid()}_{random.randrange(10**6)}"
    page = (ROOT / "docs/service.md").read_text().replace("a-long-password", "secret")
    page = re.sub(r"\bsamtall(_owner|_app)?\b(?!-)", rf"samtall\1_{mark}", page)
    made, granted = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)

    def environment(role: str) -> dict[str, str]:
        at = urlsplit(URL)
        place = f"{at.hostname}:{at.port or 5432}/samtall_{mark}"
        url = f"postgres://samtall_{role}_{mark}:secret@{place}"
        return {**os.environ, "SAMTALL_DATA": str(tmp_path), "SAMTALL_SECRET_KEY": "test", "DATABASE_URL": url}

    with psycopg.connect(URL, autocommit=True) as server:
        try:
            for statement in filter(str.strip, made.split(";")):
                server.execute(statement)
            owner, app = environment("owner"), environment("app")
            run(owner, "-m", "samtall.config", "migrate")
            with psycopg.connect(owner["DATABASE_URL"], autocommit=True) as mine:
                mine.execute(granted)
            yield {"owner": owner, "app": app}
        finally:
            server.execute(f"DROP DATABASE IF EXISTS samtall_{mark} WITH (FORCE)")
            for role in ("owner", "app"):
                server.execute(f"DROP ROLE IF EXISTS samtall_{role}_{mark}")


def test_the_role_that_serves_writes_in_the_ledger_and_cannot_change_it(roles: dict[str, dict[str, str]]) -> None:
    import psycopg

    app = roles["app"]
    process = writer(app, 1, 5)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    with psycopg.connect(app["DATABASE_URL"], autocommit=True) as connection:
        for statement in TAMPERING:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
    told = finish(app, "-m", "samtall.config", "--language", "en", "check")
    assert (told.returncode, told.stderr) == (0, "")
    assert verdict(app) == ([], 5, 15)
