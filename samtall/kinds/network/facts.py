"""How a network reads as facts (R6): it counts in windows that begin and end with a meeting.

A window is a span of days in which, on every day, at least three identified organisations are members (one in education
and one outside among them), and whose meetings are close: every one of them is among two within twelve months. What
comes before the first such meeting and after the last is not counted, for nothing shows that the network was alive.

Worked example: the college, A and B are members from 1 Jan 2016, C joins on 1 Apr 2017 and B leaves on 31 Dec 2017.
Meetings on 10 Feb 2016, 20 Sep 2016, 5 Mar 2017, 7 Nov 2017 and 1 Dec 2018.

    10 Feb 2016 – 7 Nov 2017   counted: three or more members all the time, never twelve months between two meetings
                               the college, A, B  10 Feb 2016 – 7 Nov 2017
                               C                   1 Apr 2017 – 7 Nov 2017
    after 7 Nov 2017           not counted: the next meeting is more than twelve months later

So the network is active in 2016 and 2017, new in 2016, and not active in 2018. Should it come back later, with two more
meetings within twelve months, it is active again from the first of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from samtall.activities.facts import activity_outcome, shares_of
from samtall.activities.kind import FactBuilder, Shortfall
from samtall.activities.models import Activity, Participation
from samtall.base.periods import FOREVER
from samtall.base.text import Words
from samtall.ledger.facts import Fact, Outcome

PARAMETERS = {"organisations": 3, "meetings": 2, "months": 12}


@dataclass(frozen=True)
class Window:
    """The days from `first` to `last`, both included."""

    first: date
    last: date


def network_facts(activity: Activity, participations: Sequence[Participation], fact: FactBuilder) -> list[Fact]:
    """For each counted window a fact of each party, for its days in it; institutions share the window (R10).

    Only the last window of a network that has ended is completed; the others are ongoing.
    """
    windows = counted_windows(activity, participations)
    facts: list[Fact] = []
    for window in windows:
        outcome = activity_outcome(activity) if window == windows[-1] else Outcome.ONGOING
        inside = [one for one in participations if _overlaps(membership(activity, one), window)]
        for one, share in zip(inside, shares_of(inside, _is_institution), strict=True):
            span = membership(activity, one)
            starts, ends = max(span.first, window.first), min(span.last, window.last)
            facts.append(fact(one, starts=starts, ends=ends, outcome=outcome, share=share))
    return facts


def never_counted(activity: Activity, participations: Sequence[Participation]) -> Shortfall | None:
    if counted_windows(activity, participations):
        return None
    return Shortfall(
        Words(
            nb="Nettverket har ikke hatt minst tre medlemmer og to møter innen tolv måneder på samme tid.",
            nn="Nettverket har ikkje hatt minst tre medlemer og to møte innan tolv månader på same tid.",
            en="The network has not had at least three members and two meetings within twelve months at one time.",
        )
    )


def counted_windows(activity: Activity, participations: Sequence[Participation]) -> list[Window]:
    """The spans in which the network counts, in order, none of them overlapping."""
    meetings = sorted({date.fromisoformat(day) for day in activity.details.get("meetings") or []})
    windows: list[Window] = []
    for spell in _spells_with_members(activity, participations):
        windows += _windows_of([day for day in meetings if spell.first <= day <= spell.last])
    return windows


def membership(activity: Activity, participation: Participation) -> Window:
    """The days on which a member is one."""
    return Window(participation.starts or activity.starts, participation.ends or activity.ends or FOREVER)


def _spells_with_members(activity: Activity, participations: Sequence[Participation]) -> Iterable[Window]:
    """The longest spans in which there are members enough on every day."""
    spans = [(one, membership(activity, one)) for one in participations if _counts_as_member(one)]
    edges = sorted({span.first for _, span in spans} | {_after(span.last) for _, span in spans if span.last < FOREVER})
    begun: date | None = None
    for edge in edges:
        enough = _enough([one for one, span in spans if span.first <= edge <= span.last])
        if enough and begun is None:
            begun = edge
        elif not enough and begun is not None:
            yield Window(begun, edge - timedelta(days=1))
            begun = None
    if begun is not None:
        yield Window(begun, FOREVER)


def _counts_as_member(participation: Participation) -> bool:
    return participation.counted is not None and participation.counted.identified


def _enough(members: Sequence[Participation]) -> bool:
    organisations = {one.counted_id for one in members}
    roles = {one.role for one in members}
    return len(organisations) >= PARAMETERS["organisations"] and roles >= {"member", "institution"}


def _windows_of(meetings: Sequence[date]) -> list[Window]:
    """The spans of meetings that are close to each other: two of them within twelve months."""
    needed = PARAMETERS["meetings"]
    windows: list[Window] = []
    for first, last in zip(meetings, meetings[needed - 1 :], strict=False):
        if last >= months_later(first, PARAMETERS["months"]):
            continue
        if windows and first <= windows[-1].last:
            windows[-1] = Window(windows[-1].first, last)
        else:
            windows.append(Window(first, last))
    return windows


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the 1st of the next month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year, month + 2, 1)


def _is_institution(participation: Participation) -> bool:
    return participation.role == "institution"


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _overlaps(one: Window, other: Window) -> bool:
    return one.first <= other.last and other.first <= one.last
