"""What tests of publications may use: the golden example, and a programme with goals."""

from collections.abc import Iterator

import pytest

from samtall.accounts.models import User
from samtall.ledger import guards
from samtall.programmes import operations as programmes
from samtall.programmes.files import MIDT_TELEMARK
from samtall.programmes.models import Programme
from tests.golden import VALIDATED, Golden, record_golden


@pytest.fixture
def golden(coordinator: User, validator: User) -> Golden:
    return record_golden(coordinator=coordinator, validator=validator)


@pytest.fixture
def programme(golden: Golden) -> Programme:
    return programmes.load(MIDT_TELEMARK, by="test", at=VALIDATED)


@pytest.fixture
def unguarded(db: None) -> Iterator[None]:
    """A database whose owner can change what is published behind our back."""
    guards.uninstall()
    yield
    guards.install()
