"""What the tests of kinds share."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from samtall.accounts.models import User
from samtall.activities import operations
from samtall.activities.models import Activity
from samtall.ledger import queries as ledger
from samtall.ledger.facts import Fact
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

AT = datetime(2019, 1, 8, 9, 0, tzinfo=UTC)
NUMBERS = {"college": "313000001", "A": "313000028", "B": "313000036", "C": "313000044"}

Record = Callable[..., Activity]


@pytest.fixture
def organisations(db: None) -> dict[str, Organisation]:
    return {name: parties.add_organisation(name, number=number, at=AT) for name, number in NUMBERS.items()}


@pytest.fixture
def record(coordinator: User) -> Record:
    """Records an activity with (role, who) parts and sends it in."""

    def record(kind: str, *parts: tuple[str, dict[str, Any]], starts: date, **said: Any) -> Activity:
        values = {"title": kind, "state": "completed"} | said
        activity = operations.record(kind, starts=starts, by=coordinator, at=AT, **values)
        for role, who in parts:
            operations.add_participation(activity, role=role, by=coordinator, at=AT, **who)
        return operations.submit(activity, by=coordinator, at=AT)

    return record


def facts(activity: Activity) -> list[Fact]:
    return ledger.standing(activity.source)
