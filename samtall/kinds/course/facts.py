"""How a course reads as facts (R12).

Worked example, a course of 8 hours with a minimum share of 50 %:

    Anna of B attended 8 h   → participant, completed, 8 h     and B took part: business, completed
    Bo of B attended 0 h     → participant, no_show, 0 h
    Cato of C attended 3 h   → participant, insufficient, 3 h  and C did not take part

Learner-days are the hours of everyone who attended the minimum share, divided by 8; the 3 hours of Cato stay in the
ledger as insufficient, so another definition could count them.
"""

from collections.abc import Sequence
from decimal import Decimal

from samtall.activities.facts import activity_outcome, usual_facts
from samtall.activities.kind import FactBuilder
from samtall.activities.models import Activity, Participation
from samtall.ledger.facts import THOUSANDTHS, WHOLE_SHARE, Fact, Outcome

PARAMETERS = {"minimum_share_percent": 50}


def course_facts(activity: Activity, participations: Sequence[Participation], fact: FactBuilder) -> list[Fact]:
    """The provider, each participant with the hours attended, and each business that took part.

    People counted by head make two facts: so many people, and the hours that they attended together.
    """
    participants = [one for one in participations if one.role == "participant"]
    others = [one for one in participations if one.role != "participant"]
    facts = usual_facts(activity, others, fact)
    businesses: dict[int, Participation] = {}
    for participant in participants:
        outcome = attendance_outcome(activity, participant)
        facts += _participant_facts(activity, participant, outcome, fact)
        counts = outcome in (Outcome.COMPLETED, Outcome.ONGOING) and attended_minimum(activity, participant)
        if counts and participant.counted_id is not None:
            businesses.setdefault(participant.counted_id, participant)
    return facts + [_business_fact(activity, one, fact) for one in businesses.values()]


def _participant_facts(
    activity: Activity, participant: Participation, outcome: Outcome, fact: FactBuilder
) -> list[Fact]:
    hours = attended_thousandths(activity, participant) or 0
    if participant.head_count is None:
        return [fact(participant, outcome=outcome, quantity=hours, unit="hour")]
    together = hours * participant.head_count
    return [
        fact(participant, outcome=outcome),
        fact(participant, outcome=outcome, quantity=together, unit="hour", identified=_identified(participant)),
    ]


def _business_fact(activity: Activity, participant: Participation, fact: FactBuilder) -> Fact:
    return fact(
        participant,
        role="business",
        outcome=activity_outcome(activity),
        person=None,
        quantity=0,
        unit="",
        identified=_identified(participant),
        share=WHOLE_SHARE,
    )


def _identified(participant: Participation) -> bool:
    """Whether it is known which organisation (R2) a participant comes from."""
    return participant.counted is not None and participant.counted.identified


def attended_thousandths(activity: Activity, participant: Participation) -> int | None:
    """The hours attended (of each, for a head-count), in thousandths; None when nobody has written it down.

    Who is recorded as having completed, without hours, attended the whole course.
    """
    if participant.outcome == Participation.Outcome.NO_SHOW:
        return 0
    if participant.quantity is None and participant.outcome == Participation.Outcome.COMPLETED:
        return course_thousandths(activity)
    return participant.quantity


def course_thousandths(activity: Activity) -> int:
    """The hours of the whole course, in thousandths."""
    return int(Decimal(str(activity.details.get("hours") or 0)) * THOUSANDTHS)


def attended_minimum(activity: Activity, participant: Participation) -> bool:
    attended = attended_thousandths(activity, participant) or 0
    return attended > 0 and attended * 100 >= course_thousandths(activity) * PARAMETERS["minimum_share_percent"]


def attendance_outcome(activity: Activity, participant: Participation) -> Outcome:
    """How it went for a participant; below the minimum share is insufficient once the course is over."""
    if attended_thousandths(activity, participant) == 0:
        return Outcome.NO_SHOW
    if participant.outcome == Participation.Outcome.DROPPED_OUT:
        return Outcome.DROPPED_OUT
    if attended_minimum(activity, participant) or activity.state == Activity.State.RUNNING:
        return activity_outcome(activity)
    return Outcome.INSUFFICIENT
