"""How a competence job reads as facts (R14): one entry on the day the position was filled, lost or moved.

Worked example: filled 1.0 → +1.0 FTE; lost 0.5 → −0.5 FTE; moved within the region → 0. Gross is the sum of what was
filled, net of both.
"""

from collections.abc import Sequence
from datetime import date

from samtall.activities.facts import activity_outcome
from samtall.activities.kind import FactBuilder, Shortfall
from samtall.activities.models import Activity, Participation
from samtall.base.text import Words
from samtall.ledger.facts import THOUSANDTHS, Fact, Outcome

SIGN = {"filled": 1, "lost": -1, "moved": 0}


def job_facts(activity: Activity, participations: Sequence[Participation], fact: FactBuilder) -> list[Fact]:
    """A signed quantity of full-time equivalents; an employer without a quantity stands for one whole position."""
    change = str(activity.details.get("change", ""))
    outcome = activity_outcome(activity)
    return [
        fact(
            employer,
            role=change,
            ends=activity.starts,
            outcome=Outcome.COMPLETED if outcome is Outcome.ONGOING else outcome,
            quantity=SIGN[change] * (THOUSANDTHS if employer.quantity is None else employer.quantity),
            unit="fte",
            contribution=str(activity.details.get("contribution", "")),
        )
        for employer in participations
    ]


def baseline_too_late(
    activity: Activity,
    participations: Sequence[Participation],  # noqa: ARG001 (the shortfall of every kind is asked for like this)
) -> Shortfall | None:
    """A shortfall when the employer's baseline is not dated before the position was filled."""
    baseline = activity.details.get("baseline_on")
    if baseline and date.fromisoformat(baseline) < activity.starts:
        return None
    return Shortfall(
        Words(
            nb="Utgangspunktet må være datert før dagen stillingen ble besatt eller falt bort.",
            nn="Utgangspunktet må vere datert før dagen stillinga vart fylt eller fall bort.",
            en="The baseline must be dated before the day the position was filled or lost.",
        )
    )
