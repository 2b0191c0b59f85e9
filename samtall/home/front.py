"""What the front page shows: what waits for the reader, and the programmes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext

from samtall.accounts.policy import Visitor, may, may_somewhere
from samtall.activities import queries as activities
from samtall.base.text import Words
from samtall.confirmations import queries as confirmations
from samtall.home import exceptions
from samtall.inquiries import queries as inquiries
from samtall.inquiries.states import OPEN
from samtall.programmes import queries
from samtall.programmes.showing import ShownTarget, shown_targets


@dataclass(frozen=True)
class Task:
    """Something that waits for the reader."""

    sentence: str
    url: str


def tasks(user: Visitor, today: date) -> list[Task]:
    """What needs this reader, most pressing first: what is late, what waits, what has slipped."""
    counted = [*_of_inquiries(user, today), *_of_activities(user), *_of_organisations(user, today)]
    return [Task(sentence % {"number": number}, url) for number, sentence, url in counted if number]


#: How many, in which words, and where they are.
Counted = Iterator[tuple[int, str, str]]


def _of_inquiries(user: Visitor, today: date) -> Counted:
    every, address = inquiries.visible_to(user, "inquiries.handle"), reverse("inquiries")
    late = every.filter(inquiries.late(today)).count()
    yield (
        late,
        ngettext("%(number)d inquiry is answered too late", "%(number)d inquiries are answered too late", late),
        f"{address}?forsinket=on",
    )
    unassigned = every.filter(state__in=OPEN, assignee=None).count()
    yield (
        unassigned,
        ngettext("%(number)d inquiry has nobody yet", "%(number)d inquiries have nobody yet", unassigned),
        f"{address}?hvem=nobody",
    )
    mine = every.filter(state__in=OPEN, assignee=user.pk).count()
    yield (
        mine,
        ngettext("You have %(number)d open inquiry", "You have %(number)d open inquiries", mine),
        f"{address}?hvem=mine",
    )


def _of_activities(user: Visitor) -> Counted:
    waiting = activities.waiting_count(user)
    yield (
        waiting,
        ngettext(
            "%(number)d activity waits for your approval", "%(number)d activities wait for your approval", waiting
        ),
        reverse("validation"),
    )
    objections = confirmations.not_right(user).count()
    yield (
        objections,
        ngettext(
            "%(number)d party says that something is not right",
            "%(number)d parties say that something is not right",
            objections,
        ),
        reverse("confirmations"),
    )
    drafts = activities.draft_count(user)
    yield (
        drafts,
        ngettext("%(number)d draft has not been submitted", "%(number)d drafts have not been submitted", drafts),
        f"{reverse('activities')}?step=draft",
    )


def _of_organisations(user: Visitor, today: date) -> Counted:
    if not may_somewhere(user, "activities.record"):
        return
    absent = exceptions.absent(exceptions.this_year(today), user).count()
    yield (
        absent,
        ngettext(
            "%(number)d organisation took part last year and is in nothing this year",
            "%(number)d organisations took part last year and are in nothing this year",
            absent,
        ),
        reverse("absent"),
    )


@dataclass(frozen=True)
class ShownProgramme:
    """A programme, and its targets with the figures that measure them."""

    name: str
    lead: str
    years: str
    url: str
    targets: list[ShownTarget]


def programmes(user: Visitor) -> list[ShownProgramme]:
    """Every programme, the latest first."""
    return [
        ShownProgramme(
            name=str(Words.from_dict(programme.name)),
            lead=str(Words.from_dict(programme.lead)) if programme.lead else "",
            years=f"{programme.starts:%Y}–{programme.ends:%Y}",
            url=reverse("programme", args=[programme.slug]),
            targets=shown_targets(programme, with_people=may(user, "figures.people")),
        )
        for programme in queries.programmes()
    ]
