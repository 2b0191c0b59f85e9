"""What the demonstration will not do."""

from datetime import UTC, date, datetime
from itertools import islice

import pytest

from samtall.config.command_line import main
from samtall.demonstration import operations
from samtall.demonstration.numbers import test_series as series
from samtall.ledger.facts import Fact, Standing
from samtall.ledger.operations import restate
from samtall.parties.models import Organisation


@pytest.mark.django_db
def test_what_is_made_up_is_not_mixed_with_what_is_true(capsys: pytest.CaptureFixture[str]) -> None:
    fact = Fact(kind="t", family="", role="", starts=date(2016, 1, 1), ends=None, standing=Standing.VALIDATED)
    restate("activity:1", [fact], by="user:1", at=datetime(2016, 1, 1, tzinfo=UTC))
    with pytest.raises(operations.NotEmpty):
        operations.load()
    assert main(["--language", "en", "demo"]) == 1
    assert "There are entries in the ledger already" in capsys.readouterr().err
    assert Organisation.objects.count() == 0


def test_the_test_series_has_numbers_enough_and_all_different() -> None:
    numbers = list(islice(series(), 5_000))
    assert (len(set(numbers)), {number[0] for number in numbers}) == (5_000, {"3"})
