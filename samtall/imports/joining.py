"""Adding what a row tells to an activity that another list brought, and taking that away again (R10)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities.models import Activity, Evidence, Participation
from samtall.activities.operations import (
    AlreadyTakesPart,
    Part,
    WholeActivity,
    add_evidence,
    add_participation,
    remove_evidence,
    remove_participation,
    revise,
)


def join(whole: WholeActivity, activity: Activity, *, by: User, at: datetime) -> dict[str, Any]:
    """Add the parts, evidence and details that are new to an activity; gives what was added, for `take_away`.

    What was approved awaits approval again, by somebody else (R7).
    """
    reason = _("The same work in another list.")
    added: dict[str, Any] = {"parts": [], "evidence": [], "details": []}
    for part in whole.parts:
        there = list(activity.participations.select_related("organisation__same_as", "organisation__part_of"))
        if any(_told_already(part, one) for one in there):
            continue
        try:
            new = add_participation(activity, **vars(part), by=by, at=at, reason=reason)
        except AlreadyTakesPart:
            continue
        added["parts"].append(new.pk)
    known = {(one.kind, one.description) for one in activity.evidence.all()}
    for proof in whole.evidence:
        if (proof.kind, proof.description) not in known:
            added["evidence"].append(add_evidence(activity, **vars(proof), by=by, at=at).pk)
    more = {code: value for code, value in whole.details.items() if value and not activity.details.get(code)}
    if more:
        revise(activity, details={**activity.details, **more}, by=by, at=at, reason=reason)
        added["details"] = sorted(more)
    return added


def take_away(activity: Activity, added: dict[str, Any], *, by: User, at: datetime, reason: str) -> None:
    """Take away what `join` added and is still there. Raises a Refusal where it cannot be taken away."""
    for participation in Participation.objects.filter(pk__in=added["parts"], activity=activity):
        remove_participation(participation, by=by, at=at, reason=reason)
    for evidence in Evidence.objects.filter(pk__in=added["evidence"], activity=activity):
        remove_evidence(evidence, by=by, at=at)
    if added["details"]:
        activity.refresh_from_db()
        left = {code: value for code, value in activity.details.items() if code not in added["details"]}
        revise(activity, details=left, by=by, at=at, reason=reason)


def _told_already(part: Part, there: Participation) -> bool:
    """Whether a part is there: the same party in the same role, or people counted from the same place."""
    if part.role != there.role or (part.head_count is None) != (there.head_count is None):
        return False
    if part.person is not None or there.person_key is not None:
        return part.person is not None and part.person.key == there.person_key
    mine = part.organisation.counted.pk if part.organisation else None
    return mine == there.counted_id
