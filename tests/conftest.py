"""What tests across rooms may use."""

from collections.abc import Iterator

import pytest

from samtall.accounts.models import User
from samtall.config.prove.throwaway import Ground, ground
from tests.golden import Golden, record_golden


@pytest.fixture
def golden(coordinator: User, validator: User) -> Golden:
    """The golden example, recorded and validated."""
    return record_golden(coordinator=coordinator, validator=validator)


@pytest.fixture(scope="session")
def place() -> Iterator[Ground]:
    """Gives processes databases of their own, of the kind that the tests run on: migrated once, copied for each."""
    with ground() as place:
        yield place


@pytest.fixture
def own_database(place: Ground) -> Iterator[dict[str, str]]:
    """The environment of a process with a data folder and a migrated, empty database of its own."""
    with place.fresh() as environment:
        yield environment
