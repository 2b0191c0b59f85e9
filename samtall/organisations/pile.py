"""The pile of doubts: names without a number that nobody has decided, and organisations that may stand there twice."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, QuerySet

from samtall.activities.models import Activity, Participation
from samtall.activities.queries import activities_with, organisations_taking_part
from samtall.identities.models import Suspicion
from samtall.identities.queries import undecided
from samtall.parties.models import Organisation


def names_left() -> list[int]:
    """The names that take part in something and that nobody has decided, the most likely found first."""
    names = undecided(organisations_taking_part()).filter(same_as__isnull=True).values_list("pk", flat=True)
    best = dict(_best(Suspicion.objects.filter(subject__number="")))
    return sorted(names, key=lambda pk: (-best.get(pk, 0), pk))


def names_in_all() -> int:
    """How many names without a number take part in something, decided or not."""
    return Organisation.objects.filter(pk__in=organisations_taking_part(), number="").count()


def duplicates_left() -> list[int]:
    """The organisations with a number that may be the same as another one, the most likely first."""
    doubted = Suspicion.objects.filter(subject__same_as__isnull=True).exclude(subject__number="")
    return [pk for pk, _probability in _best(doubted)]


def _best(suspicions: QuerySet[Suspicion]) -> Iterable[Any]:
    best = suspicions.values_list("subject").annotate(best=Max("probability"))
    return best.order_by("-best", "subject")


def suspicions_of(subject: Organisation) -> QuerySet[Suspicion]:
    """Who an organisation may be, the most likely first."""
    found = Suspicion.objects.filter(subject=subject).order_by("-probability", "pk")
    return found.select_related("organisation__same_as", "establishment")


def likely(subjects: Iterable[int]) -> dict[int, Suspicion]:
    """The most likely of each of these (ids)."""
    found = Suspicion.objects.filter(subject__in=subjects).order_by("probability", "-pk")
    return {one.subject_id: one for one in found.select_related("organisation")}


def activities_written_so(subject: Organisation) -> QuerySet[Activity]:
    """What an organisation takes part in under this very name, newest first."""
    return activities_with([subject.pk]).exclude(step=Activity.Step.WITHDRAWN).order_by("-starts", "-pk")


def how_active(organisations: Iterable[int]) -> dict[int, int]:
    """In how many activities each of these (ids) takes part, by its own name."""
    parts = Participation.objects.filter(organisation__in=organisations).exclude(activity__step=Activity.Step.WITHDRAWN)
    return dict(parts.values_list("organisation").annotate(Count("activity", distinct=True)).order_by())
