"""Search over everything a reader may see, from one box; "bo" finds "Bø" and "Bo", and "a" finds "å"."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Concat, Lower, Replace
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from samtall.accounts.policy import Visitor, scope
from samtall.activities import queries as activities
from samtall.activities.finding import search as likely
from samtall.activities.models import Participation
from samtall.activities.naming import address_of
from samtall.activities.showing import kind_words
from samtall.base.text import LOOSE, loose
from samtall.inquiries import queries as inquiries
from samtall.inquiries import showing as shown_inquiries
from samtall.knowledge.queries import searched
from samtall.organisations import queries as organisations
from samtall.parties.models import Establishment, Person
from samtall.parties.numbers import format_number
from samtall.ui.frame import Link
from samtall.ui.writing import span

MOST = 10
SHORTEST = 2


@dataclass(frozen=True)
class Found:
    """Things of one sort: each a link and what tells it from others; `all_url` leads to all of them."""

    heading: str
    lines: list[tuple[Link, str]]
    all_url: str = ""


def search(text: str, user: Visitor) -> list[Found]:
    """What is found, sort by sort; sorts without a hit are left out, and nothing is found for less than two letters."""
    words = loose(text).split()
    if len("".join(words)) < SHORTEST:
        return []
    sorts = (_organisations(text, words, user), _cases(words, user), _activities(words, user), _people(words, user))
    return [found for found in (*sorts, _environments(text)) if found.lines]


def _with(things: "QuerySet[Any]", words: Iterable[str], *columns: str) -> "QuerySet[Any]":
    """Those that have every word in one of the columns."""
    together: Any = F(columns[0]) if len(columns) == 1 else _joined(columns)
    for letter, typed in LOOSE.items():
        for written in (letter, letter.upper()):  # SQLite makes small letters of a to z only
            together = Replace(together, Value(written), Value(typed), output_field=TextField())
    things = things.annotate(loosely=Lower(together))
    for word in words:
        things = things.filter(loosely__contains=word)
    return things


def _joined(columns: Iterable[str]) -> Any:
    parts: list[Any] = []
    for column in columns:
        parts += [F(column), Value(" ")]
    return Concat(*parts, output_field=TextField())


def _organisations(text: str, words: list[str], user: Visitor) -> Found:
    """Loosely by name among those that take part in something, of which there are few; and by number or likeness."""
    heading, address = _("Organisations"), f"{reverse('organisations')}?{urlencode({'q': text})}"
    reach = scope(user, "organisations.read")
    if not reach:
        return Found(heading, [])
    taking_part = organisations.within(reach, user).filter(
        Exists(Participation.objects.filter(organisation=OuterRef("pk")))
    )
    found = _first(_with(taking_part, words, "search_name").order_by("search_name", "pk"))
    for party in likely(text, most=MOST) if reach.everything else ():
        one = party.organisation if isinstance(party, Establishment) else party
        if one not in found:
            found.append(one)
    lines = [(Link(address_of(one), one.name), format_number(one.number)) for one in found[:MOST]]
    return Found(heading, lines, address)


def _cases(words: list[str], user: Visitor) -> Found:
    every = inquiries.visible_to(user)
    written = _with(every, words, "number", "organisation_text", "contact_name", "email", "description")
    named = _with(every.exclude(organisation=None), words, "organisation__search_name")
    cases = {one.pk: one for one in [*_first(written), *_first(named)]}
    lines = [(shown_inquiries.link_to(one), f"{one.asked_by} · {one.get_state_display()}") for one in cases.values()]
    return Found(_("Inquiries"), lines[:MOST])


def _activities(words: list[str], user: Visitor) -> Found:
    found = _first(_with(activities.visible_to(user), words, "search_title"))
    lines = [
        (Link(reverse("activity", args=[one.pk]), one.title), f"{kind_words(one)} · {span(one.starts, one.ends)}")
        for one in found
    ]
    return Found(_("Activities"), lines)


def _people(words: list[str], user: Visitor) -> Found:
    reach = scope(user, "people.read")
    people = Person.objects.select_related("organisation")
    if not reach.everything:
        people = people.filter(organisation__in=reach.organisations)
    found = _first(_with(people, words, "search_name").order_by("search_name"))
    lines = [(Link(address_of(one.organisation), one.name), one.organisation.name) for one in found if one.organisation]
    return Found(_("People"), lines)


def _environments(text: str) -> Found:
    found = searched(text)[:MOST]
    lines = [(Link(reverse("environment", args=[one.slug]), one.name), one.institution.name) for one in found]
    return Found(_("Knowledge environments"), lines, f"{reverse('environments')}?{urlencode({'q': text})}")


def _first(things: "QuerySet[Any]") -> list[Any]:
    return list(things[:MOST])
