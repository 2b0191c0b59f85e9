"""What an activity still lacks before it counts (R6) and before it can be validated (R15). Pure, in sentences."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from samtall.activities.facts import counted_parts
from samtall.activities.kind import Kind
from samtall.activities.models import Activity, Evidence, Participation
from samtall.activities.vocabulary import EVIDENCE
from samtall.ledger.facts import Side


def missing_parties(participations: Sequence[Participation], kind: Kind) -> list[str]:
    """A sentence for each party that must take part and does not: both sides (R6), and the kind's required roles."""
    present = {one.role for one in participations}
    missing = [
        _("“%(role)s” is missing. Add who it is.") % {"role": role.words}
        for role in kind.roles
        if role.required and role.code not in present
    ]
    if not kind.together or missing:
        return missing
    counted = counted_parts(participations, kind)
    sides = {kind.role(one.role).side for one in counted if one.organisation_id is not None}
    if Side.EDUCATION not in sides:
        missing.append(_("No education institution takes part. Add one."))
    if Side.OUTSIDE not in sides:
        missing.append(_("Nobody from outside education takes part. Add an organisation."))
    return missing


def missing_to_submit(activity: Activity, participations: Sequence[Participation], kind: Kind) -> list[str]:
    """A sentence for each thing that is missing before the activity counts (R6)."""
    missing = missing_parties(participations, kind)
    shortfall = kind.shortfall(activity, participations)
    return missing if missing or shortfall is None else [str(shortfall.words)]


def has_accepted_evidence(evidence: Iterable[Evidence], kind: Kind) -> bool:
    """Whether something shows that it took place, of a kind that counts (R15)."""
    return any(one.kind in kind.evidence for one in evidence)


def evidence_wanted(kind: Kind) -> str:
    """What documentation this kind needs, as a sentence."""
    accepted = [str(EVIDENCE[one]).lower() for one in kind.evidence]
    if len(accepted) == 1:
        return _("Documentation is missing: %(one)s.") % {"one": accepted[0]}
    return _("Documentation is missing: %(some)s or %(last)s.") % {
        "some": ", ".join(accepted[:-1]),
        "last": accepted[-1],
    }
