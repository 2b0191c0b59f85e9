"""A placement that is kept in the national portal is one here too."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from samtall.accounts.models import User
from samtall.activities import operations
from samtall.activities.models import Activity
from samtall.activities.operations import WholeActivity
from samtall.kinds.tests.conftest import AT

DAY = date(2017, 9, 4)


@pytest.fixture
def said(coordinator: User) -> dict[str, Any]:
    return {"by": coordinator, "at": AT}


def placement(reference: str = "ALP-17-4") -> WholeActivity:
    return WholeActivity(kind="placement", title="Praksis", starts=DAY, details={"portal_reference": reference})


def test_the_same_reference_is_the_same_placement(said: dict[str, Any]) -> None:
    operations.record_whole(placement(), **said)
    again: list[Callable[[], object]] = [
        lambda: operations.record_whole(placement(), **said),
        lambda: operations.record("placement", title="P", starts=DAY, details=dict(placement().details), **said),
    ]
    for record in again:
        with pytest.raises(operations.Invalid) as refused:
            record()
        assert list(refused.value.errors) == ["portal_reference"]
    assert Activity.objects.count() == 1


def test_two_with_the_same_reference_in_one_go_are_refused_together(said: dict[str, Any]) -> None:
    with pytest.raises(operations.Invalid):
        operations.record_wholes([placement(), placement("ALP-17-5"), placement()], **said)
    assert Activity.objects.count() == 0


def test_a_reference_cannot_be_changed_to_that_of_another(said: dict[str, Any]) -> None:
    operations.record_whole(placement(), **said)
    other = operations.record_whole(placement("ALP-17-5"), **said)
    operations.revise(other, title="Praksis i Bø", **said)
    with pytest.raises(operations.Invalid):
        operations.revise(other, details={"portal_reference": "ALP-17-4"}, **said)


def test_what_is_withdrawn_lets_go_of_its_reference(said: dict[str, Any]) -> None:
    first = operations.record_whole(placement(), **said)
    operations.withdraw(first, reason="feil", **said)
    assert operations.record_whole(placement(), **said).pk != first.pk


def test_placements_without_a_reference_are_many(said: dict[str, Any]) -> None:
    wholes = [WholeActivity(kind="placement", title="Praksis", starts=DAY)] * 2
    assert len(operations.record_wholes(wholes, **said)) == 2
