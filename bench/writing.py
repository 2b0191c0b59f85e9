"""How fast the books are written, checked and filled from spreadsheets, on the database in use."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import count

import xlsxwriter

from bench.pages import user_with
from samtall.imports import operations as imports
from samtall.ledger.facts import Fact, Outcome, Side, Standing
from samtall.ledger.operations import Statement, restate, restate_many
from samtall.ledger.verify import verify
from samtall.parties.operations import add_organisation

_AT = datetime(2026, 6, 1, tzinfo=UTC)
_BY = "user:1"
_FACTS_IN_A_POSTING = 3
_numbers = count(1)


def postings_one_by_one(number: int) -> float:
    """Postings per second, each of three entries in a transaction of its own."""
    statements = list(_statements(number))
    began = time.perf_counter()
    for statement in statements:
        restate(statement.source, statement.facts, by=_BY, at=_AT)
    return number / (time.perf_counter() - began)


def postings_in_bulk(number: int) -> float:
    """The same, a hundred in a transaction."""
    statements = list(_statements(number))
    began = time.perf_counter()
    for first in range(0, number, 100):
        restate_many(statements[first : first + 100], by=_BY, at=_AT)
    return number / (time.perf_counter() - began)


def entries_verified() -> float:
    """Entries per second that `verify` reads and finds sound."""
    began = time.perf_counter()
    verdict = verify()
    if not verdict.sound:
        raise AssertionError(f"the generated books are not sound: {verdict.faults[0]}")
    return verdict.entries / (time.perf_counter() - began)


def rows_imported(number: int) -> float:
    """Rows per second of a spreadsheet, from the file to facts in the ledger, resting as an import does."""
    by = user_with("coordinator")
    school = add_organisation("Målehøgskolen", number="310000000", at=_AT)
    business = add_organisation("Måle Bygg AS", number="310000019", form="AS", at=_AT)
    content = _spreadsheet(number, business.number, school.name)
    began = time.perf_counter()
    import_ = imports.upload(content, file_name="bench.xlsx", by=by, at=_AT)
    imports.start(import_, by=by, at=_AT)
    imports.run_to_end(import_, by=by, now=lambda: _AT)
    if import_.rows_reached != number:
        raise AssertionError(f"{import_.rows_reached} of {number} rows were imported")
    return number / (time.perf_counter() - began)


def _statements(number: int) -> Iterator[Statement]:
    starts = date(2024, 2, 1)
    for one in (next(_numbers) for _ in range(number)):
        shared = {"kind": "student_a", "family": "student", "starts": starts, "ends": starts + timedelta(days=90)}
        yield Statement(
            f"bench:{one}",
            [
                Fact(
                    role=role,
                    side=side,
                    organisation=1 + one % 1000,
                    municipality="4020",
                    standing=Standing.VALIDATED,
                    outcome=Outcome.COMPLETED,
                    quantity=1_000 * (one % 40),
                    unit="hour",
                    sector="M",
                    **shared,  # type: ignore[arg-type]
                )
                for role, side in (("institution", Side.EDUCATION), ("host", Side.OUTSIDE), ("student", Side.EDUCATION))
            ],
        )


def _spreadsheet(number: int, business: str, school: str) -> bytes:
    rows: list[list[object]] = [
        [
            "Slag",
            "Tittel",
            "Fra",
            "Til",
            "Virksomhet",
            "Org.nr.",
            "Skole",
            "Antall studenter",
            "Dokumentasjon",
            "Status",
        ]
    ]
    for one in range(1, number + 1):
        starts, ends = date(2024, 1, 1) + timedelta(days=one % 300), date(2025, 1, 1)
        rows.append(
            ["Bacheloroppgave", f"Oppgave {one}", f"{starts:%d.%m.%Y}", f"{ends:%d.%m.%Y}", "Måle Bygg AS", business,
             school, 2, f"Avtale {one}", "Gjennomført"]
        )  # fmt: skip
    file = BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return file.getvalue()
