"""The API with many writers at once, and with bodies that are cut short: a real server, a real database."""

import json

import pytest

from tests.api_under_fire import CALLS_LEFT, WRITERS
from tests.processes import run

pytestmark = pytest.mark.slow


def test_of_forty_who_write_at_once_with_one_key_each_is_answered_and_what_was_answered_is_kept(
    own_database: dict[str, str],
) -> None:
    told = json.loads(run(own_database, "-m", "tests.api_under_fire"))
    recorded = [title for status, title in told["answers"] if status == 201]
    assert [tuple(one) for one in told["answers"][CALLS_LEFT:]] == [(429, "S2")] * (WRITERS - CALLS_LEFT)
    assert (len(recorded), told["kept"]) == (CALLS_LEFT, recorded)
    assert told["cut"] == "400 H1"
