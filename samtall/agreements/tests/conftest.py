"""A thesis that is about to begin, with everybody in it, and an agreement on it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.models import Activity
from samtall.agreements import operations
from samtall.agreements.models import Agreement
from samtall.parties import operations as parties

AT = datetime(2018, 1, 8, 9, 0, tzinfo=UTC)
TODAY = date(2018, 1, 8)
TERMS: dict[str, Any] = {"language": "nb", "rights": "students", "confidentiality": "none"}


@pytest.fixture
def said(coordinator: User) -> dict[str, Any]:
    return {"by": coordinator, "at": AT}


@pytest.fixture
def thesis(said: dict[str, Any]) -> Activity:
    college = parties.add_organisation("Høgskolen", number="313000001", form="ORGL", at=AT)
    company = parties.add_organisation("Bø Bygg AS", number="313000028", form="AS", at=AT)
    thesis = activities.record(
        "thesis",
        title="Tre som bygger",
        starts=date(2018, 1, 15),
        ends=date(2018, 6, 15),
        details={"level": "bachelor"},
        **said,
    )
    activities.add_participation(thesis, role="host", organisation=company, **said)
    activities.add_participation(thesis, role="institution", organisation=college, **said)
    for role, name, home in (
        ("student", "Kari Nordmann", college),
        ("supervisor", "Vera Vik", college),
        ("company_supervisor", "Bo Berg", company),
    ):
        person = parties.add_person(name, organisation=home)
        activities.add_participation(thesis, role=role, person=person, **said)
    return thesis


@pytest.fixture
def draw_up(thesis: Activity, said: dict[str, Any]) -> Callable[..., Agreement]:
    def draw_up(**terms: Any) -> Agreement:
        return operations.draw_up(thesis, **(TERMS | terms), **said)

    return draw_up
