"""The page of an activity: what it is, who takes part, what shows it, what is missing, and what can be done."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtall.accounts.policy import allowed
from samtall.activities.kind import Kind
from samtall.activities.models import Activity, Evidence, Participation
from samtall.activities.panels import panels
from samtall.activities.queries import authors, reaches
from samtall.activities.showing import facts_about, history, milestone_words, shown_parts, shown_stages
from samtall.activities.statements import PARTICIPATIONS
from samtall.activities.threshold import evidence_wanted, has_accepted_evidence, missing_to_submit
from samtall.activities.views.acts import VERBS
from samtall.activities.views.answering import above, found
from samtall.activities.views.kinds import known
from samtall.activities.vocabulary import EVIDENCE
from samtall.ui.frame import Link

Step, State = Activity.Step, Activity.State


@dataclass(frozen=True)
class Can:
    """What this reader may do with this activity as it is now."""

    change: bool
    submit: bool
    withdraw: bool
    validate: bool
    return_it: bool
    states: list[Link]


@allowed("activities.read", narrowed=True)
@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    it = found(request, pk)
    kind = known(it.kind)
    parts = list(PARTICIPATIONS.filter(activity=it))
    evidence = list(it.evidence.select_related("added_by", "document__file").order_by("pk"))
    missing = missing_now(it, kind, parts, evidence)
    can = possible(request, it, missing)
    context: dict[str, Any] = {
        "activity": it,
        "kind": kind,
        "links": above(),
        "facts": facts_about(it, kind),
        "parts": shown_parts(it, parts, kind, request.user),
        "amounts": any(role.quantity_unit for role in kind.roles),
        "evidence": [(one, EVIDENCE.get(one.kind, one.kind)) for one in evidence],  # type: ignore[call-overload]
        "events": history(it),
        "missing": missing,
        "can": can,
        "may_open_files": reaches(request.user, "people.read", it),
        "roles": kind.roles if can.change else (),
        "own": request.user.pk in authors(it),
        "panels": panels(it, request.user),
        "stages": shown_stages(it, kind, request.user, can_tell=can.change),
        "milestones": [
            (one, milestone_words(one, kind)) for one in it.milestones.select_related("evidence").order_by("due", "pk")
        ],
    }
    return render(request, "activities/activity.html", context)


@dataclass(frozen=True)
class Missing:
    """What stands between this activity and the exact figures, in plain words; nothing when it is in them or out."""

    to_submit: list[str]
    to_validate: list[str]


def missing_now(it: Activity, kind: Kind, parts: list[Participation], evidence: list[Evidence]) -> Missing:
    if it.step in (Step.VALIDATED, Step.WITHDRAWN) or it.state == State.CANCELLED:
        return Missing([], [])
    missing = missing_to_submit(it, parts, kind)
    if it.state == State.PLANNED:
        missing.insert(0, _("It has not started. It can be sent in when it has."))
    return Missing(missing, [] if has_accepted_evidence(evidence, kind) else [evidence_wanted(kind)])


def possible(request: HttpRequest, it: Activity, missing: Missing) -> Can:
    records, validates = (reaches(request.user, f"activities.{what}", it) for what in ("record", "validate"))
    change = records and it.step != Step.WITHDRAWN
    ready = not missing.to_submit and it.state != State.CANCELLED
    waits = it.step == Step.SUBMITTED
    verbs = [(code, verb) for code, verb in VERBS.items() if it.state in verb.possible_from] if change else []
    return Can(
        change=change,
        submit=change and it.step == Step.DRAFT and ready,
        withdraw=change,
        validate=validates and waits and request.user.pk not in authors(it),
        return_it=validates and waits,
        states=[Link(reverse("activity-state", args=[it.pk, code]), str(verb.label)) for code, verb in verbs],
    )
