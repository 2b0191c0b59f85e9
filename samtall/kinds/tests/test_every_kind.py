"""What holds for every kind of activity."""

from datetime import date
from typing import Any

import pytest

from samtall.activities import registry
from samtall.activities.kind import Kind, PartyType
from samtall.kinds.tests.conftest import Record, facts
from samtall.ledger.facts import Side
from samtall.parties.models import Organisation

DETAILS: dict[str, dict[str, Any]] = {
    "thesis": {"level": "master"},
    "course": {"hours": 8},
    "network": {"meetings": "01.02.2017, 01.06.2017"},
    "competence_job": {"change": "filled", "contribution": "context", "baseline_on": "31.12.2013"},
}


def _parts(kind: Kind, organisations: dict[str, Organisation]) -> list[tuple[str, dict[str, Any]]]:
    parts: list[tuple[str, dict[str, Any]]] = []
    for role in kind.roles:
        home = organisations["college" if role.side is Side.EDUCATION else "A"]
        heads = {} if role.party is PartyType.ORGANISATION else {"head_count": 2}
        amount = {"quantity": 8} if role.quantity_unit else {}
        parts.append((role.code, {"organisation": home} | heads | amount))
    if kind.code == "network":
        parts.append(("member", {"organisation": organisations["B"]}))
    return parts


@pytest.mark.parametrize("kind", registry.kinds(), ids=lambda kind: kind.code)
def test_a_whole_activity_is_sent_in_and_has_facts_on_both_sides(
    kind: Kind, record: Record, organisations: dict[str, Organisation]
) -> None:
    activity = record(
        kind.code,
        *_parts(kind, organisations),
        starts=date(2017, 1, 10),
        ends=date(2017, 6, 20),
        details=DETAILS.get(kind.code),
    )
    told = facts(activity)
    assert {fact.kind for fact in told} == {kind.code}
    assert {fact.family for fact in told} == {str(kind.family)}
    assert {fact.outcome for fact in told} == {"completed"}
    assert {fact.side for fact in told} == ({"education", "outside"} if kind.together else {"outside"})


@pytest.mark.parametrize("kind", registry.kinds(), ids=lambda kind: kind.code)
def test_a_kind_has_at_least_one_role_that_must_be_filled(kind: Kind) -> None:
    assert any(role.required for role in kind.roles)
