"""What is to be confirmed, in one sentence made from the activity, in the language of whoever reads it."""

from collections.abc import Sequence
from datetime import date

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samtall.activities import registry
from samtall.activities.kind import Kind, PartyType
from samtall.activities.minimum import LEFT
from samtall.activities.models import Activity, Participation
from samtall.activities.statements import PARTICIPATIONS
from samtall.ledger.facts import Side
from samtall.ui.writing import listed, long_date, number


def sentence(activity: Activity, *, named: bool = True) -> str:
    """Who did what with whom, and when. `named` is false where people are to be counted and not named: in letters."""
    kind = registry.kind(activity.kind)
    parts = list(PARTICIPATIONS.filter(activity=activity))
    places = {
        "people": listed(_people(parts, kind, named=named)),
        "education": listed(_organisations(parts, kind, Side.EDUCATION)),
        "outside": listed(_organisations(parts, kind, Side.OUTSIDE)),
    }
    said = {
        "deed": str(kind.deed).format(**places) if kind.deed else f"{kind.words}: {places['outside']}",
        "title": activity.title,
        "when": when(activity.starts, activity.ends),
    }
    return _("%(deed)s %(when)s: “%(title)s”.") % said


def when(first: date, last: date | None) -> str:
    """A span of days as people say it: "from January to June 2017", "in June 2017", "on 15 June 2017"."""
    if last is None or last == first:
        return _("on %(day)s") % {"day": long_date(first)}
    if (first.year, first.month) == (last.year, last.month):
        return _("in %(month)s") % {"month": _month(last, with_year=True)}
    begins = _month(first, with_year=first.year != last.year)
    return _("from %(first)s to %(last)s") % {"first": begins, "last": _month(last, with_year=True)}


def _month(day: date, *, with_year: bool) -> str:
    name = formats.date_format(day, "F")
    if not (get_language() or "nb").startswith("en"):
        name = name.lower()
    return f"{name} {day.year}" if with_year else name


def _organisations(parts: Sequence[Participation], kind: Kind, side: Side) -> list[str]:
    """The organisations that take part on a side; of those who only come along, none."""
    found = [
        str(one.organisation)
        for one in parts
        if one.organisation
        and one.outcome not in LEFT
        and kind.role(one.role).side is side
        and kind.role(one.role).party is PartyType.ORGANISATION
    ]
    return list(dict.fromkeys(found))


def _people(parts: Sequence[Participation], kind: Kind, *, named: bool) -> list[str]:
    """The people who take part: by name where they have one and it may be told, and otherwise by number."""
    people = [
        one
        for one in parts
        if kind.role(one.role).party is PartyType.PERSON and kind.role(one.role).counted and one.outcome not in LEFT
    ]
    names = [str(one.person) for one in people if named and one.person]
    unnamed = {True: 0, False: 0}
    for one in people:
        if not (named and one.person):
            unnamed[kind.role(one.role).named] += one.head_count or 1
    if unnamed[True]:
        students = ngettext("%(number)s student", "%(number)s students", unnamed[True])
        names.append(students % {"number": number(unnamed[True])})
    if unnamed[False]:
        pupils = ngettext("%(number)s pupil", "%(number)s pupils", unnamed[False])
        names.append(pupils % {"number": number(unnamed[False])})
    return names or [_("Students")]
