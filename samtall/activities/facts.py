"""An activity as the facts it stands for: pure functions, so that what the ledger gets can be read here."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from samtall.activities.kind import FactBuilder, Kind, PartyType, Role
from samtall.activities.models import Activity, Participation
from samtall.ledger.facts import THOUSANDTHS, WHOLE_SHARE, Fact, Outcome, Side, Standing
from samtall.parties.models import Attributes, Organisation

#: What a register said of an organisation on the day the activity started; None when no register has said anything.
AttributesOf = Callable[[Organisation], Attributes | None]

_STANDING = {Activity.Step.SUBMITTED: Standing.SUBMITTED, Activity.Step.VALIDATED: Standing.VALIDATED}
_OUTCOME = {
    Activity.State.RUNNING: Outcome.ONGOING,
    Activity.State.COMPLETED: Outcome.COMPLETED,
    Activity.State.ABORTED: Outcome.DROPPED_OUT,
}
_PART_OUTCOME = {
    Participation.Outcome.COMPLETED: Outcome.COMPLETED,
    Participation.Outcome.DROPPED_OUT: Outcome.DROPPED_OUT,
    Participation.Outcome.NO_SHOW: Outcome.NO_SHOW,
}
_GONE = (Participation.Outcome.DROPPED_OUT, Participation.Outcome.NO_SHOW)


def facts_of(
    activity: Activity,
    participations: Sequence[Participation],
    kind: Kind,
    *,
    evidence: str = "",
    attributes_of: AttributesOf,
) -> list[Fact]:
    """What is true because of this activity; nothing while it is a draft, withdrawn, planned or cancelled (R6, R7).

    `evidence` is the code of the first accepted piece. Below the minimum content of its kind (R6) whatever would count
    is `insufficient`; who left or never came stays so (R21).
    """
    if activity.step not in _STANDING or activity.state not in _OUTCOME:
        return []
    participations = counted_parts(participations, kind)
    builder = _builder(activity, participations, kind, evidence=evidence, attributes_of=attributes_of)
    facts = (kind.facts or usual_facts)(activity, participations, builder)
    if kind.shortfall(activity, participations) is None:
        return facts
    return [
        replace(fact, outcome=Outcome.INSUFFICIENT) if fact.outcome in (Outcome.ONGOING, Outcome.COMPLETED) else fact
        for fact in facts
    ]


def counted_parts(participations: Sequence[Participation], kind: Kind) -> list[Participation]:
    """The parts that figures count: not those of supervisors and others who stand by."""
    return [one for one in participations if kind.role(one.role).counted]


def usual_facts(
    activity: Activity,  # noqa: ARG001 (the facts of every kind are made like this)
    participations: Sequence[Participation],
    fact: FactBuilder,
) -> list[Fact]:
    """One fact for each part somebody plays."""
    return [fact(one) for one in participations]


def activity_outcome(activity: Activity) -> Outcome:
    """How it goes with the activity itself: ongoing, completed, or started and not completed (R21)."""
    return _OUTCOME[Activity.State(activity.state)]


def outcome_of(activity: Activity, participation: Participation) -> Outcome:
    """How it went for one party: its own outcome where it has one, else the activity's."""
    own = _PART_OUTCOME.get(Participation.Outcome(participation.outcome))
    return own or activity_outcome(activity)


def shares_of(participations: Sequence[Participation], shares_work: Callable[[Participation], bool]) -> list[int]:
    """The share of the activity that each participation stands for, in millionths and in the same order (R10).

    The organisations of those who share the work have one activity between them; the remainders go to the first, so
    that the shares add up exactly. Other organisations stand for a whole activity each, and people for none: a student
    does not make the college's share larger.
    """
    sharing = [index for index, one in enumerate(participations) if shares_work(one)]
    organisations = list(dict.fromkeys(participations[index].counted_id for index in sharing))
    shares = [0 if is_people(one) else WHOLE_SHARE for one in participations]
    for organisation, part in zip(organisations, split(WHOLE_SHARE, len(organisations)), strict=True):
        own = [index for index in sharing if participations[index].counted_id == organisation]
        for index, share in zip(own, split(part, len(own)), strict=True):
            shares[index] = share
    return shares


def is_people(participation: Participation) -> bool:
    """Whether it is a person's part, or that of people counted by head, rather than an organisation's."""
    return participation.person_key is not None or participation.head_count is not None


def split(whole: int, parts: int) -> list[int]:
    """`whole` in equal whole numbers that add up to it, the larger ones first."""
    if not parts:
        return []
    quotient, remainder = divmod(whole, parts)
    return [quotient + 1] * remainder + [quotient] * (parts - remainder)


def _builder(
    activity: Activity,
    participations: Sequence[Participation],
    kind: Kind,
    *,
    evidence: str,
    attributes_of: AttributesOf,
) -> FactBuilder:
    def shares_work(one: Participation) -> bool:
        role = kind.role(one.role)
        return role.side is Side.EDUCATION and role.party is PartyType.ORGANISATION and one.outcome not in _GONE

    shares = dict(zip(map(id, participations), shares_of(participations, shares_work), strict=True))
    common: dict[str, Any] = {
        "kind": kind.code,
        "family": str(kind.family),
        "starts": activity.starts,
        "ends": activity.ends,
        "standing": _STANDING[Activity.Step(activity.step)],
        "outcome": activity_outcome(activity),
        "municipality": activity.municipality,
        "programme": activity.programme,
        "evidence": evidence,
    }

    def build(participation: Participation | None, /, **values: Any) -> Fact:
        if participation is None:
            return Fact(**(common | values))
        role = kind.role(participation.role)
        own = {
            "role": role.code,
            "side": role.side,
            "outcome": outcome_of(activity, participation),
            "ends": _left_on(participation) or activity.ends,
            "share": shares[id(participation)],
        }
        return Fact(**(common | own | _who(participation, role, attributes_of) | values))

    return build


def _left_on(participation: Participation) -> Any:
    return participation.ends if participation.outcome == Participation.Outcome.DROPPED_OUT else None


def _who(participation: Participation, role: Role, attributes_of: AttributesOf) -> dict[str, Any]:
    written, organisation = participation.organisation, participation.counted
    who: dict[str, Any] = {
        "organisation": organisation.pk if organisation else None,
        "establishment": participation.establishment_id or (written.same_site_id if written else None),
        "person": participation.person_key,
    }
    if participation.head_count is not None:
        who |= {"identified": False, "quantity": participation.head_count * THOUSANDTHS, "unit": "person"}
    else:
        who["identified"] = participation.person_key is not None or (
            organisation is not None and organisation.identified
        )
        if role.quantity_unit:
            who |= {"quantity": participation.quantity or 0, "unit": role.quantity_unit}
        if participation.person_key is not None and organisation is not None and not organisation.identified:
            who["organisation"] = None  # the person is identified, and must not make an employer without an id so (R2)
    attributes = attributes_of(organisation) if organisation else None
    if attributes is not None:
        who |= {
            "sector": attributes.sector,
            "industry": attributes.industry,
            "industry_standard": attributes.industry_standard,
            "size_class": attributes.size_class,
        }
    return who
