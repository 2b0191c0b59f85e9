"""What has slipped: organisations that took part last year and are in nothing this year."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from samtall.accounts.policy import Visitor
from samtall.activities.models import Activity, Participation
from samtall.activities.queries import visible_to
from samtall.activities.registry import kinds
from samtall.base.periods import Period, year
from samtall.figures.queries import latest_start
from samtall.ledger.facts import Side
from samtall.parties.models import Organisation


def this_year(today: date) -> int:
    """The year that is asked about: today's, or the latest that anything in the books began in."""
    return latest_start(today).year


def absent(number: int, user: Visitor) -> QuerySet[Organisation]:
    """Organisations from outside education that took part in the year before and are in nothing of this year, by name.

    A worklist of what is recorded, whether approved or not: not a figure.
    """
    roles = {role.code for kind in kinds() for role in kind.roles if role.side is Side.OUTSIDE}
    parts = Participation.objects.filter(organisation__isnull=False, role__in=roles)
    seen = visible_to(user).exclude(step=Activity.Step.WITHDRAWN).exclude(state=Activity.State.CANCELLED)
    # two lists made once, from the activities of a year: asking for each organisation took ten times as long
    last, this = (
        parts.filter(activity__in=_active(seen, year(one))).values("organisation") for one in (number - 1, number)
    )
    return Organisation.objects.filter(pk__in=last).exclude(pk__in=this).order_by("search_name", "pk")


def _active(activities: QuerySet[Activity], period: Period) -> "QuerySet[Activity, Any]":
    """What was going on in a period (R8). What has no end goes on while it is planned or running."""
    still = Q(ends__isnull=True, state__in=(Activity.State.PLANNED, Activity.State.RUNNING))
    ended = Q(ends__gte=period.first) | Q(ends__isnull=True, starts__gte=period.first)
    return activities.filter(still | ended, starts__lte=period.last).order_by().values("pk")
