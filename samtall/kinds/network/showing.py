"""How a network is shown: its members and how often they come, its meetings, and whether it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtall.accounts.policy import Visitor
from samtall.activities.models import Activity, Participation
from samtall.activities.panels import Panel
from samtall.kinds.network.facts import PARAMETERS, counted_windows, membership, months_later
from samtall.kinds.network.models import Meeting
from samtall.kinds.network.queries import days_of
from samtall.ui.frame import Link
from samtall.ui.writing import long_date, short_date, span


def panel_of(activity: Activity, reader: Visitor) -> Panel | None:  # noqa: ARG001 (who reads the activity reads this)
    """A way from the activity to its members and meetings."""
    if activity.kind != "network":
        return None
    days = days_of(activity)
    met = _("It has not met yet.")
    if days:
        text = ngettext("%(number)d meeting, on %(day)s.", "%(number)d meetings, the last on %(day)s.", len(days))
        met = text % {"number": len(days), "day": short_date(days[-1])}
    return Panel(
        heading=_("Members and meetings"),
        nothing=met,
        links=[Link(reverse("network", args=[activity.pk]), _("See members and meetings"))],
    )


@dataclass(frozen=True)
class ShownMember:
    part: Participation
    name: str
    role: str
    when: str
    came: int
    possible: int
    is_member: bool


@dataclass(frozen=True)
class ShownMeeting:
    on: date
    meeting: Meeting | None
    came: list[str]


def shown_meetings(days: Sequence[date], meetings: Sequence[Meeting]) -> list[ShownMeeting]:
    """Every day it met, the latest first, with what more is known of it."""
    known = {one.on: one for one in meetings}
    shown = []
    for day in sorted(days, reverse=True):
        meeting = known.get(day)
        came = sorted(str(part.organisation) for part in meeting.attended.all()) if meeting else []
        shown.append(ShownMeeting(day, meeting, came))
    return shown


def shown_members(
    network: Activity, parts: Sequence[Participation], meetings: Sequence[Meeting], roles: dict[str, str], today: date
) -> list[ShownMember]:
    """Members and institutions, those who are in it now first, and how many of the meetings they could they came to."""
    lists = [(one.on, {part.pk for part in one.attended.all()}) for one in meetings]
    told = [(day, came) for day, came in lists if came]
    shown = []
    for part in parts:
        days = membership(network, part)
        possible = [came for day, came in told if days.first <= day <= days.last]
        shown.append(
            ShownMember(
                part=part,
                name=str(part.organisation),
                role=roles[part.role],
                when=span(days.first, days.last),
                came=sum(part.pk in came for came in possible),
                possible=len(possible),
                is_member=part.ends is None or part.ends > today,
            )
        )
    return sorted(shown, key=lambda one: (not one.is_member, one.name))


def counting(network: Activity, parts: Sequence[Participation]) -> str:
    """Whether the network counts (R6), in a sentence, and when it must meet again to go on counting."""
    windows = counted_windows(network, parts)
    if not windows:
        return _(
            "It does not count yet. It takes %(members)d members and %(meetings)d meetings in %(months)d months."
        ) % {
            "members": PARAMETERS["organisations"],
            "meetings": PARAMETERS["meetings"],
            "months": PARAMETERS["months"],
        }
    last = windows[-1].last
    counts = _("It counts from %(first)s to %(last)s. To go on without a break it must meet before %(next)s.")
    return counts % {
        "first": long_date(windows[-1].first),
        "last": long_date(last),
        "next": long_date(months_later(last, PARAMETERS["months"])),
    }
