"""What can be asked about somebody's data, and about how long it is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.accounts.policy import Visitor
from samtall.activities import queries as activities
from samtall.activities.models import Activity
from samtall.base.personal import Held, Processing, Subject, Text, declared
from samtall.base.traces import naming, pattern
from samtall.documents.models import Document
from samtall.inquiries import queries as inquiries
from samtall.inquiries.models import Inquiry
from samtall.privacy.models import Correction, LeftFile
from samtall.ui.frame import Link

#: How much of a text is shown around a name.
AROUND = 120


@dataclass(frozen=True)
class HeldHere:
    """What one processing holds about somebody."""

    processing: Processing
    things: list[Held]


def held(subject: Subject) -> list[HeldHere]:
    """All that we hold about somebody, processing by processing; those that hold nothing are left out."""
    found = [_held_by(one, subject) for one in declared()] if subject else []
    return [one for one in found if one.things]


def _held_by(processing: Processing, subject: Subject) -> HeldHere:
    things = processing.held(subject)
    shown = {value for thing in things for value in (thing.what, *(value for _label, value in thing.values))}
    return HeldHere(processing, [*things, *_mentions(processing, subject, shown)])


def holds_anything(subject: Subject) -> bool:
    return bool(held(subject))


def _mentions(processing: Processing, subject: Subject, shown: set[str]) -> Iterator[Held]:
    """Where others have written about somebody, in free text that is not shown already."""
    for text in processing.texts:
        for model, fields, words, within in places(text, subject):
            found = pattern(words)
            for row in naming(model, fields, words, within=within):
                values = [value for field in fields if (value := str(getattr(row, field))) not in shown]
                said = next((around for value in values if (around := _around(value, found))), "")
                if said:
                    yield Held(_("Text that names you"), [(_("Text"), said)])


def places(text: Text, subject: Subject) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...], Q | None]]:
    """Where to look for somebody in free text: everywhere for what is theirs alone, else where it is tied to them."""
    if subject.words:
        yield text.model, text.fields, subject.words, None
    if subject.shared_names and text.tied and subject.keys:
        yield text.model, text.fields, tuple(subject.shared_names), Q(**{text.tied: subject.keys})


def _around(text: str, found: Any) -> str:
    match = found.search(text)
    if match is None:
        return ""
    start, end = max(0, match.start() - AROUND), match.end() + AROUND
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


@dataclass(frozen=True)
class Deadline:
    """What a processing erases by itself: how many wait, and how many of them within thirty days."""

    processing: Processing
    waiting: int
    first: date | None
    soon: int


def deadlines(at: datetime) -> list[Deadline]:
    """What will be erased, and when."""
    found = []
    for one in declared():
        if one.limit is None:
            continue
        days = timedelta(days=one.limit.days)
        numbers = one.limit.waiting().aggregate(
            many=Count("pk"), first=Min("since"), soon=Count("pk", filter=Q(since__lt=at - days + timedelta(days=30)))
        )
        first = numbers["first"] + days if numbers["first"] else None
        found.append(Deadline(one, numbers["many"], first, numbers["soon"]))
    return found


def past(processing: Processing, at: datetime, *, most: int) -> list[Any]:
    """The ids of what a processing has kept for long enough."""
    assert processing.limit is not None  # noqa: S101 - asked for those that have one only
    old = processing.limit.waiting().filter(since__lt=at - timedelta(days=processing.limit.days))
    return list(old.order_by("pk").values_list("pk", flat=True)[:most])


def files_to_look_into() -> "QuerySet[LeftFile]":
    """Files that may name somebody who was erased, and that nobody has looked into."""
    there = Document.objects.values("pk")
    return LeftFile.objects.filter(settled_at=None, document__in=there).select_related("erased").order_by("pk")


def unanswered() -> "QuerySet[Correction]":
    """What people ask to have corrected and nobody has answered, oldest first."""
    return Correction.objects.filter(answered_at=None).order_by("asked_at", "pk")


def corrections_for(reader: Visitor) -> list[tuple[Correction, Link]]:
    """What is unanswered about activities that somebody records and inquiries they handle, and where these are."""
    asked = list(unanswered().exclude(about=""))
    links = _links(activities.visible_to(reader, "activities.record").in_bulk(_ids(asked, "activity"))) | _links(
        inquiries.visible_to(reader, "inquiries.handle").in_bulk(_ids(asked, "inquiry"))
    )
    return [(one, links[one.about]) for one in asked if one.about in links]


def _ids(asked: list[Correction], sort: str) -> list[int]:
    return [int(pk) for kind, _colon, pk in (one.about.partition(":") for one in asked) if kind == sort]


def _links(things: Mapping[Any, Activity | Inquiry]) -> dict[str, Link]:
    return {one.source: _link(one) for one in things.values()}


def _link(thing: Activity | Inquiry) -> Link:
    if isinstance(thing, Inquiry):
        return Link(reverse("inquiry", args=[thing.number]), thing.number)
    return Link(reverse("activity", args=[thing.pk]), thing.title)


def who_has(about: str) -> User | None:
    """Who is to see to what is wrong in an activity or an inquiry: who recorded it, or was given it."""
    sort, _colon, pk = about.partition(":")
    if sort == "inquiry":
        inquiry = Inquiry.objects.filter(pk=pk).select_related("assignee").first()
        return inquiry.assignee if inquiry else None
    activity = Activity.objects.filter(pk=pk).select_related("recorded_by").first() if sort == "activity" else None
    return activity.recorded_by if activity else None
