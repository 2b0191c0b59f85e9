"""What tests across rooms may use."""

import pytest

from samtall.accounts.models import User
from tests.golden import Golden, record_golden


@pytest.fixture
def golden(coordinator: User, validator: User) -> Golden:
    """The golden example, recorded and validated."""
    return record_golden(coordinator=coordinator, validator=validator)
