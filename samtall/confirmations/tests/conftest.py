"""A thesis that is over, with everybody in it, whom to ask, and the letter they get."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.models import Activity, Participation
from samtall.confirmations import operations
from samtall.confirmations.models import Request
from samtall.mail.models import Letter
from samtall.parties import operations as parties

AT = datetime(2017, 7, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def said(coordinator: User) -> dict[str, Any]:
    return {"by": coordinator, "at": AT}


@pytest.fixture
def thesis(said: dict[str, Any]) -> Activity:
    college = parties.add_organisation("Høgskolen", number="313000001", at=AT)
    company = parties.add_organisation("Bø Bygg AS", number="313000028", at=AT)
    thesis = activities.record(
        "thesis",
        title="Tre",
        starts=date(2017, 1, 10),
        ends=date(2017, 6, 20),
        state="completed",
        details={"level": "bachelor"},
        **said,
    )
    activities.add_participation(thesis, role="host", organisation=company, **said)
    activities.add_participation(thesis, role="institution", organisation=college, **said)
    for role, name, home, email in (
        ("student", "Kari Nordmann", college, "kari@student.example.org"),
        ("student", "Ola Hansen", college, ""),
        ("company_supervisor", "Bo Berg", company, "bo@bobygg.example.org"),
    ):
        person = parties.add_person(name, organisation=home, email=email)
        activities.add_participation(thesis, role=role, person=person, **said)
    return thesis


@pytest.fixture
def host(thesis: Activity) -> Participation:
    return thesis.participations.get(role="host")


@pytest.fixture
def ask(host: Participation, said: dict[str, Any]) -> Callable[..., Request]:
    def ask(part: Participation | None = None, **more: Any) -> Request:
        values = {"address": "post@bobygg.example.org", "language": "nb"} | said | more
        return operations.ask(part or host, **values)

    return ask


def token_in(letter: Letter) -> str:
    """The secret part of the link in a letter."""
    found = re.search(r"/bekreft/([\w-]{43})/", letter.text)
    assert found is not None
    return found[1]
