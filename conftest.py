"""What every test may use."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings

from samtall.accounts import operations as accounts
from samtall.accounts.models import User
from samtall.ledger import guards
from samtall.parties.matching import keeping

# a test that is slow because the machine is busy has not failed
settings.register_profile("samtall", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("samtall")

_empty_tables = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _empty_tables_without_guards(case: Any) -> None:
    """Tests that commit are cleaned up by emptying tables, which the ledger's guards rightly refuse."""
    guards.uninstall()
    _empty_tables(case)
    guards.install()


@pytest.fixture(autouse=True, scope="session")
def _let_committed_tests_be_cleaned_up() -> None:
    TransactionTestCase._fixture_teardown = _empty_tables_without_guards  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _let_the_matcher_read_anew() -> None:
    """Ids are used again from test to test, so what it has read says nothing about the next."""
    keeping.forget()


def _user_with(role: str) -> User:
    at = datetime(2014, 1, 1, tzinfo=UTC)
    user = accounts.create_user(f"{role}@samtall.example", role.replace("_", " ").capitalize(), at=at)
    accounts.grant_role(user, role, by=None, at=at)
    return user


@pytest.fixture
def coordinator(db: None) -> User:
    return _user_with("coordinator")


@pytest.fixture
def validator(db: None) -> User:
    return _user_with("validator")


@pytest.fixture
def programme_manager(db: None) -> User:
    return _user_with("programme_manager")


@pytest.fixture
def reader(db: None) -> User:
    return _user_with("reader")


@pytest.fixture
def administrator(db: None) -> User:
    return _user_with("administrator")


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Gives a browser in which a user has signed in."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of
