"""What every test may use."""

from typing import Any

import pytest
from django.test import TransactionTestCase

from samtall.ledger import guards

_empty_tables = TransactionTestCase._fixture_teardown


def _empty_tables_without_guards(case: Any) -> None:
    """Tests that commit are cleaned up by emptying tables, which the ledger's guards rightly refuse."""
    guards.uninstall()
    _empty_tables(case)
    guards.install()


@pytest.fixture(autouse=True, scope="session")
def _let_committed_tests_be_cleaned_up() -> None:
    TransactionTestCase._fixture_teardown = _empty_tables_without_guards  # type: ignore[method-assign]
