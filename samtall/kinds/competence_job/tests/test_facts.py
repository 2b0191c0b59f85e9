"""Competence jobs (R14)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from samtall.activities import operations
from samtall.kinds.tests.conftest import Record, facts
from samtall.parties.models import Organisation

DAY = date(2017, 3, 1)


@pytest.mark.parametrize(("change", "fte"), [("filled", 800), ("lost", -800), ("moved", 0)])
def test_a_job_is_one_signed_entry_on_its_day(
    change: str, fte: int, record: Record, organisations: dict[str, Organisation]
) -> None:
    job = _job(record, organisations, change=change)
    told = [(fact.role, fact.quantity, fact.unit, fact.starts, fact.ends, fact.contribution) for fact in facts(job)]
    assert told == [(change, fte, "fte", DAY, DAY, "direct")]


def test_a_job_needs_no_education_party(record: Record, organisations: dict[str, Organisation]) -> None:
    assert _job(record, organisations, change="filled").step == "submitted"


def test_a_baseline_that_is_not_dated_before_is_below_the_minimum(
    record: Record, organisations: dict[str, Organisation]
) -> None:
    with pytest.raises(operations.Incomplete):
        _job(record, organisations, change="filled", baseline_on="01.03.2017")


def _job(record: Record, organisations: dict[str, Organisation], **details: str) -> Any:
    said = {"contribution": "direct", "baseline_on": "31.12.2013"} | details
    employer = {"organisation": organisations["A"], "quantity": Decimal("0.8")}
    return record("competence_job", ("employer", employer), starts=DAY, details=said)
