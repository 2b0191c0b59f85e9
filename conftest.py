"""What every test may use."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from samtall.accounts import operations as accounts
from samtall.accounts.models import User
from samtall.ledger import guards
from samtall.parties import operations as parties
from samtall.parties.matching import keeping
from samtall.parties.models import Organisation

# a test that is slow because the machine is busy has not failed
hypothesis_settings.register_profile("samtall", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("samtall")

_empty_tables = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _empty_tables_without_guards(case: Any) -> None:
    """Tests that commit are cleaned up by emptying tables, which the ledger's guards rightly refuse."""
    guards.uninstall()
    _empty_tables(case)
    guards.install()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what can differ there is tried: tests that use the database, or start processes of ours."""
    if connection.vendor == "sqlite":
        return
    apart = [item for item in items if not _may_differ(item)]
    config.hook.pytest_deselected(items=apart)
    items[:] = [item for item in items if _may_differ(item)]


def _may_differ(item: pytest.Item) -> bool:
    uses = {"db", "transactional_db", "live_server", "own_database"} & set(getattr(item, "fixturenames", ()))
    return bool(uses) or any(item.get_closest_marker(name) for name in ("django_db", "slow", "e2e"))


@pytest.fixture(autouse=True)
def _one_factor_is_enough(settings: Settings) -> None:
    """Tests sign in without a second factor; those that are about it turn it on."""
    settings.SECOND_FACTOR = False


@pytest.fixture(autouse=True)
def _sign_with_a_key_of_the_tests(settings: Settings) -> None:
    """What is published is signed; the key of this installation is not for tests."""
    settings.SIGNING_KEY = SIGNING_KEY


#: Peter Neumann's key, from the tests of golang.org/x/mod/sumdb/note.
SIGNING_KEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"


@pytest.fixture(autouse=True, scope="session")
def _let_committed_tests_be_cleaned_up() -> None:
    TransactionTestCase._fixture_teardown = _empty_tables_without_guards  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _let_the_matcher_read_anew() -> None:
    """Ids are used again from test to test, so what it has read says nothing about the next."""
    keeping.forget()


@pytest.fixture(autouse=True)
def _begin_in_the_language_of_the_settings() -> None:
    """A page that was shown leaves its language behind, which would meet whichever test comes next."""
    translation.deactivate()


AT = datetime(2014, 1, 1, tzinfo=UTC)


def _user_with(role: str, *, organisation: Organisation | None = None) -> User:
    user = accounts.create_user(f"{role}@samtall.example", role.replace("_", " ").capitalize(), at=AT)
    accounts.grant_role(user, role, organisation=organisation, by=None, at=AT)
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
def privacy(db: None) -> User:
    return _user_with("privacy")


@pytest.fixture
def company(db: None) -> Organisation:
    """The organisation that `partner` and `local_administrator` belong to."""
    return parties.add_organisation("Bø Bygg AS", number="974760673", at=AT)


@pytest.fixture
def partner(company: Organisation) -> User:
    return _user_with("partner", organisation=company)


@pytest.fixture
def student(db: None) -> User:
    """Who is somebody in the books."""
    user = _user_with("student")
    user.person = parties.add_person("Student")
    user.save()
    return user


@pytest.fixture
def local_administrator(company: Organisation) -> User:
    """An administrator of one organisation."""
    user = accounts.create_user("local@samtall.example", "Local administrator", at=AT)
    accounts.grant_role(user, "administrator", organisation=company, by=None, at=AT)
    return user


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Gives a browser in which a user has signed in."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of
