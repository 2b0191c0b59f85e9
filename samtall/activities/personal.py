"""The personal data in activities: who took part in what, and what was written about it."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from samtall.activities import registry
from samtall.activities.models import Activity, Evidence, Participation
from samtall.activities.showing import kind_words
from samtall.base.personal import PUBLIC_TASK, Held, Limit, Processing, Signed, Subject, Text
from samtall.base.text import Words
from samtall.documents.models import Document
from samtall.documents.personal import look_into
from samtall.parties.models import Person
from samtall.ui.writing import span, thousandths

_KEYS = "activity__participations__person_key__in"


def held(subject: Subject) -> list[Held]:
    parts = Participation.objects.filter(person_key__in=subject.keys)
    return [_part(one) for one in parts.select_related("activity", "organisation").order_by("activity__starts", "pk")]


def _part(part: Participation) -> Held:
    activity = part.activity
    role = registry.kind(activity.kind).role(part.role)
    values = [
        (_("Kind"), kind_words(activity)),
        (_("Role"), str(role.words)),
        (_("Period"), span(part.starts or activity.starts, part.ends or activity.ends)),
        (_("Organisation"), str(part.counted or "")),
        (_("Amount"), thousandths(part.quantity) if part.quantity is not None else ""),
        (_("Outcome"), part.get_outcome_display()),
        (_("Step"), activity.get_step_display()),
    ]
    return Held(activity.title, [(label, value) for label, value in values if value], when=activity.starts)


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:  # noqa: ARG001
    """Delete the files of their activities that name them. That there was evidence stays, for it counts (R15)."""
    for activity in _activities(subject):
        look_into(_files(activity), subject, alone=_alone(activity, subject))


def to_look_into(subject: Subject) -> list[int]:
    """The ids of files of their activities that may name them, and that no machine can read."""
    return [
        document.pk
        for activity in _activities(subject)
        if not _alone(activity, subject)
        for document in _files(activity)
        if not document.file.type.startswith(("text/", "application/vnd."))
    ]


def _activities(subject: Subject) -> "QuerySet[Activity]":
    return Activity.objects.filter(participations__person_key__in=subject.keys).distinct().order_by("pk")


def _files(activity: Activity) -> "QuerySet[Document]":
    kept = Evidence.objects.filter(activity=activity).exclude(document=None).values("document")
    return Document.objects.filter(pk__in=kept).select_related("file")


def _alone(activity: Activity, subject: Subject) -> bool:
    """Whether nobody else takes part by name."""
    others = activity.participations.exclude(person_key=None).exclude(person_key__in=subject.keys)
    return not others.exclude(person=None).exists() and not activity.participations.exclude(head_count=None).exists()


def _people_done() -> "QuerySet[Any]":
    """People all of whose activities are over and settled, by when something was last done about them."""
    theirs = Participation.objects.filter(person=OuterRef("pk"))
    unsettled = Q(activity__step__in=(Activity.Step.DRAFT, Activity.Step.SUBMITTED))
    under_way = Q(activity__state__in=(Activity.State.PLANNED, Activity.State.RUNNING))
    done = Person.objects.filter(~Exists(theirs.filter(unsettled | under_way)))
    return done.annotate(since=Max("participations__activity__steps__at")).filter(since__isnull=False)


PROCESSING = (
    Processing(
        code="activities",
        words=Words("Deltakelse i aktiviteter", "Deltaking i aktivitetar", "Taking part in activities"),
        purpose=Words(
            "Å følge opp samarbeid mellom utdanning og arbeidsliv, og vise hvor mye det er av det.",
            "Å følgje opp samarbeid mellom utdanning og arbeidsliv, og vise kor mykje det er av det.",
            "To follow up collaboration between education and working life, and to show how much there is of it.",
        ),
        basis=PUBLIC_TASK,
        whose=Words(
            "Studenter, veiledere og kontaktpersoner",
            "Studentar, rettleiarar og kontaktpersonar",
            "Students, supervisors and contacts",
        ),
        data=Words(
            "Hvilke aktiviteter en har deltatt i, når, i hvilken rolle, med hvilket utfall, og det som er skrevet om "
            "aktiviteten",
            "Kva aktivitetar ein har delteke i, når, i kva rolle, med kva utfall, og det som er skrive om aktiviteten",
            "Which activities one took part in, when, in which role, how it ended, and what is written of the activity",
        ),
        seen_by=Words(
            "De som har tilgang ser aktivitetene; navn ses av koordinatorer, godkjennere og personvernansvarlige",
            "Dei som har tilgang ser aktivitetane; namn blir sett av koordinatorar, godkjennarar og "
            "personvernansvarlege",
            "Those who have access see the activities; names are seen by coordinators, validators and those who answer "
            "for data protection",
        ),
        kept=Words(
            "Navn: %(days)d dager etter at den siste aktiviteten er over og godkjent. Etterpå står bare en nøkkel uten "
            "betydning.",
            "Namn: %(days)d dagar etter at den siste aktiviteten er over og godkjend. Etterpå står berre ein nøkkel "
            "utan meining.",
            "Names: %(days)d days after the last activity is over and approved. After that only a key without meaning "
            "is left.",
        ),
        fields={
            "activities.Activity": ("title", "search_title", "details"),
            "activities.Evidence": ("description",),
            "activities.StepRecord": ("reason",),
            "activities.StateRecord": ("reason",),
            "activities.StageRecord": ("text",),
            "activities.Milestone": ("title",),
        },
        texts=(
            Text("activities.Activity", ("title", "search_title", "details"), "participations__person_key__in"),
            Text("activities.Evidence", ("description",), _KEYS),
            Text("activities.StepRecord", ("reason",), _KEYS),
            Text("activities.StateRecord", ("reason",), _KEYS),
            Text("activities.StageRecord", ("text",), _KEYS),
            Text("activities.Milestone", ("title",), _KEYS),
        ),
        held=held,
        erase=erase,
        limit=Limit(setting="NAMES_KEPT_DAYS", waiting=_people_done, people=True),
    ),
)
