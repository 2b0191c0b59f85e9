"""Somebody's part in an activity, checked before anything is saved."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from samtall.activities.kind import Kind, PartyType, Role
from samtall.activities.models import Activity, Participation
from samtall.activities.operations.turn import check
from samtall.activities.refusals import AlreadyTakesPart, Invalid
from samtall.base.periods import FOREVER
from samtall.ledger.facts import THOUSANDTHS
from samtall.parties.models import Establishment, Organisation, Person

#: The largest number of people or of a unit that one part may stand for.
LARGEST = 1_000_000

REVISABLE = ("head_count", "quantity", "outcome", "starts", "ends")


def make_participation(
    activity: Activity,
    kind: Kind,
    others: Sequence[Participation],
    *,
    role: str,
    organisation: Organisation | None = None,
    establishment: Establishment | None = None,
    person: Person | None = None,
    head_count: int | None = None,
    quantity: Decimal | int | None = None,
    outcome: str = Participation.Outcome.TAKING_PART,
    starts: date | None = None,
    ends: date | None = None,
) -> Participation:
    """A part beside `others`, not yet saved. Raises Invalid or AlreadyTakesPart."""
    played = _role(kind, role)
    if establishment is not None:
        organisation = organisation or establishment.organisation
    elif person is not None:
        organisation = organisation or person.organisation
    participation = Participation(
        activity=activity,
        role=role,
        organisation=organisation,
        establishment=establishment,
        person=person,
        person_key=person.key if person else None,
        head_count=head_count,
        quantity=thousandths(quantity),
        unit=played.quantity_unit if quantity is not None else "",
        outcome=outcome,
        starts=starts,
        ends=ends,
    )
    _check(participation, activity, played, others)
    return participation


def revised(
    participation: Participation,
    activity: Activity,
    kind: Kind,
    parts: Sequence[Participation],
    changes: Mapping[str, Any],
) -> bool:
    """Change a part, checked and not yet saved; whether anything is different. Raises Invalid or AlreadyTakesPart."""
    unknown = set(changes) - set(REVISABLE)
    if unknown:
        raise TypeError(f"a part's {', '.join(sorted(unknown))} cannot be changed")
    role = _role(kind, participation.role)
    before = [getattr(participation, name) for name in REVISABLE]
    for name, value in changes.items():
        setattr(participation, name, thousandths(value) if name == "quantity" else value)
    participation.unit = role.quantity_unit if participation.quantity is not None else ""
    _check(participation, activity, role, [one for one in parts if one.pk != participation.pk])
    return before != [getattr(participation, name) for name in REVISABLE]


def thousandths(quantity: Decimal | int | None) -> int | None:
    """A quantity in whole thousandths of its unit. Raises Invalid when it is negative, huge, or finer than that."""
    if quantity is None:
        return None
    exact = Decimal(quantity)
    if not (exact.is_finite() and 0 <= exact <= LARGEST):
        raise Invalid({"quantity": _("The amount must be between 0 and 1 000 000.")})
    if exact * THOUSANDTHS != int(exact * THOUSANDTHS):
        raise Invalid({"quantity": _("The amount can have at most three decimals.")})
    return int(exact * THOUSANDTHS)


def _role(kind: Kind, code: str) -> Role:
    try:
        return kind.role(code)
    except KeyError as error:
        raise Invalid(
            {"role": _("%(kind)s has no role called “%(role)s”.") % {"kind": kind.words, "role": code}}
        ) from error


def _check(participation: Participation, activity: Activity, role: Role, others: Sequence[Participation]) -> None:
    errors = _wrong_party(participation, role) | _wrong_days(participation, activity)
    if participation.quantity is not None and not role.quantity_unit:
        errors["quantity"] = _("“%(role)s” has no amount.") % {"role": role.words}
    if errors:
        raise Invalid(errors)
    if any(_same_party(participation, other) for other in others):
        raise AlreadyTakesPart(
            _("“%(role)s” already has this party at this time. Change that one instead.") % {"role": role.words}
        )
    check(participation)


def _wrong_party(participation: Participation, role: Role) -> dict[str, str]:
    establishment = participation.establishment
    if establishment is not None and establishment.organisation_id != participation.organisation_id:
        return {"establishment": _("The work site belongs to another organisation.")}
    is_person, heads = participation.person_key is not None, participation.head_count
    if role.party is PartyType.ORGANISATION:
        if participation.organisation_id is None or is_person or heads is not None:
            return {"organisation": _("“%(role)s” is an organisation. Say which.") % {"role": role.words}}
        return {}
    if is_person == (heads is not None):
        return {"person": _("“%(role)s” is either a person or a number of people.") % {"role": role.words}}
    if is_person and not role.named:
        return {"person": _("“%(role)s” is counted without names. Write how many.") % {"role": role.words}}
    if heads is not None and not 1 <= heads <= LARGEST:
        return {"head_count": _("The number of people must be between 1 and 1 000 000.")}
    if heads is not None and participation.organisation_id is None:
        return {"organisation": _("Say which organisation the people come from.")}
    return {}


def _wrong_days(participation: Participation, activity: Activity) -> dict[str, str]:
    if participation.ends is not None and participation.ends < max(participation.starts or date.min, activity.starts):
        return {"ends": _("The end must not be before the start.")}
    return {}


def _same_party(one: Participation, other: Participation) -> bool:
    """Whether two are the same party in the same role at the same time; people counted by head are never the same."""
    if one.role != other.role or one.head_count is not None or other.head_count is not None:
        return False
    if one.person_key is not None or other.person_key is not None:
        return one.person_key == other.person_key
    if (one.organisation_id, one.establishment_id) != (other.organisation_id, other.establishment_id):
        return False
    first, last = date.min, FOREVER
    return (one.starts or first) <= (other.ends or last) and (other.starts or first) <= (one.ends or last)
