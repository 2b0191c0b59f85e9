"""A region with one approved thesis, and keys to its API."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from samtall.accounts.models import User
from samtall.activities import operations
from samtall.activities.models import Activity
from samtall.api.operations import make_key
from samtall.base import clock
from samtall.figures.operations import ensure_catalogue
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

AT = datetime(2018, 1, 8, tzinfo=UTC)

#: Calls the API with a key: method, address after /api/v1, and what goes with it.
Call = Callable[..., Any]


@pytest.fixture
def college(db: None) -> Organisation:
    return parties.add_organisation("Høgskolen", number="313000001", at=AT)


@pytest.fixture
def company(db: None) -> Organisation:
    return parties.add_organisation("Bø Bygg AS", number="313000028", at=AT)


@pytest.fixture
def thesis(college: Organisation, company: Organisation, coordinator: User, validator: User) -> Activity:
    whole = operations.WholeActivity(
        kind="thesis",
        title="Tre som byggjer",
        starts=date(2017, 1, 10),
        ends=date(2017, 6, 20),
        state="completed",
        details={"level": "bachelor"},
        parts=[
            operations.Part(role="host", organisation=company),
            operations.Part(role="institution", organisation=college),
        ],
        evidence=[operations.Proof(kind="agreement", description="17/204")],
    )
    ensure_catalogue(by="system:test", at=AT)
    return operations.validate(operations.record_whole(whole, by=coordinator, at=AT), by=validator, at=AT)


@pytest.fixture
def secret_of(db: None) -> Callable[..., str]:
    def secret_of(user: User, *scopes: str) -> str:
        now = clock.now()
        return make_key("test", scopes=scopes, last_day=clock.today() + timedelta(days=30), by=user, at=now)[1]

    return secret_of


@pytest.fixture
def call(client: Client) -> Call:
    """Call the API; `said` is the body as a thing or as raw bytes."""

    def call(method: str, path: str, *, secret: str = "", said: Any = None, **headers: str) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if secret:
            sent["Authorization"] = f"Bearer {secret}"
        body = said if isinstance(said, bytes) else b"" if said is None else json.dumps(said).encode()
        return client.generic(
            method, f"/api/v1{path}", body, content_type=sent.pop("Content-Type", "application/json"), headers=sent
        )

    return call
