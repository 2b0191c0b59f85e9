"""From a spreadsheet to facts that stand in the ledger, and out again."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.activities.operations import validate
from samtall.imports import operations
from samtall.imports.models import Import
from samtall.imports.tests import files
from samtall.imports.tests.region import AT, FARM, LATER, ROWS, SCHOOL, settle, sheet
from samtall.ledger import queries as ledger
from samtall.ledger.facts import Standing
from samtall.parties.models import Organisation

pytestmark = pytest.mark.django_db

FORMS: dict[str, Callable[[list[list[Any]]], bytes]] = {
    "xlsx": files.xlsx,
    "ods": files.ods,
    "csv ; utf-8": lambda rows: files.csv(rows, separator=";"),
    "csv , utf-8": lambda rows: files.csv(rows, separator=","),
    "csv ; cp1252": lambda rows: files.csv(rows, separator=";", encoding="cp1252"),
    "csv tab utf-16": lambda rows: files.csv(rows, separator="\t", encoding="utf-16"),
}


def brought_in(content: bytes, by: User, name: str = "samarbeid.xlsx") -> Import:
    import_ = operations.upload(content, file_name=name, by=by, at=AT)
    operations.start(import_, by=by, at=AT)
    return operations.run_to_end(import_, by=by, now=lambda: AT)


@pytest.mark.parametrize("form", FORMS)
def test_five_rows_become_facts_that_someone_else_validates(form: str, coordinator: User, validator: User) -> None:
    builder = settle()
    import_ = brought_in(FORMS[form](sheet(*ROWS)), coordinator)
    assert (import_.state, import_.rows, import_.rows_reached) == (Import.State.DONE, 5, 5)
    thesis, placement, _lecture, _unidentified, _visit = Activity.objects.order_by("pk")
    facts = {fact.role: fact for fact in ledger.standing(thesis.source)}
    assert {role: fact.standing for role, fact in facts.items()} == dict.fromkeys(
        ("host", "institution", "student"), Standing.SUBMITTED
    )
    assert facts["host"].organisation == builder.pk
    assert (facts["student"].quantity, facts["student"].unit) == (2_000, "person")
    assert (facts["host"].starts, facts["host"].ends) == (date(2017, 1, 10), date(2017, 6, 20))
    site = next(fact for fact in ledger.standing(placement.source) if fact.role == "host")
    assert site.organisation == Organisation.objects.get(number=FARM).pk
    assert site.establishment is not None

    validate(thesis, by=validator, at=LATER)

    assert {fact.standing for fact in ledger.standing(thesis.source)} == {Standing.VALIDATED}


def test_what_is_not_found_becomes_new_or_unidentified_and_is_said_so(coordinator: User) -> None:
    settle()
    import_ = operations.upload(files.xlsx(sheet(*ROWS)), file_name="a.xlsx", by=coordinator, at=AT)
    plan = operations.plan(import_, by=coordinator, at=AT)
    assert [match.name for match in plan.new_organisations] == ["Fremmed Sag"]
    assert [match.name for match in plan.unidentified] == ["Ukjent Ull"]
    assert sorted(match.number for match in plan.found_organisations if match.number == SCHOOL) == [SCHOOL]
    assert not plan.blocked
    assert plan.without_evidence == 1
