"""The API does what its OpenAPI document says, whatever a caller sends."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.api.scopes import SCOPES
from samtall.api.service import ROOT, api
from samtall.inquiries import operations as inquiries
from samtall.inquiries.declaration import STANDARD

EXAMPLES = int(os.environ.get("SAMTALL_EXAMPLES", "20")) // 4

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.app = get_wsgi_application()
# what is too large is refused before it is read, and schemathesis does not know that 413 is a refusal
schema.config.checks.negative_data_rejection.expected_statuses.append("413")


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests keep the test's own database connection, as with Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def secret(coordinator: User, thesis: Activity, secret_of: Any) -> str:
    inquiries.save_form(STANDARD.read_text(), by="system:test", at=timezone.now())
    return str(secret_of(coordinator, *SCOPES))


@pytest.mark.usefixtures("one_connection")
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_every_answer_is_one_that_the_document_tells_of(case: schemathesis.Case[Any], secret: str) -> None:
    case.call_and_validate(
        headers={"Authorization": f"Bearer {secret}"},
        excluded_checks=[positive_data_acceptance],  # the rules of counting ask for more than a schema can say
    )


def test_the_document_can_be_fetched(client: Any) -> None:
    assert client.get(f"{ROOT}openapi.json").json()["openapi"] == "3.1.0"
