"""Parties and acts that the tests of activities share."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from samtall.accounts import operations as accounts
from samtall.accounts.models import User
from samtall.activities import operations
from samtall.activities.models import Activity
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

AT = datetime(2018, 1, 8, 9, 0, tzinfo=UTC)

#: A thesis between the college and a company, with evidence, as a draft.
MakeThesis = Callable[..., Activity]


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def college(db: None) -> Organisation:
    return parties.add_organisation("Høgskolen", number="313000001", at=AT)


@pytest.fixture
def company(db: None) -> Organisation:
    return parties.add_organisation("Bø Bygg AS", number="313000028", at=AT)


@pytest.fixture
def other_company(db: None) -> Organisation:
    return parties.add_organisation("Ulefoss Verk AS", number="313000036", at=AT)


@pytest.fixture
def second_validator(db: None) -> User:
    user = accounts.create_user("second@samtall.example", "Second", at=AT)
    accounts.grant_role(user, "validator", by=None, at=AT)
    return user


@pytest.fixture
def make_thesis(coordinator: User, college: Organisation, company: Organisation) -> MakeThesis:
    def make_thesis(**said: Any) -> Activity:
        details = {"level": "bachelor"}
        values: dict[str, Any] = {
            "title": "Tre som byggjer",
            "starts": date(2017, 1, 10),
            "ends": date(2017, 6, 20),
            "state": "completed",
            "details": details,
        } | said
        thesis = operations.record("thesis", by=coordinator, at=AT, **values)
        operations.add_participation(thesis, role="host", organisation=company, by=coordinator, at=AT)
        operations.add_participation(thesis, role="institution", organisation=college, by=coordinator, at=AT)
        operations.add_evidence(thesis, kind="agreement", description="17/204", by=coordinator, at=AT)
        return thesis

    return make_thesis


@pytest.fixture
def submitted(make_thesis: MakeThesis, coordinator: User) -> Activity:
    return operations.submit(make_thesis(), by=coordinator, at=AT)


@pytest.fixture
def validated(submitted: Activity, validator: User) -> Activity:
    return operations.validate(submitted, by=validator, at=AT)
