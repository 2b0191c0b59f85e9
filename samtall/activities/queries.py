"""What can be asked of activities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from samtall.accounts.models import User
from samtall.accounts.policy import Scope, Visitor, scope
from samtall.activities import registry
from samtall.activities.lacks import Lacking, lacking
from samtall.activities.models import Activity, Participation, StepRecord
from samtall.base.periods import Period
from samtall.base.text import search_key

#: Actions that make someone stand behind what an activity says (four eyes, R7).
AUTHORING = (
    StepRecord.Action.RECORDED,
    StepRecord.Action.CHANGED,
    StepRecord.Action.SUBMITTED,
    StepRecord.Action.CORRECTED,
)


def visible_to(user: Visitor, permission: str = "activities.read") -> QuerySet[Activity]:
    """The activities that someone may see, or do something with that takes another permission. Newest first."""
    return within(scope(user, permission), user)


def within(reach: Scope, user: Visitor) -> QuerySet[Activity]:
    """The activities that a permission of a user reaches: all, or those that organisations within reach take part in.

    What somebody has begun and no organisation takes part in yet is theirs too.
    """
    activities = Activity.objects.order_by("-starts", "-pk")
    if reach.everything:
        return activities
    if not reach.organisations or not isinstance(user, User):
        return activities.none()
    parts = Participation.objects.filter(activity=OuterRef("pk"))
    ours = Q(organisation__in=reach.organisations) | Q(organisation__same_as__in=reach.organisations)
    begun = Q(recorded_by=user) & ~Exists(parts.exclude(organisation=None))
    return activities.filter(Exists(parts.filter(ours)) | begun)


def reaches(user: Visitor, permission: str, activity: Activity) -> bool:
    """Whether a user has a permission for this activity."""
    reach = scope(user, permission)
    return reach.everything or (bool(reach) and within(reach, user).filter(pk=activity.pk).exists())


@dataclass(frozen=True)
class Filters:
    """What a list of activities is narrowed to; what is empty narrows nothing."""

    kind: str = ""
    step: str = ""
    state: str = ""
    period: Period | None = None
    text: str = ""


def filtered(activities: QuerySet[Activity], filters: Filters) -> QuerySet[Activity]:
    """Of a kind, on a step, in a state, active in a period (R8), with every word in the title or a party's name."""
    if filters.kind:
        activities = activities.filter(kind=filters.kind)
    if filters.step:
        activities = activities.filter(step=filters.step)
    if filters.state:
        activities = activities.filter(state=filters.state)
    if filters.period:
        open_or_later = Q(ends__isnull=True) | Q(ends__gte=filters.period.first)
        activities = activities.filter(open_or_later, starts__lte=filters.period.last)
    for word in search_key(filters.text).split():
        written = Q(participations__organisation__search_name__contains=word)
        counted = Q(participations__organisation__same_as__search_name__contains=word)
        named = Activity.objects.filter(written | counted).values("pk")
        activities = activities.filter(Q(search_title__contains=word) | Q(pk__in=named))
    return activities


def organisations_taking_part() -> QuerySet[Participation, Any]:
    """The ids of the organisations that take part in anything that is not withdrawn, as they were written."""
    parts = Participation.objects.filter(organisation__isnull=False)
    return parts.exclude(activity__step=Activity.Step.WITHDRAWN).values_list("organisation_id", flat=True).distinct()


def activities_with(organisations: Iterable[int]) -> QuerySet[Activity]:
    """The activities that any of these organisations (ids, as they were written) takes part in."""
    taking_part = Participation.objects.filter(organisation__in=organisations).values("activity")
    return Activity.objects.filter(pk__in=taking_part)


def with_detail(kind: str, field: str, values: Sequence[Any]) -> QuerySet[Activity]:
    """The activities of a kind that have one of these values in a field of its own; not those that are withdrawn."""
    found = Activity.objects.filter(kind=kind, **{f"details__{field}__in": values})
    return found.exclude(step=Activity.Step.WITHDRAWN).order_by("pk")


def waiting(user: Visitor) -> QuerySet[Activity]:
    """What is sent in and waits for approval by this user, oldest first: what others stand behind (R7)."""
    submitted = visible_to(user, "activities.validate").filter(step=Activity.Step.SUBMITTED)
    if not isinstance(user, User):
        return submitted.none()
    return _oldest_first(submitted.exclude(Exists(_stands_behind(user))))


def waiting_for_others(user: Visitor) -> QuerySet[Activity]:
    """What is sent in and this user stands behind, so that someone else has to approve it."""
    submitted = visible_to(user).filter(step=Activity.Step.SUBMITTED)
    if not isinstance(user, User):
        return submitted.none()
    return _oldest_first(submitted.filter(Exists(_stands_behind(user))))


def draft_count(user: Visitor) -> int:
    """How many drafts wait to be sent in, for those who record."""
    return visible_to(user, "activities.record").filter(step=Activity.Step.DRAFT).count()


@dataclass(frozen=True)
class Unfinished:
    """An activity, and what it lacks that should have been there by now."""

    activity: Activity
    lacks: list[Lacking]


def unfinished(user: Visitor, *, today: date, kind: str = "") -> list[Unfinished]:
    """What is late, for those who record, so that nothing is forgotten: the longest overdue first.

    A proposal past its deadlines, what should have started, runs past its end or a milestone, is completed without
    evidence, or is not sent in. A constant number of queries.
    """
    recorded = visible_to(user, "activities.record").order_by()
    step, state = Activity.Step, Activity.State
    settled = Q(step=step.WITHDRAWN) | Q(state=state.CANCELLED) | Q(step=step.VALIDATED) & ~Q(state=state.RUNNING)
    known = [one.code for one in registry.kinds() if kind in ("", one.code)]
    found = []
    for activity in with_what_they_have(recorded.filter(kind__in=known).exclude(settled)):
        late = [one for one in lacking(activity, registry.kind(activity.kind)) if one.late(today)]
        if late:
            found.append(Unfinished(activity, late))
    return sorted(found, key=lambda one: (min(lack.due or today for lack in one.lacks), one.activity.pk))


def with_what_they_have(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Activities with everything that `lacking` looks at."""
    return activities.prefetch_related("participations__organisation", "evidence", "stages", "milestones")


def _oldest_first(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """In the order of `submitted_at`: when each was last sent in or corrected."""
    sent = StepRecord.objects.filter(
        activity=OuterRef("pk"), action__in=(StepRecord.Action.SUBMITTED, StepRecord.Action.CORRECTED)
    )
    latest = sent.order_by("-pk").values("at")[:1]
    return activities.annotate(submitted_at=Subquery(latest)).order_by("submitted_at", "pk")


def _stands_behind(user: User) -> QuerySet[StepRecord]:
    """Records of a user standing behind the outer activity since it was last validated."""
    validated = (
        StepRecord.objects.filter(activity=OuterRef("activity"), action=StepRecord.Action.VALIDATED)
        .order_by()
        .values("activity")
        .annotate(latest=Max("pk"))
        .values("latest")
    )
    records = StepRecord.objects.filter(activity=OuterRef("pk"), by=user, action__in=AUTHORING)
    return records.annotate(validated=Coalesce(Subquery(validated), 0)).filter(pk__gt=F("validated"))


def authors(activity: Activity) -> set[int]:
    """Ids of the users who stand behind what an activity says: who wrote or sent it in since it was last validated."""
    behind: set[int] = set()
    for action, user in activity.steps.order_by("pk").values_list("action", "by_id"):
        if action == StepRecord.Action.VALIDATED:
            behind.clear()
        elif action in AUTHORING:
            behind.add(user)
    return behind
