"""What the pages about oneself show."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.accounts.policy import scope
from samtall.accounts.signatures import names_of
from samtall.activities.models import Activity
from samtall.activities.showing import kind_words
from samtall.base.personal import Subject
from samtall.confirmations.models import Request
from samtall.confirmations.personal import requests_to
from samtall.confirmations.queries import open_requests
from samtall.confirmations.sentences import sentence
from samtall.identities.queries import with_those_found_to_be
from samtall.inquiries.letters import case_path
from samtall.inquiries.models import Inquiry
from samtall.inquiries.personal import inquiries_of
from samtall.privacy.operations import THEMSELVES, TIME
from samtall.privacy.queries import HeldHere
from samtall.ui.frame import Link
from samtall.ui.tables import Column, Table
from samtall.ui.writing import short_date, span

MOST = 100


def mine(user: User, subject: Subject, *, at: datetime) -> dict[str, Any]:
    """What Min side shows: what waits for me, my cases, and what I or my organisations take part in."""
    organisations = _organisations(user)
    return {
        "waiting": [(one, sentence(one.activity)) for one in waiting(user, subject, at=at)[:MOST]],
        "cases": _cases_table(_cases(organisations, subject), subject),
        "activities": _activities_table(_activities(organisations, subject)),
    }


def concerned(user: User | None, subject: Subject) -> list[tuple[str, str]]:
    """What somebody can say that a correction is about: their cases and collaborations, by source."""
    organisations = _organisations(user) if user else set()
    cases = [(one.source, f"{one.number}: {one.asked_by}") for one in _cases(organisations, subject)]
    return cases + [(one.source, f"{one.title}, {kind_words(one)}") for one in _activities(organisations, subject)]


def waiting(user: User, subject: Subject, *, at: datetime) -> "QuerySet[Request]":
    """The confirmations that somebody is asked for, or that their organisation is."""
    own = requests_to(subject).values("pk")
    theirs = Q(pk__in=own) | Q(part__organisation__in=_organisations(user))
    return open_requests(at).filter(theirs).select_related("activity", "asked_by").order_by("due", "pk")


def _organisations(user: User) -> set[int]:
    reach = scope(user, "mine.read")
    return with_those_found_to_be(reach.organisations) if reach.organisations else set()


def _cases(organisations: set[int], subject: Subject) -> list[Inquiry]:
    own = inquiries_of(subject).values("pk")
    found = Inquiry.objects.filter(Q(pk__in=own) | Q(organisation__in=organisations))
    return list(found.select_related("organisation").order_by("-received_at", "-pk")[:MOST])


def _activities(organisations: set[int], subject: Subject) -> list[Activity]:
    part = Q(participations__organisation__in=organisations) | Q(participations__person_key__in=subject.keys)
    found = Activity.objects.filter(part).exclude(step=Activity.Step.WITHDRAWN).distinct()
    return list(found.order_by("-starts", "-pk")[:MOST])


def _cases_table(cases: list[Inquiry], subject: Subject) -> Table | None:
    """A case opens for the one who sent it; others of the organisation see that it is there, and where."""
    rows = [
        (
            Link(case_path(one), one.number) if one.email.lower() in subject.emails else one.number,
            short_date(one.received_at),
            one.asked_by,
            one.get_state_display(),
        )
        for one in cases
    ]
    columns = [Column(_("Case")), Column(_("Received")), Column(_("Organisation")), Column(_("Status"))]
    return Table(_("My cases"), columns, rows, caption_hidden=True) if rows else None


def _activities_table(activities: list[Activity]) -> Table | None:
    rows = [(one.title, kind_words(one), span(one.starts, one.ends), one.get_state_display()) for one in activities]
    columns = [Column(_("Activity")), Column(_("Kind")), Column(_("When")), Column(_("Status"))]
    return Table(_("My collaborations"), columns, rows, caption_hidden=True) if rows else None


def as_plain(here: list[HeldHere]) -> list[dict[str, Any]]:
    """All that is held, as data that another program can read."""
    return [
        {
            "code": one.processing.code,
            "what": str(one.processing.words),
            "purpose": str(one.processing.purpose),
            "basis": str(one.processing.basis),
            "data": str(one.processing.data),
            "seen_by": str(one.processing.seen_by),
            "kept": one.processing.kept_words,
            "held": [
                {
                    "what": thing.what,
                    "when": thing.when.isoformat() if thing.when else None,
                    "values": dict(thing.values),
                }
                for thing in one.things
            ],
        }
        for one in here
    ]


def erased_table(rows: Any) -> Table:
    """The log of erasures: when, why and by whom, never who."""
    rows = list(rows)
    names = names_of(one.by for one in rows) | {THEMSELVES.signature: _("Themselves"), TIME.signature: _("By itself")}
    columns = [Column(_("When")), Column(_("Why")), Column(_("By")), Column(_("Files of the database"))]
    return Table(
        _("Erasures"),
        columns,
        [
            (
                short_date(one.at),
                one.get_reason_display(),
                names.get(one.by, one.by),
                _("cleaned") if one.cleaned_at else _("waits for the worker"),
            )
            for one in rows
        ],
        caption_hidden=True,
    )


def deadlines_table(deadlines: Any) -> Table:
    columns = [
        Column(_("What")),
        Column(_("Waiting"), number=True),
        Column(_("Within 30 days"), number=True),
        Column(_("The first")),
    ]
    rows = [
        (str(one.processing.words), one.waiting, one.soon, short_date(one.first) if one.first else "–")
        for one in deadlines
    ]
    return Table(_("What is erased by itself"), columns, rows, caption_hidden=True)
